"""What the report on a whole table costs: `batch` with and without it, side by side.

python -m benchmarks.report [ROWS] [--rounds 3] [--clock wall] [--peak wide|long]

The table is that of `benchmarks.batch`. The run in the long layout writes a reason for each verdict; the report needs
the same reasons and counts them, so that it is measured against this run as well as against the same layout.
"""

import resource
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.batch import AS_OF, Layout
from benchmarks.companies import facts_read, write_table
from benchmarks.rounds import chosen, options, quickest, seconds
from eligibility.batch.request import BatchRequest, BatchSummary, ReportTo
from eligibility.batch.run import run_batch
from eligibility.report.portfolio import portfolio_html
from eligibility.report.portfolio_words import TableRead
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

_MEBI = 1024


def measure(rulebook: Rulebook, folder: Path, rows: int, rounds: int) -> None:
    """Print the seconds of each way, and the ratios."""
    table = folder / "table.csv"
    write_table(facts_read(rulebook), table, rows)
    print(f"{rows:,} rows, {len(rulebook.programmes)} programmes")
    works = {
        f"{layout}{' with report' if reported else ''}": partial(
            seconds, partial(run, rulebook, table, layout, reported=reported)
        )
        for layout in ("wide", "long")
        for reported in (False, True)
    }
    times = quickest(works, rounds)
    for layout in ("wide", "long"):
        taken = times[f"{layout} with report"]
        to_same, to_long = taken / times[layout], taken / times["long"]
        print(f"{layout} with report: {taken:.2f} s; to {layout}: {to_same:.2f}; to long: {to_long:.2f}")


def run(rulebook: Rulebook, table: Path, layout: Layout, *, reported: bool) -> None:
    """Assess a table, with its report or without."""

    def document(summary: BatchSummary) -> str:
        assert summary.portfolio is not None
        read = TableRead(table.name, summary.columns, summary.carried, summary.id_column)
        return portfolio_html(summary.portfolio, rulebook, read, "de")

    report = ReportTo(table.with_name("report.html"), document) if reported else None
    summary = run_batch(rulebook, BatchRequest(table, table.with_name("out.parquet"), layout=layout, report=report))
    assert summary.rows_read == summary.rows_assessed


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("The cost of the report on a whole table.")
    told.add_argument("rows", nargs="?", type=int, default=200_000)
    told.add_argument("--peak", choices=("wide", "long"), help="one run with a report, and the memory of this process")
    told.add_argument("--without", action="store_true", help="the same without a report")
    choice = chosen(told, arguments)
    rulebook = load([bundled_rules()], AS_OF)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if choice.peak is None:
            measure(rulebook, folder, choice.rows, choice.rounds)
            return
        table = folder / "table.csv"
        write_table(facts_read(rulebook), table, choice.rows)
        written = _peak()
        taken = seconds(partial(run, rulebook, table, choice.peak, reported=not choice.without))
        print(f"{choice.rows:,} rows, {choice.peak}: {taken:.2f} s, peak {_peak():,} MiB (the table: {written:,} MiB)")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEBI


if __name__ == "__main__":
    main()
