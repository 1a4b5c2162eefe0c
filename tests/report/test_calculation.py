"""Calculations as tables, lines and bars: of real awards of the small rulebook."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.advice.explain import explain
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.report.calculation import Calculation
from eligibility.report.calculation_picture import calculation_picture
from eligibility.report.page import Bar
from eligibility.report.speech import RuleSpeech
from eligibility.words import Words
from tests.report.firms import FIRMS, rulebook

GERMAN = FIRMS["german"]


def calculation(answers: Mapping[str, object], language: str = "en") -> tuple[Calculation, Assessed]:
    found = assess(rulebook(), answers)
    (result,) = (one for one in found.programmes if one.id == "de.machines")
    award = result.programme.award
    assert award is not None
    steps = explain(found.rulebook, found.profile, result).steps
    return Calculation(steps, award, found, RuleSpeech(Words(language), rulebook())), found


def rows(answers: Mapping[str, object], language: str = "en") -> list[tuple[str, ...]]:
    (table,) = calculation(answers, language)[0].table()
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for row in table.rows]


def bars(answers: Mapping[str, object]) -> tuple[Bar, ...]:
    work, found = calculation(answers)
    pictures = calculation_picture(work, found.profile.values)
    return pictures[0].bars if pictures else ()


def test_table() -> None:
    assert rows(GERMAN) == [
        ("Base rate (if Staff: at most 50)", "50%", "50%", "[1] 3"),
        ("Added to the rate – Weak region: yes", "12.5 percentage points", "62.5%", "[1] 3.1"),
        ("Rate", "", "62.5%", ""),
        ("Cost × 62.5%", "€37,500", "€37,500", "[1] 3"),
        ("Award at least", "€3,000", "€37,500", "[1] 3.2"),
        ("Award at most", "€100,000 (not reached)", "€37,500", "[1] 3.3"),
        ("What is left of the limit", "€140,000 (not reached)", "€37,500", "[1] 3.4"),
        ("Amount", "", "€37,500", ""),
    ]


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("de", ("Förderung höchstens", "100.000 €", "100.000 €", "[1] 3.3")),
        ("ko", ("최고 지원액", "€100,000", "€100,000", "[1] 3.3")),
    ],
)
def test_a_cap_that_cuts(language: str, row: tuple[str, ...]) -> None:
    assert row in rows({**GERMAN, "cost": 400000}, language)


def test_what_is_missing_is_named() -> None:
    found = rows({key: answer for key, answer in GERMAN.items() if key != "region"})
    assert found[1] == (
        "Added to the rate – Weak region: yes (depends on: District)",
        "12.5 percentage points",
        "50% to 62.5%",
        "[1] 3.1",
    )
    assert found[3][:3] == ("Cost × 50% to 62.5% (depends on: District)", "€30,000 to €37,500", "€30,000 to €37,500")


def test_a_limit_that_may_be_reached() -> None:
    found = rows({**GERMAN, "cost": "100000..400000"})
    assert ("Award at most", "€100,000 (open whether it is reached)", "€62,500 to €100,000", "[1] 3.3") in found


def test_a_bonus_that_is_not_granted() -> None:
    row = rows({**GERMAN, "weak_region": False})[1]
    assert row[:3] == ("Added to the rate – Weak region: yes", "does not apply", "50%")


def test_sources_are_told_once() -> None:
    (field,) = calculation(GERMAN)[0].sources()
    assert [item.text for item in field.items] == ["[1] Guideline on machines (checked on 21 November 2026)"]
    assert [item.url for item in field.items] == ["https://example.org/guideline"]


def test_lines_leave_out_what_has_no_effect() -> None:
    told = [item.text for item in calculation({**GERMAN, "cost": 400000})[0].lines()]
    assert told == [
        "Base rate (if Staff: at most 50): 50%",
        "Added to the rate – Weak region: yes: 12.5 percentage points, then 62.5%",
        "Cost × 62.5%: €250,000",
        "Award at most: €100,000",
        "What is left of the limit: €0",
    ]


def test_nothing_to_work_out() -> None:
    work, found = calculation({"site_country": "KR"})
    assert (work.table(), work.lines(), work.sources()) == ((), (), ())
    assert calculation_picture(work, found.profile.values) == ()


def test_picture() -> None:
    assert [(bar.label, bar.value, bar.start, bar.end, bar.reach, bar.kind) for bar in bars(GERMAN)] == [
        ("Cost", "€60,000", 0, 1, 1, "given"),
        ("Cost × 62.5%", "€37,500", 0, Fraction(5, 8), Fraction(5, 8), "part"),
        ("Amount", "€37,500", 0, Fraction(5, 8), Fraction(5, 8), "result"),
    ]


def test_picture_of_a_cut() -> None:
    found = bars({**GERMAN, "cost": 400000})
    assert [(bar.label, bar.start, bar.reach, bar.kind) for bar in found][2] == (
        "Award at most",
        Fraction(1, 4),
        Fraction(5, 8),
        "cut",
    )


def test_no_picture_without_an_end() -> None:
    assert bars({key: answer for key, answer in GERMAN.items() if key != "cost"}) == ()


@given(
    cost=st.one_of(st.integers(0, 10**9), st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))),
    staff=st.integers(3, 249),
    weak=st.sampled_from([True, False, None]),
)
def test_bars_stay_within_the_picture(cost: int | tuple[int, int], staff: int, weak: bool | None) -> None:
    span = cost if isinstance(cost, int) else f"{min(cost)}..{max(cost)}"
    found = bars({"site_country": "DE", "staff": staff, "insolvent": False, "weak_region": weak, "cost": span})
    assert all(0 <= bar.start <= bar.end <= bar.reach <= 1 for bar in found)
    assert not found or max(bar.reach for bar in found) == 1
