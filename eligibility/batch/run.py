"""One batch run: table in, verdicts and rejects out."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, TextIO, cast

import polars as pl

from eligibility.batch.ahead import ahead
from eligibility.batch.assessing import Assessing
from eligibility.batch.block import Block
from eligibility.batch.chosen_layout import chosen_layout, long_layout, wide_layout
from eligibility.batch.counting import Counting, Counts
from eligibility.batch.duck import DuckProgram
from eligibility.batch.later import look_ahead_of
from eligibility.batch.layouts import VERDICTS, Assessed, Layout, counted, offered
from eligibility.batch.likeness import similar
from eligibility.batch.mapping import ColumnMap, match_columns
from eligibility.batch.output import Pending, check_distinct, pending
from eligibility.batch.portfolio import portfolio_of
from eligibility.batch.reject_writer import RejectWriter, reject_writer, rejects_path
from eligibility.batch.request import BatchRequest, BatchSummary, Found, Progress
from eligibility.batch.sink import write_csv, write_jsonl, write_parquet
from eligibility.batch.source import format_of
from eligibility.batch.table import Table
from eligibility.batch.typing_rows import RowTyper, TypedRows
from eligibility.batch.workbook_summary import SummaryTable, summary_tables
from eligibility.engine.columns import Plan
from eligibility.engine.series import SeriesProgram
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem

if TYPE_CHECKING:
    from eligibility.batch.ownership import Ownership


def run_batch(rulebook: Rulebook, request: BatchRequest, progress: Progress | None = None) -> BatchSummary:
    """Assess every row of a table.

    The output, the rejects file and the report are complete, or, if anything is raised, absent.

    Raises:
        AnswerError: an input, option or table that cannot be used.
        OSError: reading or writing failed.
    """
    output = request.output if isinstance(request.output, Path) else None
    rejects = rejects_path(request)
    report = None if request.report is None else request.report.path
    for source in request.sources:
        check_distinct(source if isinstance(source, Path) else None, output, rejects, report)
    kind = "csv" if output is None else format_of(output, written=True)
    with Table(rulebook, request) as table:
        columns = match_columns(
            rulebook, list(table.schema), request.mapping, request.id_column, by_id=request.ownership is not None
        )
        run = _Run(rulebook, request, table, columns, kind, progress)
        with pending(rejects, output, report) as (reject_file, output_file, report_file), ExitStack() as stack:
            run.writer = reject_writer(request, reject_file, stack)
            run.write(output_file)
            summary = run.summary(rejects)
            if request.report is not None and report_file is not None:
                report_file.open().write(request.report.document(summary).encode())
        return summary


@dataclass(slots=True)
class _Counts:
    read: int = 0
    assessed: int = 0
    found: int = 0
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
        self._rulebook = rulebook
        self._request = request
        self._table = table
        self._columns = columns
        self._kind = kind
        self._progress = progress
        self._ownership = _ownership(rulebook, request, columns)
        self._typer = RowTyper.asked(
            rulebook,
            request,
            columns,
            table.schema,
            native=table.native,
            look_ahead=look_ahead_of(rulebook, request),
            filling=self._ownership,
        )
        reasons = request.layout == "long" or kind == "xlsx" or request.report is not None
        self._plan = Plan(rulebook, self._typer.given, reasons=reasons)
        self._assessing = Assessing(self._plan, DuckProgram if request.engine == "duckdb" else SeriesProgram.of)
        self._offered = offered(self._plan)
        self._rulebook = rulebook
        self._counts = _Counts()
        self._verdicts: list[Counter[str]] = [Counter() for _ in self._offered]
        self._counting = None if request.report is None else Counting(self._plan)
        self._for_report: Counts = Counter()

    def write(self, output: Pending | None) -> None:
        """Write all rows of the output."""
        # Stages that are left to the garbage collector wait for threads that it has taken away before.
        with closing(self._assessed()) as assessed:
            if self._kind == "xlsx" and output is not None:
                self._write_workbook(assessed, output)
            else:
                layout = chosen_layout(self._plan, self._request, self._columns, self._table.schema, self._kind)
                frames = (frame for part in assessed for frame in layout.frames(part))
                self._write_frames(frames, layout, output)

    def _write_frames(self, frames: Iterator[pl.DataFrame], layout: Layout, output: Pending | None) -> None:
        if self._kind == "parquet" and output is not None:
            write_parquet(frames, layout, output.path)
            return
        stream = output.open() if output is not None else _bytes_of(self._request.output)
        if self._kind == "jsonl":
            write_jsonl(frames, stream)
        else:
            write_csv(frames, layout, stream, self._request.raw_cells, self._request.excel)

    def _write_workbook(self, assessed: Iterator[Assessed], output: Pending) -> None:
        # Few runs need it, and its library takes a while to load.
        from eligibility.batch.workbook_out import Sheets, write_workbook

        wide = wide_layout(self._plan, self._request, self._columns, self._table.schema, self._kind)
        long = long_layout(self._plan, self._columns, self._kind)
        sheets = Sheets(wide, long, self._request.layout, self._offered, self._told)
        write_workbook(assessed, sheets, output.open(), self._request.raw_cells)

    def _told(self) -> Sequence[SummaryTable]:
        return summary_tables(self.summary(None), self._rulebook, Path(self._request.source_name).name)

    def _assessed(self) -> Generator[Assessed, None, None]:
        with closing(ahead(self._results(ahead(self._typed(ahead(self._blocks())))))) as stage:
            for typed, results, share in stage:
                self.writer.write(typed.rejects)
                self._counts.read += typed.read
                self._counts.assessed += typed.cells.height
                self._counts.found += typed.found
                self._counts.made_unknown.update(typed.made_unknown)
                if typed.cells.height:
                    yield Assessed(typed.cells, typed.rows, results)
                if self._progress is not None:
                    self._progress(self._counts.read, share)

    def _blocks(self) -> Iterator[tuple[Block, float]]:
        for block in self._table.blocks():
            yield block, self._table.share

    def _typed(self, blocks: Generator[tuple[Block, float], None, None]) -> Iterator[tuple[TypedRows, float]]:
        with closing(blocks):
            for block, share in blocks:
                typed = self._typer.read(block)
                if block.origin is not None:
                    typed = replace(typed, rejects=[reject.of(block.origin) for reject in typed.rejects])
                yield typed, share

    def _results(
        self, rows: Generator[tuple[TypedRows, float], None, None]
    ) -> Iterator[tuple[TypedRows, pl.DataFrame, float]]:
        with closing(rows):
            for typed, share in rows:
                results = self._assessing.results(typed)
                for counts, more in zip(self._verdicts, counted(results, self._offered), strict=True):
                    counts.update(more)
                if self._counting is not None and results.height:
                    self._for_report.update(self._counting.counts(typed, results))
                yield typed, results, share

    def summary(self, rejects: Path | None) -> BatchSummary:
        """Return the counts."""
        verdicts = {
            programme.id: {verdict: counts[verdict] for verdict in VERDICTS}
            for programme, counts in zip(self._offered, self._verdicts, strict=True)
        }
        summary = BatchSummary(
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
            self._typer.decisions,
            self._columns.units,
            self._columns.left_out,
            similar(self._rulebook, self._columns.unclaimed),
            self._table.dialects,
            self._found(),
        )
        if self._counting is None:
            return summary
        return replace(summary, portfolio=portfolio_of(self._plan, self._for_report, summary, self.writer.places))

    def _found(self) -> Found | None:
        if self._ownership is None:
            return None
        return Found(self._counts.found, self._counts.assessed - self._counts.found, self._ownership.firms)


def _ownership(rulebook: Rulebook, request: BatchRequest, columns: ColumnMap) -> "Ownership | None":
    if request.ownership is None:
        return None
    if columns.id_column is None:
        message = "no column names each company, so that none can be found in the ownership structure"
        raise AnswerError(Problem("no-id-column", message, None, "name it with --id COLUMN"))
    # Few runs need it, and its library takes a while to load.
    from eligibility.batch.ownership import Ownership

    return Ownership(rulebook, request.ownership, columns.id_column, request.aid)


def _bytes_of(stream: BinaryIO | TextIO | Path | None) -> IO[bytes]:
    if stream is None or isinstance(stream, Path):
        raise AnswerError(Problem("no-output", "the verdicts have no place to go", None, "name an output file"))
    return cast(IO[bytes], getattr(stream, "buffer", stream))
