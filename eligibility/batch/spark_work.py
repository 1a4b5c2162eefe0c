"""What Spark's workers do: typing, rejects and the plan, with the very code of a run on one machine."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from eligibility.batch.assessing import Assessing
from eligibility.batch.block import Block
from eligibility.batch.chosen_layout import chosen_layout
from eligibility.batch.counting import NO_PROGRAMME, Counting, Counts
from eligibility.batch.formula import neutralised
from eligibility.batch.layouts import VERDICTS, Assessed, Layout, Offered, counted, offered
from eligibility.batch.mapping import ColumnMap
from eligibility.batch.request import BatchRequest
from eligibility.batch.spark_frames import as_batches
from eligibility.batch.spark_parts import Part, parquet_blocks, text_blocks
from eligibility.batch.typing_rows import RowTyper, TypedRows
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.formula import neutral
from eligibility.values.problem import AnswerError

if TYPE_CHECKING:
    import pyarrow as pa

Batches = Iterable["pa.RecordBatch"]
ROWS = ("rows", NO_PROGRAMME, 0)
"""Under this all rows are counted; those by `verdict` by programme and verdict code."""
FOUND: Mapping[str, pl.DataType] = {
    "kind": pl.String(),
    "file": pl.String(),
    "start": pl.Int64(),
    "row": pl.Int64(),
    "line": pl.Int64(),
    "column": pl.String(),
    "code": pl.String(),
    "message": pl.String(),
    "text": pl.String(),
}
"""What the first look finds. `kind`: `reject`; `read` and `unknown` (`row` counts); `problem` (`text` is its hint)."""


@dataclass(frozen=True)
class Work:
    """One run as every worker knows it; `kind` and `written` are the formats of the input and of the output.

    `reported`: all is counted that a report speaks of, not verdicts alone.
    """

    rulebook: Rulebook
    request: BatchRequest
    columns: ColumnMap
    schema: Mapping[str, pl.DataType]
    kind: str
    written: str
    reported: bool

    def typer(self) -> RowTyper:
        """Return what types the rows."""
        native = self.kind == "parquet"
        return RowTyper.asked(self.rulebook, self.request, self.columns, self.schema, native=native, look_ahead=None)

    def blocks(self, batches: Batches) -> Iterator[tuple[Part, Block]]:
        """Return the rows that a task was handed."""
        if self.kind == "parquet":
            return parquet_blocks(tuple(self.schema), batches)
        return text_blocks(self.rulebook, self.request, self.kind, tuple(self.schema), batches)

    @cached_property
    def plan(self) -> Plan:
        """Return the plan."""
        return Plan(self.rulebook, self.typer().given, reasons=self.request.layout == "long" or self.reported)

    @cached_property
    def assessing(self) -> Assessing:
        """Return what runs the plan, made once in each process."""
        return Assessing(self.plan)

    @cached_property
    def counting(self) -> Counting | None:
        """Return what counts for a report; `None` where none is asked for."""
        return Counting(self.plan) if self.reported else None

    @cached_property
    def offered(self) -> tuple[Offered, ...]:
        """Return the programmes."""
        return offered(self.plan)

    @cached_property
    def layout(self) -> Layout:
        """Return the layout of the output."""
        return chosen_layout(self.plan, self.request, self.columns, self.schema, self.written)

    def written_frame(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return rows of the layout as Spark writes them: verdicts as text, decimals too where the format has none."""
        texts = [name for name, dtype in frame.schema.items() if dtype == pl.Enum]
        if self.written != "parquet":
            texts += [name for name, dtype in frame.schema.items() if dtype.is_decimal()]
        frame = frame.with_columns(pl.col(texts).cast(pl.String))
        if self.written == "csv" and not self.request.raw_cells:
            frame = neutralised(frame, list(self.layout.carried)).rename(neutral)
        return frame


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Work:
    """Return the work; a process keeps it from task to task, with the plan once it is built."""
    work = pickle.loads(packed)
    assert isinstance(work, Work)
    return work


def look(packed: bytes) -> Callable[[Batches], Iterator["pa.RecordBatch"]]:
    """Return the first look at the rows: how many there are, and what is wrong with which."""

    def task(batches: Batches) -> Iterator["pa.RecordBatch"]:
        for found in _found(_unpacked(packed), batches):
            yield from as_batches(pl.DataFrame(found, schema=FOUND, orient="row"))

    return task


def _found(work: Work, batches: Batches) -> Iterator[list[tuple[object, ...]]]:
    typer = work.typer()
    try:
        for part, block in work.blocks(batches):
            typed = typer.read(block)
            where = (part.file, part.start)
            rows: list[tuple[object, ...]] = [("read", *where, typed.read, *[None] * 5)]
            rows += [("unknown", *where, count, None, name, *[None] * 3) for name, count in typed.made_unknown.items()]
            rows += [
                ("reject", *where, one.row, one.line, *map(_safe(work), (one.column, one.code, one.message, one.text)))
                for one in typed.rejects
            ]
            yield rows
    except AnswerError as error:
        # Raised here it would arrive as a trace of two programs.
        yield [
            ("problem", "", 0, None, one.place.line if one.place else None, None, one.code, one.message, one.hint)
            for one in error.problems
        ]


def _safe(work: Work) -> Callable[[str], str]:
    return str if work.request.raw_cells else neutral


def assess(
    packed: bytes, before: Mapping[Part, int], tell: Callable[[Counts], None]
) -> Callable[[Batches], Iterator["pa.RecordBatch"]]:
    """Return what assesses the rows that can be used; `before` each part stand so many rows of the input."""

    def task(batches: Batches) -> Iterator["pa.RecordBatch"]:
        work = _unpacked(packed)
        typer = work.typer()
        for part, block in work.blocks(batches):
            typed = typer.read(block)
            if not typed.cells.height:
                continue
            results = work.assessing.results(typed)
            tell(_tally(work, typed, results))
            for frame in work.layout.frames(Assessed(typed.cells, typed.rows + before[part], results)):
                yield from as_batches(work.written_frame(frame))

    return task


def _tally(work: Work, typed: TypedRows, results: pl.DataFrame) -> Counts:
    tally: Counts = Counter({ROWS: results.height})
    for programme, counts in zip(work.offered, counted(results, work.offered), strict=True):
        tally.update({verdict_key(programme, verdict): count for verdict, count in counts.items()})
    if work.counting is not None:
        tally.update(work.counting.counts(typed, results))
    return tally


def verdict_key(programme: Offered, verdict: str) -> tuple[str, int, int]:
    """Return under what rows with a verdict on a programme are counted."""
    return ("verdict", programme.index, VERDICTS.index(verdict))
