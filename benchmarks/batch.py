"""How fast `batch` is, as a ratio to the floor: Polars alone reading that CSV as text and writing that same output.

python -m benchmarks.batch [ROWS] [--layout wide] [--ending parquet] [--catalogue whole] [--rounds 3] [--clock wall]

The table holds the facts that the programmes read. Runs are made in one process by `run_batch`, so that neither side
pays for starting Python or for loading rules: for a million companies that is less than a hundredth.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl

from benchmarks import floor
from benchmarks.companies import facts_read, write_table
from benchmarks.rounds import chosen, options, quickest, seconds
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

AS_OF = date(2021, 3, 1)
# What an adviser on digitalisation asks of all clients.
ELEVEN = (
    "de.by.digitalbonus",
    "de.digital-jetzt",
    "de.mittelstand-digital",
    "kr.digital-caravan",
    "kr.digital-innovation-centre",
    "kr.digital-innovation-rnd",
    "kr.dx-academy",
    "kr.dx-mentoring",
    "kr.dx-training",
    "kr.global-1000",
    "kr.world-class-plus",
)
CATALOGUES = {"whole": None, "eleven": ELEVEN}
Layout = Literal["wide", "long"]


def measure(rulebook: Rulebook, folder: Path, rows: int, layouts: Sequence[Layout], ending: str, rounds: int) -> None:
    """Print the ratio for each layout."""
    table = folder / "table.csv"
    write_table(facts_read(rulebook), table, rows)
    columns = len(pl.read_csv(table, n_rows=0).columns)
    megabytes = table.stat().st_size / 1e6
    print(f"{rows:,} rows x {columns} columns, {megabytes:,.0f} MB, {len(rulebook.programmes)} programmes")
    for layout in layouts:
        times = quickest(_works(rulebook, table, layout, ending), rounds)
        ours, bare = times.pop("ours"), sum(times.values())
        parts = " + ".join(f"{name} {taken:.2f} s" for name, taken in times.items())
        print(f"{layout} {ending}: {ours:.2f} s / ({parts}) = {ours / bare:.2f}", flush=True)


def _works(rulebook: Rulebook, table: Path, layout: Layout, ending: str) -> dict[str, Callable[[], float]]:
    output, target = table.with_name(f"out.{ending}"), table.with_name(f"floor.{ending}")
    added = table.with_name("out.parquet")
    if ending != "parquet":
        run(rulebook, table, layout, added)
    ours = partial(seconds, partial(run, rulebook, table, layout, output))
    if layout == "wide":
        carry = partial(seconds, partial(floor.carry, table, target))
        return {"ours": ours, "carry": carry, "add": partial(floor.write, added, target, without=table)}
    return {
        "ours": ours,
        "read": partial(seconds, partial(floor.read, table)),
        "write": partial(floor.write, added, target),
    }


def run(rulebook: Rulebook, table: Path, layout: Layout, output: Path) -> None:
    """Assess a table in which every cell is one that its fact takes."""
    summary = run_batch(rulebook, BatchRequest(table, output, layout=layout))
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
    assert summary.rows_rejected == 0


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("The speed of batch against the floor.")
    told.add_argument("rows", nargs="?", type=int, default=1_000_000)
    told.add_argument("--layout", nargs="+", choices=("wide", "long"), default=("wide", "long"))
    told.add_argument("--ending", nargs="+", choices=("parquet", "csv"), default=("parquet",))
    told.add_argument("--catalogue", nargs="+", choices=tuple(CATALOGUES), default=("whole",))
    choice = chosen(told, arguments)
    for catalogue in choice.catalogue:
        rulebook = load([bundled_rules()], AS_OF, CATALOGUES[catalogue])
        for ending in choice.ending:
            with tempfile.TemporaryDirectory() as folder:
                measure(rulebook, Path(folder), choice.rows, choice.layout, ending, choice.rounds)


if __name__ == "__main__":
    main()
