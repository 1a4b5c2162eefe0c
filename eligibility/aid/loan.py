"""The gross grant equivalent of a soft loan: what the borrower saves against a loan at the market rate, as of today.

The market rate is the reference rate of Communication 2008/C 14/02 for this borrower: the base rate and a margin by
rating and collateral. Nothing is assumed; each input is asked for.
"""

import enum
from dataclasses import dataclass
from fractions import Fraction

from eligibility.values.money import round_half_up

SOURCE = (
    "Communication from the Commission on the revision of the method for setting the reference and discount rates "
    "(2008/C 14/02), OJ C 14, 19.1.2008, p. 6"
)
URL = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52008XC0119(01)"

DISCOUNT_MARGIN = Fraction(1, 100)
"""What the discount rate is above the base rate: 100 basis points, as the Communication says."""
MONTHS = 12
PAYMENTS_PER_YEAR = (1, 2, 4, 12)
LONGEST_TERM = 600
CENTS = 2


class Repayment(enum.StrEnum):
    """How a loan is paid back: in equal parts after the time without repayment, or as a whole at the end."""

    INSTALMENTS = "instalments"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Loan:
    """A soft loan, paid out in full on the day of granting.

    `amount` and `fees` are in euros, rates are ratios for a year, `term` and `repayment_free` are months. `fees` is
    what the borrower pays on the day of granting and would not pay for the loan at the market rate.
    """

    amount: Fraction
    agreed_rate: Fraction
    reference_rate: Fraction
    discount_rate: Fraction
    term: int
    repayment: Repayment
    payments_per_year: int
    repayment_free: int
    fees: Fraction

    @property
    def period(self) -> int:
        """How many months lie between two payments."""
        return MONTHS // self.payments_per_year


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of the plan, exact; `outstanding` is the debt in the time before it.

    `factor` turns an amount of that day into one of the day of granting.
    """

    number: int
    month: int
    outstanding: Fraction
    repaid: Fraction
    market_interest: Fraction
    agreed_interest: Fraction
    factor: Fraction

    @property
    def difference(self) -> Fraction:
        """How much less interest is paid than at the market rate."""
        return self.market_interest - self.agreed_interest

    @property
    def present_value(self) -> Fraction:
        """The difference as of the day of granting."""
        return self.difference * self.factor


@dataclass(frozen=True, slots=True)
class GrantEquivalent:
    """The result: `present_value` is the exact sum of the plan, `amount` less fees, at least 0, in whole cents."""

    loan: Loan
    plan: tuple[Payment, ...]

    @property
    def present_value(self) -> Fraction:
        """The sum of the present values of the plan, exact."""
        return sum((payment.present_value for payment in self.plan), Fraction(0))

    @property
    def amount(self) -> Fraction:
        """The gross grant equivalent in euros, rounded half up to the cent; never below 0, as a dear loan is no aid."""
        return round_half_up(max(self.present_value - self.loan.fees, Fraction(0)), CENTS)


class LoanFault(enum.StrEnum):
    """Why there is no such loan."""

    AMOUNT = "amount"
    AGREED_RATE = "agreed_rate"
    REFERENCE_RATE = "reference_rate"
    DISCOUNT_RATE = "discount_rate"
    PAYMENTS_PER_YEAR = "payments_per_year"
    TERM = "term"
    TERM_PERIODS = "term_periods"
    REPAYMENT_FREE = "repayment_free"
    REPAYMENT_FREE_PERIODS = "repayment_free_periods"
    FEES = "fees"


def faults(loan: Loan) -> tuple[LoanFault, ...]:
    """Return everything that is wrong with a loan; `grant_equivalent` takes only one with which nothing is."""
    if loan.payments_per_year not in PAYMENTS_PER_YEAR:
        # All that is counted in periods between payments can only be judged once there are some.
        return (LoanFault.PAYMENTS_PER_YEAR,)
    instalments = loan.repayment is Repayment.INSTALMENTS
    found = {
        LoanFault.AMOUNT: loan.amount <= 0,
        LoanFault.AGREED_RATE: not -1 < loan.agreed_rate <= 1,
        LoanFault.REFERENCE_RATE: not -1 < loan.reference_rate <= 1,
        LoanFault.DISCOUNT_RATE: not -1 < loan.discount_rate <= 1,
        LoanFault.TERM: not 0 < loan.term <= LONGEST_TERM,
        LoanFault.TERM_PERIODS: loan.term % loan.period != 0,
        LoanFault.REPAYMENT_FREE: instalments and not 0 <= loan.repayment_free < max(loan.term, 1),
        LoanFault.REPAYMENT_FREE_PERIODS: instalments and loan.repayment_free % loan.period != 0,
        LoanFault.FEES: loan.fees < 0,
    }
    return tuple(fault for fault, holds in found.items() if holds)


def grant_equivalent(loan: Loan) -> GrantEquivalent:
    """Work out the gross grant equivalent, exactly, with the plan of payments.

    Interest is that of the period on the debt in it, paid at its end. Discounting compounds by whole years and is
    linear within a year, so that it stays exact.

    Raises:
        ValueError: `faults` tells what is wrong with the loan.
    """
    wrong = faults(loan)
    if wrong:
        raise ValueError(f"no such loan: {', '.join(wrong)}")
    count = loan.term // loan.period
    free = loan.repayment_free // loan.period if loan.repayment is Repayment.INSTALMENTS else count - 1
    instalment = loan.amount / (count - free)
    plan, outstanding = [], loan.amount
    for number in range(1, count + 1):
        repaid = instalment if number > free else Fraction(0)
        month = number * loan.period
        plan.append(
            Payment(
                number,
                month,
                outstanding,
                repaid,
                outstanding * loan.reference_rate / loan.payments_per_year,
                outstanding * loan.agreed_rate / loan.payments_per_year,
                discount_factor(loan.discount_rate, month),
            )
        )
        outstanding -= repaid
    return GrantEquivalent(loan, tuple(plan))


def discount_factor(rate: Fraction, months: int) -> Fraction:
    """Return what one euro paid after so many months is worth on the day of granting."""
    years, rest = divmod(months, MONTHS)
    return 1 / ((1 + rate) ** years * (1 + rate * Fraction(rest, MONTHS)))
