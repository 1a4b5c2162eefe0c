"""What people type for a number, an amount of money, a range or a date; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from eligibility.values.dates import calendar_date
from eligibility.values.hangul import has_korean_unit, read_korean
from eligibility.values.misread import Misread, shown
from eligibility.values.money import settle_currency, within_currency
from eligibility.values.number import within_limits
from eligibility.values.numeral import not_typed_number, read_numeral
from eligibility.values.ranges import Range, is_range, not_empty, parse_range
from eligibility.values.spelling import unified

T = TypeVar("T")

_WORDS = {
    **dict.fromkeys(("k", "tsd", "tsd.", "tausend", "thousand"), 10**3),
    **dict.fromkeys(("m", "mio", "mio.", "million", "millionen", "millions"), 10**6),
    **dict.fromkeys(("bn", "mrd", "mrd.", "milliarde", "milliarden", "billion", "billions"), 10**9),
}
_LONG_SCALE = {"billion", "billionen", "billions"}
_BODY = re.compile(r"([0-9][0-9., ]*)([a-z]*\.?)")

# Spelled currencies, longest first, with what one of them is worth.
_MARKS: tuple[tuple[str, str, int], ...] = (
    ("teur", "EUR", 1000),
    ("euro", "EUR", 1),
    ("eur", "EUR", 1),
    ("krw", "KRW", 1),
    ("usd", "USD", 1),
    ("won", "KRW", 1),
    ("t€", "EUR", 1000),
    ("€", "EUR", 1),
    ("₩", "KRW", 1),
    ("원", "KRW", 1),
    ("$", "USD", 1),
)

# Each spelling of a date with the groups that hold year, month and day.
_DATES = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{4})\. ?([0-9]{1,2})\. ?([0-9]{1,2})\.?"), (1, 2, 3)),
    (re.compile(r"([0-9]{4})년 *([0-9]{1,2})월 *([0-9]{1,2})일"), (1, 2, 3)),
    (re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})"), (3, 2, 1)),
)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def read_number(text: str, *, decimals: int, lang: str) -> Fraction:
    """Read a typed number such as `1.200.000,50`, `1,2 Mio` or `12억`; `50%` is 50.

    Raises Misread "not-a-number", "ambiguous-number", "too-many-decimals", "too-large" or "too-long".
    """
    body = unified(text).lower()
    if body.endswith("%"):
        body = body[:-1].rstrip(" ")
        if not body[-1:].isdigit():
            raise not_typed_number(text)
    return within_limits(_signed(body, text, lang), decimals, text)


def read_money(text: str, currency: str, lang: str) -> Fraction:
    """Read a typed amount such as `€1.250.000`, `350 Tsd`, `TEUR 350` or `3천만원`, in the given currency.

    Raises Misread "not-a-number", "ambiguous-number", "wrong-currency", "too-many-decimals", "too-large" or
    "too-long".
    """
    return within_currency(read_amount(text, currency, lang), currency, text)


def read_amount(text: str, currency: str, lang: str) -> Fraction:
    """Read a typed amount like `read_money`, however fine and large: what it counts may be thousands."""
    body = unified(text).lower()
    negative = body.startswith("-")
    body, written, worth = _without_mark(body.removeprefix("-").lstrip(" "))
    settle_currency(written, currency, text)
    return worth * _signed("-" + body if negative else body, text, lang)


def _without_mark(body: str) -> tuple[str, str | None, int]:
    for mark, currency, worth in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].lstrip(" "), currency, worth
        if body.endswith(mark):
            return body[: -len(mark)].rstrip(" "), currency, worth
    return body, None, 1


def _signed(body: str, text: str, lang: str) -> Fraction:
    if body.startswith("-"):
        return -_unsigned(body[1:].lstrip(" "), text, lang)
    return _unsigned(body, text, lang)


def _unsigned(body: str, text: str, lang: str) -> Fraction:
    if has_korean_unit(body):
        return read_korean(body, text)
    match = _BODY.fullmatch(body)
    if match is None:
        raise not_typed_number(text)
    word = match[2]
    if lang == "de" and word in _LONG_SCALE:
        # A German Billion is a thousand English ones.
        meanings = "1000000000 or 1000000000000: write Mrd for the first, or all digits"
        raise Misread("ambiguous-number", f"{shown(text)}: here a billion can mean {meanings}")
    if word and word not in _WORDS:
        raise not_typed_number(text)
    return read_numeral(match[1].rstrip(" "), text) * _WORDS.get(word, 1)


def read_range(text: str, read_end: Callable[[str], T]) -> Range[T]:
    """Read `50-249`, `50 bis 249`, `50 to 249`, `50~249`, `250+`, `50..249` or one value, by `read_end`.

    Raises Misread "empty-range", "ambiguous-range" (`1-2 Mio`: is the lower end a million?), "not-a-range",
    "too-long", or what `read_end` raises.
    """
    line = unified(text)
    if is_range(line):
        left, _, right = line.partition("..")
        _refuse_borrowed_unit(left.rstrip(" <"), right.lstrip(" <"), text, read_end)
        return parse_range(line, read_end)
    if line.endswith("+"):
        return Range(read_end(line[:-1].rstrip(" ")), None)
    try:
        value = read_end(line)
    except Misread:
        ends = _two_ends(line)
        if ends is None:
            raise
    else:
        return Range(value, value)
    _refuse_borrowed_unit(*ends, text, read_end)
    return not_empty(Range(read_end(ends[0]), read_end(ends[1])), text)


def _two_ends(line: str) -> tuple[str, str] | None:
    # A lone hyphen comes last, and never as the first character: there it is a minus.
    for between in (r" +(?:bis|to) +", r" *~ *", r"(?<=[^ ]) +- +", r"(?<=[^ ]) *- *"):
        parts = re.split(between, line, flags=re.IGNORECASE)
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    return None


def _refuse_borrowed_unit(left: str, right: str, text: str, read_end: Callable[[str], T]) -> None:
    """Raise Misread "ambiguous-range" if one end may have left its unit to the other, as in `1-2 Mio`."""
    low: Any = _value_or_none(left, read_end)
    high: Any = _value_or_none(right, read_end)
    if low is None or high is None:
        return
    unit = re.split("[0-9]", right)[-1]
    tails = (unit[start:] for start in range(len(unit)))
    lower: list[Any] = [_value_or_none(left + tail, read_end) for tail in tails]
    head = re.split("[0-9]", left)[0].lstrip("- ")
    upper: Any = _value_or_none(head + right, read_end)
    if any(v is not None and v != low and not high < v for v in lower) or upper not in (None, high):
        raise Misread("ambiguous-range", f"{shown(text)} has a unit at one end only: write it at both ends")


def _value_or_none(text: str, read_end: Callable[[str], T]) -> T | None:
    try:
        return read_end(text)
    except Misread:
        return None


def read_date(text: str) -> date:
    """Read `2021-06-30`, `30.6.2021`, `2021.06.30` or `2021년 6월 30일`.

    Raises Misread "not-a-date", "no-such-date", "date-out-of-range", "too-long", or "ambiguous-date"
    (`03/04/2021`).
    """
    line = unified(text)
    for pattern, order in _DATES:
        match = pattern.fullmatch(line)
        if match is not None:
            year, month, day = (int(match[group]) for group in order)
            return calendar_date(year, month, day, text)
    slashed = _SLASHED.fullmatch(line)
    if slashed is not None and slashed[1] != slashed[2] and max(int(slashed[1]), int(slashed[2])) <= 12:
        first, second, year_text = slashed[1].zfill(2), slashed[2].zfill(2), slashed[3]
        readings = f"{year_text}-{second}-{first} or {year_text}-{first}-{second}"
        raise Misread("ambiguous-date", f"{shown(text)} can mean {readings}: write the one that is meant")
    raise Misread("not-a-date", f"{shown(text)} is not a date: write it like 2021-06-30 or 30.6.2021")
