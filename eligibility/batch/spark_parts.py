"""What a task of Spark is handed, as blocks: lines of text through our own readers, or Parquet as it comes."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.records import JsonLines
from eligibility.batch.request import BatchRequest
from eligibility.batch.source import Source
from eligibility.batch.table import Table
from eligibility.batch.text import Text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 16_384
"""Rows of a block: the long layout makes some hundred times as many."""
FILE, START, VALUE = "file", "start", "value"
"""Behind the columns of the input: the file of a row and where the part of it begins that is read in one go."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or one of the parts in which Spark reads it; rows are counted from 1 in each."""

    file: str
    start: int


class _Lines(io.RawIOBase):
    """The bytes of a file, from its lines."""

    def __init__(self, lines: Iterator[list[bytes]]) -> None:
        self._lines = lines
        self._rest = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            lines = next(self._lines, None)
            if lines is None:
                return 0
            self._rest = (b"\n" if self._begun else b"") + b"\n".join(lines)
            self._begun = True
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def text_blocks(
    rulebook: Rulebook, request: BatchRequest, kind: str, names: tuple[str, ...], batches: Iterable["pa.RecordBatch"]
) -> Iterator[tuple[Part, Block]]:
    """Yield the blocks of text files that come as lines (`value`) with their `file`; each file has its own header.

    Raises:
        AnswerError: a file that cannot be read, or whose columns are not called `names`.
    """
    for file, pieces in groupby(_pieces(batches), lambda piece: piece[0]):
        stream = cast(BinaryIO, io.BufferedReader(_Lines(lines for _, lines in pieces)))
        for block in _blocks(rulebook, replace(request, source=stream), kind, names, file):
            yield Part(file, 0), block


def _pieces(batches: Iterable["pa.RecordBatch"]) -> Iterator[tuple[str, list[bytes]]]:
    for batch in batches:
        frame = pl.DataFrame(pl.from_arrow(batch))
        for part in frame.partition_by(FILE, maintain_order=True):
            yield part[FILE][0], part[VALUE].to_list()


def _blocks(rulebook: Rulebook, request: BatchRequest, kind: str, names: tuple[str, ...], file: str) -> Iterator[Block]:
    if kind == "jsonl":
        assert not isinstance(request.source, Path)
        with Source(request.source) as source:
            lines = JsonLines(Text(source, request.encoding), ROWS)
            extra = set(lines.names) - set(names)
            if extra:
                _refuse(file, tuple(sorted(extra)))
            for block in lines.blocks():
                missing = [pl.lit(None, pl.String).alias(name) for name in names if name not in lines.names]
                yield replace(block, cells=block.cells.with_columns(missing).select(names))
        return
    with Table(rulebook, request) as table:
        if tuple(table.schema) != names:
            _refuse(file, tuple(table.schema))
        yield from table.blocks()


def _refuse(file: str, names: tuple[str, ...]) -> None:
    shown = ", ".join(f"`{name}`" for name in names[:8])
    message = f"the columns of {file} are not those of the first file: {shown}"
    raise AnswerError(Problem("other-columns", message, None, "give each file the same columns"))


def parquet_blocks(names: tuple[str, ...], batches: Iterable["pa.RecordBatch"]) -> Iterator[tuple[Part, Block]]:
    """Yield blocks of native columns, called `names`; behind them stand `file` and `start`."""
    read: dict[Part, int] = {}
    for frame in _gathered(batches):
        for rows in frame.partition_by(FILE, START, maintain_order=True):
            part = Part(rows[FILE][0], rows[START][0])
            first = read.get(part, 0) + 1
            read[part] = first - 1 + rows.height
            cells = rows.drop(FILE, START)
            cells.columns = list(names)
            yield part, Block(cells, first, None, (), rows.height)


def _gathered(batches: Iterable["pa.RecordBatch"]) -> Iterator[pl.DataFrame]:
    waiting: list[pl.DataFrame] = []
    for batch in batches:
        waiting.append(pl.DataFrame(pl.from_arrow(batch)))
        if sum(frame.height for frame in waiting) >= ROWS:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)
