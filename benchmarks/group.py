"""The size of every firm of a register with its group: from two CSV files to a third one with the figures of all.

python -m benchmarks.group [register] [odd] [--firms 1000000] [--holdings 1500000] [--odd-firms 100000]

Register: the time against what Polars alone needs to read both files as text and to write the same table, and the
largest resident size of a process that does nothing else. Odd: structures that are as deep or as wide as they can be;
ten times the firms should take about ten times as long.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks.batch import AS_OF
from benchmarks.holdings import ODD, register, write
from benchmarks.rounds import chosen, options, quickest, seconds
from benchmarks.scale import peak
from eligibility.batch.structure_table import read_structure
from eligibility.group.portfolio import portfolio_sizes
from eligibility.group.structure import OPEN, SHARE_SCALE, Figures, Structure

STEP = 10
MOST_SECONDS, MOST_GIBIBYTES = 60, 4


def work(paths: Sequence[Path], target: Path) -> None:
    """Read a structure and write the figures of every node with its group."""
    sizes(read_structure(paths, AS_OF)).write_csv(target)


def sizes(structure: Structure) -> pl.DataFrame:
    """Return the ends of all figures, as integers of the smallest units; an open end is NULL."""
    found = portfolio_sizes(structure)
    named = {f"{measure.word} {period.name.lower()}": figures for (measure, period), figures in found.figures.items()}
    columns = [pl.Series("id", structure.nodes.ids)]
    for name, figures in {**named, f"public 1/{SHARE_SCALE}": found.public}.items():
        columns.extend(_ends(name, figures))
    return pl.DataFrame(columns)


def _ends(name: str, figures: Figures) -> tuple[pl.Series, pl.Series]:
    high = pl.Series(f"{name} high", figures.high)
    return pl.Series(f"{name} low", figures.low), high.set(pl.Series(figures.high >= OPEN), None)


def floor(paths: Sequence[Path], table: pl.DataFrame, target: Path) -> None:
    """Do with Polars alone what cannot be left out: read both files as text, and write the table."""
    for path in paths:
        pl.read_csv(path, infer_schema=False)
    table.write_csv(target)


def measure_register(folder: Path, firms: int, holdings: int, rounds: int) -> None:
    """Print the time for a register of so many firms and holdings, against the floor, and the memory."""
    paths, target = write(register(firms, holdings), folder), folder / "sizes.csv"
    work(paths, target)
    table = pl.read_csv(target)
    works: Mapping[str, Callable[[], float]] = {
        "ours": partial(seconds, partial(work, paths, target)),
        "floor": partial(seconds, partial(floor, paths, table, target)),
    }
    found = quickest(works, rounds)
    size = peak(["-m", "benchmarks.group", "work", *map(str, paths), str(target)])
    print(f"register: {firms:,} firms, {holdings:,} holdings")
    print(f"  read, added up, written: {found['ours']:.2f} s (at most {MOST_SECONDS})")
    print(f"  Polars reading and writing alone: {found['floor']:.2f} s, ratio {found['ours'] / found['floor']:.1f}")
    print(f"  memory: at most {size:.2f} GiB (at most {MOST_GIBIBYTES})", flush=True)


def measure_odd(folder: Path, firms: int, rounds: int) -> None:
    """Print for each odd structure the time for a tenth of the firms and for all of them."""
    for name, make in ODD.items():
        works: dict[str, Callable[[], float]] = {}
        for count in (firms // STEP, firms):
            place = folder / str(count)
            place.mkdir(exist_ok=True)
            structure = read_structure(write(make(count), place), AS_OF)
            works[f"{count:,}"] = partial(seconds, partial(sizes, structure))
        (less, more), counts = quickest(works, rounds).values(), " and ".join(works)
        print(f"{name}: {less:.2f} and {more:.2f} s for {counts} firms, {more / less:.1f} times", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["work"]:
        *paths, target = map(Path, arguments[1:])
        work(paths, target)
        return
    told = options("The size of every firm of a register with its group.")
    parts = ("register", "odd")
    told.add_argument("parts", nargs="*", choices=(*parts, []))
    told.add_argument("--firms", type=int, default=1_000_000, help="the firms of the register")
    told.add_argument("--holdings", type=int, help="its holdings; three for two firms if left out")
    told.add_argument("--odd-firms", type=int, default=100_000, help="the firms of the odd structures")
    choice = chosen(told, arguments)
    works = {
        "register": lambda folder: measure_register(
            folder, choice.firms, choice.holdings or choice.firms * 3 // 2, choice.rounds
        ),
        "odd": lambda folder: measure_odd(folder, choice.odd_firms, choice.rounds),
    }
    for part in choice.parts or parts:
        with tempfile.TemporaryDirectory() as folder:
            works[part](Path(folder))


if __name__ == "__main__":
    main()
