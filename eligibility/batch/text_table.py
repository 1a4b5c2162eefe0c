"""A table of known columns as rows of texts: the same tolerant reading for every table that is no table of facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.decimal_mark import MARKED
from eligibility.batch.decisions import NUMBER, Asked, Decision, Decisions
from eligibility.batch.input import Input
from eligibility.batch.native import is_text
from eligibility.batch.request import BatchRequest
from eligibility.batch.units import Unit, split_unit
from eligibility.group.columns import folded
from eligibility.group.quantities import Quantity, read_amount_ends
from eligibility.group.text_rows import PLAIN, Lines, Style, TextRows
from eligibility.values.misread import Misread, shown
from eligibility.values.problem import AnswerError, Place, Problem

_UNITS = {"EUR": ("EUR", "scale"), "KRW": ("KRW", "scale"), "%": ("percent",), "": ("persons", "scale")}
_DECIMALS = 6
_NOT_UNDERSTOOD = frozenset(("not-a-number", "not-a-range", "ambiguous-number"))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table can have: folded name -> column, and what the columns of numbers count."""

    names: Mapping[str, str]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return self.found(str(name)) is not None

    def found(self, name: str) -> tuple[str, Unit | None] | None:
        """Return the column that a name says, and the unit behind it."""
        if not any(letter.isalpha() for letter in name[:200]):
            return None
        column = self.names.get(folded(name))
        if column is not None:
            return column, None
        split = split_unit(name)
        column = None if split is None or split.unit is None else self.names.get(folded(split.base))
        return None if split is None or column is None else (column, split.unit)


@dataclass(frozen=True, slots=True)
class Matched:
    """Which columns of a table are used: column -> name in the table, and how its numbers are counted."""

    names: Mapping[str, str]
    factors: Mapping[str, int]


def match(columns: Columns, header: Sequence[str], place: Place) -> Matched:
    """Match the header of a table with the columns that it can have; others are left out.

    Raises:
        AnswerError: two names for one column, or a unit in which it cannot be counted.
    """
    names: dict[str, str] = {}
    factors: dict[str, int] = {}
    problems = []
    for name in header:
        found = columns.found(name)
        if found is None:
            continue
        column, unit = found
        if column in names:
            message = f"the columns `{names[column]}` and `{name}` both hold `{column}`"
            problems.append(Problem("two-columns", message, place, "rename one of them, or take it out"))
            continue
        names[column] = name
        quantity = columns.quantities.get(column)
        if unit is None or quantity is None:
            continue
        if unit.kind not in _UNITS[quantity.unit]:
            counted = {"": "people", "%": "percent"}.get(quantity.unit, quantity.unit)
            message = f"the column `{name}` would hold `{column}`, which is counted in {counted}"
            problems.append(Problem("wrong-unit", message, place, f"rename it if it is not `{column}`"))
        factors[column] = unit.factor
    if problems:
        raise AnswerError(*problems)
    return Matched(names, factors)


def read_rows(
    path: Path,
    columns: Columns,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
) -> tuple[TextRows, list[Problem]]:
    """Read a table (CSV, TSV, XLSX, Parquet, JSON Lines, packed or not); return also what is wrong with its records.

    Raises:
        AnswerError: a table that cannot be read at all.
        OSError: reading failed.
    """
    request = BatchRequest(path, sheet=sheet, encoding=encoding, decimal=decimal)
    with Input(path, request, columns) as table:
        place = Place(table.name, table.dialect.header_line or 1, 1)
        return rows_of(table, columns, match(columns, list(table.schema), place), decimal)


def rows_of(table: Input, columns: Columns, matched: Matched, decimal: str | None) -> tuple[TextRows, list[Problem]]:
    """Read the rows of an open table."""
    cells, lines, numbers, problems = _collected(table, columns, matched)
    asked = {
        column: _asked(columns.quantities[column], matched.factors.get(column, 1))
        for column, name in matched.names.items()
        if column in columns.quantities and is_text(table.schema[name])
    }
    decided = _decided(cells, lines, numbers, asked, decimal)
    where = Lines(table.name, lines)
    styles = {column: PLAIN for column in matched.names if column in columns.quantities}
    for column in styles:
        styles[column] = replace(PLAIN, factor=matched.factors.get(column, PLAIN.factor))
        decision = decided.get(column)
        if decision is None:
            continue
        if decision.why == "both" or (decision.choice is None and column in numbers):
            problems.append(_undecided(where, matched.names[column], cells[column], numbers.get(column), decision))
            cells = cells.with_columns(pl.lit(None, pl.String).alias(column))
            continue
        if column in numbers and decision.choice == ",":
            # Numbers of their own type have a point; now they are written like the texts beside them.
            pointed = pl.when(numbers[column]).then(pl.col(column).str.replace(".", ",", literal=True))
            cells = cells.with_columns(pointed.otherwise(column).alias(column))
        styles[column] = replace(styles[column], mark=decision.choice)
    return TextRows(cells, where, matched.names, styles), problems


def _collected(
    table: Input, columns: Columns, matched: Matched
) -> tuple[pl.DataFrame, pl.Series, Mapping[str, pl.Series], list[Problem]]:
    """Return all rows as texts, their lines, which cells came as numbers of their own, and the records left out."""
    frames: list[pl.DataFrame] = []
    lines: list[pl.Series] = []
    masks: list[Mapping[str, pl.Series]] = []
    problems: list[Problem] = []
    texts = []
    for column, name in matched.names.items():
        quantity = columns.quantities.get(column)
        places = _DECIMALS if quantity is None else quantity.decimals + len(str(matched.factors.get(column, 1))) - 1
        texts.append(_text(name, table.schema[name], places).alias(column))
    for block in table.blocks():
        frames.append(block.cells.select(texts))
        lines.append(_lines(block))
        masks.append({column: block.numbers[name] for column, name in matched.names.items() if name in block.numbers})
        for reject in block.rejects:
            message = f"`{reject.column}`: {reject.message}" if reject.column else reject.message
            problems.append(Problem(reject.code, message, Place(table.name, reject.line or reject.row, 1)))
    cells = pl.concat([*frames, pl.DataFrame(schema=dict.fromkeys(matched.names, pl.String()))])
    numbers = _joined(masks, [frame.height for frame in frames])
    return cells, pl.concat([*lines, pl.Series(dtype=pl.Int64)]), numbers, problems


def _asked(quantity: Quantity, factor: int) -> Asked:
    def understood(text: str, mark: str) -> bool:
        try:
            read_amount_ends(text.strip(" "), quantity, Style(mark, factor))
        except Misread as error:
            return error.code not in _NOT_UNDERSTOOD
        return True

    return Asked(NUMBER, understood)


def _decided(
    cells: pl.DataFrame,
    lines: pl.Series,
    numbers: Mapping[str, pl.Series],
    asked: Mapping[str, Asked],
    decimal: str | None,
) -> Mapping[str, Decision]:
    """Decide for the decimal marks of columns in which some cell has one."""
    block = Block(cells, 1, _Numbers(lines), (), cells.height, numbers)
    texts = {column: block.texts(column) for column in asked}
    marked = {column: some for column, text in texts.items() if len(some := text.filter(text.str.contains(MARKED)))}
    decisions = Decisions(asked, decimal, None)
    decisions.settle(block, marked)
    return decisions.told


class _Numbers(Sequence[int]):
    """The numbers of a column, of which only a few are looked at."""

    def __init__(self, numbers: pl.Series) -> None:
        self._numbers = numbers

    def __getitem__(self, index: Any) -> Any:
        return self._numbers[index]

    def __len__(self) -> int:
        return len(self._numbers)


def _joined(masks: Sequence[Mapping[str, pl.Series]], heights: Sequence[int]) -> dict[str, pl.Series]:
    """Join by column which cells came as numbers of their own."""
    blank = pl.Series([False], dtype=pl.Boolean)
    return {
        column: pl.concat(
            [mask.get(column, blank.new_from_index(0, height)) for mask, height in zip(masks, heights, strict=True)]
        )
        for column in dict.fromkeys(column for mask in masks for column in mask)
    }


def _lines(block: Block) -> pl.Series:
    """Return the line of each row; of a format without lines the row."""
    if block.lines is None:
        return block.row_numbers()
    if isinstance(block.lines, int):
        return pl.int_range(block.lines, block.lines + block.cells.height, dtype=pl.Int64, eager=True)
    return pl.Series(block.lines, dtype=pl.Int64)


def _text(name: str, dtype: pl.DataType, places: int) -> pl.Expr:
    """Return a column as text; floating-point numbers are rounded to so many decimals."""
    column = pl.col(name)
    if isinstance(dtype, pl.List):
        return column.cast(pl.List(pl.String)).list.join(";")
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Duration, pl.Time):
        raise AnswerError(
            Problem("wrong-column-type", f"the column `{name}` holds {dtype}, which is no text or number")
        )
    if dtype.is_float():
        exact = column.cast(pl.Float64).fill_nan(None).round(places).cast(pl.Decimal(38, places), strict=False)
        return pl.coalesce(_trimmed(exact.cast(pl.String)), column.cast(pl.String))
    if dtype.is_decimal():
        return _trimmed(column.cast(pl.String))
    return column.dt.date().cast(pl.String) if isinstance(dtype, pl.Datetime) else column.cast(pl.String)


def _trimmed(text: pl.Expr) -> pl.Expr:
    """Take away the zeros that end a decimal."""
    pointed = text.str.contains(".", literal=True)
    return pl.when(pointed).then(text.str.strip_chars_end("0").str.strip_chars_end(".")).otherwise(text)


def _undecided(where: Lines, name: str, cells: pl.Series, numbers: pl.Series | None, decision: Decision) -> Problem:
    """Return what is wrong with a column whose decimal mark nobody can tell."""
    if decision.why == "both":
        one, other = decision.witnesses[:2]
        message = f"the column `{name}` is written in two ways: {one}, {other}"
        place = Place(where.file, one.line or one.row, 1)
        return Problem("mixed-column", message, place, "write all numbers in one way")
    marked = cells.str.contains(MARKED).fill_null(False)
    at = (marked if numbers is None else marked & ~numbers).arg_max() or 0
    message = f"`{name}`: {shown(cells[at])} may mean thousands or decimals"
    return Problem("ambiguous-number", message, where.row(at), "tell the decimal sign (--decimal)")
