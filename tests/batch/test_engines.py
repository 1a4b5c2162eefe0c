"""A large table says the same through every engine, cell by cell."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.batch.spark_run import Places, run_spark
from eligibility.language.fact import Fact
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules
from tests.batch.conftest import DAY
from tests.batch.spark import MARKS
from tests.engine.profiles import behind

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS = 100_000
UNKNOWN = 0.12
DISTINCT = 4_001
SOME = ("de.by.digitalbonus", "de.digital-jetzt", "kr.digital-caravan", "kr.dx-academy", "kr.world-class-plus")
CODES = {
    "nace": ("C28", "C2511", "62.01", "J6201", "G47", "A01", "K64"),
    "ksic": ("C26", "C2612", "G46", "J58", "F41", "E38"),
    "region": ("09162", "09571", "05334", "13073", "11000", "KR-26", "KR-11", "03"),
}


def cell(fact: Fact, draw: random.Random) -> str | None:
    """Draw a cell: empty, plain, or in one of the spellings of tables."""
    if draw.random() < UNKNOWN:
        return None
    if fact.type == "truth":
        return draw.choice(("yes", "no", "ja", "NEIN"))
    if fact.type == "choice":
        return draw.choice(fact.choices)
    if fact.type == "code":
        return draw.choice(CODES[fact.form or ""])
    if fact.type == "date":
        return str(date(1950, 1, 1) + timedelta(days=draw.randrange(26_000)))
    if fact.type == "percent":
        return draw.choice(("0", "25", "12.5", "100"))
    assert fact.low is not None
    assert fact.high is not None
    amount = int(min(max(draw.lognormvariate(6, 4), fact.low), fact.high))
    return draw.choice((str(amount), f" {amount}", f"{amount}.."))


def write_table(rulebook: Rulebook, path: Path, rows: int) -> None:
    """Write a table of every fact that is read or behind one; each column repeats with a step of its own."""
    draw = random.Random(20210301)
    number = pl.int_range(0, rows, eager=True)
    columns = [("C" + number.cast(pl.String)).alias("company_id")]
    read = frozenset().union(*rulebook.reads.values())
    read = read.union(*(behind(rulebook, name) for name in read))
    for index, fact in enumerate((fact for fact in rulebook.facts.values() if fact.id in read), start=1):
        cells = [cell(fact, draw) for _ in range(DISTINCT)]
        # Known ranges are assessed one by one: few of them.
        cells[4:] = [text and text.removesuffix("..") for text in cells[4:]]
        columns.append(pl.Series(fact.id, cells, dtype=pl.String)[(number * (2 * index + 1)) % DISTINCT])
    pl.DataFrame(columns).write_csv(path)


def by_spark(rulebook: Rulebook, table: Path, folder: Path) -> Path:
    output = folder / "spark.parquet"
    run_spark(
        rulebook, BatchRequest(table, layout="long"), Places(str(table), str(output), str(folder / "rejects.csv"))
    )
    return output / "part-*.parquet"


@pytest.mark.parametrize(
    "programmes", [pytest.param(SOME, id="some", marks=MARKS), pytest.param(None, id="all", marks=MARKS)]
)
def test_all_say_the_same(
    rules: Rules, tmp_path: Path, programmes: tuple[str, ...] | None, session: "SparkSession"
) -> None:
    rulebook = Linker(rules).fix(DAY, programmes)
    table = tmp_path / "in.csv"
    rows = ROWS if programmes else ROWS // 20
    write_table(rulebook, table, rows)
    outputs: list[Path] = []
    for engine in ("polars", "duckdb"):
        outputs.append(tmp_path / f"{engine}.parquet")
        summary = run_batch(rulebook, BatchRequest(table, outputs[-1], layout="long", engine=engine))
        assert (summary.rows_read, summary.rows_rejected) == (rows, 0)
    first, *others = [
        pl.read_parquet(path).cast({pl.Enum: pl.String}) for path in (*outputs, by_spark(rulebook, table, tmp_path))
    ]
    assert first.height == rows * len(rulebook.programmes)
    for other in others:
        assert other.equals(first)
