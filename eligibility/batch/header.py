"""The first lines of a delimited table: its dialect and column names."""

from collections.abc import Container
from dataclasses import dataclass

from eligibility.batch.dialect import Layout, find_layout, first_line
from eligibility.batch.request import BatchRequest
from eligibility.batch.text import undecodable
from eligibility.values.problem import AnswerError, Place, Problem

MOST_COLUMNS = 10_000


@dataclass(frozen=True, slots=True)
class Header:
    """What the beginning of a table says; the data begin `length` bytes of UTF-8 in, on line `lines + 1`.

    `line` is the one of the names, `skipped` counts those above it that are neither blank nor a `sep=;`.
    """

    names: tuple[str, ...]
    delimiter: str
    quote: str
    length: int
    lines: int
    line: int = 1
    skipped: int = 0


def read_header(start: bytes, request: BatchRequest, known: Container[str], name: str) -> Header:
    """Read the header from the first bytes, as `Text` gives them; `known` holds the names that mean something.

    Raises:
        AnswerError: empty, no line of names, names blank or twice.
    """
    end = start.rfind(b"\n")
    text = (start if end < 0 else start[: end + 1]).decode("utf-8", "surrogatepass")
    lines = text.split("\n")
    first, _ = first_line(lines)
    if first >= len(lines) or not any(line.strip() for line in lines[first:]):
        raise AnswerError(Problem("empty-table", "the table is empty", Place(name), "it needs a line of column names"))
    layout = find_layout(lines, known, request.delimiter, request.quote, request.header_line)
    if layout is None:
        raise _unreadable(lines, first if request.header_line is None else request.header_line - 1, name)
    _check_names(layout.names, name, layout.at + 1)
    value = layout.looks_like_data() if request.header_line is None else None
    if value is not None:
        raise _no_header(layout, value, name)
    after = layout.at + layout.count
    length = sum(len(line.encode("utf-8", "surrogatepass")) + 1 for line in lines[:after])
    skipped = sum(bool(line.strip()) for line in lines[first : layout.at])
    return Header(layout.names, layout.delimiter, layout.quote, min(length, len(start)), after, layout.at + 1, skipped)


def _unreadable(lines: list[str], at: int, name: str) -> AnswerError:
    if at >= len(lines) or not lines[at].strip():
        message = f"line {at + 1:,} holds no column names: it is blank or not at the beginning of the table"
        return AnswerError(Problem("bad-header", message, Place(name), "see `inspect`, and tell another --header"))
    message, hint = "the line of column names has a quotation mark out of place", ""
    if "\r" in lines[at].rstrip("\r"):
        message, hint = "the line of column names has a carriage return inside", "lines must end with a line feed"
    return AnswerError(Problem("bad-header", message, Place(name, at + 1, 1, lines[at][:200]), hint))


def _no_header(layout: Layout, value: str, name: str) -> AnswerError:
    message = f"this line looks like data, not like column names: `{value}` is none, and no name is that of a fact"
    hint = "write a line of column names above the data, or tell its line with --header"
    return AnswerError(Problem("no-header", message, Place(name, layout.at + 1, 1), hint))


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
        elif bad := undecodable(column):
            message = f"the name of column {index} has a byte that cannot be decoded: {bad}"
            problems.append(Problem("undecodable", message, place, "tell the encoding with --encoding"))
        elif any(not letter.isprintable() for letter in column):
            message = f"the name of column {index} has a character that cannot be shown"
            problems.append(Problem("bad-column-name", message, place, _why_hidden(column)))
        seen.add(column)
    if problems:
        raise AnswerError(*problems)


def _why_hidden(column: str) -> str:
    if "\0" in column:
        return "UTF-16 without a mark at its beginning? then tell --encoding utf-16"
    return "lines must end with a line feed" if "\r" in column else "is this a table?"
