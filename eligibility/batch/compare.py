"""One run over a table with two rulebooks: what changes for whom, and the rows that change."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from eligibility.advice.comparison import Comparison, in_both
from eligibility.batch.ahead import ahead
from eligibility.batch.assessing import Assessing
from eligibility.batch.block import Block
from eligibility.batch.compare_counts import Tally
from eligibility.batch.compare_lines import Lines
from eligibility.batch.compare_pairs import Found, differing, found_in, only, pairs_of
from eligibility.batch.compare_rows import BothReaders, BothRows
from eligibility.batch.duck import DuckProgram
from eligibility.batch.likeness import similar
from eligibility.batch.output import Pending, check_distinct, pending
from eligibility.batch.reject_writer import RejectWriter, reject_writer, rejects_path
from eligibility.batch.request import BatchRequest, BatchSummary, Progress
from eligibility.batch.sink import write_csv, write_jsonl, write_parquet
from eligibility.batch.source import format_of
from eligibility.batch.table import Table
from eligibility.engine.columns import Plan
from eligibility.engine.series import SeriesProgram
from eligibility.rulebook.rulebook import Rulebook, together
from eligibility.values.problem import AnswerError, Problem

_EXACT = ("parquet", "xlsx")
_FLAT = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a run found out, and how it read the table (its verdicts are empty: they stand in the comparison)."""

    comparison: Comparison
    summary: BatchSummary


def run_comparison(
    before: Rulebook, after: Rulebook, request: BatchRequest, progress: Progress | None = None
) -> Compared:
    """Assess every row of a table by both rulebooks and compare; `layout`, `ownership` and `aid` of it are not used.

    The output is a path, or `None` if only the counts are wanted. It and the rejects file are complete, or, if anything
    is raised, absent.

    Raises:
        AnswerError: an input, option or table that cannot be used.
        RuleError: a programme with too many criteria or facts for tables.
        OSError: reading or writing failed.
    """
    if request.output is not None and not isinstance(request.output, Path):
        raise AnswerError(Problem("no-output", "the changes are written to files", None, "name a file"))
    output = request.output
    rejects = rejects_path(request)
    for source in request.sources:
        check_distinct(source if isinstance(source, Path) else None, output, rejects)
    kind = None if output is None else format_of(output, written=True)
    with Table(together(before, after), request) as table, pending(rejects, output) as files, ExitStack() as stack:
        run = _Run(before, after, request, table, progress)
        run.writer = reject_writer(request, files[0], stack)
        run.write(files[1], kind)
        return run.compared(rejects)


@dataclass(slots=True)
class _Counts:
    read: int = 0
    compared: int = 0
    changed: int = 0
    made_unknown: Counter[str] = field(default_factory=Counter)


class _Run:
    """The state of one run: the two readings of the table, the programmes that may differ, and their counts."""

    writer: RejectWriter

    def __init__(
        self, before: Rulebook, after: Rulebook, request: BatchRequest, table: Table, progress: Progress | None
    ) -> None:
        self._rulebooks = (before, after)
        self._request = request
        self._table = table
        self._progress = progress
        self._readers = BothReaders(before, after, request, table)
        given = self._readers.given
        if self._readers.alike:
            names, self._same = differing(before, after, given[0])
        else:
            names, self._same = tuple({**before.programmes, **after.programmes}), ()
        plans = [
            Plan(only(rulebook, names), facts, reasons=True)
            for rulebook, facts in zip(self._rulebooks, given, strict=True)
        ]
        engine = DuckProgram if request.engine == "duckdb" else SeriesProgram.of
        # A programme that only one side has leaves the other without any, and no engine runs a plan of nothing.
        self._assessing = [Assessing(plan, engine) if plan.outcomes else None for plan in plans]
        self.pairs = pairs_of(plans[0], plans[1])
        self._tallies = [Tally(pair) for pair in self.pairs]
        self._counts = _Counts()

    def write(self, output: Pending | None, kind: str | None) -> None:
        """Read all rows; write those that change, if that was asked for."""
        lines = Lines(self.pairs, exact=kind in _EXACT, blank_empty=kind in _FLAT)
        with closing(self._found()) as found:
            if output is None:
                for _ in found:
                    pass
                return
            frames = (frame for one, both in found for frame in lines.frame(one, both.rows, both.ids))
            if kind == "parquet":
                write_parquet(frames, lines, output.path)
            elif kind == "jsonl":
                write_jsonl(frames, output.open())
            elif kind == "xlsx":
                self._write_workbook(frames, lines, output)
            else:
                write_csv(frames, lines, output.open(), self._request.raw_cells, self._request.excel)

    def _write_workbook(self, frames: Iterator[pl.DataFrame], lines: Lines, output: Pending) -> None:
        # Few runs need it, and its library takes a while to load.
        from eligibility.batch.compare_workbook import write_changes

        write_changes(frames, lines, output.open(), self._request.raw_cells)

    def _found(self) -> Generator[tuple[list[Found], BothRows], None, None]:
        with closing(ahead(self._results(ahead(self._typed(ahead(self._blocks())))))) as stage:
            for both, found, share in stage:
                self.writer.write(both.rejects)
                self._counts.read += both.read
                self._counts.compared += len(both.rows)
                self._counts.made_unknown.update(both.made_unknown)
                if found:
                    self._count(found)
                    yield found, both
                if self._progress is not None:
                    self._progress(self._counts.read, share)

    def _count(self, found: list[Found]) -> None:
        for tally, one in zip(self._tallies, found, strict=True):
            tally.add(one)
        self._counts.changed += int(np.any([one.changed for one in found], axis=0).sum())

    def _blocks(self) -> Iterator[tuple[Block, float]]:
        for block in self._table.blocks():
            yield block, self._table.share

    def _typed(self, blocks: Generator[tuple[Block, float], None, None]) -> Iterator[tuple[BothRows, float]]:
        with closing(blocks):
            for block, share in blocks:
                yield self._readers.read(block), share

    def _results(
        self, rows: Generator[tuple[BothRows, float], None, None]
    ) -> Iterator[tuple[BothRows, list[Found], float]]:
        with closing(rows):
            for both, share in rows:
                found: list[Found] = []
                if self.pairs and len(both.rows):
                    before, after = self._result(both, 0), self._result(both, 1)
                    found = list(found_in(self.pairs, before, after))
                yield both, found, share

    def _result(self, both: BothRows, which: int) -> pl.DataFrame:
        assessing, kept = self._assessing[which], both.kept[which]
        if assessing is None:
            return pl.DataFrame()
        results = assessing.results(both.after if which else both.before)
        return results if kept is None else results.filter(kept)

    def compared(self, rejects: Path | None) -> Compared:
        """Return what was found."""
        counts, (before, after) = self._counts, self._rulebooks
        results = [tally.result() for tally in self._tallies]
        same = {*self._same, *(one.programme for one in results if not one.differs)}
        comparison = Comparison(
            before,
            after,
            counts.read,
            counts.compared,
            self.writer.count,
            counts.changed,
            dict(self.writer.counts.most_common()),
            dict(counts.made_unknown),
            tuple(one for one in results if one.differs),
            tuple(name for name in in_both(tuple(before.programmes), tuple(after.programmes)) if name in same),
        )
        return Compared(comparison, self._summary(comparison, rejects))

    def _summary(self, comparison: Comparison, rejects: Path | None) -> BatchSummary:
        columns = self._readers.columns
        decisions = {name: one for typer in self._readers.typers for name, one in typer.decisions.items()}
        return BatchSummary(
            comparison.read,
            comparison.compared,
            comparison.rejected,
            comparison.rejects,
            {},
            comparison.made_unknown,
            columns.facts,
            columns.carried,
            columns.id_column,
            self._table.dialect,
            rejects,
            decisions,
            columns.units,
            columns.left_out,
            similar(together(*self._rulebooks), columns.unclaimed),
            self._table.dialects,
        )
