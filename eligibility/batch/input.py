"""One input, opened: its columns, how it is read, and its rows as blocks."""

from collections.abc import Container, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.delimited import BLOCK_BYTES, Delimited
from eligibility.batch.header import Header, read_header
from eligibility.batch.records import JsonLines, Parquet
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.batch.source import PACKED, Source, format_of, name_of
from eligibility.batch.text import Text
from eligibility.batch.workbook_in import Workbook
from eligibility.values.problem import AnswerError, Place, Problem

FIRST_BYTES = 1 << 20


def kind_of(source: Path | BinaryIO) -> str:
    """Tell the format of an input; a stream is CSV."""
    return format_of(source) if isinstance(source, Path) else "csv"


class Input:
    """An open input and context manager; `schema` gives its columns, `native` tells whether they have own types."""

    def __init__(
        self,
        source: Path | BinaryIO,
        request: BatchRequest,
        known: Container[str],
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        self.name = name_of(source)
        self.native = False
        self._stack = ExitStack()
        self._source: Source | None = None
        self._text: Text | None = None
        self._reader: Delimited | JsonLines | Parquet | Workbook
        self._dialect: Dialect
        kind = kind_of(source)
        if kind == "parquet" and isinstance(source, Path):
            self._open_parquet(source)
            return
        if kind == "xlsx" and isinstance(source, Path):
            self._open_workbook(source, request, known)
            return
        self._source = self._stack.enter_context(Source(source))
        try:
            names = self._open_text(kind, self._source, request, known, block_bytes)
        except BaseException:
            self._stack.close()
            raise
        self.schema: Mapping[str, pl.DataType] = dict.fromkeys(names, pl.String())

    def _open_parquet(self, path: Path) -> None:
        with path.open("rb") as stream:
            packed = stream.read(len(PACKED)) == PACKED
        if packed:
            place = Place(str(path))
            raise AnswerError(
                Problem("packed-parquet", "a packed Parquet file cannot be read", place, "unpack it first")
            )
        self._reader = parquet = Parquet(path)
        self.schema, self.native, self._dialect = parquet.schema, True, Dialect("parquet")

    def _open_workbook(self, path: Path, request: BatchRequest, known: Container[str]) -> None:
        self._reader = workbook = self._stack.enter_context(Workbook(path, request, known))
        self.schema = dict.fromkeys(workbook.names, pl.String())
        self._dialect = Dialect("xlsx", sheet=workbook.sheet, header_line=workbook.header_row)

    def _open_text(
        self, kind: str, source: Source, request: BatchRequest, known: Container[str], block_bytes: int
    ) -> tuple[str, ...]:
        if kind == "jsonl":
            self._text = Text(source, request.encoding)
            self._reader = lines = JsonLines(self._text)
            self._header: Header | None = None
            return lines.names
        self._text = Text(source, request.encoding, request.family, known)
        start = self._text.read(FIRST_BYTES)
        self._header = header = read_header(start, request, known, source.name)
        self._reader = Delimited(self._text, start, header, block_bytes)
        return header.names

    def __enter__(self) -> "Input":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order; once."""
        return self._reader.blocks()

    def finish(self) -> None:
        """Read a text to its end, so that its encoding is final."""
        if self._text is not None:
            self._text.finish()

    @property
    def dialect(self) -> Dialect:
        """Return how the input is read; the encoding is final when all has been read."""
        if self._text is None:
            return self._dialect
        encoding, why = self._text.encoding, self._text.why
        if self._header is None:
            return Dialect("jsonl", encoding, why=why)
        header = self._header
        return Dialect("csv", encoding, header.delimiter, header.quote, header.line, header.skipped, why)

    @property
    def share(self) -> float:
        """Return the share of the input's bytes that has been read, 0 where it is not known."""
        if isinstance(self._reader, Workbook):
            return self._reader.share
        return self._source.share if self._source is not None else 0.0
