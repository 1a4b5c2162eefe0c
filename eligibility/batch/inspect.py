"""How a table would be read: dialect, columns and the first rows; nothing is assessed or written."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from eligibility.batch.block import Block
from eligibility.batch.cell import Cells, canonical
from eligibility.batch.column_readers import ColumnReaders
from eligibility.batch.decisions import Decision
from eligibility.batch.later import look_ahead_of
from eligibility.batch.likeness import by_content, similar
from eligibility.batch.mapping import ColumnMap, LeftOut, match_columns
from eligibility.batch.native import check_types
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.batch.table import Table
from eligibility.batch.typing_rows import read_defaults
from eligibility.batch.units import Unit
from eligibility.engine.profile import Subject
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.number import shortest
from eligibility.values.problem import AnswerError, Place, Problem

ROWS = 5
SAMPLED = 200


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column of the header: the fact it holds and its type, or else the fact that it looks like.

    `unit` is what its numbers count, `left_out` why it is not taken although it is named like a fact, `decision` what
    the first rows decide for it.
    """

    name: str
    fact: str | None
    type: str | None
    suggestion: str | None
    unit: Unit | None = None
    left_out: LeftOut | None = None
    decision: Decision | None = None


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
    with Table(rulebook, request) as table:
        names = list(table.schema)
        problems: list[Problem] = []
        columns = ColumnMap({}, None, tuple(names))
        readers: ColumnReaders | None = None
        try:
            columns = match_columns(rulebook, names, request.mapping, request.id_column)
            subjects = {column: rulebook.subject(fact) for column, fact in columns.facts.items()}
            if table.native:
                check_types(table.schema, subjects)
            read_defaults(rulebook, request.defaults)
            ahead = look_ahead_of(rulebook, request)
            readers = ColumnReaders(
                subjects,
                table.schema,
                columns.units,
                native=table.native,
                decimal=request.decimal,
                look_ahead=ahead,
            )
        except AnswerError as error:
            problems.extend(error.problems)
        blocks = _first_blocks(table)
        rows = _rows(blocks, readers, request.source_name) if readers is not None else ()
        table.finish()
        decisions = readers.decisions if readers is not None else {}
        near = {**similar(rulebook, columns.unclaimed), **by_content(rulebook, columns.unclaimed, _sampled(blocks))}
        near.update({name: left.fact for name, left in columns.left_out.items()})
        readings = tuple(_column(name, columns, rulebook, near, decisions) for name in names)
        return TableReading(
            request.source_name, table.dialect, readings, columns.id_column, rows, tuple(problems), table.dialects
        )


def _column(
    name: str, columns: ColumnMap, rulebook: Rulebook, near: Mapping[str, str], decisions: Mapping[str, Decision]
) -> ColumnReading:
    fact = columns.facts.get(name)
    kind = None if fact is None else rulebook.subject(fact).type
    return ColumnReading(
        name, fact, kind, near.get(name), columns.units.get(name), columns.left_out.get(name), decisions.get(name)
    )


def _first_blocks(table: Table) -> Sequence[Block]:
    """Return the blocks that the first rows are in."""
    found: list[Block] = []
    with closing(cast(Generator[Block, None, None], table.blocks())) as blocks:
        for block in blocks:
            found.append(block)
            if sum(one.read for one in found) >= ROWS:
                break
    return found


def _sampled(blocks: Sequence[Block]) -> Callable[[str], Sequence[str]]:
    def sample(column: str) -> Sequence[str]:
        for block in blocks:
            if not block.cells.schema[column].is_nested():
                return block.texts(column).drop_nulls().head(SAMPLED).to_list()
        return ()

    return sample


def _rows(blocks: Sequence[Block], readers: ColumnReaders, name: str) -> tuple[RowReading, ...]:
    found = [row for block in blocks for row in _read_block(block, readers, block.origin or name)]
    return tuple(sorted(found, key=lambda row: row.row)[:ROWS])


def _read_block(block: Block, readers: ColumnReaders, name: str) -> Sequence[RowReading]:
    texts = readers.texts(block)
    readers.read(block, texts)
    rows = [
        RowReading(
            block.row_at(index),
            block.line_at(index),
            tuple(
                _cell(column, texts[column][index], readers.cells(column, block, index)) for column in readers.columns
            ),
            None,
        )
        for index in range(min(ROWS, block.cells.height))
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
    return CellReading(column, text, value if isinstance(value, str) else _answered(reader.subject, value), None)


def _answered(subject: Subject, value: Interval) -> str:
    """Return a number, date or range as an answers file writes it."""
    percent = 100 if subject.type == "percent" else 1
    ends = [
        ""
        if end is None
        else date.fromordinal(int(end)).isoformat()
        if subject.type == "date"
        else shortest(Fraction(end) * percent)
        for end in (value.low, value.high)
    ]
    return ends[0] if value.is_point else "..".join(ends)
