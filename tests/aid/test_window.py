"""Which awards a window holds, by fiscal years and by days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.aid.window import check_year_start, in_window, leaves_on, turning_days
from eligibility.values.truth import Truth

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
D = date.fromisoformat
STARTS = [(day.month, day.day) for day in (date(2021, 1, 1) + timedelta(n) for n in range(365))]
NEW = date(2024, 1, 1)
days = st.dates(date(2014, 1, 1), date(2030, 1, 1))
old_days = st.dates(date(2014, 1, 1), date(2023, 12, 31))


def counts(granted: date, day: date, start: tuple[int, int]) -> bool:
    """What the text of the regulations says, told day by day and otherwise than in the code."""
    if granted > day:
        return False
    if day >= NEW:
        # Three years are over when the same day of the month is reached.
        month_and_day = (day.month, day.day)
        years = day.year - granted.year - (month_and_day < (granted.month, granted.day))
        return years < 3
    year_of = lambda one: one.year - ((one.month, one.day) < start)  # noqa: E731
    return year_of(day) - year_of(granted) <= 2


@pytest.mark.parametrize(
    ("granted", "day", "start", "expected"),
    [
        # Rolling: the window is the three years up to the day.
        ("2024-03-01", "2024-02-29", None, NO),
        ("2024-03-01", "2024-03-01", None, YES),
        ("2024-03-01", "2027-02-28", None, YES),
        ("2024-03-01", "2027-03-01", None, NO),
        ("2024-02-29", "2027-02-28", None, YES),
        ("2024-02-29", "2027-03-01", None, NO),
        ("2025-02-28", "2028-02-28", None, NO),
        ("2025-03-01", "2028-02-29", None, YES),
        ("2025-03-01", "2028-03-01", None, NO),
        # The last day of the fiscal years, and the first by days.
        ("2021-01-02", "2023-12-31", (1, 1), YES),
        ("2020-12-31", "2023-12-31", (1, 1), NO),
        ("2021-01-01", "2024-01-01", (1, 1), NO),
        ("2021-01-02", "2024-01-01", (1, 1), YES),
        # A fiscal year from July: out in 2023, and in again by days.
        ("2021-03-01", "2023-06-30", (7, 1), YES),
        ("2021-03-01", "2023-07-01", (7, 1), NO),
        ("2021-03-01", "2024-01-01", (7, 1), YES),
        ("2021-03-01", "2024-03-01", (7, 1), NO),
        # Fiscal year not known.
        ("2021-03-01", "2023-03-01", None, YES),
        ("2021-02-28", "2023-03-01", None, UNKNOWN),
        ("2020-03-02", "2023-03-01", None, UNKNOWN),
        ("2020-03-01", "2023-03-01", None, NO),
        ("2013-06-01", "2013-06-02", None, UNKNOWN),
    ],
)
def test_window(granted: str, day: str, start: tuple[int, int] | None, expected: Truth) -> None:
    assert in_window(D(granted), D(day), start) is expected


@given(days, days, st.sampled_from(STARTS))
def test_window_is_that_of_the_text(granted: date, day: date, start: tuple[int, int]) -> None:
    assert in_window(granted, day, start).known is counts(granted, day, start)


@given(old_days, st.integers(-3, 1200))
def test_unknown_fiscal_year_is_every_one(granted: date, later: int) -> None:
    day = min(granted + timedelta(later), date(2023, 12, 31))
    found = {counts(granted, day, start) for start in STARTS}
    assert in_window(granted, day, None).known is (None if len(found) == 2 else found.pop())


@given(days, st.none() | st.sampled_from(STARTS))
def test_an_award_leaves_for_good(granted: date, start: tuple[int, int] | None) -> None:
    last = leaves_on(granted, start)
    assert in_window(granted, last - timedelta(1), start) is not NO
    for later in range(800):
        assert in_window(granted, last + timedelta(later), start) is NO


@given(days, st.none() | st.sampled_from(STARTS))
def test_nothing_changes_between_turning_days(granted: date, start: tuple[int, int] | None) -> None:
    turning = turning_days(granted, start)
    for later in range(-2, 1300):
        day = granted + timedelta(later)
        before, after = (in_window(granted, one, start) is NO for one in (day - timedelta(1), day))
        assert before == after or day in turning or day <= date(2014, 1, 1)


@pytest.mark.parametrize("start", [(2, 29), (13, 1), (4, 31), (0, 1)])
def test_no_fiscal_year_begins_there(start: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        check_year_start(start)
