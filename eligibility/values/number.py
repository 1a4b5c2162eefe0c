"""Exact numbers: plain decimal text to Fraction and back."""

from __future__ import annotations

import re
from fractions import Fraction

from eligibility.values.misread import Misread, shown, trimmed

INTEGER_DIGITS = 15
DECIMALS = 6
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")


def parse_number(text: str, *, decimals: int = DECIMALS) -> Fraction:
    """Read plain ASCII digits with an optional minus and point.

    Raises Misread "not-a-number", "too-large" (over 15 digits before the point), "too-many-decimals" (as
    written, so `1.0` has one) or "too-long".
    """
    match = _NUMBER.fullmatch(trimmed(text))
    if match is None:
        example = "12.5" if decimals else "12"
        how = "digits with a point for decimals" if decimals else "digits only"
        raise Misread("not-a-number", f"{shown(text)} is not a number: write {how}, like {example}")
    sign, whole, rest = match[1], match[2], match[3] or ""
    if len(whole.lstrip("0")) > INTEGER_DIGITS:
        raise too_large(text)
    if len(rest) > decimals:
        raise too_many_decimals(text, decimals)
    size = Fraction(int(whole + rest), 10 ** len(rest))
    return -size if sign else size


def within_limits(value: Fraction, decimals: int, text: str) -> Fraction:
    """Pass a value on that has at most 15 digits before the point and `decimals` behind, or raise Misread."""
    if reaches_limit(value):
        raise too_large(text)
    # As fractions are in lowest terms, it has so many decimals if its denominator divides the power of ten.
    if 10**decimals % value.denominator:
        raise too_many_decimals(text, decimals)
    return value


def reaches_limit(value: Fraction) -> bool:
    """Tell whether a value has more than 15 digits before the point; with integers, which compare much faster."""
    limit: int = 10**INTEGER_DIGITS
    return abs(value.numerator) >= limit * value.denominator


def too_large(text: str) -> Misread:
    """Build the error for a value of more than 15 digits before the point."""
    limit = f"at most {INTEGER_DIGITS} digits before the point"
    return Misread("too-large", f"{shown(text)} is too large: {limit}")


def too_many_decimals(text: str, decimals: int) -> Misread:
    """Build the error for a value that is finer than its place allows."""
    expected = f"at most {decimals}" if decimals else "a whole number is expected"
    return Misread("too-many-decimals", f"{shown(text)} has too many decimals: {expected}")


def plain(value: Fraction, decimals: int) -> str:
    """Write a value with exactly that many decimals, such as "30000.00"; ValueError if that is not exact."""
    scaled = value * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} cannot be written exactly with {decimals} decimals")
    digits = str(abs(scaled.numerator)).zfill(decimals + 1)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def shortest(value: Fraction) -> str:
    """Write a value without trailing zeros, such as "2.5" or "3"; ValueError if its decimals never end."""
    rest, powers = value.denominator, {2: 0, 5: 0}
    for prime in powers:
        while rest % prime == 0:
            rest //= prime
            powers[prime] += 1
    if rest != 1:
        raise ValueError(f"{value} has no end as a decimal number")
    return plain(value, max(powers.values()))
