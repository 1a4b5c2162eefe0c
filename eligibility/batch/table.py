"""An input, opened: its columns, how it is read, and its rows as blocks."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.delimited import BLOCK_BYTES, Delimited
from eligibility.batch.header import read_header
from eligibility.batch.mapping import known_names
from eligibility.batch.records import JsonLines, Parquet
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.batch.source import Source, format_of
from eligibility.batch.workbook_in import Workbook
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Place, Problem

FIRST_BYTES = 1 << 20


class Table:
    """An open input and context manager; `schema` gives its columns, `native` tells whether they have own types."""

    def __init__(self, rulebook: Rulebook, request: BatchRequest, block_bytes: int = BLOCK_BYTES) -> None:
        self._block_bytes = block_bytes
        self._stack = ExitStack()
        self._source: Source | None = None
        self._reader: Delimited | JsonLines | Parquet | Workbook
        self.native = False
        kind = format_of(request.source) if isinstance(request.source, Path) else "csv"
        _check_options(request)
        if kind == "parquet" and isinstance(request.source, Path):
            self._open_parquet(request.source)
            return
        if kind == "xlsx" and isinstance(request.source, Path):
            self._open_workbook(request.source, rulebook, request)
            return
        if request.sheet is not None:
            hint = "leave --sheet out"
            raise AnswerError(
                Problem("no-sheets", "only workbooks (.xlsx) have sheets", Place(request.source_name), hint)
            )
        self._source = self._stack.enter_context(Source(request))
        try:
            names = self._open_text(kind, self._source, rulebook, request)
        except BaseException:
            self._stack.close()
            raise
        self.schema: Mapping[str, pl.DataType] = dict.fromkeys(names, pl.String())

    def _open_parquet(self, path: Path) -> None:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        if packed:
            place = Place(str(path))
            raise AnswerError(
                Problem("packed-parquet", "a packed Parquet file cannot be read", place, "unpack it first")
            )
        self._reader = parquet = Parquet(path)
        self.schema, self.native, self.dialect = parquet.schema, True, Dialect("parquet")

    def _open_workbook(self, path: Path, rulebook: Rulebook, request: BatchRequest) -> None:
        self._reader = workbook = self._stack.enter_context(Workbook(path, request, known_names(rulebook)))
        self.schema = dict.fromkeys(workbook.names, pl.String())
        self.dialect = Dialect("xlsx", sheet=workbook.sheet)

    def _open_text(self, kind: str, source: Source, rulebook: Rulebook, request: BatchRequest) -> tuple[str, ...]:
        if kind == "jsonl":
            self._reader = lines = JsonLines(source, request)
            self.dialect = Dialect("jsonl", "utf-8")
            return lines.names
        start = source.read(FIRST_BYTES)
        header = read_header(start, request, known_names(rulebook))
        self._reader = Delimited(source, start, header, self._block_bytes)
        self.dialect = Dialect("csv", header.encoding, header.delimiter)
        return header.names

    def __enter__(self) -> "Table":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order; once."""
        return self._reader.blocks()

    @property
    def share(self) -> float:
        """Return the share of the input's bytes that has been read, 0 where it is not known."""
        if isinstance(self._reader, Workbook):
            return self._reader.share
        return self._source.share if self._source is not None else 0.0


def _check_options(request: BatchRequest) -> None:
    problems = []
    if request.delimiter is not None and (len(request.delimiter.encode()) != 1 or request.delimiter in '"\r\n\0'):
        message = f"`{request.delimiter}` cannot be a delimiter"
        problems.append(Problem("bad-delimiter", message, None, "one ASCII character such as `,` or `;`"))
    if request.decimal not in (None, ",", "."):
        problems.append(
            Problem("bad-decimal", f"`{request.decimal}` cannot be a decimal mark", None, "write `,` or `.`")
        )
    elif request.decimal is not None and request.decimal == request.delimiter:
        problems.append(
            Problem("bad-decimal", "the decimal mark cannot be the delimiter too", None, "write the other one")
        )
    if problems:
        raise AnswerError(*problems)
