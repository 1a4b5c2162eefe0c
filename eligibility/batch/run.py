"""One batch run: table in, verdicts and rejects out."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

import polars as pl

from eligibility.batch.ahead import ahead
from eligibility.batch.delimited import BLOCK_BYTES
from eligibility.batch.duck import BLOCK_BYTES as DUCK_BYTES
from eligibility.batch.duck import DuckQuery
from eligibility.batch.layouts import VERDICTS, Assessed, Layout, offered
from eligibility.batch.long import Long
from eligibility.batch.mapping import ColumnMap, match_columns
from eligibility.batch.output import Pending, check_distinct, pending
from eligibility.batch.rejects import RejectWriter
from eligibility.batch.request import BatchRequest, BatchSummary, Progress
from eligibility.batch.sink import write_csv, write_jsonl, write_parquet
from eligibility.batch.source import format_of
from eligibility.batch.table import Table
from eligibility.batch.template import PlanQuery
from eligibility.batch.typing_rows import RowTyper, TypedRows, read_defaults
from eligibility.batch.wide import Wide
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem


def run_batch(rulebook: Rulebook, request: BatchRequest, progress: Progress | None = None) -> BatchSummary:
    """Assess every row of a table.

    The output and the rejects file are complete, or, if anything is raised, absent.

    Raises:
        AnswerError: an input, option or table that cannot be used.
        OSError: reading or writing failed.
    """
    output = request.output if isinstance(request.output, Path) else None
    rejects = rejects_path(request)
    source = request.source if isinstance(request.source, Path) else None
    check_distinct(source, output, rejects)
    kind = "csv" if output is None else format_of(output, written=True)
    with Table(rulebook, request, DUCK_BYTES if request.engine == "duckdb" else BLOCK_BYTES) as table:
        columns = match_columns(rulebook, list(table.schema), request.mapping, request.id_column)
        run = _Run(rulebook, request, table, columns, kind, progress)
        with pending(rejects, output) as (reject_file, output_file), ExitStack() as stack:
            run.writer = RejectWriter(
                _reject_stream(reject_file, request, stack), request.source_name, request.max_rejects, request.raw_cells
            )
            if reject_file is not None:
                run.writer.begin()
            run.write(output_file)
        return run.summary(rejects)


def rejects_path(request: BatchRequest) -> Path | None:
    """Return where rejects are written, `None` for a stream."""
    if request.rejects is None and isinstance(request.output, Path):
        return request.output.with_name(f"{request.output.stem}.rejects.csv")
    return request.rejects if isinstance(request.rejects, Path) else None


def _reject_stream(file: Pending | None, request: BatchRequest, stack: ExitStack) -> TextIO:
    if file is not None:
        stream = TextIOWrapper(cast(BinaryIO, file.open()), encoding="utf-8", newline="", write_through=False)
        stack.callback(stream.flush)
        return stream
    if isinstance(request.rejects, Path) or request.rejects is None:
        raise AnswerError(Problem("no-rejects", "rejected rows have no place to go", None, "name a rejects file"))
    return request.rejects


@dataclass(slots=True)
class _Counts:
    read: int = 0
    assessed: int = 0
    made_unknown: Counter[str] = field(default_factory=Counter)


class _Run:
    """The state of one run: counts, and what turns blocks into frames of the output."""

    writer: RejectWriter

    def __init__(
        self,
        rulebook: Rulebook,
        request: BatchRequest,
        table: Table,
        columns: ColumnMap,
        kind: str,
        progress: Progress | None,
    ) -> None:
        self._request = request
        self._table = table
        self._columns = columns
        self._kind = kind
        self._progress = progress
        self._typer = RowTyper(
            rulebook,
            columns.facts,
            table.schema,
            read_defaults(rulebook, request.defaults),
            native=table.native,
            decimal=request.decimal,
            unclear=table.dialect.unclear(request.decimal),
            keep_bad=request.on_bad_value == "unknown",
        )
        self._plan = Plan(rulebook, self._typer.given, reasons=request.layout == "long")
        query = DuckQuery if request.engine == "duckdb" else PlanQuery
        self._query: DuckQuery | PlanQuery = query(self._plan, self._typer.given)
        self._offered = offered(self._plan)
        self._layout = self._make_layout(rulebook)
        self._counts = _Counts()
        self._verdicts: list[Counter[str]] = [Counter() for _ in self._offered]

    def _make_layout(self, rulebook: Rulebook) -> Layout:
        request, blank = self._request, self._kind == "csv"
        if request.layout == "long":
            missing, exact = self._plan.missing_ids, self._kind == "parquet"
            return Long(self._columns.id_column, self._offered, missing, rulebook.as_of, exact=exact, blank_empty=blank)
        schema = self._table.schema
        if blank and (nested := [name for name, dtype in schema.items() if dtype.is_nested()]):
            message = f"the column `{nested[0]}` holds {schema[nested[0]]}, which CSV cannot hold"
            raise AnswerError(Problem("wrong-column-type", message, None, "write .parquet or .jsonl"))
        return Wide(schema, self._unread(rulebook), self._offered, blank)

    def _unread(self, rulebook: Rulebook) -> list[str]:
        """Return the columns that may hold any text: what was read as a number, date or code can be no formula."""
        facts = self._columns.facts
        if self._request.on_bad_value == "unknown":
            return list(self._table.schema)
        return [
            name for name in self._table.schema if name not in facts or rulebook.subject(facts[name]).type == "choice"
        ]

    def write(self, output: Pending | None) -> None:
        """Write all rows of the output."""
        frames = self._frames()
        if self._kind == "parquet" and output is not None:
            write_parquet(frames, self._layout, output.path)
            return
        stream = output.open() if output is not None else _bytes_of(self._request.output)
        if self._kind == "jsonl":
            write_jsonl(frames, stream)
        else:
            write_csv(frames, self._layout, stream, self._request.raw_cells)

    def _frames(self) -> Iterator[pl.DataFrame]:
        with closing(ahead(self._results(ahead(self._typed())))) as stage:
            for typed, results, share in stage:
                self.writer.write(typed.rejects)
                self._counts.read += typed.read
                self._counts.assessed += typed.cells.height
                self._counts.made_unknown.update(typed.made_unknown)
                if typed.cells.height:
                    yield self._layout.frame(Assessed(typed.cells, typed.rows, results))
                if self._progress is not None:
                    self._progress(self._counts.read, share)

    def _typed(self) -> Iterator[tuple[TypedRows, float]]:
        for block in self._table.blocks():
            yield self._typer.read(block), self._table.share

    def _results(
        self, rows: Generator[tuple[TypedRows, float], None, None]
    ) -> Iterator[tuple[TypedRows, pl.DataFrame, float]]:
        with closing(rows):
            for typed, share in rows:
                results = self._query.results(typed)
                for programme, counts in zip(self._offered, self._verdicts, strict=True):
                    for code, count in results.group_by(programme.verdict.alias("code")).len().iter_rows():
                        counts[VERDICTS[code]] += count
                yield typed, results, share

    def summary(self, rejects: Path | None) -> BatchSummary:
        """Return the counts."""
        verdicts = {
            programme.id: {verdict: counts[verdict] for verdict in VERDICTS}
            for programme, counts in zip(self._offered, self._verdicts, strict=True)
        }
        return BatchSummary(
            self._counts.read,
            self._counts.assessed,
            self.writer.count,
            dict(self.writer.counts.most_common()),
            verdicts,
            dict(self._counts.made_unknown),
            self._columns.facts,
            self._columns.carried,
            self._columns.id_column,
            self._table.dialect,
            rejects,
        )


def _bytes_of(stream: BinaryIO | TextIO | Path | None) -> IO[bytes]:
    if stream is None or isinstance(stream, Path):
        raise AnswerError(Problem("no-output", "the verdicts have no place to go", None, "name an output file"))
    return cast(IO[bytes], getattr(stream, "buffer", stream))
