"""How a table would be read: dialect, columns and the first rows; nothing is assessed or written."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from eligibility.batch.block import Block
from eligibility.batch.cell import Cells, canonical
from eligibility.batch.mapping import ColumnMap, match_columns, suggestions
from eligibility.batch.native import as_texts, check_types
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.batch.table import Table
from eligibility.batch.typing_rows import read_defaults
from eligibility.engine.profile import Subject
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.number import shortest
from eligibility.values.problem import AnswerError, Place, Problem

ROWS = 5
FIRST_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column of the header: the fact it holds and its type, or else the fact with the nearest name."""

    name: str
    fact: str | None
    type: str | None
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell of a used column: its text, its value as an answer is written (`None`: unknown), what is wrong."""

    column: str
    text: str | None
    value: str | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class RowReading:
    """One of the first rows, with the cells of used columns; a row that cannot be read has a problem instead."""

    row: int
    line: int | None
    cells: tuple[CellReading, ...]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class TableReading:
    """How a table would be read; `problems` keep `batch` from reading it at all.

    `dialects` has name and dialect of each input, `dialect` that of the first.
    """

    name: str
    dialect: Dialect
    columns: tuple[ColumnReading, ...]
    id_column: str | None
    rows: tuple[RowReading, ...]
    problems: tuple[Problem, ...]
    dialects: tuple[tuple[str, Dialect], ...] = ()


def inspect_table(rulebook: Rulebook, request: BatchRequest) -> TableReading:
    """Read the beginning of a table.

    Raises:
        AnswerError: a table whose header cannot be read at all.
        OSError: reading failed.
    """
    with Table(rulebook, request, FIRST_BLOCK) as table:
        names = list(table.schema)
        problems: list[Problem] = []
        columns = ColumnMap({}, None, tuple(names))
        try:
            columns = match_columns(rulebook, names, request.mapping, request.id_column)
            subjects = {column: rulebook.subject(fact) for column, fact in columns.facts.items()}
            if table.native:
                check_types(table.schema, subjects)
            read_defaults(rulebook, request.defaults)
        except AnswerError as error:
            problems.extend(error.problems)
        rows: tuple[RowReading, ...] = ()
        if not problems:
            rows = _rows(table, subjects, request)
        table.finish()
        near = suggestions(rulebook, [name for name in columns.carried if name != columns.id_column])
        readings = tuple(_column(name, columns, rulebook, near) for name in names)
        return TableReading(
            request.source_name, table.dialect, readings, columns.id_column, rows, tuple(problems), table.dialects
        )


def _column(name: str, columns: ColumnMap, rulebook: Rulebook, near: Mapping[str, str]) -> ColumnReading:
    fact = columns.facts.get(name)
    return ColumnReading(name, fact, None if fact is None else rulebook.subject(fact).type, near.get(name))


def _rows(table: Table, subjects: Mapping[str, Subject], request: BatchRequest) -> tuple[RowReading, ...]:
    readers = {
        column: Cells(subject, request.decimal, unclear=table.unclear(request.decimal))
        for column, subject in subjects.items()
    }
    found: list[RowReading] = []
    with closing(cast(Generator[Block, None, None], table.blocks())) as blocks:
        for block in blocks:
            found.extend(_read_block(block, table.native, readers, block.origin or request.source_name))
            if len(found) >= ROWS:
                break
    return tuple(sorted(found, key=lambda row: row.row)[:ROWS])


def _read_block(block: Block, native: bool, readers: Mapping[str, Cells], name: str) -> Sequence[RowReading]:
    cells = block.cells.head(ROWS)
    if native:
        cells = as_texts(cells, {column: reader.subject for column, reader in readers.items()})
    rows = [
        RowReading(
            block.row_at(index),
            block.line_at(index),
            tuple(_cell(column, cells[column][index], reader) for column, reader in readers.items()),
            None,
        )
        for index in range(cells.height)
    ]
    for reject in block.rejects[:ROWS]:
        place = Place(name, reject.line or 0, 1 if reject.line else 0, reject.text[:200])
        rows.append(RowReading(reject.row, reject.line, (), Problem(reject.code, reject.message, place)))
    return rows


def _cell(column: str, text: str | None, reader: Cells) -> CellReading:
    inner = (text or "").strip(" ")
    if not inner:
        return CellReading(column, text, None, None)
    try:
        value = reader.read(inner)
        canonical(reader.subject, value)
    except Misread as error:
        return CellReading(column, text, None, Problem(error.code, error.message, None, error.hint))
    if isinstance(value, bool):
        return CellReading(column, text, "true" if value else "false", None)
    if not isinstance(value, Interval) or not value.is_point or value.low is None or reader.subject.type == "date":
        return CellReading(column, text, value if isinstance(value, str) else inner, None)
    shown = shortest(Fraction(value.low) * (100 if reader.subject.type == "percent" else 1))
    return CellReading(column, text, shown, None)
