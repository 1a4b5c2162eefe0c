"""The changes of a comparison as an Excel workbook of one sheet."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from eligibility.batch.compare_lines import Lines
from eligibility.batch.workbook_out import CREATED, MOST_ROWS
from eligibility.batch.workbook_page import OTHER_FORMAT, Grid, Page, Styles, Writer
from eligibility.values.problem import AnswerError, Problem

_FROZEN = 3


def write_changes(frames: Iterator[pl.DataFrame], lines: Lines, stream: IO[bytes], raw_cells: bool) -> None:
    """Write all changes.

    Raises:
        AnswerError: more rows, or letters in a cell, than a sheet holds.
        OSError: writing failed.
    """
    with TemporaryDirectory(prefix="eligibility-", ignore_cleanup_errors=True) as folder:
        # Packed here and then copied: a package whose own stream fails complains once more when it is forgotten.
        packed = Path(folder, "workbook.xlsx")
        book = xlsxwriter.Workbook(packed, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": CREATED})
        try:
            _write_sheet(Page(book.add_worksheet("changes"), Styles(book)), frames, lines, raw_cells)
            book.close()
        except FileCreateError as error:
            # What the system said is inside.
            raise error.args[0] from None
        finally:
            for sheet in book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
        with packed.open("rb") as whole:
            copyfileobj(whole, stream)
        stream.flush()


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
