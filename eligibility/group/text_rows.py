"""Rows of a table as texts, each with the place where it was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from eligibility.values.problem import Place


class Where(Protocol):
    """Where the rows of a table were written."""

    def row(self, index: int) -> Place:
        """Return the place of a row."""

    def cell(self, index: int, column: str) -> Place:
        """Return the place of a cell, or of its row where cells have none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of a file; row i begins on line `lines[i]` (of a format without lines: the number of the row)."""

    file: str
    lines: pl.Series

    def row(self, index: int) -> Place:
        """Return the place of a row."""
        return Place(self.file, int(self.lines[index]), 1)

    def cell(self, index: int, column: str) -> Place:
        """Return the place of the row: of a cell no more is known."""
        return self.row(index)


@dataclass(frozen=True, slots=True)
class Style:
    """How the numbers of a column are written: the decimal mark (`None`: nothing shows which) and what a 1 stands for.

    `factor` is a power of ten: 1000 in a column of thousands.
    """

    mark: str | None = "."
    factor: int = 1


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class TextRows:
    """Some rows: `cells` has a column of texts for each field that is told, empty cells are NULL.

    `names` says what the file calls a column, `styles` how its numbers are written.
    """

    cells: pl.DataFrame
    where: Where
    names: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)

    def name(self, column: str) -> str:
        """Return what the file calls a column."""
        return self.names.get(column, column)

    def texts(self, column: str) -> pl.Series | None:
        """Return the cells of a column, `None` where the table has none."""
        return self.cells[column] if column in self.cells.columns else None


class KnownTexts(Mapping[int, str]):
    """The texts of a column by row, without those of which nothing is known; a million of them stay in the column."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts = texts

    def __getitem__(self, key: int) -> str:
        text = self._texts[key] if 0 <= key < len(self._texts) else None
        if text is None:
            raise KeyError(key)
        return str(text)

    def __iter__(self) -> Iterator[int]:
        yield from self._texts.is_not_null().arg_true()

    def __len__(self) -> int:
        return len(self._texts) - self._texts.null_count()


class RowPlaces(Mapping[int, Place]):
    """The places of nodes (0, 1, ...) and holdings (-1, -2, ...), worked out when one is asked for.

    `nodes` and `holdings` have a row for each that was written down: `part` is the table, `row` the row in it.
    """

    def __init__(
        self, firms: Sequence[TextRows], nodes: pl.DataFrame, held: Sequence[TextRows], holdings: pl.DataFrame
    ) -> None:
        self._nodes = (firms, nodes)
        self._holdings = (held, holdings)

    def __getitem__(self, key: int) -> Place:
        tables, rows = self._nodes if key >= 0 else self._holdings
        index = key if key >= 0 else -1 - key
        if index >= rows.height:
            raise KeyError(key)
        place: Place = tables[rows["part"][index]].where.row(rows["row"][index])
        return place

    def __iter__(self) -> Iterator[int]:
        yield from range(self._nodes[1].height)
        yield from range(-1, -1 - self._holdings[1].height, -1)

    def __len__(self) -> int:
        return self._nodes[1].height + self._holdings[1].height
