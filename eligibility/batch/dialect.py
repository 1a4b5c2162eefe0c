"""How a delimited text is laid out: delimiter, quotation mark, and the line of column names under a preamble."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from eligibility.batch.exact import Malformed, read_record
from eligibility.batch.mapping import folded

DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
PREAMBLE = 100
MOST = 0.5
_ROWS = 50
_DECLARED = re.compile(r"sep=(.)\r?", re.IGNORECASE)
_DATA = re.compile(r"[-+]?[0-9][0-9.,:/ '-]*[%€₩]?")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to read the first lines: the names stand on line `at` (from 0) and `count - 1` more.

    `known` counts names that mean something, `steady` is the share of rows below that are as wide.
    """

    delimiter: str
    quote: str
    at: int
    count: int
    names: tuple[str, ...]
    known: int
    steady: float

    def better_than(self, other: "Layout") -> bool:
        """Tell whether this way reads more of the table, of two that come in order of preference."""
        return self._rank() > other._rank()

    def _rank(self) -> tuple[bool, int, bool, bool, float, int]:
        fits, width = self.steady >= MOST, len(self.names)
        named = self.looks_like_data() is None
        return fits and self.known > 0, self.known, fits and width > 1, named, self.steady, width

    def looks_like_data(self) -> str | None:
        """Return a cell that is no name but a value, where no name is known either."""
        return None if self.known else next((name for name in self.names if _DATA.fullmatch(name)), None)


def find_layout(
    lines: Sequence[str],
    known: Container[str],
    delimiter: str | None = None,
    quote: str | None = None,
    header: int | None = None,
) -> Layout | None:
    """Return the way to read some lines that finds most known names, then most rows of one width.

    `delimiter`, `quote` and `header` (the line of names, from 1) are taken as given. `None`: no line can be read.
    """
    start, declared = first_line(lines)
    if header is not None:
        start = header - 1
    best: Layout | None = None
    for mark in (delimiter,) if delimiter else (declared,) if declared else DELIMITERS:
        for sign in (quote,) if quote else _quotes(lines[start : start + PREAMBLE], mark):
            found = _best_line(lines, _Grid(lines, mark, sign), known, start, header is not None)
            if found is not None and (best is None or found.better_than(best)):
                best = found
    return best


def first_line(lines: Sequence[str]) -> tuple[int, str | None]:
    """Return the index of the first line that is not blank, and the delimiter if a `sep=;` before it declares one."""
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    declared = _DECLARED.fullmatch(lines[first]) if first < len(lines) else None
    return (first + 1, declared[1]) if declared else (first, None)


def _quotes(lines: Sequence[str], delimiter: str) -> tuple[str, ...]:
    """Return the quotation marks that may be meant: single ones only where they stand around cells all over."""
    counts = {}
    for quote in QUOTES:
        mark = re.escape(delimiter)
        cell = re.compile(rf"(?:^|{mark}){quote}[^{quote}]*{quote}(?={mark}|\r?$)")
        counts[quote] = sum(cell.search(line) is not None for line in lines)
    several = sum(delimiter in line for line in lines) or sum(bool(line.strip()) for line in lines)
    single = counts["'"] * 2 > several and not counts['"'] and delimiter != "'"
    return ("'",) if single else ('"',)


class _Grid:
    """Some lines as records of one dialect."""

    def __init__(self, lines: Sequence[str], delimiter: str, quote: str) -> None:
        self.delimiter = delimiter
        self.quote = quote
        self._lines = lines

    def record(self, index: int) -> tuple[tuple[str, ...], int] | None:
        """Return the cells of the record that begins on a line and of how many lines it is, `None` if it has none."""
        if index >= len(self._lines) or not self._lines[index].strip():
            return None
        try:
            cells, count = read_record(self._lines, index, self.delimiter, True, self.quote)
        except Malformed:
            return None
        return tuple(cell.strip() for cell in cells), count

    def widths(self, index: int) -> Iterator[int]:
        """Yield the width of each record from a line on, 0 for one that is malformed."""
        while index < len(self._lines):
            found = self.record(index)
            if self._lines[index].strip():
                yield len(found[0]) if found else 0
            index += found[1] if found else 1


def _best_line(lines: Sequence[str], grid: _Grid, known: Container[str], start: int, forced: bool) -> Layout | None:
    found = []
    for index in range(start, start + 1 if forced else min(start + PREAMBLE, len(lines))):
        record = grid.record(index)
        if record is not None:
            cells, count = record
            hits = len({folded(cell) for cell in cells if cell in known})
            found.append((hits, index, cells, count))
    if not found:
        return None
    named = sorted((line for line in found if line[0]), key=lambda line: (-line[0], line[1]))
    ways = [_layout(grid, *line) for line in named[:5]] or [_layout(grid, *_widest(grid, found, start))]
    return next((way for way in ways if way.steady >= MOST), ways[0])


def _layout(grid: _Grid, known: int, at: int, names: tuple[str, ...], count: int) -> Layout:
    widths = [width for width, _ in zip(grid.widths(at + count), range(_ROWS), strict=False)]
    steady = sum(width == len(names) for width in widths) / len(widths) if widths else 1.0
    return Layout(grid.delimiter, grid.quote, at, count, names, known, steady)


def _widest(
    grid: _Grid, found: Sequence[tuple[int, int, tuple[str, ...], int]], start: int
) -> tuple[int, int, tuple[str, ...], int]:
    """Return the first line that is as wide as most rows, best without a blank cell: titles are filled up with them."""
    widths = Counter(width for width, _ in zip(grid.widths(start), range(PREAMBLE + _ROWS), strict=False))
    most = max(widths, key=lambda width: widths[width])
    fitting = [line for line in found if len(line[2]) == most] or found
    return next((line for line in fitting if all(line[2])), fitting[0])
