"""Numerals of a table, read by a decimal mark that was decided for their whole column."""

from __future__ import annotations

import re

from eligibility.values.misread import Misread, shown

OTHER = {",": ".", ".": ","}
_NAMES = {",": "a comma", ".": "a point"}
NUMERAL = re.compile(r"[0-9](?:[0-9.,]|['’ ](?=[0-9]{3}(?![0-9])))*")
_SPACED = re.compile(r"[0-9]{1,3}(?:(['’ ])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NUMBERS = {
    mark: (
        re.compile(rf"([0-9]+){re.escape(mark)}([0-9]+)"),
        re.compile(rf"([1-9][0-9]{{0,2}}(?:{re.escape(OTHER[mark])}[0-9]{{3}})+)(?:{re.escape(mark)}([0-9]+))?"),
    )
    for mark in OTHER
}


def pointed(numeral: str, mark: str | None) -> str:
    """Return a numeral with a point for decimals and no grouping; with `None` for a mark no sign can be read.

    Raises:
        Misread: "ambiguous-number" without a mark, "not-a-number" where the numeral does not go with the mark.
    """
    if numeral.isdigit():
        return numeral
    digits = numeral
    if any(sign in numeral for sign in "'’ "):
        if not _SPACED.fullmatch(numeral):
            raise no_number(numeral)
        digits = re.sub("['’ ]", "", numeral)
        if digits.isdigit():
            return digits
    if mark is None:
        if _EITHER.fullmatch(numeral):
            message = f"{shown(numeral)} may mean thousands or decimals: tell the decimal sign (--decimal)"
            raise Misread("ambiguous-number", message)
        raise no_number(numeral)
    for pattern in _NUMBERS[mark]:
        found = pattern.fullmatch(digits)
        if found is not None:
            whole = found[1].replace(OTHER[mark], "")
            return f"{whole}.{found[2]}" if found[2] else whole
    if OTHER[mark] in digits and mark not in digits:
        message = f"{shown(numeral)} has {_NAMES[OTHER[mark]]}, but decimals stand behind {_NAMES[mark]} here"
        raise Misread("not-a-number", message)
    raise no_number(numeral)


def no_number(numeral: str) -> Misread:
    """Build the error for what is no number in a table."""
    return Misread("not-a-number", f"{shown(numeral)} is not a number: write it like 1200000 or 12.5")
