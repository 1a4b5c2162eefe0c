"""How `batch` grows: with ten times the rows, with ten times the programmes, and how much memory it takes.

python -m benchmarks.scale [rows] [programmes] [memory] [--rows 1000000] [--programmes 2000] [--peak-rows 10000000]

Rows: the whole catalogue with every fact that it reads. Programmes: synthetic ones at a fixed number of rows. Memory:
the largest resident size of the command itself, whole catalogue; its table holds the 40 facts that most programmes
read, since a table of ten million companies with all of them takes more than 10 GB of disk.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.batch import AS_OF, run
from benchmarks.companies import facts_read, most_read, write_table
from benchmarks.rounds import chosen, options, quickest, seconds
from benchmarks.rulebooks import write_rules
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

STEP = 10
PROGRAMME_ROWS = 20_000
MEMORY_FACTS = 40
# A process inherits the largest size of the one that started it, so a small one stands between.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure_rows(folder: Path, most: int, rounds: int) -> None:
    """Print the time for a tenth of the rows and for all of them."""
    rulebook = load([bundled_rules()], AS_OF)
    works: dict[str, Callable[[], float]] = {}
    for rows in (most // STEP, most):
        table = folder / f"{rows}.csv"
        write_table(facts_read(rulebook), table, rows)
        works[f"{rows:,} rows"] = _run(rulebook, table)
    _tell(quickest(works, rounds), f"batch, {len(rulebook.programmes)} programmes, wide Parquet")


def measure_programmes(folder: Path, most: int, rows: int, rounds: int) -> None:
    """Print the time for a hundredth of the programmes, for a tenth and for all of them."""
    table = folder / "table.csv"
    loads: dict[str, Callable[[], float]] = {}
    works: dict[str, Callable[[], float]] = {}
    for count in (most // STEP**2, most // STEP, most):
        rules = folder / f"rules-{count}"
        write_rules(rules, count)
        rulebook = load([rules], AS_OF)
        if not table.exists():
            write_table(list(rulebook.facts.values()), table, rows)
        works[f"{count:,} programmes"] = _run(rulebook, table)
        loads[f"{count:,} programmes"] = partial(seconds, partial(load, [rules], AS_OF))
    _tell(quickest(loads, rounds), "loading the rules")
    _tell(quickest(works, rounds), f"batch, {rows:,} rows, wide Parquet")


def measure_memory(folder: Path, rows: int, only: Sequence[str] | None = None) -> None:
    """Print the largest resident size of the command."""
    facts = most_read(load([bundled_rules()], AS_OF, only), MEMORY_FACTS)
    table, output = folder / "table.csv", folder / "out.parquet"
    sample = min(rows, 10_000)
    write_table(facts, table, sample)
    # The output holds the input; packed, both together have never been larger than the text.
    needed = 2 * table.stat().st_size * rows // sample
    free = shutil.disk_usage(folder).free
    if free < needed:
        print(f"memory: skipped, {rows:,} rows take {needed / 1e9:.1f} GB of disk and {free / 1e9:.1f} GB are free")
        return
    write_table(facts, table, rows)
    command = ["eligibility", "batch", str(table), "-o", str(output), "--as-of", str(AS_OF), "--quiet"]
    programmes = [word for name in only or () for word in ("--programme", name)]
    size = peak(["-m", *command, *programmes])
    text = table.stat().st_size / 1e9
    print(f"memory: {rows:,} rows x {len(facts) + 2} columns, {text:.1f} GB of CSV: at most {size:.2f} GiB")


def peak(command: Sequence[str]) -> float:
    """Return the largest resident size of a Python command in GiB."""
    launched = subprocess.run(
        [sys.executable, "-c", LAUNCHER, sys.executable, *command], check=True, stdout=subprocess.PIPE
    )
    # Linux counts in kibibytes, macOS in bytes.
    return int(launched.stdout) / (2**20 if sys.platform != "darwin" else 2**30)


def _run(rulebook: Rulebook, table: Path) -> Callable[[], float]:
    return partial(seconds, partial(run, rulebook, table, "wide", table.with_name("out.parquet")))


def _tell(times: dict[str, float], what: str) -> None:
    print(what)
    before: float | None = None
    for name, taken in times.items():
        ratio = "" if before is None else f", {taken / before:.2f} times the line before"
        print(f"  {name}: {taken:.2f} s{ratio}", flush=True)
        before = taken


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("The growth of batch with rows and programmes, and its memory.")
    parts = ("rows", "programmes", "memory")
    told.add_argument("parts", nargs="*", choices=(*parts, []))
    told.add_argument("--rows", type=int, default=1_000_000, help="the most rows")
    told.add_argument("--programmes", type=int, default=2_000, help="the most programmes")
    told.add_argument("--programme-rows", type=int, default=PROGRAMME_ROWS, help="rows for the programmes")
    told.add_argument("--peak-rows", type=int, default=10_000_000, help="rows for the memory")
    choice = chosen(told, arguments)
    works = {
        "rows": lambda folder: measure_rows(folder, choice.rows, choice.rounds),
        "programmes": lambda folder: measure_programmes(
            folder, choice.programmes, choice.programme_rows, choice.rounds
        ),
        "memory": lambda folder: measure_memory(folder, choice.peak_rows),
    }
    for part in choice.parts or parts:
        with tempfile.TemporaryDirectory() as folder:
            works[part](Path(folder))


if __name__ == "__main__":
    main()
