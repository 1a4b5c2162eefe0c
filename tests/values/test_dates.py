"""Dates, durations, and the days that lie a duration apart."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eligibility.values.dates import (
    Duration,
    add,
    earliest_with,
    latest_with,
    parse_date,
    parse_duration,
)
from eligibility.values.misread import Misread

DAY = timedelta(days=1)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
# Around the ends of months and of February, where clipping happens.
EDGES = st.builds(
    lambda year, month, shift: date(year, month, 1) + timedelta(days=shift),
    st.integers(1996, 2008),
    st.integers(1, 12),
    st.integers(-4, 2),
)
DURATIONS = st.builds(Duration, st.integers(0, 12), st.integers(0, 14), st.sampled_from([0, 0, 1, 28, 30, 400]))
LONGEST = Duration(200, 2400, 73000)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-30", date(2021, 6, 30)),
        (" 2020-02-29 ", date(2020, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
    ],
)
def test_date(text: str, day: date) -> None:
    assert parse_date(text) == day


NOT_A_DATE = "is not a date: write year, month and day like 2021-06-30"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("30.6.2021", "not-a-date", f'"30.6.2021" {NOT_A_DATE}'),
        ("2021-6-30", "not-a-date", f'"2021-6-30" {NOT_A_DATE}'),
        ("20210630", "not-a-date", f'"20210630" {NOT_A_DATE}'),
        ("2021-06-30T00:00", "not-a-date", f'"2021-06-30T00:00" {NOT_A_DATE}'),
        ("2021-W26-3", "not-a-date", f'"2021-W26-3" {NOT_A_DATE}'),
        ("２０２１-06-30", "not-a-date", f'"２０２１-06-30" {NOT_A_DATE}'),
        ("", "not-a-date", f'"" {NOT_A_DATE}'),
        ("2021-02-30", "no-such-date", '"2021-02-30" is not in the calendar: there is no such day'),
        ("1900-02-29", "no-such-date", '"1900-02-29" is not in the calendar: there is no such day'),
        ("2021-13-01", "no-such-date", '"2021-13-01" is not in the calendar: there is no such day'),
        ("2021-00-10", "no-such-date", '"2021-00-10" is not in the calendar: there is no such day'),
        ("1899-12-31", "date-out-of-range", '"1899-12-31" is out of range: the years 1900 to 2200 are read'),
        ("2201-01-01", "date-out-of-range", '"2201-01-01" is out of range: the years 1900 to 2200 are read'),
    ],
)
def test_date_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_date(text)
    assert (caught.value.code, caught.value.message) == (code, message)


@given(DAYS)
def test_iso_dates_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5 years", Duration(years=5)),
        ("1 year", Duration(years=1)),
        ("3 months", Duration(months=3)),
        ("10 days", Duration(days=10)),
        ("5 years 3 months", Duration(5, 3)),
        ("1 year 1 month 1 day", Duration(1, 1, 1)),
        (" 2  years   4 days ", Duration(2, 0, 4)),
        ("0 days", Duration()),
    ],
)
def test_duration(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


NOT_A_DURATION = "is not a duration: write it like 5 years 3 months or 10 days"
NO_DURATIONS = [
    *("", "5", "years", "3 months 5 years", "5 years 5 years", "-5 years", "1.5 years", "5years", "5 yearss"),
    *("5 years3 months", "5 years and 3 months", "P5Y", "5 weeks", "５ years"),
]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        *((text, "not-a-duration", f'"{text}" {NOT_A_DURATION}') for text in NO_DURATIONS),
        ("201 years", "too-large", '"201 years" is too long a time: at most 200 years'),
        ("2401 months", "too-large", '"2401 months" is too long a time: at most 2400 months'),
        ("73001 days", "too-large", '"73001 days" is too long a time: at most 73000 days'),
    ],
)
def test_duration_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_duration(text)
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"years": -1}, "a duration has 0 to 200 years"),
        ({"months": 2401}, "a duration has 0 to 2400 months"),
        ({"days": -1}, "a duration has 0 to 73000 days"),
    ],
)
def test_duration_out_of_bounds(part: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        Duration(**part)


@given(DURATIONS)
def test_written_durations_are_read_back(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@pytest.mark.parametrize(
    ("day", "duration", "later"),
    [
        (date(2021, 1, 31), Duration(months=1), date(2021, 2, 28)),
        (date(2020, 1, 31), Duration(months=1), date(2020, 2, 29)),
        (date(2020, 2, 29), Duration(years=1), date(2021, 2, 28)),
        (date(2020, 2, 29), Duration(years=4), date(2024, 2, 29)),
        (date(2021, 12, 15), Duration(months=1), date(2022, 1, 15)),
        (date(2021, 1, 31), Duration(months=1, days=1), date(2021, 3, 1)),
        (date(2021, 6, 30), Duration(), date(2021, 6, 30)),
    ],
)
def test_add(day: date, duration: Duration, later: date) -> None:
    assert add(day, duration) == later


@pytest.mark.parametrize(
    ("as_of", "duration", "latest", "earliest"),
    [
        (date(2021, 2, 28), Duration(months=1), date(2021, 1, 31), date(2021, 1, 28)),
        (date(2021, 3, 31), Duration(months=1), date(2021, 2, 28), date(2021, 3, 1)),
        (date(2021, 3, 30), Duration(months=1), date(2021, 2, 28), date(2021, 3, 1)),
        (date(2021, 2, 28), Duration(years=1), date(2020, 2, 29), date(2020, 2, 28)),
        (date(2020, 2, 29), Duration(years=1), date(2019, 2, 28), date(2019, 3, 1)),
        (date(2024, 2, 29), Duration(years=4), date(2020, 2, 29), date(2020, 2, 29)),
        (date(2021, 1, 15), Duration(days=15), date(2020, 12, 31), date(2020, 12, 31)),
    ],
)
def test_latest_and_earliest(as_of: date, duration: Duration, latest: date, earliest: date) -> None:
    assert latest_with(as_of, duration) == latest
    assert earliest_with(as_of, duration) == earliest


@pytest.mark.parametrize("years", [0, 1, 4])
@pytest.mark.parametrize("days_more", [0, 1, 30])
def test_latest_and_earliest_agree_with_trying_every_day(years: int, days_more: int) -> None:
    days = [date(1994, 1, 1) + timedelta(days=n) for n in range(365 * 9)]
    for months in (0, 1, 2, 6, 11):
        duration = Duration(years, months, days_more)
        reached = [add(day, duration) for day in days]
        assert reached == sorted(reached)
        for as_of in (date(2000, 1, 1) + timedelta(days=n) for n in range(800)):
            assert latest_with(as_of, duration) == days[bisect_right(reached, as_of) - 1]
            assert earliest_with(as_of, duration) == days[bisect_left(reached, as_of)]


@given(DAYS | EDGES, DURATIONS)
@example(date(1900, 1, 1), LONGEST)
@example(date(2200, 12, 31), LONGEST)
def test_latest_and_earliest_are_tight(as_of: date, duration: Duration) -> None:
    latest, earliest = latest_with(as_of, duration), earliest_with(as_of, duration)
    assert add(latest, duration) <= as_of < add(latest + DAY, duration)
    assert add(earliest - DAY, duration) < as_of <= add(earliest, duration)


@given(EDGES, DURATIONS)
def test_add_never_runs_backwards(day: date, duration: Duration) -> None:
    assert add(day, duration) <= add(day + DAY, duration)


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        (Duration(years=3), Duration(years=5)),
        (Duration(months=11), Duration(years=1)),
        (Duration(days=27), Duration(months=1)),
        (Duration(months=1), Duration(days=32)),
        (Duration(years=1), Duration(days=367)),
    ],
)
def test_shorter(shorter: Duration, longer: Duration) -> None:
    assert shorter < longer
    assert not longer < shorter


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Duration(months=1), Duration(days=28)),
        (Duration(months=1), Duration(days=29)),
        (Duration(months=1), Duration(days=31)),
        (Duration(months=12), Duration(years=1)),
        (Duration(years=1), Duration(days=365)),
        (Duration(years=1), Duration(days=366)),
    ],
)
def test_neither_is_shorter(one: Duration, other: Duration) -> None:
    assert not one < other
    assert not other < one


@given(DURATIONS, DURATIONS, EDGES)
def test_shorter_holds_from_every_day(one: Duration, other: Duration, day: date) -> None:
    if one < other:
        assert add(day, one) < add(day, other)
