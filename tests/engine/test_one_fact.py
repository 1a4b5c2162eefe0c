"""The rules as functions of one fact: where no threshold is written, it is found."""

from datetime import date, timedelta

import pytest

from eligibility.engine.one_fact import Blurred, OneFact
from eligibility.engine.profile import Profile
from eligibility.engine.reference import Reference
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range

FACT, CLOSING = "kr_outgrew_on", "kr_fiscal_year_end"


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load([bundled_rules()], date(2026, 11, 21))


def profile(**days: date) -> Profile:
    return Profile({name: Interval.point(day.toordinal()) for name, day in days.items()}, {})


def told(cells: OneFact, function: int, day: date) -> object:
    """What a function of a day says of one."""
    left = cells.diagrams.restrict(function, {cells.place: Interval.point(day.toordinal())}, {})
    return cells.diagrams.values[left]


@pytest.mark.parametrize("closing", [date(2025, 12, 31), date(2025, 6, 30), date(2024, 2, 29)])
@pytest.mark.parametrize(
    "wanted",
    [
        Range(date(2021, 2, 28), date(2022, 2, 28)),
        Range(date(2021, 12, 31), None),
        Range(None, date(2022, 6, 30), high_open=True),
        Range(date(2021, 6, 30), date(2022, 12, 31), low_open=True),
    ],
)
def test_the_business_year_of_a_day(rules: Rulebook, closing: date, wanted: Range[date]) -> None:
    cells = OneFact(Reference(rules, profile(**{CLOSING: closing})), FACT)
    function = cells.business_year_end(FACT, CLOSING, (wanted,))
    for number in range(1100):
        day = date(2020, 6, 1) + timedelta(number)
        reference = Reference(rules, profile(**{CLOSING: closing, FACT: day}))
        assert told(cells, function, day) is reference.business_year_end(FACT, CLOSING, (wanted,)).truth


def test_the_end_of_a_business_year_has_no_cells(rules: Rulebook) -> None:
    wanted = (Range(date(2021, 1, 1), None),)
    for free, known in ((CLOSING, profile(**{FACT: date(2021, 1, 1)})), (FACT, profile())):
        with pytest.raises(Blurred):
            OneFact(Reference(rules, known), free).business_year_end(FACT, CLOSING, wanted)


def test_what_depends_on_a_fact(rules: Rulebook) -> None:
    cells = OneFact(Reference(rules, Profile({}, {})), "group_employees")
    assert [cells.depends(name) for name in ("group_employees", "eu_size_class", "employees")] == [True, True, False]
    given = OneFact(Reference(rules, Profile({"eu_size_class": "small"}, {})), "group_employees")
    assert not given.depends("eu_size_class")
