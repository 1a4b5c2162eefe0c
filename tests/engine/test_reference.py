"""Each construct on one profile: known, unknown, a known range, both sides of a boundary; what is missing."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from eligibility.engine.assess import assess
from eligibility.engine.columns import Plan
from eligibility.values.problem import RuleError
from tests.engine.small_rules import result, small

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
CENT = Fraction(1, 100)
EARLY, LATE = date(2020, 2, 29), date(2020, 3, 1)

Case = tuple[Mapping[str, object], Mapping[str, object], str, str]

TRUTHS: list[Case] = [
    ({"t0": "yes"}, {"t0": True}, MET, ""),
    ({"t0": "yes"}, {"t0": False}, NOT_MET, ""),
    ({"t0": "no"}, {"t0": False}, MET, ""),
    ({"t0": "no"}, {}, UNKNOWN, "t0"),
]
NUMBERS: list[Case] = [
    ({"staff": "3..50"}, {"staff": 3}, MET, ""),
    ({"staff": "3..50"}, {"staff": 2}, NOT_MET, ""),
    ({"staff": "3..50"}, {"staff": 50}, MET, ""),
    ({"staff": "3..50"}, {"staff": "50.000001"}, NOT_MET, ""),
    ({"staff": "3<..<50"}, {"staff": 3}, NOT_MET, ""),
    ({"staff": "3<..<50"}, {"staff": 50}, NOT_MET, ""),
    ({"staff": "3<..<50"}, {"staff": "3.000001"}, MET, ""),
    ({"staff": "3..50"}, {}, UNKNOWN, "staff"),
    ({"staff": "3..50"}, {"staff": "3..50"}, MET, ""),
    ({"staff": "3..50"}, {"staff": "2..50"}, UNKNOWN, "staff"),
    ({"staff": "3..50"}, {"staff": "51.."}, NOT_MET, ""),
    ({"staff": "3.."}, {"staff": "3.."}, MET, ""),
    ({"staff": "3<.."}, {"staff": "3.."}, UNKNOWN, "staff"),
    ({"staff": ["..3", "50.."]}, {"staff": 20}, NOT_MET, ""),
    ({"staff": ["..3", "50.."]}, {"staff": 50}, MET, ""),
    ({"staff": ["..3", "50.."]}, {"staff": "60..70"}, MET, ""),
    ({"staff": ["..3", "50.."]}, {"staff": "3..50"}, UNKNOWN, "staff"),
    ({"cost": "..3000 EUR"}, {"cost": 3000}, MET, ""),
    ({"cost": "..3000 EUR"}, {"cost": 3000 + CENT}, NOT_MET, ""),
    ({"share": "25 %.."}, {"share": 25}, MET, ""),
    ({"share": "25 %.."}, {"share": "24.99"}, NOT_MET, ""),
]
DATES: list[Case] = [
    ({"born": "2020-02-29.."}, {"born": EARLY}, MET, ""),
    ({"born": "2020-02-29<.."}, {"born": EARLY}, NOT_MET, ""),
    ({"born": "2020-02-29<.."}, {"born": LATE}, MET, ""),
    ({"born": "..2020-02-29"}, {"born": "2020-01-01..2020-03-01"}, UNKNOWN, "born"),
    ({"born": "..2020-02-29"}, {"born": "2020-01-01..2020-02-29"}, MET, ""),
    ({"born": "..2020-02-29"}, {}, UNKNOWN, "born"),
    ({"born": {"age": "..1 year"}}, {"born": LATE}, MET, ""),
    ({"born": {"age": "..1 year"}}, {"born": EARLY}, NOT_MET, ""),
    ({"born": {"age": "..1 year"}}, {"born": "2020-02-29..2020-03-01"}, UNKNOWN, "born"),
    ({"born": {"business_year_end": {"closing": "closes", "age": "..1 year"}}}, {"born": LATE}, UNKNOWN, "closes"),
    ({"born": {"business_year_end": {"closing": "closes", "age": "..1 year"}}}, {}, UNKNOWN, "born closes"),
]
CODES: list[Case] = [
    ({"size": "a"}, {"size": "a"}, MET, ""),
    ({"size": ["a", "b"]}, {"size": "c"}, NOT_MET, ""),
    ({"size": "a"}, {}, UNKNOWN, "size"),
    ({"sector": "C28"}, {"sector": "C28"}, MET, ""),
    ({"sector": "C28"}, {"sector": "C2811"}, MET, ""),
    ({"sector": "C28"}, {"sector": "C27"}, NOT_MET, ""),
    ({"sector": "C28"}, {"sector": "C"}, UNKNOWN, "sector"),
    ({"sector": "C28"}, {"sector": "J"}, NOT_MET, ""),
    ({"sector": ["C28", "C"]}, {"sector": "C"}, MET, ""),
]
COMPARISONS: list[Case] = [
    ({"cost": {"at_most": "fee"}}, {"cost": 5, "fee": 5}, MET, ""),
    ({"cost": {"below": "fee"}}, {"cost": 5, "fee": 5}, NOT_MET, ""),
    ({"cost": {"at_least": "fee"}}, {"cost": 5, "fee": 5}, MET, ""),
    ({"cost": {"above": "fee"}}, {"cost": 5, "fee": 5}, NOT_MET, ""),
    ({"cost": {"above": "fee"}}, {"cost": 5 + CENT, "fee": 5}, MET, ""),
    ({"cost": {"at_most": "fee"}}, {"cost": 0}, MET, ""),
    ({"cost": {"above": "fee"}}, {"cost": 1}, UNKNOWN, "fee"),
    ({"cost": {"at_most": "fee"}}, {}, UNKNOWN, "cost fee"),
    ({"cost": {"at_most": "fee"}}, {"cost": "1..5", "fee": "5..9"}, MET, ""),
    ({"cost": {"at_most": "fee"}}, {"cost": "1..6", "fee": "5..9"}, UNKNOWN, "cost fee"),
    ({"cost": {"at_most": {"sum": ["fee", "10 EUR"]}}}, {"cost": 10}, MET, ""),
    ({"cost": {"at_most": {"difference": ["fee", "1 EUR"]}}}, {"cost": 4, "fee": 5}, MET, ""),
    ({"cost": {"at_most": {"product": ["share", "fee"]}}}, {"cost": 1, "share": 0}, NOT_MET, ""),
    ({"cost": {"at_most": {"quotient": ["fee", "3"]}}}, {"cost": "3.33", "fee": 10}, MET, ""),
    ({"cost": {"at_most": {"quotient": ["fee", "3"]}}}, {"cost": "3.34", "fee": 10}, NOT_MET, ""),
    ({"cost": {"at_most": {"min": ["fee", "3 EUR"]}}}, {"cost": 4}, NOT_MET, ""),
    ({"cost": {"at_most": {"max": ["fee", "3 EUR"]}}}, {"cost": 3}, MET, ""),
]
COMBINED: list[Case] = [
    ({"t0": "yes", "t1": "yes"}, {"t0": False}, NOT_MET, ""),
    ({"t0": "yes", "t1": "yes"}, {"t0": True}, UNKNOWN, "t1"),
    ({"all": [{"t0": "yes"}, {"t1": "yes"}]}, {}, UNKNOWN, "t0 t1"),
    ({"any": [{"t0": "yes"}, {"t1": "yes"}]}, {"t0": True}, MET, ""),
    ({"any": [{"t0": "yes"}, {"t1": "yes"}]}, {"t0": False}, UNKNOWN, "t1"),
    ({"any": [{"t0": "yes"}, {"t1": "yes"}]}, {"t0": False, "t1": False}, NOT_MET, ""),
    ({"none": [{"t0": "yes"}, {"t1": "yes"}]}, {"t1": True}, NOT_MET, ""),
    ({"none": [{"t0": "yes"}, {"t1": "yes"}]}, {"t1": False}, UNKNOWN, "t0"),
    ({"none": [{"t0": "yes"}, {"t1": "yes"}]}, {"t0": False, "t1": False}, MET, ""),
]


@pytest.mark.parametrize(
    ("when", "answers", "outcome", "missing"), [*TRUTHS, *NUMBERS, *DATES, *CODES, *COMPARISONS, *COMBINED]
)
def test_conditions(when: Mapping[str, object], answers: Mapping[str, object], outcome: str, missing: str) -> None:
    criterion = result(small(when), **answers).criteria[0]
    assert (criterion.outcome, criterion.missing) == (outcome, frozenset(missing.split()))


ROWS = ("14,no,10 EUR,,", "14713,yes,20 EUR,,2020-12-31", "14713,yes,30 EUR,2021-01-01,", "09162,yes,,,")
LOOKUP = {"table": "areas", "key": "place"}
EUR = {"type": "money", "currency": "EUR"}
CHOICE = {"type": "choice", "choices": {"a": "A", "b": "B", "c": "C"}}
DECIDE = [{"value": "a", "when": {"t0": "yes"}}, {"value": "b", "when": {"t1": "yes"}}, {"value": {"same_as": "size"}}]
BANDS = {"by": "staff", "..3": "1 EUR", "..50": "2 EUR", "..1000": "fee"}


@pytest.mark.parametrize(
    ("body", "test", "answers", "outcome", "missing"),
    [
        ({"type": "truth", "when": {"t0": "no"}}, "yes", {"t0": False}, MET, ""),
        ({"type": "truth", "when": {"t0": "no"}}, "yes", {"d": False, "t0": False}, NOT_MET, ""),
        (EUR | {"amount": {"sum": ["cost", "fee"]}}, "10 EUR..", {"cost": 10}, MET, ""),
        (EUR | {"amount": {"sum": ["cost", "fee"]}}, "..10 EUR", {"cost": 10}, UNKNOWN, "fee"),
        (EUR | {"amount": {"sum": ["cost", "fee"]}}, "..10 EUR", {"cost": 10, "fee": CENT}, NOT_MET, ""),
        (EUR | {"amount": {"sum": ["cost", "fee"]}}, "..10 EUR", {"d": 10}, MET, ""),
        (CHOICE | {"decide": DECIDE}, "a", {"t0": True}, MET, ""),
        (CHOICE | {"decide": DECIDE}, "b", {"t0": False, "t1": True}, MET, ""),
        (CHOICE | {"decide": DECIDE}, "c", {"t0": False, "t1": False, "size": "c"}, MET, ""),
        (CHOICE | {"decide": DECIDE}, ["a", "b"], {"t1": True}, MET, ""),
        (CHOICE | {"decide": DECIDE}, "c", {"t1": True}, NOT_MET, ""),
        (CHOICE | {"decide": DECIDE}, "a", {"t1": True}, UNKNOWN, "t0"),
        (CHOICE | {"decide": DECIDE}, "a", {"t0": False}, UNKNOWN, "size t1"),
        (CHOICE | {"decide": DECIDE[:2]}, "a", {"t0": False, "t1": False}, UNKNOWN, ""),
        (CHOICE | {"decide": [{"value": "unknown"}]}, "a", {}, UNKNOWN, ""),
        (CHOICE | {"decide": [{"value": "asked"}]}, "a", {}, UNKNOWN, "d"),
        (CHOICE | {"decide": [{"value": "asked"}]}, "a", {"d": "a"}, MET, ""),
        (EUR | {"bands": BANDS}, "1 EUR", {"staff": 3}, MET, ""),
        (EUR | {"bands": BANDS}, "2 EUR", {"staff": "3.000001"}, MET, ""),
        (EUR | {"bands": BANDS}, "1 EUR..2 EUR", {"staff": "..50"}, MET, ""),
        (EUR | {"bands": BANDS}, "1 EUR", {"staff": "..50"}, UNKNOWN, "staff"),
        (EUR | {"bands": BANDS}, "1 EUR", {"staff": 51}, UNKNOWN, "fee"),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {"place": "14713"}, MET, ""),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {"place": "14999"}, NOT_MET, ""),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {"place": "14"}, UNKNOWN, "place"),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {"place": "09"}, UNKNOWN, "place"),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {"place": "KR-26"}, UNKNOWN, ""),
        ({"type": "truth", "lookup": {**LOOKUP, "column": "weak"}}, "yes", {}, UNKNOWN, "place"),
        (
            {"type": "truth", "lookup": {**LOOKUP, "column": "weak", "else": "asked"}},
            "yes",
            {"place": "KR-26"},
            UNKNOWN,
            "d",
        ),
        (EUR | {"lookup": {**LOOKUP, "column": "limit"}}, "30 EUR", {"place": "14713"}, MET, ""),
        (EUR | {"lookup": {**LOOKUP, "column": "limit"}}, "10 EUR..30 EUR", {"place": "14"}, MET, ""),
        (EUR | {"lookup": {**LOOKUP, "column": "limit"}}, "..20 EUR", {"place": "14"}, UNKNOWN, "place"),
        (EUR | {"lookup": {**LOOKUP, "column": "limit"}}, "..20 EUR", {"place": "09162"}, UNKNOWN, ""),
    ],
)
def test_definitions(
    body: Mapping[str, object], test: object, answers: Mapping[str, object], outcome: str, missing: str
) -> None:
    criterion = result(small({"d": test}, definitions={"d": body}, rows=ROWS), **answers).criteria[0]
    assert (criterion.outcome, criterion.missing) == (outcome, frozenset(missing.split()))


@pytest.mark.parametrize(
    ("day", "test", "outcome"),
    [(date(2020, 12, 31), "20 EUR", MET), (date(2021, 1, 1), "30 EUR", MET), (None, "20 EUR", UNKNOWN)],
)
def test_rows_of_the_day_named_by_on(day: date | None, test: str, outcome: str) -> None:
    definition = EUR | {"lookup": {**LOOKUP, "column": "limit", "on": "born"}}
    criterion = result(
        small({"d": test}, definitions={"d": definition}, rows=ROWS[1:3]), place="14713", born=day
    ).criteria[0]
    assert criterion.outcome == outcome


@pytest.mark.parametrize(
    ("requires", "answers", "verdict", "failed"),
    [
        ({}, {}, "eligible", ()),
        ({"a": {"when": {"t0": "yes"}, "cite": "s"}}, {"t0": True}, "eligible", ()),
        ({"a": {"when": {"t0": "yes"}, "cite": "s"}}, {}, "undetermined", ()),
        ({"m": {"manual": "Ask.", "cite": "s"}}, {}, "likely", ()),
        ({"m": {"manual": "Ask.", "cite": "s"}, "a": {"when": {"t0": "yes"}, "cite": "s"}}, {}, "undetermined", ()),
        (
            {"m": {"manual": "Ask.", "cite": "s"}, "a": {"when": {"t0": "yes"}, "cite": "s"}},
            {"t0": False},
            "not_eligible",
            ("a",),
        ),
        (
            {"b": {"when": {"t1": "yes"}, "cite": "s"}, "a": {"when": {"t0": "yes"}, "cite": "s"}},
            {"t0": False, "t1": False},
            "not_eligible",
            ("b", "a"),
        ),
        ({"a": {"when": {"t0": "yes"}, "in_force": "2022-01-01..", "cite": "s"}}, {"t0": False}, "eligible", ()),
        (
            {"a": {"when": {"t0": "yes"}, "in_force": "..2021-03-01", "cite": "s"}},
            {"t0": False},
            "not_eligible",
            ("a",),
        ),
    ],
)
def test_verdicts(
    requires: Mapping[str, object], answers: Mapping[str, object], verdict: str, failed: tuple[str, ...]
) -> None:
    said = result(small(requires=requires), **answers)
    assert (said.verdict, said.failed, said.missing == frozenset()) == (verdict, failed, verdict != "undetermined")


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        ("2010-01-01..2010-12-31", "not_eligible"),
        ("2018-01-01..2019-12-31", "eligible"),
        ("2015-01-01..2019-12-31", "undetermined"),
        ("2018-01-01..", "eligible"),
        ("..2010-12-31", "not_eligible"),
    ],
)
def test_a_known_range_decides_the_end_of_a_business_year(born: str, verdict: str) -> None:
    rulebook = small({"born": {"business_year_end": {"closing": "closes", "age": "..5 years"}}})
    (result,) = assess(rulebook, {"born": born, "closes": "2020-12-31"}).programmes
    assert result.verdict.value == verdict
    assert result.missing == ({"born"} if verdict == "undetermined" else set())


def test_amounts_that_could_leave_64_bits_are_refused_for_tables() -> None:
    award = {"pays": {"all": {"fixed": {"product": ["staff", "9000000000 EUR"]}, "cite": "s 1"}}}
    rulebook = small(award=award)
    with pytest.raises(RuleError, match="could become too large to be worked out exactly in tables"):
        Plan(rulebook, ["staff"], reasons=False)
