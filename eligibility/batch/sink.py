"""Frames into files: CSV and JSON Lines block by block, Parquet as a stream."""

import errno
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

import polars as pl
from polars.io.plugins import register_io_source

from eligibility.batch.formula import neutralised
from eligibility.batch.layouts import OutputColumns
from eligibility.values.formula import neutral


def write_csv(
    frames: Iterator[pl.DataFrame], layout: OutputColumns, stream: IO[bytes], raw_cells: bool, excel: str | None = None
) -> None:
    """Write CSV with a header, cells made harmless for spreadsheets unless `raw_cells`.

    With a decimal mark for `excel` a double click opens it right: byte-order mark, line ends of Windows, semicolons
    where decimals stand behind a comma. Only the columns that the layout adds change, never those of the input.
    """
    separator, line_end = ";" if excel == "," else ",", "\r\n" if excel else "\n"
    names = list(layout.schema)
    header = pl.DataFrame(schema=dict.fromkeys(names if raw_cells else map(neutral, names), pl.String))
    first = header.write_csv(separator=separator, line_terminator=line_end, include_bom=bool(excel))
    stream.write(first.encode())
    for frame in frames:
        safe = frame if raw_cells else neutralised(frame, list(layout.carried))
        if excel == ",":
            safe = safe.with_columns(
                pl.col(name).cast(pl.String).str.replace(".", ",", literal=True) for name in layout.decimals
            )
        block = BytesIO()
        safe.write_csv(block, include_header=False, separator=separator, line_terminator=line_end)
        # Not by Polars itself: it tells a reader that has left from a full disk by its message alone.
        stream.write(block.getbuffer())
    stream.flush()


def write_jsonl(frames: Iterator[pl.DataFrame], stream: IO[bytes]) -> None:
    """Write one JSON object a line, decimals as text."""
    for frame in frames:
        exact = [name for name, dtype in frame.schema.items() if dtype.is_decimal()]
        block = BytesIO()
        frame.with_columns(pl.col(exact).cast(pl.String)).write_ndjson(block)
        stream.write(block.getbuffer())
    stream.flush()


def write_parquet(frames: Iterator[pl.DataFrame], layout: OutputColumns, path: Path) -> None:
    """Write Parquet while the frames are being made."""
    failures: list[BaseException] = []
    source = register_io_source(_pull(frames, failures), schema=dict(layout.schema))
    try:
        source.sink_parquet(path)
    except pl.exceptions.ComputeError as error:
        # The writer wraps what the system said; callers tell a full disk from bad data by its type.
        if not failures and "IO error" in str(error):
            number = errno.ENOSPC if "space" in str(error) else errno.EIO
            raise OSError(number, str(error).rpartition(": ")[2], str(path)) from error
        raise
    finally:
        if failures:
            raise failures[0]


def _pull(frames: Iterator[pl.DataFrame], failures: list[BaseException]) -> Callable[..., Iterator[pl.DataFrame]]:
    def pull(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except GeneratorExit:
            raise
        except BaseException as error:
            failures.append(error)
            raise

    return pull
