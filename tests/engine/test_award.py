"""The award on one profile, step by step: rate, bonuses, ceiling, parts, minimum, cap, budget, rounding."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from eligibility.values.interval import Interval
from tests.engine.small_rules import result, small

BANDS = {"by": "staff", "..50": "50 %", "..1000": "40 %", "cite": "s"}
COST = {"investment": {"share_of": "cost", "cite": "s"}}
FIXED = {"f": {"fixed": "6000 EUR", "cite": "s"}}
BONUS = {"b": {"points": "10", "when": {"t0": "yes"}, "cite": "s"}}
LINES = [{"amount": "3000 EUR", "when": {"t1": "yes"}, "cite": "s"}, {"amount": "5000 EUR", "cite": "s"}]

Ends = tuple[str, str] | None


def interval(ends: Ends) -> Interval | None:
    if ends is None:
        return None
    low, high = (Fraction(end) if end else None for end in ends)
    return Interval(low, high)


@pytest.mark.parametrize(
    ("award", "answers", "rate", "amount", "missing"),
    [
        ({"rate": "50 %"}, {}, ("0.5", "0.5"), None, ""),
        ({"rate": BANDS}, {"staff": 50}, ("0.5", "0.5"), None, ""),
        ({"rate": BANDS}, {"staff": "50.000001"}, ("0.4", "0.4"), None, ""),
        ({"rate": BANDS}, {"staff": "40..60"}, ("0.4", "0.5"), None, "staff"),
        ({"rate": BANDS, "bonuses": BONUS}, {"staff": 5, "t0": True}, ("0.6", "0.6"), None, ""),
        ({"rate": BANDS, "bonuses": BONUS}, {"staff": 5}, ("0.5", "0.6"), None, "t0"),
        (
            {"rate": BANDS, "bonuses": BONUS, "rate_at_most": {"rate": "45 %", "cite": "s"}},
            {"staff": 5},
            ("0.45", "0.45"),
            None,
            "",
        ),
        ({"rate": "33.33 %", "pays": COST}, {"cost": "0.05"}, ("0.3333", "0.3333"), ("0.02", "0.02"), ""),
        ({"rate": "50 %", "pays": COST}, {"cost": "0.01"}, ("0.5", "0.5"), ("0.01", "0.01"), ""),
        ({"rate": "50 %", "pays": COST}, {}, ("0.5", "0.5"), ("0", ""), "cost"),
        ({"rate": "50 %", "pays": COST}, {"cost": "10..20"}, ("0.5", "0.5"), ("5", "10"), "cost"),
        ({"pays": {"f": {"fixed": "500 EUR", "cite": "s"}}}, {}, None, ("500", "500"), ""),
        ({"pays": {"f": {"fixed": "500 EUR", "when": {"t0": "yes"}, "cite": "s"}}}, {}, None, ("0", "500"), "t0"),
        (
            {"pays": {"f": {"fixed": "500 EUR", "when": {"t0": "yes"}, "cite": "s"}}},
            {"t0": False},
            None,
            ("0", "0"),
            "",
        ),
        ({"pays": {"f": {"up_to": "500 EUR", "cite": "s"}}}, {}, None, ("0", "500"), ""),
        (
            {"pays": {"a": {"fixed": "1 EUR", "cite": "s"}, "b": {"share_of": "cost", "rate": "10 %", "cite": "s"}}},
            {"cost": 20},
            None,
            ("3", "3"),
            "",
        ),
        (
            {"pays": FIXED, "at_most": LINES},
            {"t1": True},
            None,
            ("3000", "3000"),
            "",
        ),
        (
            {"pays": FIXED, "at_most": LINES},
            {"t1": False},
            None,
            ("5000", "5000"),
            "",
        ),
        ({"pays": FIXED, "at_most": LINES}, {}, None, ("3000", "5000"), "t1"),
        ({"pays": {"f": {"fixed": "2000 EUR", "cite": "s"}}, "at_most": LINES}, {}, None, ("2000", "2000"), ""),
        (
            {"pays": FIXED, "at_most": LINES, "within": {"amount": "fee", "cite": "s"}},
            {"t1": True, "fee": 4000},
            None,
            ("3000", "3000"),
            "",
        ),
        (
            {"pays": FIXED, "at_most": LINES, "within": {"amount": "fee", "cite": "s"}},
            {"t1": False, "fee": 4000},
            None,
            ("4000", "4000"),
            "",
        ),
        (
            {"pays": {"f": {"fixed": "2000 EUR", "cite": "s"}}, "within": {"amount": "fee", "cite": "s"}},
            {"fee": 1500},
            None,
            ("1500", "1500"),
            "",
        ),
        (
            {"pays": {"f": {"fixed": "2000 EUR", "cite": "s"}}, "within": {"amount": "fee", "cite": "s"}},
            {},
            None,
            ("0", "2000"),
            "fee",
        ),
        (
            {"rate": "50 %", "pays": {"k": {"share_of": "assets", "cite": "s"}}},
            {"assets": 3},
            ("0.5", "0.5"),
            ("2", "2"),
            "",
        ),
    ],
)
def test_awards(
    award: Mapping[str, object], answers: Mapping[str, object], rate: Ends, amount: Ends, missing: str
) -> None:
    said = result(small(award=award), **answers)
    assert said.award is not None
    assert (said.award.rate, said.award.amount) == (interval(rate), interval(amount))
    assert said.missing == frozenset(missing.split())


@pytest.mark.parametrize(
    ("cost", "t1", "verdict", "failed", "missing"),
    [
        (3000, True, "eligible", (), ""),
        ("2999.99", True, "not_eligible", ("minimum_award",), ""),
        (4999, False, "not_eligible", ("minimum_award",), ""),
        (5000, None, "eligible", (), ""),
        (4000, None, "undetermined", (), "t1"),
        (2000, None, "not_eligible", ("minimum_award",), ""),
        ("3000..", True, "eligible", (), "cost"),
        (None, False, "undetermined", (), "cost"),
    ],
)
def test_minimum(cost: object, t1: bool | None, verdict: str, failed: tuple[str, ...], missing: str) -> None:
    award = {"rate": "100 %", "pays": COST, "at_least": LINES}
    said = result(small(award=award), cost=cost, t1=t1)
    assert (said.verdict, said.failed, said.missing) == (verdict, failed, frozenset(missing.split()))


def test_the_minimum_is_tested_before_the_cap() -> None:
    cap = [{"amount": "1000 EUR", "cite": "s"}]
    award = {"rate": "100 %", "pays": COST, "at_least": LINES, "at_most": cap}
    said = result(small(award=award), cost=5000, t1=False)
    assert said.award is not None
    assert (said.verdict, said.award.amount) == ("eligible", Interval(1000, 1000))


def test_no_award_without_a_chance() -> None:
    assert result(small({"t0": "yes"}, award={"rate": "50 %"}), t0=False).award is None
