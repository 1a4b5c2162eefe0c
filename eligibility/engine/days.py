"""Ranges and days on columns."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

import narwhals as nw

from eligibility.engine.kleene import Kleene, all_kleene, any_kleene
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

ONE_DAY = timedelta(days=1)
LEAP_DAY = 229


def between(column: nw.Expr, ends: Sequence[tuple[int | date | None, int | date | None]]) -> nw.Expr:
    """Return where a column lies in one of some ranges; both ends of each are included."""
    tests: list[Kleene] = []
    for low, high in ends:
        above: Kleene = Truth.YES if low is None else column >= low
        below: Kleene = Truth.YES if high is None else column <= high
        tests.append(all_kleene((above, below)))
    value = any_kleene(tests)
    # A range open on both sides holds for every known value.
    return nw.when(~column.is_null()).then(nw.lit(value is Truth.YES)) if isinstance(value, Truth) else value


def closed_days(wanted: Range[date]) -> tuple[date | None, date | None]:
    """Return the first and last day of a range."""
    low = wanted.low + ONE_DAY if wanted.low and wanted.low_open else wanted.low
    high = wanted.high - ONE_DAY if wanted.high and wanted.high_open else wanted.high
    return low, high


def ended_in(day: nw.Expr, closing: nw.Expr, wanted: Range[date]) -> Kleene:
    """Return where the business year in which `day` lies ended in a range.

    `closing` gives day and month of such ends.
    """
    low, high = closed_days(wanted)
    after: Kleene = Truth.YES if low is None else _ended_after(day, closing, low - ONE_DAY)
    before: Kleene = Truth.YES if high is None else ~_ended_after(day, closing, high)
    return all_kleene((after, before))


def _ended_after(day: nw.Expr, closing: nw.Expr, limit: date) -> nw.Expr:
    """Return where the business year in which `day` lies ends after a limit.

    It does exactly if `day` itself lies after the last closing day that is not after the limit. Days are compared as
    year, month, day in one number, which every engine can make from its date parts.
    """
    last = nw.when(_month_day(closing) == LEAP_DAY).then(nw.lit(_last_closing(LEAP_DAY, limit), dtype=nw.Int64))
    month_day = limit.month * 100 + limit.day
    year = nw.when(_month_day(closing) <= month_day).then(nw.lit(limit.year, dtype=nw.Int64))
    plain = year.otherwise(nw.lit(limit.year - 1, dtype=nw.Int64)) * 10_000 + _month_day(closing)
    known = nw.when(~closing.is_null()).then(last.otherwise(plain))
    return _number(day) > known


def _month_day(column: nw.Expr) -> nw.Expr:
    return column.dt.month().cast(nw.Int64) * 100 + column.dt.day().cast(nw.Int64)


def _number(column: nw.Expr) -> nw.Expr:
    return column.dt.year().cast(nw.Int64) * 10_000 + _month_day(column)


def _last_closing(month_day: int, limit: date) -> int:
    """Return the last 29 February (28 in a common year) not after the limit, as year, month, day in one number."""
    for year in (limit.year, limit.year - 1):
        own = month_day if isleap(year) else month_day - 1
        if year < limit.year or own <= limit.month * 100 + limit.day:
            return year * 10_000 + own
    raise AssertionError("the year before has such a day")
