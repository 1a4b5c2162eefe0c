"""JSON Lines and Parquet as blocks."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.exact import KEPT, LONGEST_CELL
from eligibility.batch.rejects import Reject
from eligibility.batch.text import Text, shown, undecodable
from eligibility.values.problem import AnswerError, Place, Problem

LINES = 50_000
ROWS = 131_072
_PART = 4 << 20
_LONGEST = 64 << 20
_TOO_LONG = f"a value is longer than {LONGEST_CELL >> 20} MiB; the first {KEPT:,} characters of the line are kept here"


class JsonLines:
    """Reads one JSON object a line. The columns are the keys of the first lines; cells keep the text as written."""

    def __init__(self, text: Text, lines: int = LINES) -> None:
        self._text = text
        self._count = lines
        self._line = 1
        self._row = 1
        self._raw = self._lines()
        self._first = self._take()
        names: dict[str, None] = {}
        for _, _, record in self._first:
            if isinstance(record, dict):
                names.update(dict.fromkeys(record))
        self.names = tuple(names)
        if not self.names:
            hint = 'each line holds one object: {"employees": 12}'
            raise AnswerError(Problem("empty-table", "the file holds no JSON object", Place(text.name), hint))

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order."""
        found, self._first = self._first, []
        while found:
            yield self._block(found)
            found = self._take()

    def _block(self, found: list[tuple[int, str, object]]) -> Block:
        kept: list[dict[str, str | None]] = []
        rows: list[int] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        for line, text, record in found:
            if isinstance(record, dict) and record.keys() <= set(self.names):
                rows.append(self._row)
                lines.append(line)
                kept.append(record)
            else:
                rejects.append(Reject(self._row, line, "", *self._why(text, record), _kept(text)))
            self._row += 1
        cells = pl.DataFrame(kept, schema=dict.fromkeys(self.names, pl.String))
        return Block(cells, rows, lines, tuple(rejects), len(found), self._numbers(kept))

    def _numbers(self, kept: list[dict[str, str | None]]) -> dict[str, pl.Series]:
        """Return by column which cells JSON wrote as numbers with a point: texts may hold commas."""
        masks = {name: [isinstance(record.get(name), _Number) for record in kept] for name in self.names}
        return {name: pl.Series(mask, dtype=pl.Boolean) for name, mask in masks.items() if any(mask)}

    def _why(self, text: str, record: object) -> tuple[str, str]:
        bad = undecodable(text)
        if bad is not None:
            return "undecodable", f"the line has a byte that cannot be decoded: {bad}"
        if isinstance(record, dict):
            extra = next(key for key in record if key not in self.names)
            return "unknown-column", f"no line before has the key `{extra}`"
        return ("too-long" if record == _TOO_LONG else "not-json"), str(record)

    def _take(self) -> list[tuple[int, str, object]]:
        found: list[tuple[int, str, object]] = []
        for raw in islice(self._raw, self._count):
            text = raw.decode("utf-8", "surrogatepass").strip()
            if text:
                found.append((self._line, text, _record(text)))
            self._line += 1
        return found

    def _lines(self) -> Iterator[bytes]:
        rest = b""
        while data := self._text.read(_PART):
            *whole, rest = (rest + data).split(b"\n")
            yield from whole
            if len(rest) > _LONGEST:
                message = f"this line is longer than {_LONGEST >> 20} MB"
                raise AnswerError(Problem("too-long", message, Place(self._text.name, self._line, 1)))
        if rest:
            yield rest


class _Number(str):
    """The digits of a number with a point, which JSON does not write as a text."""

    __slots__ = ()


def _record(text: str) -> object:
    """Return column -> cell text, or why the line is none."""
    if undecodable(text) is not None:
        return None
    try:
        record = json.loads(text, parse_int=str, parse_float=_Number, parse_constant=str, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    if not isinstance(record, dict):
        return "the line is not a JSON object"
    for key, value in record.items():
        if isinstance(value, dict | list):
            return f"`{key}` holds several values"
        if isinstance(value, str) and len(value) * 4 > LONGEST_CELL and len(value.encode()) > LONGEST_CELL:
            return _TOO_LONG
        if isinstance(value, bool):
            record[key] = "true" if value else "false"
    return record


def _kept(text: str) -> str:
    return shown(text[:KEPT] if len(text) * 4 > LONGEST_CELL else text)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key stands twice")
    return record


class Parquet:
    """Reads a Parquet file; columns keep their types."""

    def __init__(self, path: Path, rows: int = ROWS) -> None:
        try:
            self._frame = pl.scan_parquet(path, glob=False)
            self.schema = dict(self._frame.collect_schema())
        except pl.exceptions.PolarsError as error:
            reason = str(error).partition("\n")[0]
            raise AnswerError(Problem("bad-parquet", f"not a Parquet file: {reason}", Place(str(path)))) from None
        self.names = tuple(self.schema)
        self._rows = rows

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order."""
        row = 1
        for cells in self._frame.collect_batches(chunk_size=self._rows, maintain_order=True):
            yield Block(cells, row, None, (), cells.height)
            row += cells.height
