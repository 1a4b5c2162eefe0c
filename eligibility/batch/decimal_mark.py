"""Decimal marks: what one cell shows of the mark of its column."""

import re

import polars as pl

from eligibility.values.pointed import OTHER

MARKS = (",", ".")
_EDGES = (r"(?:^|[^0-9.,])", r"(?:$|[^0-9.,])")
_GROUPING = r"([0-9])['’ \x{a0}\x{2009}\x{202f}]([0-9]{3})"
_UNBARE = r"\.\.|,[-–—]|['’ \x{a0}\x{2009}\x{202f}]"


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


def bare(text: pl.Series) -> pl.Series:
    """Return cells as the patterns of evidence read them: without spaces that group, the ends of bands apart."""
    if not text.str.contains(_UNBARE).any():
        return text
    text = text.str.replace_all("..", ";", literal=True).str.replace_all(r",(?:[-–—]{1,2})($|[^0-9])", ",00$1")
    # What was matched is not looked at again: every second group is left for the second time.
    return text.str.replace_all(_GROUPING, "$1$2").str.replace_all(_GROUPING, "$1$2")
