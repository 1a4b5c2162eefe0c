"""The floor of a batch run: what Polars alone needs to read the same CSV as text and to write the same output.

It assesses nothing, so that no program made of Polars can be expected to get far below it. Of the ways to do it the
cheapest one stands here: one streaming query over the CSV, then the added columns from memory. One query over both, and
copying the output from file to file, took longer.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks.rounds import seconds

PART_CELLS = 50_000_000


def carry(table: Path, target: Path) -> None:
    """Read every column of a CSV as text and write it: what the wide layout carries along."""
    frame = pl.scan_csv(table, infer_schema=False)
    if target.suffix == ".parquet":
        frame.sink_parquet(target)
    else:
        frame.sink_csv(target)


def read(table: Path) -> None:
    """Read every column of a CSV as text and keep nothing: the long layout carries no column along."""
    for _ in pl.scan_csv(table, infer_schema=False).collect_batches(maintain_order=True):
        pass


def write(output: Path, target: Path, *, without: Path | None = None) -> float:
    """Return the seconds of writing what stands in a Parquet output, except the columns of the CSV `without`.

    The columns are in memory with their types before the clock starts, part by part, because they do not fit at once.
    """
    return sum(seconds(partial(_write, part, target)) for part in _parts(output, without))


def _write(part: pl.DataFrame, target: Path) -> None:
    if target.suffix == ".parquet":
        part.write_parquet(target)
    else:
        part.write_csv(target)


def _parts(output: Path, without: Path | None) -> Iterator[pl.DataFrame]:
    carried = [] if without is None else pl.read_csv(without, n_rows=0).columns
    added = pl.scan_parquet(output).drop(carried)
    rows = pl.scan_parquet(output).select(pl.len()).collect().item()
    height = PART_CELLS // len(added.collect_schema())
    for start in range(0, rows, height):
        yield added.slice(start, height).collect()
