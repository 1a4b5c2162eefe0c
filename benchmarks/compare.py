"""How much longer comparing two rulebooks over a table takes than one batch run over it, in one process.

python -m benchmarks.compare [ROWS] [--layout long] [--catalogue whole] [--rounds 3] [--clock wall]

Three questions: two days across which many programmes change, one changed limit in a copy of one file, and the same
rules twice. Each is measured with the changes written and, as `counts`, without.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

from benchmarks.batch import AS_OF, CATALOGUES, run
from benchmarks.companies import facts_read, write_table
from benchmarks.rounds import chosen, options, quickest, seconds
from eligibility.batch.compare import run_comparison
from eligibility.batch.request import BatchRequest
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

LATER = date(2024, 3, 1)
CHANGED = "de/digital-jetzt.yaml"


def measure(before: Rulebook, folder: Path, rows: int, layout: Literal["wide", "long"], rounds: int) -> None:
    """Print the ratio for each question."""
    table = folder / "table.csv"
    write_table(facts_read(before), table, rows)
    print(f"{rows:,} rows, {table.stat().st_size / 1e6:,.0f} MB, {len(before.programmes)} programmes, {layout} batch")
    works: dict[str, Callable[[], float]] = {
        "batch": partial(seconds, partial(run, before, table, layout, folder / "batch.parquet"))
    }
    only = tuple(before.programmes)
    questions = {"days": load([bundled_rules()], LATER, only), "limit": changed(folder, only), "nothing": before}
    for name, after in questions.items():
        for what, output in ((name, folder / f"{name}.parquet"), (f"{name} counts", None)):
            works[what] = partial(seconds, partial(compare, before, after, table, output))
    times = quickest(works, rounds)
    bare = times.pop("batch")
    for name, taken in times.items():
        print(f"{name}: {taken:.2f} s / {bare:.2f} s = {taken / bare:.2f}", flush=True)


def changed(folder: Path, only: Sequence[str]) -> Rulebook:
    """Return the rules with one limit changed, as an analyst does: in a copy of one file."""
    text = (bundled_rules() / "programmes" / CHANGED).read_text("utf-8")
    own = folder / "changed"
    own.mkdir()
    (own / Path(CHANGED).name).write_text(text.replace("3..499", "3..749"), "utf-8")
    return load([bundled_rules()], AS_OF, only, replacing=[own])


def compare(before: Rulebook, after: Rulebook, table: Path, output: Path | None) -> None:
    """Compare over a table in which every cell is one that its fact takes."""
    rejects = table.with_name("rejects.csv")
    found = run_comparison(before, after, BatchRequest(table, output, rejects=rejects)).comparison
    assert found.read == found.compared


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("How much longer a comparison takes than one batch run.")
    told.add_argument("rows", nargs="?", type=int, default=100_000)
    told.add_argument("--layout", choices=("wide", "long"), default="long")
    told.add_argument("--catalogue", choices=tuple(CATALOGUES), default="whole")
    choice = chosen(told, arguments)
    before = load([bundled_rules()], AS_OF, CATALOGUES[choice.catalogue])
    with tempfile.TemporaryDirectory() as folder:
        measure(before, Path(folder), choice.rows, choice.layout, choice.rounds)


if __name__ == "__main__":
    main()
