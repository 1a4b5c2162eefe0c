"""`age:` - which dates are so far back, seen from the day of the assessment."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.language.age import days_of_age
from eligibility.values.dates import add, parse_duration
from eligibility.values.ranges import parse_range

ONE_DAY = timedelta(days=1)


def is_so_old(born: str, age: str, on: str) -> bool:
    return date.fromisoformat(born) in days_of_age(parse_range(age, parse_duration), date.fromisoformat(on))


@pytest.mark.parametrize(
    ("age", "on", "just", "not_yet"),
    [
        ("3 years..", "2021-03-01", "2018-03-01", "2018-03-02"),
        ("3 years<..", "2021-03-01", "2018-02-28", "2018-03-01"),
        ("..3 years", "2021-03-01", "2018-03-01", "2018-02-28"),
        ("..<3 years", "2021-03-01", "2018-03-02", "2018-03-01"),
        ("6 months..", "2021-08-31", "2021-02-28", "2021-03-01"),
        ("..6 months", "2021-08-31", "2021-03-01", "2021-02-28"),
        ("10 days..", "2021-03-01", "2021-02-19", "2021-02-20"),
        ("1 year 6 months..", "2021-03-01", "2019-09-01", "2019-09-02"),
        # One year after 29 February is 28 February: the shorter month's last day.
        ("1 year..", "2021-02-28", "2020-02-29", "2020-03-01"),
        ("1 year<..", "2021-02-28", "2020-02-27", "2020-02-28"),
        ("..1 year", "2021-02-28", "2020-02-28", "2020-02-27"),
        ("..<1 year", "2021-02-28", "2020-03-01", "2020-02-29"),
        ("4 years..", "2024-02-29", "2020-02-29", "2020-03-01"),
        ("..4 years", "2024-02-29", "2020-02-29", "2020-02-28"),
        ("1 year..", "2024-02-29", "2023-02-28", "2023-03-01"),
        ("..1 year", "2024-02-29", "2023-03-01", "2023-02-28"),
    ],
)
def test_boundaries(age: str, on: str, just: str, not_yet: str) -> None:
    assert (is_so_old(just, age, on), is_so_old(not_yet, age, on)) == (True, False)


@given(
    on=st.dates(date(2019, 1, 1), date(2025, 12, 31)),
    back=st.integers(-40, 2600),
    years=st.integers(0, 6),
    months=st.integers(0, 11),
    days=st.integers(0, 40),
)
def test_by_counting(on: date, back: int, years: int, months: int, days: int) -> None:
    duration = f"{years} years {months} months {days} days"
    day = on - timedelta(days=back)
    reached = add(day, parse_duration(duration))
    found = tuple(
        day in days_of_age(parse_range(age, parse_duration), on)
        for age in (f"{duration}..", f"{duration}<..", f"..{duration}", f"..<{duration}")
    )
    assert found == (reached <= on, reached < on, reached >= on, reached > on)
