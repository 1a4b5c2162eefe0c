"""The first lines of a delimited table: encoding, delimiter, column names."""

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass

from eligibility.batch.exact import Malformed, read_record
from eligibility.batch.mapping import folded
from eligibility.batch.request import BatchRequest
from eligibility.values.problem import AnswerError, Place, Problem

DELIMITERS = (",", ";", "\t")
MOST_COLUMNS = 10_000
_UTF8 = ("utf-8", "utf8", "utf-8-sig")
_SAVE = "save the table as CSV UTF-8"
_DECLARED = re.compile(r"sep=(.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What the beginning of a table says; the data begin `length` bytes in, on line `lines + 1`."""

    names: tuple[str, ...]
    encoding: str
    delimiter: str
    length: int
    lines: int


def check_encoding(encoding: str | None, name: str) -> None:
    """Refuse an encoding other than UTF-8."""
    if encoding is not None and encoding.lower().replace("_", "-") not in _UTF8:
        message = f"the encoding `{encoding}` cannot be read yet"
        raise AnswerError(Problem("unknown-encoding", message, Place(name), _SAVE))


def decoded(data: bytes, name: str, offset: int, line: int) -> str:
    """Decode UTF-8 bytes that stand at an offset and line of the file.

    Raises:
        AnswerError: with byte offset and line of the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line += data.count(b"\n", 0, error.start)
        message = f"the table is not UTF-8: byte 0x{data[error.start]:02x} at offset {offset + error.start:,}"
        raise AnswerError(Problem("not-utf8", message, Place(name, line, 1), _SAVE)) from None


def read_header(start: bytes, request: BatchRequest, known: Collection[str]) -> Header:
    """Read the header from the first bytes; `known` holds folded column names that mean something.

    Raises:
        AnswerError: empty, another encoding, names blank or twice.
    """
    name = request.source_name
    check_encoding(request.encoding, name)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if start.startswith(mark):
            raise AnswerError(Problem("not-utf8", f"the table is {encoding}, not UTF-8", Place(name), _SAVE))
    body = start.removeprefix(codecs.BOM_UTF8)
    skipped = len(start) - len(body)
    end = body.rfind(b"\n")
    text = decoded(body if end < 0 else body[: end + 1], name, skipped, 1)
    lines = text.split("\n")
    first, delimiter = _first_line(lines, request.delimiter)
    if first == len(lines) or not any(lines[first:]):
        raise AnswerError(Problem("empty-table", "the table is empty", Place(name), "it needs a line of column names"))
    names, delimiter, count = _names(lines, first, delimiter, name, known)
    _check_names(names, name, first + 1)
    length = skipped + sum(len(line.encode()) + 1 for line in lines[: first + count])
    return Header(names, "utf-8-sig" if skipped else "utf-8", delimiter, min(length, len(start)), first + count)


def _first_line(lines: list[str], forced: str | None) -> tuple[int, str | None]:
    """Skip blank lines and the `sep=;` that spreadsheets write; return the index of the header and the delimiter."""
    first = 0
    delimiter = forced
    while first < len(lines) and not lines[first].strip():
        first += 1
    declared = _DECLARED.fullmatch(lines[first].rstrip("\r")) if first < len(lines) else None
    if declared:
        return first + 1, forced or declared[1]
    return first, delimiter


def _names(
    lines: list[str], first: int, delimiter: str | None, name: str, known: Collection[str]
) -> tuple[tuple[str, ...], str, int]:
    """Read the header by each delimiter that may be meant; most known names win, then most names."""
    best: tuple[tuple[int, int], tuple[str, ...], str, int] | None = None
    for candidate in (delimiter,) if delimiter else DELIMITERS:
        try:
            cells, count = read_record(lines, first, candidate, True)
        except Malformed:
            continue
        names = tuple(cell.strip() for cell in cells)
        score = (sum(folded(cell) in known for cell in names), len(names))
        if best is None or score > best[0]:
            best = (score, names, candidate, count)
    if best is None:
        message, hint = "the line of column names has a quotation mark out of place", ""
        if "\r" in lines[first].rstrip("\r"):
            message, hint = "the line of column names has a carriage return inside", "lines must end with a line feed"
        raise AnswerError(Problem("bad-header", message, Place(name, first + 1, 1, lines[first][:200]), hint))
    return best[1:]


def _check_names(names: tuple[str, ...], name: str, line: int) -> None:
    problems: list[Problem] = []
    place = Place(name, line, 1)
    if len(names) > MOST_COLUMNS:
        problems.append(
            Problem("too-many-columns", f"{len(names):,} columns; at most {MOST_COLUMNS:,} are read", place)
        )
    seen: set[str] = set()
    for index, column in enumerate(names, start=1):
        if not column:
            problems.append(
                Problem("blank-column-name", f"column {index} has no name", place, "name it or take it out")
            )
        elif column in seen:
            message = f"two columns are called `{column}`"
            problems.append(Problem("duplicate-column-name", message, place, "rename one of them"))
        elif any(not letter.isprintable() for letter in column):
            message = f"the name of column {index} has a character that cannot be shown"
            hint = "lines must end with a line feed" if "\r" in column else "is this a table?"
            problems.append(Problem("bad-column-name", message, place, hint))
        seen.add(column)
    if problems:
        raise AnswerError(*problems)
