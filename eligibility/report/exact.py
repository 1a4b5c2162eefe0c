"""Exact values as data: decimals as strings, never as JSON numbers."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from eligibility.engine.profile import Value
from eligibility.language.cite import Cite
from eligibility.values.interval import Interval, Number
from eligibility.values.money import MINOR_UNITS, round_half_up
from eligibility.values.number import plain, shortest

Json = dict[str, object]
_MOST_DECIMALS = 6


def rate_text(ratio: Fraction) -> str:
    """Write a ratio with at least two decimals: "0.50", "0.125"."""
    text = number_text(ratio)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def amount_text(value: Fraction, currency: str) -> str:
    """Write an amount with exactly the decimals of its currency: "30000.00", in won "5000000000"."""
    decimals = MINOR_UNITS[currency]
    return plain(round_half_up(value, decimals), decimals)


def number_text(value: Fraction) -> str:
    """Write a number without trailing zeros; decimals that never end are rounded half up after the sixth."""
    try:
        return shortest(value)
    except ValueError:
        return shortest(round_half_up(value, _MOST_DECIMALS))


def writer(unit: str) -> Callable[[Number], str]:
    """Return how numbers of a unit are written: `number`, `percent` (a ratio), `date` (an ordinal) or a currency."""
    if unit == "date":
        return lambda value: date.fromordinal(int(value)).isoformat()
    if unit == "percent":
        return lambda value: rate_text(Fraction(value))
    if unit == "number":
        return lambda value: number_text(Fraction(value))
    return lambda value: amount_text(Fraction(value), unit)


def ends(interval: Interval, unit: str) -> Json:
    """Return both ends of an interval as strings, an open end as null."""
    write = writer(unit)
    return {
        "min": None if interval.low is None else write(interval.low),
        "max": None if interval.high is None else write(interval.high),
    }


def figures(interval: Interval, unit: str) -> Json:
    """Return both ends of an interval as `ends`, but amounts with all their decimals: they are not rounded yet."""
    if unit not in MINOR_UNITS:
        return ends(interval, unit)
    low, high = (None if end is None else _unrounded(Fraction(end), unit) for end in (interval.low, interval.high))
    return {"min": low, "max": high}


def _unrounded(value: Fraction, currency: str) -> str:
    whole, _, decimals = number_text(value).partition(".")
    decimals = decimals.ljust(MINOR_UNITS[currency], "0")
    return f"{whole}.{decimals}" if decimals else whole


def day_text(value: date | None) -> str | None:
    """Write a day as `YYYY-MM-DD`."""
    return None if value is None else value.isoformat()


def answered(value: Value, kind: str) -> bool | int | str:
    """Return an answer in a form that JSON has, the same however it was written; a range is `50..249`.

    Whole numbers are numbers and others are strings; percent stand as they are given: 25 is 25 %.
    """
    if not isinstance(value, Interval):
        return value
    write = writer("date") if kind == "date" else partial(_scaled, factor=100 if kind == "percent" else 1)
    low, high = ("" if end is None else write(end) for end in (value.low, value.high))
    if not value.is_point:
        return f"{low}..{high}"
    return int(low) if kind != "date" and "." not in low else low


def _scaled(value: Number, factor: int) -> str:
    return number_text(Fraction(value) * factor)


def cited(cites: Sequence[Cite]) -> Json:
    """Return the first citation under `cite`, and all of them under `cites` where there are several."""
    listed = [_cite(cite) for cite in cites]
    first: Json = {"cite": listed[0] if listed else None}
    return {**first, "cites": listed} if len(listed) > 1 else first


def _cite(cite: Cite) -> Json:
    return {
        "source": cite.source,
        "section": cite.section,
        "title": cite.title,
        "url": cite.url,
        "checked": cite.checked.isoformat(),
    }
