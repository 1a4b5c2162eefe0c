"""Decimal marks: what one cell shows of the mark of its column, and numerals read by a mark that is decided."""

import re

import polars as pl

from eligibility.values.misread import Misread, shown

MARKS = (",", ".")
OTHER = {",": ".", ".": ","}
_NAMES = {",": "a comma", ".": "a point"}
_EDGES = (r"(?:^|[^0-9.,])", r"(?:$|[^0-9.,])")
_GROUPING = r"([0-9])['’ \x{a0}\x{2009}\x{202f}]([0-9]{3})"
_UNBARE = r"\.\.|,[-–—]|['’ \x{a0}\x{2009}\x{202f}]"
NUMERAL = re.compile(r"[0-9](?:[0-9.,]|['’ ](?=[0-9]{3}(?![0-9])))*")
_SPACED = re.compile(r"[0-9]{1,3}(?:(['’ ])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def _shapes(mark: str) -> str:
    """Return the numerals that can only be meant with this decimal mark."""
    point, comma = re.escape(mark), re.escape(OTHER[mark])
    shapes = (
        rf"[1-9][0-9]{{0,2}}(?:{comma}[0-9]{{3}})+{point}[0-9]+",
        rf"[1-9][0-9]{{0,2}}(?:{comma}[0-9]{{3}}){{2,}}",
        rf"[0-9]+{point}(?:[0-9]{{1,2}}|[0-9]{{4,}})",
        rf"(?:0[0-9]*|[0-9]{{4,}}){point}[0-9]{{3}}",
    )
    return "|".join(shapes)


EVIDENCE = {mark: f"{_EDGES[0]}(?:{_shapes(mark)}){_EDGES[1]}" for mark in MARKS}
MARKED = r"[0-9][.,][0-9]|[0-9],[-–—]"
"""What a cell has whose reading depends on the mark (as a pattern on the text as it stands)."""
_NUMBERS = {
    mark: (
        re.compile(rf"([0-9]+){re.escape(mark)}([0-9]+)"),
        re.compile(rf"([1-9][0-9]{{0,2}}(?:{re.escape(OTHER[mark])}[0-9]{{3}})+)(?:{re.escape(mark)}([0-9]+))?"),
    )
    for mark in MARKS
}


def bare(text: pl.Series) -> pl.Series:
    """Return cells as the patterns of evidence read them: without spaces that group, the ends of bands apart."""
    if not text.str.contains(_UNBARE).any():
        return text
    text = text.str.replace_all("..", ";", literal=True).str.replace_all(r",(?:[-–—]{1,2})($|[^0-9])", ",00$1")
    # What was matched is not looked at again: every second group is left for the second time.
    return text.str.replace_all(_GROUPING, "$1$2").str.replace_all(_GROUPING, "$1$2")


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
