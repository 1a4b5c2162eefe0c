"""Delimited records read one by one: slow, and exact about which record is wrong and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eligibility.batch.rejects import Reject
from eligibility.batch.text import shown, undecodable

MOST_LINES = 1_000
"""A record of more lines is taken for a quotation mark that was never closed."""
LONGEST_CELL = 1 << 20
"""The most bytes of UTF-8 in a cell."""
KEPT = 1_000
"""How many characters are kept of a refused record in which a cell may be too long."""


class Malformed(Exception):
    """A record that breaks the rules of quoting."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Incomplete(Exception):
    """A record that goes on behind the lines at hand."""


@dataclass(slots=True)
class Records:
    """Records read from a text: their cells, rows and lines; those refused; how many lines were used up."""

    cells: list[list[str | None]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 0
    used: int = 0


def read_records(
    lines: Sequence[str],
    delimiter: str,
    width: int,
    first_row: int,
    first_line: int,
    at_end: bool,
    quote: str = '"',
) -> Records:
    """Read all records of the lines that can be read for certain; blank lines are none."""
    found = Records()
    while found.used < len(lines):
        index = found.used
        if lines[index] in ("", "\r"):
            found.used += 1
            continue
        row, line = first_row + found.read, first_line + index
        # Going on with the very next line loses no more than the record that is wrong.
        count = 1
        try:
            cells, count = read_record(lines, index, delimiter, at_end, quote)
            _check(cells, lines[index : index + count], width)
        except Incomplete:
            break
        except Malformed as error:
            found.rejects.append(_reject(row, line, error, "\n".join(lines[index : index + count])))
        else:
            found.cells.append([cell or None for cell in cells])
            found.rows.append(row)
            found.lines.append(line)
        found.read += 1
        found.used += count
    return found


def _check(cells: list[str], lines: Sequence[str], width: int) -> None:
    bad = next((found for line in lines if (found := undecodable(line))), None)
    if bad is not None:
        raise _undecodable(bad)
    if sum(map(len, lines)) * 4 > LONGEST_CELL:
        for number, cell in enumerate(cells, start=1):
            if len(cell.encode()) > LONGEST_CELL:
                message = f"cell {number} is longer than {LONGEST_CELL >> 20} MiB"
                raise Malformed("too-long", f"{message}; the first {KEPT:,} characters of the record are kept here")
    if len(cells) != width:
        counted = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        raise Malformed("wrong-width", f"the record has {counted}; the header names {width}")
    if any("\0" in line for line in lines):
        raise Malformed("null-character", "the record has a null character")


def _undecodable(bad: str) -> Malformed:
    return Malformed("undecodable", f"the record has a byte that cannot be decoded: {bad}")


def _reject(row: int, line: int, error: Malformed, text: str) -> Reject:
    bad = undecodable(text)
    if bad is not None:
        # Whatever else is wrong, it may well come from this.
        error = _undecodable(bad)
    kept = text[:KEPT] if len(text) * 4 > LONGEST_CELL else text.removesuffix("\r")
    return Reject(row, line, "", error.code, error.message, shown(kept))


def read_record(
    lines: Sequence[str], index: int, delimiter: str, at_end: bool, quote: str = '"'
) -> tuple[list[str], int]:
    """Read the record that begins on a line; return its cells and of how many lines it is.

    Raises:
        Malformed: text behind a closing quotation mark, one that never closes, a carriage return inside.
        Incomplete: the lines end before the record does, and more may follow.
    """
    line = lines[index]
    if quote not in line:
        return _unbroken(line.removesuffix("\r")).split(delimiter), 1
    cells: list[str] = []
    count, position = 1, 0
    while True:
        if line.startswith(quote, position):
            cell, line, position, count = _quoted(lines, index, count, position + 1, at_end, quote)
            rest = line[position:]
            if rest not in ("", "\r") and not rest.startswith(delimiter):
                raise Malformed("text-after-quote", "there is text behind a closing quotation mark")
            end = position if rest not in ("", "\r") else -1
        else:
            end = line.find(delimiter, position)
            cell = _unbroken(line[position:].removesuffix("\r") if end < 0 else line[position:end])
        cells.append(cell)
        if end < 0:
            return cells, count
        position = end + len(delimiter)


def _quoted(
    lines: Sequence[str], index: int, count: int, start: int, at_end: bool, quote: str
) -> tuple[str, str, int, int]:
    """Read on from behind an opening quotation mark; return cell, line and position behind it, lines used."""
    parts: list[str] = []
    line = lines[index + count - 1]
    while True:
        end = line.find(quote, start)
        if end < 0:
            parts.append(line[start:] + "\n")
            if count == MOST_LINES or (at_end and index + count == len(lines)):
                raise Malformed("open-quote", "a quotation mark opens here and does not close")
            if index + count == len(lines):
                raise Incomplete
            line, start = lines[index + count], 0
            count += 1
        elif line.startswith(quote, end + 1):
            parts.append(line[start : end + 1])
            start = end + 2
        else:
            parts.append(line[start:end])
            return "".join(parts), line, end + 1, count


def _unbroken(text: str) -> str:
    if "\r" in text:
        raise Malformed("stray-return", "there is a carriage return inside the record")
    return text
