"""The inputs of a run as one table: its columns, how it is read, and its rows as blocks."""

from collections.abc import Container, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.delimited import BLOCK_BYTES
from eligibility.batch.input import Input, kind_of
from eligibility.batch.mapping import KnownNames, folded
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.batch.source import name_of
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Place, Problem


class Table:
    """Open inputs and context manager; `schema` gives the columns, `native` tells whether they have own types.

    Of several inputs one is open at a time; each is looked at first, so that one that does not fit stops a run early.
    """

    def __init__(self, rulebook: Rulebook, request: BatchRequest, block_bytes: int = BLOCK_BYTES) -> None:
        _check_options(request)
        _check_sources(request.sources)
        self._request = request
        self._known = _wanted_names(rulebook, request)
        self._block_bytes = block_bytes
        self._at = 0
        self._sizes = [source.stat().st_size if isinstance(source, Path) else 0 for source in request.sources]
        self._input = self._opened(request.source)
        self._dialects = [self._input.dialect]
        self.schema: Mapping[str, pl.DataType] = self._input.schema
        self.native = self._input.native
        with ExitStack() as stack:
            stack.push(self._input)
            for source in request.further:
                with self._opened(source) as other:
                    self._check_columns(other)
                    self._dialects.append(other.dialect)
            stack.pop_all()

    def _opened(self, source: Path | BinaryIO) -> Input:
        return Input(source, self._request, self._known, self._block_bytes)

    def _check_columns(self, other: Input) -> None:
        missing = [name for name in self.schema if name not in other.schema]
        added = [name for name in other.schema if name not in self.schema]
        first = name_of(self._request.source)
        if missing or added:
            parts = [f"lacks {_listed(missing)}"] * bool(missing) + [f"has {_listed(added)} besides"] * bool(added)
            message = f"the columns are not those of {first}: it {' and '.join(parts)}"
            hint = "tables that are read together have the same columns, in any order"
            raise AnswerError(Problem("other-columns", message, Place(other.name), hint))
        for name, dtype in self.schema.items():
            if other.schema[name] != dtype:
                message = f"the column `{name}` holds {other.schema[name]}; in {first} it holds {dtype}"
                raise AnswerError(Problem("other-columns", message, Place(other.name)))

    def __enter__(self) -> "Table":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._input.__exit__(kind, error, trace)

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order; once. Rows are counted over all inputs."""
        before = 0
        for index, source in enumerate(self._request.sources):
            if index:
                self._dialects[self._at] = self._input.dialect
                self._input.__exit__(None, None, None)
                self._input = self._opened(source)
                self._check_columns(self._input)
            self._at = index
            read = 0
            for block in self._input.blocks():
                read += block.read
                yield block if not self._request.further else self._part_of_all(block, before)
            before += read

    def _part_of_all(self, block: Block, before: int) -> Block:
        rows = block.rows + before if isinstance(block.rows, int) else [row + before for row in block.rows]
        rejects = tuple(replace(reject, row=reject.row + before) for reject in block.rejects)
        cells = block.cells.select(list(self.schema))
        return replace(block, cells=cells, rows=rows, rejects=rejects, origin=self._input.name)

    def finish(self) -> None:
        """Read all inputs to their ends, so that their encodings are final."""
        self._input.finish()
        for index, source in enumerate(self._request.further, start=1):
            with self._opened(source) as other:
                other.finish()
                self._dialects[index] = other.dialect

    @property
    def dialects(self) -> tuple[tuple[str, Dialect], ...]:
        """Return name and dialect of each input; encodings are final when all has been read."""
        self._dialects[self._at] = self._input.dialect
        names = [name_of(source) for source in self._request.sources]
        return tuple(zip(names, self._dialects, strict=True))

    @property
    def dialect(self) -> Dialect:
        """Return how the first input is read."""
        return self.dialects[0][1]

    @property
    def share(self) -> float:
        """Return the share of the bytes of all inputs that has been read, 0 where it is not known."""
        total = sum(self._sizes)
        done = sum(self._sizes[: self._at]) + self._input.share * self._sizes[self._at]
        return done / total if total else 0.0


def _wanted_names(rulebook: Rulebook, request: BatchRequest) -> Container[str]:
    """Return the names by which a line of column names is known."""
    asked = [*request.mapping, *([request.id_column] if request.id_column else [])]
    return KnownNames([folded(name) for name in asked], rulebook)


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return shown if len(names) <= 8 else f"{shown} and {len(names) - 8} more"


def _check_sources(sources: tuple[Path | BinaryIO, ...]) -> None:
    kinds = {name_of(source): kind_of(source) for source in sources}
    first = name_of(sources[0])
    for index, source in enumerate(sources):
        if not isinstance(source, Path):
            continue
        place = Place(str(source))
        if kinds[str(source)] != kinds[first]:
            message = f"this is {kinds[str(source)].upper()}, but {first} is {kinds[first].upper()}"
            raise AnswerError(Problem("mixed-formats", message, place, "inputs that are read together have one format"))
        if any(isinstance(other, Path) and source.samefile(other) for other in sources[:index]):
            raise AnswerError(Problem("same-file", "this input is given twice", place, "its rows would count twice"))


def _check_options(request: BatchRequest) -> None:
    problems = []
    if request.sheet is not None and kind_of(request.source) != "xlsx":
        message, hint = "only workbooks (.xlsx) have sheets", "leave --sheet out"
        problems.append(Problem("no-sheets", message, Place(request.source_name), hint))
    for code, sign, unfit in (("bad-delimiter", request.delimiter, '"\r\n\0'), ("bad-quote", request.quote, "\r\n\0")):
        what = code.removeprefix("bad-")
        if sign is not None and (len(sign.encode()) != 1 or sign in unfit):
            message = f"`{sign}` cannot be a {what if what == 'delimiter' else 'quotation mark'}"
            such = "`,` or `;`" if what == "delimiter" else "`\"` or `'`"
            problems.append(Problem(code, message, None, f"one ASCII character such as {such}"))
    if request.delimiter is not None and request.delimiter == request.quote:
        message = f"`{request.delimiter}` cannot be delimiter and quotation mark at once"
        problems.append(Problem("bad-delimiter", message, None, "write another one"))
    if request.header_line is not None and request.header_line < 1:
        problems.append(Problem("bad-header", "lines are counted from 1", None, "write the line of column names"))
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
