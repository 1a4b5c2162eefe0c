"""One table read for two rulebooks: each block once, each cell once unless the two read it differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.later import look_ahead_of
from eligibility.batch.mapping import ColumnMap, match_columns
from eligibility.batch.rejects import Reject
from eligibility.batch.request import BatchRequest
from eligibility.batch.table import Table
from eligibility.batch.typing_rows import RowTyper, TypedRows
from eligibility.engine.profile import Subject
from eligibility.rulebook.rulebook import Rulebook, together


@dataclass(frozen=True, slots=True)
class BothRows:
    """The rows of a block that both rulebooks can read, with the rejects of either: one for each other row.

    `before` and `after` may hold more rows than `rows`: `kept` masks those of each, `None` where it keeps all.
    """

    ids: pl.Series | None
    rows: pl.Series
    before: TypedRows
    after: TypedRows
    kept: tuple[pl.Series | None, pl.Series | None]
    rejects: Sequence[Reject]
    read: int
    made_unknown: Mapping[str, int]


class BothReaders:
    """Types block after block for two rulebooks; `alike` tells whether both read each cell the same.

    Raises:
        AnswerError: as `match_columns` and `read_defaults` for either; what only one of them knows is left to that one.
    """

    def __init__(self, before: Rulebook, after: Rulebook, request: BatchRequest, table: Table) -> None:
        header = list(table.schema)
        pairs = ((before, after), (after, before))
        asked = [_asked_of(rulebook, other, request) for rulebook, other in pairs]
        before_map, after_map = (
            match_columns(rulebook, header, told.mapping, request.id_column)
            for (rulebook, _), told in zip(pairs, asked, strict=True)
        )
        self.maps = (before_map, after_map)
        self.id_column = self.maps[0].id_column
        look_ahead = look_ahead_of(together(before, after), request)
        self._typers = [
            RowTyper.asked(rulebook, told, columns, table.schema, native=table.native, look_ahead=look_ahead)
            for (rulebook, _), told, columns in zip(pairs, asked, self.maps, strict=True)
        ]
        self.alike = self.given[0] == self.given[1] and _alike(before, after, *self.maps, self.given[0])

    @property
    def given(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the facts that the table gives, for both rulebooks."""
        return self._typers[0].given, self._typers[1].given

    @property
    def columns(self) -> ColumnMap:
        """Return the columns that either uses."""
        before, after = self.maps
        facts = {**before.facts, **after.facts}
        used = {name: facts[name] for name in (*before.facts, *before.carried) if name in facts}
        carried = tuple(name for name in before.carried if name not in facts)
        left_out = {name: why for name, why in {**before.left_out, **after.left_out}.items() if name not in facts}
        return ColumnMap(used, self.id_column, carried, {**before.units, **after.units}, left_out, after.told)

    @property
    def typers(self) -> tuple[RowTyper, ...]:
        """Return what has typed the cells."""
        return tuple(self._typers[:1] if self.alike else self._typers)

    def read(self, block: Block) -> BothRows:
        """Type one block."""
        before = self._typers[0].read(block)
        after = before if self.alike else self._typers[1].read(block)
        ids = None if self.id_column is None else block.cells[self.id_column].cast(pl.String)
        masks: tuple[pl.Series | None, pl.Series | None] = (None, None)
        rejects, rows, unknown = before.rejects, before.rows, before.made_unknown
        if not self.alike:
            masks = (before.rows.is_in(after.rows.implode()), after.rows.is_in(before.rows.implode()))
            rows = before.rows.filter(masks[0])
            rejects = _once(before.rejects, after.rejects)
            columns = dict.fromkeys((*unknown, *after.made_unknown))
            unknown = {name: max(unknown.get(name, 0), after.made_unknown.get(name, 0)) for name in columns}
        if ids is not None and len(rows) != len(ids):
            ids = ids.filter(block.row_numbers().is_in(rows.implode()))
        if block.origin is not None:
            rejects = [reject.of(block.origin) for reject in rejects]
        return BothRows(ids, rows, before, after, masks, rejects, block.read, unknown)


def _asked_of(rulebook: Rulebook, other: Rulebook, request: BatchRequest) -> BatchRequest:
    """Return the request without what is told of facts that only the other rulebook has."""

    def is_others(fact: str) -> bool:
        return other.knows(fact) and not rulebook.knows(fact)

    mapping = {column: "" if is_others(fact) else fact for column, fact in request.mapping.items()}
    defaults = {fact: answer for fact, answer in request.defaults.items() if not is_others(fact)}
    return replace(request, mapping=mapping, defaults=defaults)


def _alike(before: Rulebook, after: Rulebook, first: ColumnMap, second: ColumnMap, given: Sequence[str]) -> bool:
    if (first.facts, first.units) != (second.facts, second.units):
        return False
    return all(
        (fact in before.facts) == (fact in after.facts)
        and _read_by(before.subject(fact)) == _read_by(after.subject(fact))
        for fact in given
    )


def _read_by(subject: Subject) -> tuple[object, ...]:
    """Return what decides how a cell is read."""
    told = (subject.type, subject.currency, subject.choices, subject.form, subject.low, subject.high)
    return (*told, dict(subject.names), dict(subject.spellings))


def _once(before: Sequence[Reject], after: Sequence[Reject]) -> list[Reject]:
    """Return one reject for each row that either refuses."""
    found = {reject.row: reject for reject in (*after, *before)}
    return [found[row] for row in sorted(found)]
