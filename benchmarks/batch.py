"""Speed of `batch`, measured side by side with what Polars alone needs to read the same CSV and write the same output.

python benchmarks/batch.py [ROWS] prints ratios, for some programmes and for the whole catalogue; each table holds the
facts that its programmes read. The seconds are those of this machine on this day.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import polars as pl

from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.language.fact import Fact
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.money import MINOR_UNITS

AS_OF = date(2021, 3, 1)
# What an adviser on digitalisation asks of all clients; the whole catalogue is measured beside it.
SOME = (
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
UNKNOWN = 0.12
DISTINCT = 20_011
CODES = {
    "nace": ("C28", "C2511", "J62", "J6201", "G47", "F41", "I5510", "M7112", "A01", "K64", "H49", "C10"),
    "ksic": ("C26", "C2612", "G46", "J58", "F41", "C30", "M70", "H49", "E38", "I56", "C10", "P85"),
    "region": ("09162", "09571", "05334", "14612", "13073", "11000", "KR-26", "KR-11", "KR-41", "06412", "16051", "03"),
}
REPEATS = 3


def cells(fact: Fact, draw: random.Random) -> list[str | None]:
    """Draw the cells of a fact that the rows of the table repeat, some of them empty."""
    return [None if draw.random() < UNKNOWN else value(fact, draw) for _ in range(DISTINCT)]


def value(fact: Fact, draw: random.Random) -> str:
    if fact.type == "truth":
        return "no" if draw.random() < 0.8 else "yes"
    if fact.type == "choice":
        return draw.choice(("DE", "DE", "KR", "FR") if fact.id == "site_country" else fact.choices)
    if fact.type == "code":
        return draw.choice(CODES[fact.form or ""])
    if fact.type == "date":
        return str(date(1950, 1, 1) + timedelta(days=draw.randrange(26_000)))
    if fact.type == "percent":
        return draw.choice(("0", "0", "25", "12.5", "50", "100"))
    if fact.type == "number":
        return str(within(fact, int(draw.lognormvariate(3, 1.6))))
    amount = min(int(draw.lognormvariate(14, 2)), 900_000_000)
    if MINOR_UNITS[fact.currency or ""] == 0:
        return str(within(fact, amount * 1_000))
    cents = draw.random() < 0.5 and within(fact, amount + 1) == amount + 1
    return f"{amount}.{draw.randrange(100):02}" if cents else str(within(fact, amount))


def within(fact: Fact, value: int) -> int:
    """Return a number that the fact takes."""
    assert fact.low is not None
    assert fact.high is not None
    return int(min(max(value, fact.low), fact.high))


def write_table(rulebook: Rulebook, path: Path, rows: int) -> None:
    """Write the table: an identifier, a name and every fact; each column repeats with a step of its own."""
    draw = random.Random(20210301)
    number = pl.int_range(0, rows, eager=True)
    columns = [
        ("DE" + number.cast(pl.String)).alias("company_id"),
        ("Firma " + (number % 977).cast(pl.String)).alias("name"),
    ]
    read = frozenset().union(*rulebook.reads.values())
    for index, fact in enumerate((fact for fact in rulebook.facts.values() if fact.id in read), start=1):
        columns.append(pl.Series(fact.id, cells(fact, draw), dtype=pl.String)[(number * (2 * index + 1)) % DISTINCT])
    pl.DataFrame(columns).write_csv(path)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(rulebook: Rulebook, folder: Path, rows: int) -> None:
    table = folder / "table.csv"
    write_table(rulebook, table, rows)
    megabytes = table.stat().st_size / 1e6
    columns = len(pl.read_csv(table, n_rows=0).columns)
    print(f"{rows:,} rows x {columns} columns, {megabytes:,.0f} MB, {len(rulebook.programmes)} programmes")
    print(
        "each line: seconds of the run / (A: Polars reads this CSV as text and writes it + B: writes the columns added)"
    )
    for ending in ("parquet", "csv"):
        output = folder / f"out.{ending}"
        request = BatchRequest(table, output)
        assert run_batch(rulebook, request).rows_rejected == 0
        works = (
            partial(run_batch, rulebook, request),
            partial(floor_read_write, table, output),
            partial(floor_write, added_columns(table, output), output),
        )
        # One after the other in each round, so that a noisy neighbour hits all alike.
        rounds = [[seconds(work) for work in works] for _ in range(REPEATS)]
        ours, read_write, added = (min(times) for times in zip(*rounds, strict=True))
        ratio = ours / (read_write + added)
        print(f"wide {ending}: {ours:.2f} s / ({read_write:.2f} s + {added:.2f} s) = {ratio:.2f}")


def floor_read_write(table: Path, output: Path) -> None:
    frame = pl.scan_csv(table, infer_schema=False)
    target = output.with_name(f"floor-{output.name}")
    if output.suffix == ".parquet":
        frame.sink_parquet(target)
    else:
        frame.sink_csv(target)


def added_columns(table: Path, output: Path) -> pl.DataFrame:
    carried = pl.read_csv(table, n_rows=0).columns
    if output.suffix == ".parquet":
        return pl.scan_parquet(output).drop(carried).collect()
    return pl.scan_csv(output, infer_schema=False).drop(carried).collect()


def floor_write(added: pl.DataFrame, output: Path) -> None:
    target = output.with_name(f"added-{output.name}")
    if output.suffix == ".parquet":
        added.write_parquet(target)
    else:
        added.write_csv(target)


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for programmes, counted in ((SOME, rows), (None, rows // 5)):
        with tempfile.TemporaryDirectory() as folder:
            measure(load([bundled_rules()], AS_OF, programmes), Path(folder), counted)
