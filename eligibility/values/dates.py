"""Dates, and durations that are counted by the calendar."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from eligibility.values.misread import Misread, shown, trimmed

FIRST_YEAR, LAST_YEAR = 1900, 2200
# Bounds that keep every date plus or minus a duration inside what `date` can hold.
_MOST = {"years": 200, "months": 2400, "days": 73000}

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DURATION = re.compile(
    r"(?:([0-9]+) +years?(?: +|$))?(?:([0-9]+) +months?(?: +|$))?(?:([0-9]+) +days?)?",
)


def parse_date(text: str) -> date:
    """Read `2021-06-30`, a day of the years 1900 to 2200.

    Raises Misread "not-a-date", "no-such-date", "date-out-of-range" or "too-long".
    """
    return _parsed(text)


# Hundreds of sources were checked on the same few days.
@lru_cache(maxsize=1024)
def _parsed(text: str) -> date:
    match = _DATE.fullmatch(trimmed(text))
    if match is None:
        raise Misread("not-a-date", f"{shown(text)} is not a date: write year, month and day like 2021-06-30")
    return calendar_date(int(match[1]), int(match[2]), int(match[3]), text)


def calendar_date(year: int, month: int, day: int, text: str) -> date:
    """Build the date that was read from `text`; raises Misread "no-such-date" or "date-out-of-range"."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        years = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise Misread("date-out-of-range", f"{shown(text)} is out of range: the years {years} are read")
    try:
        return date(year, month, day)
    except ValueError:
        raise Misread("no-such-date", f"{shown(text)} is not in the calendar: there is no such day") from None


@dataclass(frozen=True, slots=True)
class Duration:
    """A span in calendar years, months and days; ValueError for a negative or overlong part."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        for part, most in _MOST.items():
            if not 0 <= getattr(self, part) <= most:
                raise ValueError(f"a duration has 0 to {most} {part}")

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return 12 * self.years + self.months

    def __lt__(self, other: Duration) -> bool:
        """Tell whether this one is shorter from every day on (of 1 month and 30 days neither is)."""
        months = other.total_months - self.total_months
        days = other.days - self.days
        years, rest = divmod(abs(months), 12)
        gap = 365 * years + 28 * rest if months >= 0 else -(366 * years + 31 * rest)
        return gap + days > 0

    def __str__(self) -> str:
        parts = [(self.years, "year"), (self.months, "month"), (self.days, "day")]
        written = [f"{count} {word}" + ("" if count == 1 else "s") for count, word in parts if count]
        return " ".join(written) or "0 days"


def parse_duration(text: str) -> Duration:
    """Read `5 years 3 months`, with years, months and days in this order.

    Raises Misread "not-a-duration", "too-large" or "too-long".
    """
    match = _DURATION.fullmatch(trimmed(text))
    if match is None or match.lastindex is None:
        example = "5 years 3 months or 10 days"
        raise Misread("not-a-duration", f"{shown(text)} is not a duration: write it like {example}")
    parts = {part: int(digits or "0") for part, digits in zip(_MOST, match.groups(), strict=True)}
    for part, most in _MOST.items():
        if parts[part] > most:
            raise Misread("too-large", f"{shown(text)} is too long a time: at most {most} {part}")
    return Duration(**parts)


def add(day: date, duration: Duration) -> date:
    """Count years and months first (the 31st becomes the last day of a shorter month), then days."""
    year, month = _shift(day, duration.total_months)
    return date(year, month, min(day.day, _length(year, month))) + timedelta(days=duration.days)


def latest_with(as_of: date, duration: Duration) -> date:
    """Return the latest date d with add(d, duration) <= as_of."""
    reached = as_of - timedelta(days=duration.days)
    year, month = _shift(reached, -duration.total_months)
    last = _length(year, month)
    # On the last day of a month everything that was clipped to it has arrived as well.
    at_end = reached.day == _length(reached.year, reached.month)
    return date(year, month, last if at_end else min(reached.day, last))


def earliest_with(as_of: date, duration: Duration) -> date:
    """Return the earliest date d with add(d, duration) >= as_of."""
    reached = as_of - timedelta(days=duration.days)
    year, month = _shift(reached, -duration.total_months)
    last = _length(year, month)
    if reached.day <= last:
        return date(year, month, reached.day)
    # The month is too short to hold the day, so that its last day still falls short.
    return date(year, month, last) + timedelta(days=1)


def _shift(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return year, month + 1


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
