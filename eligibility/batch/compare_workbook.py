"""The changes of a comparison as an Excel workbook of one sheet."""

from collections.abc import Iterator
from typing import IO

import polars as pl

from eligibility.batch.compare_lines import Lines
from eligibility.batch.workbook_file import MOST_ROWS, packed
from eligibility.batch.workbook_page import OTHER_FORMAT, Grid, Page, Styles, Writer
from eligibility.values.problem import AnswerError, Problem

_FROZEN = 3


def write_changes(frames: Iterator[pl.DataFrame], lines: Lines, stream: IO[bytes], raw_cells: bool) -> None:
    """Write all changes.

    Raises:
        AnswerError: more rows, or letters in a cell, than a sheet holds.
        OSError: writing failed.
    """
    with packed(stream) as book:
        _write_sheet(Page(book.add_worksheet("changes"), Styles(book)), frames, lines, raw_cells)


def _write_sheet(page: Page, frames: Iterator[pl.DataFrame], lines: Lines, raw_cells: bool) -> None:
    grid = Grid(page, lines, _writers(page, lines), raw_cells)
    grid.begin(frozen=_FROZEN)
    for frame in frames:
        if grid.rows + frame.height > MOST_ROWS:
            message = f"a sheet of Excel ends after {MOST_ROWS:,} rows; there are more changes"
            raise AnswerError(
                Problem("too-many-rows", message, None, f"{OTHER_FORMAT}, or choose programmes with --programme")
            )
        grid.write(frame)
    grid.end()


def _writers(page: Page, lines: Lines) -> list[Writer]:
    names = list(lines.schema)
    priced, rate = page.priced(names.index("currency")), page.styled(page.styles.rate)
    kinds = {"verdict": page.verdict, "amount": priced, "rate": rate}
    return [kinds.get(name.partition("_")[0], page.any) for name in names]
