"""The gross grant equivalent of soft loans."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.aid.loan import Loan, LoanFault, Repayment, discount_factor, faults, grant_equivalent

F = Fraction
BULLET = Loan(F(100_000), F(1, 100), F(5, 100), F(4, 100), 24, Repayment.BULLET, 1, 0, F(0))
PARTS = replace(BULLET, repayment=Repayment.INSTALMENTS)


@pytest.mark.parametrize(
    ("loan", "amount"),
    [
        # 4,000 a year for two years: 4000 / 1.04 + 4000 / 1.04².
        (BULLET, "7544.38"),
        # The second year half of it: 4000 / 1.04 + 2000 / 1.04².
        (PARTS, "5695.27"),
        # One year without repayment is as the bullet loan of two years.
        (replace(PARTS, repayment_free=12), "7544.38"),
        # A bullet loan has no such time, whatever is said of it.
        (replace(BULLET, repayment_free=7), "7544.38"),
        # Half-years: 2000 / 1.02 + 2000 / 1.04 + 2000 / (1.04 · 1.02) + 2000 / 1.04².
        (replace(BULLET, payments_per_year=2), "7618.34"),
        (replace(BULLET, discount_rate=F(0)), "8000.00"),
        (replace(BULLET, fees=F(7000)), "544.38"),
        (replace(BULLET, fees=F(8000)), "0.00"),
        (replace(BULLET, agreed_rate=F(5, 100)), "0.00"),
        (replace(BULLET, agreed_rate=F(6, 100)), "0.00"),
        # Below nothing, as base rates have been.
        (replace(BULLET, discount_rate=F(-1, 100)), "8121.62"),
        # Half a cent goes up: 0.125 · 4 % = 0.005.
        (replace(BULLET, amount=F(1, 8), term=12, discount_rate=F(0)), "0.01"),
        (replace(BULLET, amount=F(1, 9), term=12, discount_rate=F(0)), "0.00"),
    ],
)
def test_amount(loan: Loan, amount: str) -> None:
    assert grant_equivalent(loan).amount == F(amount)


def test_plan() -> None:
    first, second = grant_equivalent(PARTS).plan
    assert (first.number, first.month, first.outstanding, first.repaid) == (1, 12, 100_000, 50_000)
    assert (first.market_interest, first.agreed_interest, first.difference) == (5000, 1000, 4000)
    assert (first.factor, first.present_value) == (F(100, 104), F(400_000, 104))
    assert (second.number, second.month, second.outstanding, second.repaid) == (2, 24, 50_000, 50_000)
    assert second.factor == F(100, 104) ** 2


loans = st.builds(
    lambda amount, agreed, reference, discount, years, repayment, payments, free: Loan(
        amount, agreed, reference, discount, 12 * years, repayment, payments, min(free, years - 1) * 12, F(0)
    ),
    st.fractions(1, 10**6, max_denominator=100),
    st.fractions(0, 1, max_denominator=100),
    st.fractions(0, 1, max_denominator=100),
    st.fractions(0, 1, max_denominator=100),
    st.integers(1, 10),
    st.sampled_from(Repayment),
    st.sampled_from([1, 2, 4, 12]),
    st.integers(0, 9),
)


@given(loans)
def test_the_plan_adds_up(loan: Loan) -> None:
    assert faults(loan) == ()
    result = grant_equivalent(loan)
    assert sum(payment.repaid for payment in result.plan) == loan.amount
    assert result.plan[-1].month == loan.term
    assert all(payment.outstanding > 0 for payment in result.plan)
    # What is saved cannot be worth more than all interest at the market rate.
    assert result.amount <= sum(payment.market_interest for payment in result.plan) + F(1, 200)


@given(loans, st.fractions(0, 1, max_denominator=100))
def test_a_dearer_loan_holds_no_more_aid(loan: Loan, more: Fraction) -> None:
    dearer = replace(loan, agreed_rate=min(loan.agreed_rate + more, F(1)))
    assert grant_equivalent(dearer).amount <= grant_equivalent(loan).amount


@given(st.fractions(0, 1, max_denominator=1000), st.integers(0, 600))
def test_discounting_falls_steadily(rate: Fraction, months: int) -> None:
    assert discount_factor(rate, 0) == 1
    assert discount_factor(rate, months + 1) <= discount_factor(rate, months)
    assert discount_factor(rate, months + 12) == discount_factor(rate, months) / (1 + rate)


@pytest.mark.parametrize(
    ("loan", "found"),
    [
        (replace(BULLET, amount=F(0)), [LoanFault.AMOUNT]),
        (replace(BULLET, reference_rate=F(101, 100)), [LoanFault.REFERENCE_RATE]),
        (replace(BULLET, agreed_rate=F(2)), [LoanFault.AGREED_RATE]),
        (replace(BULLET, discount_rate=F(-1)), [LoanFault.DISCOUNT_RATE]),
        (replace(BULLET, payments_per_year=3), [LoanFault.PAYMENTS_PER_YEAR]),
        (replace(BULLET, payments_per_year=0), [LoanFault.PAYMENTS_PER_YEAR]),
        (replace(BULLET, term=0), [LoanFault.TERM]),
        (replace(BULLET, term=612), [LoanFault.TERM]),
        (replace(BULLET, term=18), [LoanFault.TERM_PERIODS]),
        (replace(PARTS, repayment_free=24), [LoanFault.REPAYMENT_FREE]),
        (replace(PARTS, repayment_free=-12), [LoanFault.REPAYMENT_FREE]),
        (replace(PARTS, repayment_free=6), [LoanFault.REPAYMENT_FREE_PERIODS]),
        (replace(BULLET, fees=F(-1), amount=F(-1)), [LoanFault.AMOUNT, LoanFault.FEES]),
    ],
)
def test_faults(loan: Loan, found: list[LoanFault]) -> None:
    assert list(faults(loan)) == found
    with pytest.raises(ValueError, match=f"no such loan: {', '.join(found)}"):
        grant_equivalent(loan)
