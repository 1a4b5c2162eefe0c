"""Numbers as people type them, with separators that mean different things in different countries."""

from __future__ import annotations

import re
from fractions import Fraction

from eligibility.values.misread import Misread, shown

_PLAIN = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def read_numeral(numeral: str, text: str, *, whole: bool = False) -> Fraction:
    """Read digits with separators; `text` is what messages quote, `whole` says that no decimals can follow.

    Raises Misread "not-a-number", or "ambiguous-number" where one separator stands before exactly three
    digits (`3.500`): which reading is meant depends on the writer's country, so nobody decides.
    """
    if _PLAIN.fullmatch(numeral):
        return Fraction(int(numeral))
    if not whole and _EITHER.fullmatch(numeral):
        raise _ambiguous(numeral)
    grouped = _GROUPED.fullmatch(numeral)
    if grouped and grouped[2] != grouped[3] and not (whole and grouped[4]):
        return _joined(grouped[1], grouped[4] or "")
    decimal = _DECIMAL.fullmatch(numeral)
    if decimal and not whole:
        return _joined(decimal[1], decimal[2])
    raise not_typed_number(text)


def not_typed_number(text: str) -> Misread:
    """Build the error for a typed text that is no number."""
    return Misread("not-a-number", f"{shown(text)} is not a number: write it like 1200000 or 12.5")


def _joined(whole: str, decimals: str) -> Fraction:
    digits = re.sub(r"[., ]", "", whole) + decimals
    return Fraction(int(digits), 10 ** len(decimals))


def _ambiguous(numeral: str) -> Misread:
    before, after = re.split(r"[.,]", numeral)
    large = before + after
    # Two digits behind the point are read as decimals by everyone; a third that counts cannot be left out.
    short = after.rstrip("0")
    small = f"{before}.{short}" if short else before
    small_written = f"{before}.{short:0<2}" if len(short) < 3 else f"{small}0"
    readings = f"{large} or {small}: write {large} or {small_written}"
    return Misread("ambiguous-number", f"{shown(numeral)} can mean {readings}")
