"""Exact amounts of money with their currency."""

from __future__ import annotations

import re
from fractions import Fraction

from eligibility.values.misread import Misread, shown, trimmed
from eligibility.values.number import parse_number, reaches_limit, too_large

MINOR_UNITS: dict[str, int] = {"EUR": 2, "KRW": 0, "USD": 2}
FACTORS: dict[str, int] = {"k": 10**3, "M": 10**6, "bn": 10**9, "만": 10**4, "억": 10**8, "조": 10**12}

_AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) *(k|M|bn|만|억|조)? *([A-Z]{3})?")
# Only a bound for the conversion; what counts is that the product with the factor is a whole number of cents.
_WRITTEN_DECIMALS = 15


def parse_money(text: str, currency: str | None) -> tuple[Fraction, str]:
    """Read an amount such as `17000 EUR`, `2.5M EUR` or `5000억 KRW` and return it with its currency.

    `currency` is the one fixed by the place, or None. Raises Misread "not-money", "no-currency",
    "wrong-currency", "unknown-currency", "too-many-decimals" (finer than the minor unit), "too-large" or
    "too-long".
    """
    match = _AMOUNT.fullmatch(trimmed(text))
    if match is None:
        example = "17000 EUR, 2.5M EUR or 5000억 KRW"
        raise Misread("not-money", f"{shown(text)} is not an amount of money: write it like {example}")
    unit = settle_currency(match[3], currency, text)
    value = parse_number(match[1], decimals=_WRITTEN_DECIMALS)
    if match[2]:
        value *= FACTORS[match[2]]
    return within_currency(value, unit, text), unit


def settle_currency(written: str | None, expected: str | None, text: str) -> str:
    """Return the one currency that the text and its place agree on; raises Misread if there is none."""
    if written is not None and written not in MINOR_UNITS:
        known = "EUR, KRW and USD"
        raise Misread("unknown-currency", f"{shown(text)} is in {written}: only {known} are known")
    if written is not None and expected is not None and written != expected:
        raise Misread("wrong-currency", f"{shown(text)} is in {written}: {expected} is expected")
    unit = written or expected
    if unit is None:
        how = "write it behind the amount, like 17000 EUR"
        raise Misread("no-currency", f"{shown(text)} has no currency: {how}")
    return unit


def within_currency(value: Fraction, currency: str, text: str) -> Fraction:
    """Pass an amount on that is a whole number of minor units below 10^15; else raise Misread."""
    if reaches_limit(value):
        raise too_large(text)
    decimals = MINOR_UNITS[currency]
    if 10**decimals % value.denominator:
        allowed = f"{currency} has {decimals or 'none'}"
        raise Misread("too-many-decimals", f"{shown(text)} has too many decimals: {allowed}")
    return value


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to that many decimals; a half goes away from zero, as merchants round."""
    scaled = abs(value) * 10**decimals
    size = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**decimals)
    return -size if value < 0 else size
