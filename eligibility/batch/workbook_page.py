"""One sheet being written: cells by kind, header, widths, filter."""

import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from eligibility.batch.formula import neutralised
from eligibility.batch.layouts import VERDICTS, OutputColumns
from eligibility.batch.workbook_summary import SummaryTable
from eligibility.values.formula import neutral
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import AnswerError, Problem

OTHER_FORMAT = "write .csv or .parquet"
EXACT_DIGITS = 15
"""What a double holds of any decimal, and what Excel shows."""
_SAMPLE = 50
_NARROWEST, _WIDEST = 9, 48
_COLOURS = dict(zip(VERDICTS, ("#C6EFCE", "#E2EFDA", "#FFEB9C", "#EDEDED"), strict=True))

Writer = Callable[[int, int, Any, Sequence[Any]], None]
"""Writes a value into row and column; all values of the row come along."""


class Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._money: dict[str, Format] = {}
        self.plain: Format = book.add_format()
        self.header: Format = book.add_format(
            {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "top", "text_wrap": True}
        )
        self.heading: Format = book.add_format({"bold": True, "bottom": 1})
        self.count: Format = book.add_format({"num_format": "#,##0"})
        self.rate: Format = book.add_format({"num_format": "0.00##%"})
        self.verdicts: dict[str, Format] = {
            verdict: book.add_format({"bg_color": colour}) for verdict, colour in _COLOURS.items()
        }

    def money(self, currency: str | None) -> Format | None:
        """Return the format of amounts in a currency, with its decimals."""
        if currency is None:
            return None
        if currency not in self._money:
            places = MINOR_UNITS.get(currency, 2)
            digits = "#,##0" + ("." + "0" * places if places else "")
            self._money[currency] = self._book.add_format({"num_format": f'{digits} "{currency}"'})
        return self._money[currency]


class Page:
    """Writes the cells of one sheet."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles

    def any(self, row: int, column: int, value: Any, _: Sequence[Any]) -> None:
        """Write a value by its type."""
        if isinstance(value, bool):
            self.sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float | Decimal):
            self.number(row, column, value, None)
        else:
            self.text(row, column, str(value))

    def verdict(self, row: int, column: int, value: Any, _: Sequence[Any]) -> None:
        """Write a verdict in its colour."""
        self.sheet.write_string(row, column, value, self.styles.verdicts[value])

    def styled(self, style: Format | None) -> Writer:
        """Return what writes numbers in a format."""

        def write(row: int, column: int, value: Any, _: Sequence[Any]) -> None:
            self.number(row, column, value, style)

        return write

    def priced(self, currency: int) -> Writer:
        """Return what writes amounts in the currency that another column of the row holds."""

        def write(row: int, column: int, value: Any, values: Sequence[Any]) -> None:
            self.number(row, column, value, self.styles.money(values[currency]))

        return write

    def number(self, row: int, column: int, value: int | float | Decimal, style: Format | None) -> None:
        """Write a number; one that a workbook cannot hold exactly becomes text."""
        exact = held(value)
        if exact is None:
            self.text(row, column, format(value, "f") if isinstance(value, Decimal) else str(value))
        else:
            self.sheet.write_number(row, column, exact, style)

    def text(self, row: int, column: int, text: str) -> None:
        """Write a text as it is.

        Raises:
            AnswerError: it is longer than a cell of Excel.
        """
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library would take this for a formatted text of its own and write it as it stands.
            told = self.sheet.write_rich_string(row, column, text[:1], self.styles.plain, text[1:])
        else:
            told = self.sheet.write_string(row, column, text)
        if told:
            place = f"row {row + 1:,} and column {column + 1:,}"
            message = f"the cell in {place} has {len(text):,} letters; Excel takes 32,767"
            raise AnswerError(Problem("too-long", message, None, OTHER_FORMAT))


def held(value: int | float | Decimal) -> Decimal | None:
    """Return a number as a workbook holds it, `None` if Excel would not show it exactly."""
    if isinstance(value, float) and not isfinite(value):
        return None
    # Given a float the library would write its sixteen first digits: 8.279999999999999 for 8.28.
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    digits = "".join(map(str, exact.as_tuple().digits)).strip("0")
    return exact if len(digits) <= EXACT_DIGITS else None


class Grid:
    """A sheet of rows below a header."""

    def __init__(self, page: Page, layout: OutputColumns, writers: Sequence[Writer], raw_cells: bool) -> None:
        self.rows = 0
        self._page = page
        self._layout = layout
        self._writers = writers
        self._raw = raw_cells

    def begin(self, frozen: int) -> None:
        """Write the header; it and the first columns stay in sight."""
        for column, name in enumerate(self._layout.schema):
            shown = name if self._raw else neutral(name)
            self._page.sheet.write_string(0, column, shown, self._page.styles.header)
        self._page.sheet.freeze_panes(1, frozen)

    def write(self, frame: pl.DataFrame) -> None:
        """Write some rows."""
        safe = frame if self._raw else neutralised(frame, list(self._layout.carried))
        if not self.rows:
            self._set_widths(safe.head(_SAMPLE))
        for values in safe.iter_rows():
            self.rows += 1
            for column, value in enumerate(values):
                if value is not None:
                    self._writers[column](self.rows, column, value, values)

    def end(self) -> None:
        """Put the filter over all that was written."""
        self._page.sheet.autofilter(0, 0, self.rows, max(len(self._layout.schema) - 1, 0))
        # Keys such as 0012 are text and stay text: nothing is wrong with them.
        self._page.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self.rows + 1}"})

    def _set_widths(self, sample: pl.DataFrame) -> None:
        for column, name in enumerate(sample.columns):
            texts = [str(value) for value in sample[name].to_list() if value is not None]
            # A header may be broken into two lines.
            width = max([_width(name) / 2, *map(_width, texts)])
            self._page.sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))


def write_tables(page: Page, tables: Sequence[SummaryTable]) -> None:
    """Write tables below each other; the first row of each is its heading."""
    row = 0
    for table in tables:
        for index, values in enumerate(table):
            style = page.styles.count if index else page.styles.heading
            for column, value in enumerate(values):
                if isinstance(value, int):
                    page.sheet.write_number(row, column, value, style)
                else:
                    page.sheet.write_string(row, column, neutral(value), style)
            row += 1
        row += 1
    page.sheet.set_column(0, 0, _WIDEST)
    page.sheet.set_column(1, len(VERDICTS), 2 * _NARROWEST)


def _width(text: str) -> int:
    """Return how wide a text is in Latin letters; those of Korea take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text[: 2 * _WIDEST])
