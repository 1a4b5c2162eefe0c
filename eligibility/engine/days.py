"""Ranges and days on columns."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

from eligibility.engine.kleene import Kleene, all_kleene, any_kleene
from eligibility.engine.term import Term, if_then_else, when
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

ONE_DAY = timedelta(days=1)
LEAP_DAY = 229


def between(column: Term, ends: Sequence[tuple[int | date | None, int | date | None]]) -> Term:
    """Return where a column lies in one of some ranges; both ends of each are included."""
    tests: list[Kleene] = []
    for low, high in ends:
        above: Kleene = Truth.YES if low is None else column >= low
        below: Kleene = Truth.YES if high is None else column <= high
        tests.append(all_kleene((above, below)))
    value = any_kleene(tests)
    assert isinstance(value, Term), "a range that is open on both sides is no test"
    return value


def closed_days(wanted: Range[date]) -> tuple[date | None, date | None]:
    """Return the first and last day of a range."""
    low = wanted.low + ONE_DAY if wanted.low and wanted.low_open else wanted.low
    high = wanted.high - ONE_DAY if wanted.high and wanted.high_open else wanted.high
    return low, high


def ended_in(day: Term, closing: Term, wanted: Range[date]) -> Kleene:
    """Return where the business year in which `day` lies ended in a range.

    `closing` gives day and month of such ends.
    """
    low, high = closed_days(wanted)
    after: Kleene = Truth.YES if low is None else _ended_after(day, closing, low - ONE_DAY)
    before: Kleene = Truth.YES if high is None else ~_ended_after(day, closing, high)
    return all_kleene((after, before))


def _ended_after(day: Term, closing: Term, limit: date) -> Term:
    """Return where the business year in which `day` lies ends after a limit.

    It does exactly if `day` itself lies after the last closing day that is not after the limit. Days are compared as
    year, month, day in one number, which every engine can make from its date parts.
    """
    month_day = limit.month * 100 + limit.day
    sheet = closing.sheet
    of_closing = _month_day(closing)
    year = if_then_else(of_closing <= month_day, sheet.number(limit.year), sheet.number(limit.year - 1))
    plain = year * 10_000 + of_closing
    last = if_then_else(of_closing.equals(LEAP_DAY), sheet.number(_last_closing(LEAP_DAY, limit)), plain)
    return day.date_part("year") * 10_000 + _month_day(day) > when(~closing.is_null(), last)


def _month_day(column: Term) -> Term:
    return column.date_part("month") * 100 + column.date_part("day")


def _last_closing(month_day: int, limit: date) -> int:
    """Return the last 29 February (28 in a common year) not after the limit, as year, month, day in one number."""
    for year in (limit.year, limit.year - 1):
        own = month_day if isleap(year) else month_day - 1
        if year < limit.year or own <= limit.month * 100 + limit.day:
            return year * 10_000 + own
    raise AssertionError("the year before has such a day")
