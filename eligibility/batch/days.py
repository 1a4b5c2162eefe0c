"""Dates as offices write them; which of two numbers is the day is decided for a whole column."""

import re
from datetime import date

from eligibility.engine.profile import Subject, Value, read_value
from eligibility.values.dates import calendar_date
from eligibility.values.misread import Misread, shown
from eligibility.values.spelling import unified
from eligibility.values.typed import read_date

_SIGN = "[/-]"
_EITHER = re.compile(rf"([0-9]{{1,2}})({_SIGN})([0-9]{{1,2}})\2([0-9]{{4}})")
_LARGE = "(?:1[3-9]|2[0-9]|3[01])"
_SMALL = "(?:0?[1-9]|1[0-2])"
_EDGES = (r"(?:^|[^0-9/-])", r"(?:$|[^0-9/-])")
ORDERS = {
    "day": f"{_EDGES[0]}{_LARGE}{_SIGN}{_SMALL}{_SIGN}[0-9]{{4}}{_EDGES[1]}",
    "month": f"{_EDGES[0]}{_SMALL}{_SIGN}{_LARGE}{_SIGN}[0-9]{{4}}{_EDGES[1]}",
}
"""What shows that the day, or that the month, comes first (patterns on the text)."""
UNORDERED = rf"{_EDGES[0]}[0-9]{{1,2}}{_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]{{4}}{_EDGES[1]}"
_PLAIN = (
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_YEAR = re.compile(r"([0-9]{4})년?")
_MIDNIGHT = re.compile(r"(.+[0-9]\.?)[ T]00:00(?::00(?:\.0+)?)?")
_TWO_DIGITS = re.compile(r"[0-9]{1,2}([./-]) ?[0-9]{1,2}\1 ?[0-9]{2}")


def read_days(subject: Subject, text: str, order: str | None) -> Value:
    """Read a date, a year, or a range of dates with `..`; `order` says what comes first in `01/02/2020`.

    Raises:
        Misread: "ambiguous-date" without an order, "two-digit-year", or what reading an answer raises.
    """
    line = unified(text)
    if ".." in line:
        ends = (end.strip(" ") for end in line.split("..", 1))
        return read_value(subject, "..".join(_day(end, order).isoformat() if end else "" for end in ends))
    year = _YEAR.fullmatch(line)
    if year is not None:
        return read_value(subject, f"{year[1]}-01-01..{year[1]}-12-31")
    return read_value(subject, _day(line, order).isoformat())


def _day(line: str, order: str | None) -> date:
    clock = _MIDNIGHT.fullmatch(line)
    line = clock[1] if clock is not None else line
    for pattern in _PLAIN:
        found = pattern.fullmatch(line)
        if found is not None:
            return calendar_date(int(found[1]), int(found[2]), int(found[3]), line)
    either = _EITHER.fullmatch(line)
    if either is not None:
        return _ordered(int(either[1]), int(either[3]), int(either[4]), order, line)
    if _TWO_DIGITS.fullmatch(line):
        raise Misread("two-digit-year", f"{shown(line)} has two digits for the year: write all four")
    return read_date(line)


def _ordered(first: int, second: int, year: int, order: str | None, line: str) -> date:
    if order is None and first != second:
        message = f"{shown(line)} may begin with the day or the month, and no date of the column shows which"
        raise Misread("ambiguous-date", message, "write it like 2021-06-30")
    day, month = (second, first) if order == "month" else (first, second)
    return calendar_date(year, month, day, line)
