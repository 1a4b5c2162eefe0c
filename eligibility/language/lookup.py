"""`lookup:` - the value in a reference table: the longest prefix of a code, in the row that holds on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from eligibility.language.age import ONE_DAY
from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Bounds
from eligibility.language.linking import Path, Row, Scope, Subject, Table, nearest
from eligibility.language.rows import Rows
from eligibility.language.shape import Scalar, Shape, Text
from eligibility.values.ranges import Range


class NoteShape(Shape):
    """A sentence added to the explanation when the row found has this value in this column."""

    column: Scalar
    equals: Scalar
    text: Text


class LookupShape(Shape):
    """A lookup as written."""

    table: Scalar
    key: Scalar
    column: Scalar
    on: Scalar | None = None
    else_: Literal["asked"] | None = Field(default=None, alias="else")
    notes: tuple[NoteShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The rows that hold on some days, and the notes of rows that have one."""

    days: Range[date]
    rows: Rows
    notes: Mapping[str, tuple[Text, ...]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A linked lookup. `on` is a date fact; without it only the rows of the day of the assessment are here."""

    owner: str
    type: str
    key: str
    on: str | None
    periods: tuple[Period, ...]
    asked: bool

    def interpret(self, algebra: Algebra[T, N, O]) -> T | N | O:
        """Give the lookup its meaning: a truth or a number."""
        truth = self.type == "truth"
        asked = self.owner if self.asked else None
        if self.on is None:
            rows = self.periods[0].rows if self.periods else Rows({})
            if truth:
                return algebra.look_up_truth(self.key, rows, asked)
            return algebra.look_up_number(self.key, rows, asked)
        days = [algebra.in_days(self.on, (period.days,)) for period in self.periods]
        if truth:
            truths = [algebra.look_up_truth(self.key, period.rows, asked) for period in self.periods]
            none = algebra.constant_truth(None) if asked is None else algebra.asked(asked)
            return algebra.decide_truth(list(zip(days, truths, strict=True)), none)
        numbers = [algebra.look_up_number(self.key, period.rows, asked) for period in self.periods]
        return algebra.decide_number(list(zip(days, numbers, strict=True)), algebra.unknown_number(asked))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.key} if self.on is None else {self.key, self.on})

    @property
    def bounds(self) -> Bounds:
        """Return the bounds of the numbers in the table; none when a row may be missing."""
        return (Fraction(0), None) if self.type != "truth" else (None, None)


def link_lookup(owner: Subject, written: LookupShape, path: Path, scope: Scope) -> Lookup | None:
    """Link a lookup to its table, key and date."""
    table = scope.tables.get(written.table)
    key = scope.subject(written.key, (*path, "key"))
    if table is None:
        if not scope.is_broken(written.table, "tables"):
            hint = nearest(written.table, scope.tables) or "a table is NAME.yaml and NAME.csv in tables/"
            message = f"there is no reference table `{written.table}`"
            scope.problem((*path, "table"), "unknown-table", message, hint)
        return None
    if key is None or not _checks(owner, written, key, table, path, scope):
        return None
    periods = _periods(table, written, None if written.on else scope.as_of)
    return Lookup(owner.id, owner.type, written.key, written.on, periods, written.else_ is not None)


def _checks(owner: Subject, written: LookupShape, key: Subject, table: Table, path: Path, scope: Scope) -> bool:
    before = len(scope.findings)
    if key.type != "code":
        scope.problem((*path, "key"), "not-a-code", f"a table is looked up by a code; `{key.id}` is a {key.type}")
    if written.column not in table.columns:
        message = f"table `{table.id}` has no column `{written.column}`"
        scope.problem(
            (*path, "column"), "unknown-column", message, nearest(written.column, table.columns) or _known(table)
        )
    elif table.columns[written.column].split() != [owner.type, *([owner.currency] if owner.currency else [])]:
        message = f"column `{written.column}` holds {table.columns[written.column]}, `{owner.id}` is {owner.type}"
        scope.problem((*path, "column"), "wrong-type", message)
    if written.on is not None:
        on = scope.subject(written.on, (*path, "on"))
        if on is not None and on.type != "date":
            scope.problem((*path, "on"), "not-a-date", f"`on` names a date; `{on.id}` is a {on.type}")
    return len(scope.findings) == before


def _known(table: Table) -> str:
    return f"it has {', '.join(f'`{column}`' for column in table.columns)}" if table.columns else "it has none"


def _periods(table: Table, written: LookupShape, day: date | None) -> tuple[Period, ...]:
    """Return the rows of the day of the assessment, or of each stretch of days on which the same rows hold."""
    found = []
    for days in _stretches(table, written.column):
        if day is None or day in days:
            rows, holding = _holding(table, written.column, days)
            if holding:
                found.append(Period(days if day is None else Range(None, None), rows, _notes(holding, written)))
    return tuple(found)


def _holding(table: Table, column: str, days: Range[date]) -> tuple[Rows, list[Row]]:
    """Return the rows that have a value in a column during a stretch of days."""
    known: tuple[Rows, list[Row]] | None = table.worked_out.get((column, days))
    if known is None:
        on = days.low or days.high or date.min
        holding = [row for row in _with_value(table, column) if _holds(row, on)]
        known = table.worked_out[column, days] = (_rows(holding, column), holding)
    return known


def _with_value(table: Table, column: str) -> list[Row]:
    return [row for row in table.rows if isinstance(row.values.get(column), bool | Fraction)]


def _holds(row: Row, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _stretches(table: Table, column: str) -> list[Range[date]]:
    """Cut time wherever a row begins or ends."""
    known: list[Range[date]] | None = table.worked_out.get(column)
    if known is None:
        rows = _with_value(table, column)
        starts = {row.valid_from for row in rows if row.valid_from is not None}
        starts |= {row.valid_to + ONE_DAY for row in rows if row.valid_to is not None}
        cuts = sorted(starts)
        lows: list[date | None] = [None, *cuts]
        highs: list[date | None] = [*(cut - ONE_DAY for cut in cuts), None]
        known = table.worked_out[column] = [Range(low, high) for low, high in zip(lows, highs, strict=True)]
    return known


def _rows(rows: list[Row], column: str) -> Rows:
    values = {row.key: row.values[column] for row in rows}
    return Rows({key: value for key, value in values.items() if isinstance(value, bool | Fraction)})


def _notes(rows: list[Row], written: LookupShape) -> Mapping[str, tuple[Text, ...]]:
    if not written.notes:
        return {}
    notes = {
        row.key: tuple(note.text for note in written.notes if row.texts.get(note.column) == note.equals) for row in rows
    }
    return {key: found for key, found in notes.items() if found}
