"""Days, months and years as people type them: a month or a year alone is a known range of days."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from eligibility.values.dates import calendar_date
from eligibility.values.misread import Misread, shown
from eligibility.values.ranges import Range, range_text
from eligibility.values.spelling import unified
from eligibility.values.typed import read_date, read_range

_NAMES = (
    ("januar", "january", "jänner", "jaenner", "jan"),
    ("februar", "february", "feb"),
    ("märz", "march", "maerz", "mär", "mrz", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_MONTH_NAME = rf"(?P<name>{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})"
_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_SPELLINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}년?",
        rf"{_YEAR}[-./] ?{_MONTH}\.?",
        rf"{_YEAR}년 *{_MONTH}월",
        rf"{_MONTH}[./] ?{_YEAR}",
        rf"{_MONTH}월,? *{_YEAR}년?",
        rf"{_MONTH_NAME}[.,]? *{_YEAR}",
        rf"{_YEAR} +{_MONTH_NAME}\.?",
        rf"{_DAY}(?:\.|st|nd|rd|th)? *{_MONTH_NAME}[.,]? *{_YEAR}",
        rf"{_MONTH_NAME}\.? +{_DAY}(?:st|nd|rd|th)?,? +{_YEAR}",
        rf"{_YEAR}/{_MONTH}/{_DAY}",
        rf"{_YEAR}-{_MONTH}-{_DAY}",
    )
)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_TWO_DIGITS = re.compile(r"[0-9]{1,2}([./-]) ?[0-9]{1,2}\1 ?[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Days:
    """What was typed as a day, month or year, by its first and last day; less than another if it is over before."""

    first: date
    last: date

    def __lt__(self, other: "_Days") -> bool:
        return self.last < other.first


def read_days(text: str) -> str:
    """Read a day, a month, a year or a range of them as an answers file holds it.

    Raises:
        Misread: "ambiguous-date" where day and month can be exchanged, "two-digit-year", "not-a-date" …
    """
    # The whole line first: 2020-13 is no such month, and no range from 2020 to 13.
    period = _period(text)
    typed = read_range(text, _days_of) if period is None else Range(period, period)
    first = None if typed.low is None else typed.low.first
    last = None if typed.high is None else typed.high.last
    return range_text(Range(first, last, typed.low_open, typed.high_open), date.isoformat)


def dates_meant(text: str) -> tuple[str, ...]:
    """Return both readings of a date in which day and month can be exchanged; nothing for any other text."""
    found = _SLASHED.fullmatch(unified(text))
    if found is None:
        return ()
    first, second, year = int(found[1]), int(found[2]), found[3]
    return (f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")


def _days_of(text: str) -> _Days:
    period = _period(text)
    if period is not None:
        return period
    day = _slashed(text)
    if day is None:
        if _TWO_DIGITS.fullmatch(unified(text)):
            raise Misread("two-digit-year", f"{shown(text)} has two digits for the year: write all four")
        day = read_date(text)
    return _Days(day, day)


def _slashed(text: str) -> date | None:
    """Return the day between slashes where only one number can be the month, or both are the same."""
    found = _SLASHED.fullmatch(unified(text))
    if found is None:
        return None
    first, second, year = (int(group) for group in found.groups())
    if first != second and max(first, second) <= 12:
        return None
    return calendar_date(year, min(first, second), max(first, second), text)


def _period(text: str) -> _Days | None:
    line = unified(text)
    for pattern in _SPELLINGS:
        match = pattern.fullmatch(line)
        if match is not None:
            return _days_within(match.groupdict(), text)
    return None


def _days_within(written: dict[str, str], text: str) -> _Days:
    year, day = int(written["year"]), int(written.get("day") or 0)
    month = _MONTH_OF[written["name"].lower()] if written.get("name") else int(written.get("month") or 0)
    if day:
        only = calendar_date(year, month, day, text)
        return _Days(only, only)
    given = "month" in written or "name" in written
    first = calendar_date(year, month if given else 1, 1, text)
    last_month = month if given else 12
    return _Days(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
