"""Dated values: the last date not after the rule date counts, before all of them the first."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.language.dated import in_force, is_dated
from tests.engine.small_rules import result, small

RATES = {"2021-07-01": "40 %", "2020-09-07": "50 %"}


@pytest.mark.parametrize(
    ("on", "key"),
    [
        ("2000-01-01", "2020-09-07"),
        ("2020-09-06", "2020-09-07"),
        ("2020-09-07", "2020-09-07"),
        ("2021-06-30", "2020-09-07"),
        ("2021-07-01", "2021-07-01"),
        ("2100-01-01", "2021-07-01"),
    ],
)
def test_version(on: str, key: str) -> None:
    assert in_force(RATES, date.fromisoformat(on)) == (key, RATES[key])


@pytest.mark.parametrize(
    ("written", "dated"),
    [
        (RATES, True),
        ({}, False),
        ({"2020-09-07": "a", "by": "b"}, True),
        ({"2021-1-1": "a"}, True),
        ({"..50": "a"}, False),
        ("2020-09-07", False),
    ],
)
def test_is_dated(written: object, dated: bool) -> None:
    assert is_dated(written) is dated


@pytest.mark.parametrize(
    ("on", "rate"),
    [
        ("2019-01-01", Fraction(1, 2)),
        ("2021-06-30", Fraction(1, 2)),
        ("2021-07-01", Fraction(2, 5)),
        # After the window the last version that was in force inside it is told.
        ("2024-01-01", Fraction(2, 5)),
    ],
)
def test_rate_of_the_rule_date(on: str, rate: Fraction) -> None:
    later = {**RATES, "2023-01-01": "10 %"}
    rules = small(award={"rate": later}, window="2020-09-07..2022-12-31", on=date.fromisoformat(on))
    said = result(rules)
    assert said.award is not None
    assert said.award.rate is not None
    assert said.award.rate.low == said.award.rate.high == rate


@pytest.mark.parametrize(("on", "verdict"), [("2021-06-30", "eligible"), ("2021-07-01", "not_eligible")])
def test_conditions(on: str, verdict: str) -> None:
    when = {"2020-09-07": {"staff": "..499"}, "2021-07-01": {"staff": "..249"}}
    assert result(small(when, on=date.fromisoformat(on)), staff=300).verdict == verdict


@pytest.mark.parametrize(
    ("days", "verdict"),
    [("..2020-12-31", "not_eligible"), ("2021-01-01..", "eligible"), ("2020-12-31..", "not_eligible")],
)
def test_in_force_is_asked_on_the_rule_date(days: str, verdict: str) -> None:
    requires = {"c": {"when": {"t0": "yes"}, "in_force": days, "cite": "s"}}
    rules = small(requires=requires, window="..2020-12-31", on=date(2021, 6, 1))
    assert result(rules, t0=False).verdict == verdict
