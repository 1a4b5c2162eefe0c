"""The facts that a structure gives."""

from datetime import date
from fractions import Fraction

import pytest

import eligibility
from eligibility.group.facts import size_facts
from eligibility.group.structure import Kind, Period, from_rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return eligibility.load_rulebook(date(2026, 11, 22)).linked


_OWNER = {"id": "owner", "kind": Kind.PERSON}
_OWNED = {"holder": "owner", "held": "firm", "share": 100}


def _years(*rows: tuple[int, int, int]) -> dict[str, int]:
    names = ("employees", "turnover", "balance_sheet")
    suffixes = ("", "_previous", "_earlier")
    return {
        f"{name}{suffix}": value
        for suffix, row in zip(suffixes, rows, strict=False)
        for name, value in zip(names, row, strict=True)
    }


_SMALL = (40, 5_000_000, 4_000_000)
_MEDIUM = (60, 20_000_000, 20_000_000)
_MICRO = (5, 500_000, 400_000)


def test_a_firm_alone_counts_by_itself(rulebook: Rulebook) -> None:
    structure = from_rows([{"id": "firm", **_years(_SMALL, _SMALL)}], [], subject="firm")
    found = size_facts(rulebook, structure, 0)
    assert found.answers == {
        "employees": "40",
        "own_turnover": "5000000",
        "own_balance_sheet": "4000000",
        "group_employees": "40",
        "group_turnover": "5000000",
        "group_balance_sheet": "4000000",
        "group_employees_previous": "40",
        "group_turnover_previous": "5000000",
        "group_balance_sheet_previous": "4000000",
        "size_limits_crossed": False,
    }
    assert found.standing == "small"


@pytest.mark.parametrize(
    ("years", "crossed", "given"),
    [
        ((_MEDIUM, _SMALL), True, None),
        ((_SMALL, _MEDIUM, _SMALL), True, "small"),
        ((_MICRO, _MEDIUM, _SMALL), True, "small"),
        ((_MEDIUM, _SMALL, _MICRO), True, None),
        ((_SMALL, _SMALL, _MEDIUM), False, None),
    ],
)
def test_a_third_year_is_answered_only_where_it_moves_the_class(
    rulebook: Rulebook, years: tuple[tuple[int, int, int], ...], crossed: bool, given: str | None
) -> None:
    structure = from_rows([{"id": "firm", **_years(*years)}, _OWNER], [_OWNED], subject="firm")
    answers = size_facts(rulebook, structure, 0).answers
    assert answers["size_limits_crossed"] is crossed
    assert answers.get("eu_size_class") == given


def test_the_answers_lead_to_the_class_that_stands(rulebook: Rulebook) -> None:
    for years in ((_MEDIUM, _SMALL), (_SMALL, _MEDIUM, _SMALL), (_MICRO, _MEDIUM, _SMALL), (_SMALL, _SMALL)):
        structure = from_rows([{"id": "firm", **_years(*years)}, _OWNER], [_OWNED], subject="firm")
        found = size_facts(rulebook, structure, 0)
        derived = eligibility.Rulebook(rulebook).assess(found.answers).to_dict()["derived"]
        assert derived["eu_size_class"]["value"] == found.standing


def test_no_third_year_helps_where_the_public_share_decides(rulebook: Rulebook) -> None:
    structure = from_rows(
        [{"id": "firm", **_years(_SMALL, _MEDIUM, _SMALL)}, {"id": "town", "kind": Kind.PUBLIC_BODY}],
        [{"holder": "town", "held": "firm", "share": 25}, {"holder": "owner", "held": "firm", "share": 75}],
        subject="firm",
    )
    answers = size_facts(rulebook, structure, structure.node("firm")).answers
    assert answers["public_shareholding"] == "25"
    assert "eu_size_class" not in answers


def test_a_change_of_ownership_counts_for_both_years(rulebook: Rulebook) -> None:
    structure = from_rows(
        [{"id": "firm", **_years(_SMALL, _SMALL)}, {"id": "buyer", **_years(_MEDIUM, _MEDIUM)}],
        [{"holder": "buyer", "held": "firm", "share": 100}],
        subject="firm",
    )
    found = size_facts(rulebook, structure, 0)
    assert found.answers["group_employees"] == found.answers["group_employees_previous"] == "100"
    assert found.classes == {Period.LATEST: "medium", Period.PREVIOUS: "medium", Period.EARLIER: None}
    assert found.standing == "medium"


def test_what_is_known_in_part_is_a_range_and_what_is_not_is_left_out(rulebook: Rulebook) -> None:
    structure = from_rows(
        [
            {"id": "firm", "employees": 40, "turnover": Interval(1_000_000, Fraction("2000000.5"))},
            {"id": "child", "employees": Interval(None, 7), "turnover": 0},
        ],
        [{"holder": "firm", "held": "child", "share": 100}],
        subject="firm",
    )
    answers = size_facts(rulebook, structure, 0).answers
    assert answers["group_employees"] == "40..47"
    assert answers["group_turnover"] == "1000000..2000000.5"
    assert "group_balance_sheet" not in answers
    assert "size_limits_crossed" not in answers


def test_sums_are_rounded_half_up_to_what_a_fact_holds(rulebook: Rulebook) -> None:
    structure = from_rows(
        [{"id": "firm", "turnover": 0}, {"id": "partner", "turnover": Fraction("0.02")}],
        [{"holder": "partner", "held": "firm", "share": 25}],
        subject="firm",
    )
    assert size_facts(rulebook, structure, 0).answers["group_turnover"] == "0.01"


@pytest.mark.parametrize(
    ("town", "owner", "answer"),
    [
        (None, 100, "0"),
        (None, 80, "0..20"),
        (None, None, None),
        (10, 80, "10..20"),
        (10, None, "10..100"),
        (30, 60, "30..40"),
    ],
)
def test_what_nobody_is_named_for_may_be_public(
    rulebook: Rulebook, town: int | None, owner: int | None, answer: str | None
) -> None:
    shares = {"town": town, "owner": owner}
    structure = from_rows(
        [{"id": "firm"}, {"id": "town", "kind": Kind.PUBLIC_BODY}, _OWNER],
        [{"holder": name, "held": "firm", "share": share} for name, share in shares.items() if share is not None],
    )
    assert size_facts(rulebook, structure, 0).answers.get("public_shareholding") == answer
