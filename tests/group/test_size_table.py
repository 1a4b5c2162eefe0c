"""The worked cases against the program: totals, what each enterprise is to the firm, and the public share."""

from fractions import Fraction

import pytest

from eligibility.group.sheet import Entry, SizeSheet
from eligibility.group.size import size_sheet
from eligibility.group.structure import Measure, Period, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.size_cases import every
from tests.group.size_cases.case import Case, exactly, written

PEOPLE = (Measure.EMPLOYEES, Period.LATEST)


def sheet_of(case: Case) -> SizeSheet:
    structure = from_rows(case.enterprises, case.holdings, adjacent=case.adjacent, subject=case.subject)
    return size_sheet(structure, structure.node(case.subject))


def from_nothing(interval: Interval) -> Interval:
    """An unknown number of people is at least none."""
    return Interval(interval.low or 0, interval.high)


def told(entry: Entry, how: str) -> str:
    """What the sheet says of one enterprise, in as many words as the case does."""
    low, high = (written(Fraction(end or 0)) for end in (entry.percentage.low, entry.percentage.high))
    if ".." in how:
        return f"{low}..{high}"
    assert entry.certain is Truth.YES
    return f"{entry.relation} {low}" if low == high else f"{entry.relation} {low}..{high}"


@pytest.mark.parametrize("case", [*every.certain(), *every.unknown()])
def test_the_sheet_says_so(case: Case) -> None:
    sheet = sheet_of(case)
    expected = {} if case.people is None else {PEOPLE: exactly(case.people)}
    expected |= {key: exactly(value) for key, value in case.also.items()}
    assert {key: from_nothing(sheet.totals.get(key, Interval())) for key in expected} == expected
    if case.public is not None:
        assert sheet.public == exactly(case.public)
    if case.counts is not None:
        counting = [entry for entry in sheet.entries if entry.node != sheet.subject and entry.percentage.high != 0]
        names = [sheet.structure.nodes.ids[entry.node] for entry in counting]
        found = {name: told(entry, case.counts.get(name, "")) for name, entry in zip(names, counting, strict=True)}
        assert found == case.counts


@pytest.mark.parametrize("case", [*every.certain(), *every.unknown()])
def test_the_sheet_adds_up(case: Case) -> None:
    sheet = sheet_of(case)
    for key, total in sheet.totals.items():
        lows = [Fraction(entry.adds.get(key, Interval()).low or 0) for entry in sheet.entries]
        assert sum(lows, Fraction()) == (total.low or 0)


def test_a_doubtful_head_gives_a_range_that_is_wide_rather_than_wrong() -> None:
    """Linked the mother's accounts say 110 in all; as a partner of 50 % they add 55 to the firm's own 100.

    Of what accounts include where their head is in doubt either all or nothing is taken: the range is wider than that.
    """
    structure = from_rows(
        [
            {"id": "firm", "turnover": 100, "consolidated_in": "mother"},
            {"id": "mother", "turnover": 100, "consolidated_turnover": 110},
        ],
        [{"holder": "mother", "held": "firm", "share": Interval(30, 60)}],
    )
    total = size_sheet(structure, structure.node("firm")).totals[Measure.TURNOVER, Period.LATEST]
    assert total == Interval(33, 210)
