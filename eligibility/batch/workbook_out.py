"""Verdicts as an Excel workbook: one sheet long, one wide, one summary."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from eligibility.batch.layouts import Assessed, Layout, Offered
from eligibility.batch.workbook_file import MOST_ROWS, packed
from eligibility.batch.workbook_page import OTHER_FORMAT, Grid, Page, Styles, Writer, write_tables
from eligibility.batch.workbook_summary import SummaryTable
from eligibility.values.problem import AnswerError, Problem

MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a workbook is made of; `first` is `wide` or `long`; `summary` is asked when all rows are written."""

    wide: Layout
    long: Layout
    first: str
    programmes: Sequence[Offered]
    summary: Callable[[], Sequence[SummaryTable]]


def write_workbook(assessed: Iterator[Assessed], sheets: Sheets, stream: IO[bytes], raw_cells: bool) -> None:
    """Write all three sheets.

    Raises:
        AnswerError: more rows, columns or letters in a cell than a sheet holds.
        OSError: writing failed.
    """
    if len(sheets.wide.schema) > MOST_COLUMNS:
        message = f"the sheet `wide` would have {len(sheets.wide.schema):,} columns; Excel has {MOST_COLUMNS:,}"
        raise AnswerError(Problem("too-many-columns", message, None, f"{OTHER_FORMAT}, or {_FEWER}"))
    with packed(stream) as book:
        _write_sheets(book, assessed, sheets, raw_cells)


_FEWER = "choose programmes with --programme"


def _write_sheets(book: Any, assessed: Iterator[Assessed], sheets: Sheets, raw_cells: bool) -> None:
    styles = Styles(book)
    order = ("long", "wide") if sheets.first == "long" else ("wide", "long")
    pages = {name: Page(book.add_worksheet(name), styles) for name in (*order, "summary")}
    wide = Grid(pages["wide"], sheets.wide, _wide_writers(pages["wide"], sheets), raw_cells)
    long = Grid(pages["long"], sheets.long, _long_writers(pages["long"], sheets.long), raw_cells)
    wide.begin(frozen=1)
    long.begin(frozen=3)
    for rows in assessed:
        _check_height(wide.rows + rows.cells.height, len(sheets.programmes))
        for frame in sheets.wide.frames(rows):
            wide.write(frame)
        for frame in sheets.long.frames(rows):
            long.write(frame)
    wide.end()
    long.end()
    write_tables(pages["summary"], sheets.summary())


def _check_height(companies: int, programmes: int) -> None:
    if companies * max(programmes, 1) > MOST_ROWS:
        message = (
            f"a sheet of Excel ends after {MOST_ROWS:,} rows; "
            f"{companies:,} companies or more with {programmes:,} programmes each do not fit"
        )
        raise AnswerError(Problem("too-many-rows", message, None, f"{OTHER_FORMAT}, or {_FEWER}"))


def _wide_writers(page: Page, sheets: Sheets) -> list[Writer]:
    writers: dict[str, Writer] = dict.fromkeys(sheets.wide.schema, page.any)
    for programme in sheets.programmes:
        writers[programme.id] = page.verdict
        for name in (f"{programme.id} amount_min", f"{programme.id} amount_max"):
            if name in writers:
                writers[name] = page.styled(page.styles.money(programme.currency))
    return list(writers.values())


def _long_writers(page: Page, layout: Layout) -> list[Writer]:
    writers: dict[str, Writer] = dict.fromkeys(layout.schema, page.any)
    writers["verdict"] = page.verdict
    writers.update(dict.fromkeys(("rate_min", "rate_max"), page.styled(page.styles.rate)))
    amount = page.priced(list(layout.schema).index("currency"))
    writers.update(dict.fromkeys(("amount_min", "amount_max"), amount))
    return list(writers.values())
