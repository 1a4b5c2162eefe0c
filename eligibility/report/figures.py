"""Figures of the JSON as a language writes them: filters of own templates."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from eligibility.report.refused import Refused
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import parse_number
from eligibility.words import Words


def figures(words: Words) -> dict[str, Callable[..., object]]:
    """Return the filters: `number` makes an exact number of a text, the others write one, or a day, as people do.

    They raise Refused where a value is none of these.
    """

    def money(value: object, currency: str) -> str:
        if currency not in MINOR_UNITS:
            raise Refused("template-currency", known=tuple(MINOR_UNITS), text=shown(str(currency)))
        return words.money(number(value), currency)

    def percent(value: object) -> str:
        return words.percent(number(value))

    def day(value: object) -> str:
        try:
            return words.day(date.fromisoformat(_text(value)))
        except ValueError:
            raise Refused("template-day", text=shown(_text(value))) from None

    return {"number": number, "money": money, "percent": percent, "day": day}


def number(value: object) -> Fraction:
    """Return the number that a value of the JSON is; raises Refused where it is none."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    try:
        return parse_number(_text(value))
    except Misread:
        raise Refused("template-number", text=shown(_text(value))) from None


def _text(value: object) -> str:
    if value is None:
        raise Refused("template-null")
    return str(value)
