"""Blocks of an input into typed fact columns, with the rows that cannot be used split off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.cell import NUMBERS, Canonical, Cells, canonical, from_canonical, from_ends
from eligibility.batch.column_readers import ColumnReaders
from eligibility.batch.decisions import Decision, LookAhead
from eligibility.batch.ends import with_ends
from eligibility.batch.filling import Facts, Filling
from eligibility.batch.mapping import ColumnMap
from eligibility.batch.native import check_types
from eligibility.batch.rejects import Reject
from eligibility.batch.request import BatchRequest
from eligibility.batch.typed import DTYPES, Typed
from eligibility.batch.units import Unit
from eligibility.engine.fact_columns import high_end
from eligibility.engine.profile import Profile, Value, read_value
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem


@dataclass(frozen=True, slots=True)
class TypedRows:
    """The accepted rows of a block, and the rejects of the whole block, of which `read` rows were read.

    `cells` are as they came, `facts` as the engine reads them; `ranged` are the facts whose ranges it reads, with a
    column for each end; `odd` has the profile of each row (by index) with a range that no column can hold (of days, or
    of a definition); `made_unknown` counts by column the bad cells that were taken as unknown. `found` counts the rows
    of which the filling knows anything.
    """

    cells: pl.DataFrame
    rows: pl.Series
    facts: pl.DataFrame
    ranged: frozenset[str]
    odd: Mapping[int, Profile]
    rejects: Sequence[Reject]
    read: int
    made_unknown: Mapping[str, int]
    found: int = 0


class RowTyper:
    """Types block after block; with `keep_bad` a cell that is no value is taken as unknown and its row stays.

    What the table leaves empty is given by the `filling`, and what is empty then by `defaults`.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        columns: Mapping[str, str],
        schema: Mapping[str, pl.DataType],
        defaults: Mapping[str, Canonical],
        *,
        native: bool,
        decimal: str | None,
        units: Mapping[str, Unit],
        look_ahead: LookAhead | None,
        keep_bad: bool,
        filling: Filling | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._filling = filling
        self._columns = columns
        self._defaults = defaults
        self._keep_bad = keep_bad
        self._subjects = {column: rulebook.subject(fact) for column, fact in columns.items()}
        if native:
            check_types(schema, self._subjects)
        self._readers = ColumnReaders(
            self._subjects, schema, units, native=native, decimal=decimal, look_ahead=look_ahead
        )

    @classmethod
    def asked(
        cls,
        rulebook: Rulebook,
        request: BatchRequest,
        columns: ColumnMap,
        schema: Mapping[str, pl.DataType],
        *,
        native: bool,
        look_ahead: LookAhead | None,
        filling: Filling | None = None,
    ) -> "RowTyper":
        """Return what types a table as a request says.

        Raises:
            AnswerError: a default that cannot be used, or a column of another type.
        """
        return cls(
            rulebook,
            columns.facts,
            schema,
            read_defaults(rulebook, request.defaults),
            native=native,
            decimal=request.decimal,
            units=columns.units,
            look_ahead=look_ahead,
            keep_bad=request.on_bad_value == "unknown",
            filling=filling,
        )

    @property
    def given(self) -> tuple[str, ...]:
        """Return the facts that the typed columns hold."""
        filled = () if self._filling is None else self._filling.facts
        return tuple(dict.fromkeys((*self._columns.values(), *filled, *self._defaults)))

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """Return what has been decided for whole columns."""
        return self._readers.decisions

    def read(self, block: Block) -> TypedRows:
        """Type one block."""
        texts = self._readers.texts(block)
        typed = self._readers.read(block, texts)
        bad = {column: found.bad for column, found in typed.items() if found.bad is not None}
        rejects = list(block.rejects)
        facts, found = self._facts(typed, block.cells)
        cells, rows = block.cells, block.row_numbers()
        kept: pl.Series | None = None
        made_unknown: dict[str, int] = {}
        if self._keep_bad:
            made_unknown = {column: int(mask.sum()) for column, mask in bad.items()}
        elif bad:
            kept = ~pl.DataFrame(bad).select(pl.any_horizontal(pl.all())).to_series()
            rejects.extend(self._rejects(block, texts, typed, bad, kept))
            rejects.sort()
            cells, rows, facts = cells.filter(kept), rows.filter(kept), facts.filter(kept)
            found = found.filter(kept)
        ranged = frozenset(fact for fact in self.given if high_end(fact) in facts.columns)
        odd = self._odd(typed, facts, kept)
        return TypedRows(cells, rows, facts, ranged, odd, rejects, block.read, made_unknown, int(found.sum()))

    def _facts(self, typed: Mapping[str, Typed], cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """Return the facts of each row, and of which rows the filling knows anything."""
        facts = Facts()
        for column, one in typed.items():
            low, high = one.values, None
            if one.ranged is not None and self._in_columns(column):
                low, high = with_ends(self._subjects[column], one)
            facts.put(self._columns[column], low, high, one.empty)
        found = pl.repeat(False, cells.height, eager=True)
        if self._filling is not None:
            # What it gives may depend on other facts, so that their defaults are put in first.
            self._fill_in(facts, set(self._defaults) - set(self._filling.facts), cells.height)
            filled = self._filling.of(cells, facts.columns)
            found = filled.found
            for fact in self._filling.facts:
                facts.fill(fact, filled.columns[fact], filled.columns.get(high_end(fact)))
        self._fill_in(facts, self._defaults, cells.height)
        return pl.DataFrame([facts.columns[name].alias(name) for name in facts.columns]), found

    def _fill_in(self, facts: Facts, names: Collection[str], height: int) -> None:
        for fact in names:
            dtype = DTYPES[self._rulebook.subject(fact).type]
            facts.fill(fact, pl.Series([self._defaults[fact]], dtype=dtype).new_from_index(0, height))

    def _rejects(
        self,
        block: Block,
        texts: pl.DataFrame,
        typed: Mapping[str, Typed],
        bad: Mapping[str, pl.Series],
        kept: pl.Series,
    ) -> list[Reject]:
        places = (~kept).arg_true().to_list()
        seen: dict[int, Reject] = {}
        for column in bad:
            for place in bad[column].arg_true().to_list():
                if place not in seen:
                    error = typed[column].problems[typed[column].texts[place]]
                    hint = f" ({error.hint})" if error.hint else ""
                    seen[place] = Reject(
                        block.row_at(place),
                        block.line_at(place),
                        column,
                        error.code,
                        f"{error.message}{hint}",
                        texts[column][place],
                    )
        return [seen[place] for place in places]

    def _in_columns(self, column: str) -> bool:
        """Tell whether the engine reads the ranges of a column."""
        return self._columns[column] in self._rulebook.facts and self._subjects[column].type in NUMBERS

    def _odd(self, typed: Mapping[str, Typed], facts: pl.DataFrame, kept: pl.Series | None) -> dict[int, Profile]:
        """Return the profiles of rows that the engine cannot read, with all their ranges."""
        found: dict[int, dict[str, Value]] = {}
        with_ranges = {column: one for column, one in typed.items() if one.ranged is not None}
        for columns in ([c for c in with_ranges if not self._in_columns(c)], list(with_ranges)):
            # First the rows that are odd, then all ranges of these rows.
            known = set(found)
            for column in columns:
                one = with_ranges[column]
                assert one.ranged is not None
                mask, texts = one.ranged, one.texts
                if kept is not None:
                    mask, texts = mask.filter(kept), texts.filter(kept)
                for place in mask.arg_true().to_list():
                    if not self._in_columns(column) or place in known:
                        found.setdefault(place, {})[self._columns[column]] = one.ranges[texts[place]]
        return {place: self._profile(facts, place, ranges) for place, ranges in found.items()}

    def _profile(self, facts: pl.DataFrame, place: int, ranges: Mapping[str, Value]) -> Profile:
        row = facts.row(place, named=True)
        values: dict[str, Value] = {}
        for fact in self.given:
            subject, low = self._rulebook.subject(fact), row[fact]
            high = row.get(high_end(fact), low)
            if low is not None and low == high:
                values[fact] = from_canonical(subject, low)
            elif low is not None or high is not None:
                values[fact] = from_ends(subject, low, high)
        return Profile({**values, **ranges}, {})


def read_defaults(rulebook: Rulebook, defaults: Mapping[str, object]) -> dict[str, Canonical]:
    """Read the answers for rows that leave a fact empty.

    Raises:
        AnswerError: an unknown fact, a value of the wrong type, a range.
    """
    read: dict[str, Canonical] = {}
    problems: list[Problem] = []
    known = [*rulebook.facts, *rulebook.definitions]
    for name, answer in defaults.items():
        if name not in known:
            problems.append(Problem("unknown-fact", f"`{name}`: there is no such fact", None, nearest(name, known)))
            continue
        if answer is None:
            continue
        subject = rulebook.subject(name)
        try:
            named = isinstance(answer, str) and subject.type not in NUMBERS
            value = Cells(subject).read(str(answer)) if named else read_value(subject, answer)
            cell = canonical(subject, value)
        except Misread as error:
            problems.append(Problem(error.code, f"`{name}`: {error.message}", None, error.hint))
            continue
        if cell is None:
            message = f"`{name}`: a range cannot stand for empty cells of a table"
            problems.append(Problem("range-as-default", message, None, "give one value"))
        else:
            read[name] = cell
    if problems:
        raise AnswerError(*problems)
    return read
