"""Terms worked out on Polars series, one operation after the other.

A lazy query of thousands of expressions costs more to plan than to run on a block of rows, so here the graph is put
in order once and each block walks through it. What depends on one text column alone is worked out once for each
distinct text and looked up from then on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
import polars as pl

from eligibility.engine.columns import Plan
from eligibility.engine.term import PLAIN, Constant, Term, terms_below

Step = tuple[Callable[..., pl.Series], tuple[Any, ...], int, tuple[int, ...]]
"""An operation, its arguments (places of series, or constants), the place of its result, the places it frees."""

_YES, _NO, _UNKNOWN = (pl.Series([value], dtype=pl.Boolean) for value in (True, False, None))
_ZERO, _ONE, _TWO = (pl.Series([value], dtype=pl.UInt8) for value in range(3))
_TYPES: Mapping[str, pl.DataType] = {"truth": pl.Boolean(), "number": pl.Int64(), "code": pl.Int8()}
_BYTE = 8


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a series stands while a block is worked out."""

    number: int


class SeriesProgram:
    """Works out the results of a plan on blocks of fact columns."""

    def __init__(self, results: Mapping[str, Term]) -> None:
        self._results = dict(results)
        self._texts: dict[str, _TextColumn] = {}
        self._places: dict[int, _Place] = {}
        self._steps: list[Step] = []
        self._columns: dict[str, int] = {}
        order = terms_below(self._results.values())
        self._known = _never_null(order)
        supports = _supports(order)
        outside = self._used_outside(order, supports)
        for term in order:
            if id(term) in outside:
                self._place(term, supports[id(term)])
        self._free_early()

    @classmethod
    def of(cls, plan: Plan) -> "SeriesProgram":
        """Return the program of a plan."""
        return cls(plan.outcomes)

    def run(self, facts: pl.DataFrame) -> pl.DataFrame:
        """Return the result columns, as many rows as there are facts."""
        height = facts.height
        if height == 0:
            return self.run(facts.clear(1)).clear()
        at: list[Any] = [None] * len(self._places)
        for name, place in self._columns.items():
            at[place] = facts[name]
        for text in self._texts.values():
            text.look_up(facts, at)
        for operation, arguments, result, freed in self._steps:
            at[result] = operation(*(at[part.number] if type(part) is _Place else part for part in arguments))
            for place in freed:
                at[place] = None
        found = []
        for name, term in self._results.items():
            series = at[self._places[id(term)].number]
            found.append((series if len(series) == height else series.new_from_index(0, height)).alias(name))
        return pl.DataFrame(found)

    def _used_outside(self, order: list[Term], supports: Mapping[int, frozenset[str] | None]) -> set[int]:
        """Return the terms that are needed for each row, not only for each text of one column."""
        outside = {id(term) for term in self._results.values()}
        for term in reversed(order):
            if id(term) not in outside or _by_text(supports[id(term)]):
                continue
            outside.update(id(part) for part in term.parts if isinstance(part, Term))
        return outside

    def _place(self, term: Term, support: frozenset[str] | None) -> None:
        place = self._places[id(term)] = _Place(len(self._places))
        if support is not None and len(support) == 1 and term.operation != "column":
            (column,) = support
            self._texts.setdefault(column, _TextColumn(column)).add(term, place.number)
        elif term.operation == "column":
            self._columns[str(term.parts[0])] = place.number
        else:
            operation, parts = self._simplest(term)
            arguments = tuple(self._argument(part) for part in parts)
            self._steps.append((OPERATIONS[operation], arguments, place.number, ()))

    def _simplest(self, term: Term) -> tuple[str, tuple[Term | Constant, ...]]:
        """Return an operation that does the same with less, where a part is known never to be NULL."""
        first, *others = term.parts
        if term.operation in ("least", "greatest") and len(others) == 1:
            second = others[0]
            assert isinstance(first, Term)
            assert isinstance(second, Term)
            if id(second) in self._known:
                return f"{term.operation} of known", (first, second)
            if id(first) in self._known:
                return f"{term.operation} of known", (second, first)
        return term.operation, term.parts

    def _argument(self, part: Term | Constant) -> Any:
        return self._places[id(part)] if isinstance(part, Term) else part

    def _free_early(self) -> None:
        """Let each step drop what no later one needs: blocks stay small in memory."""
        needed = {self._places[id(term)].number for term in self._results.values()}
        for index in range(len(self._steps) - 1, -1, -1):
            operation, arguments, result, _ = self._steps[index]
            used = {part.number for part in arguments if isinstance(part, _Place)}
            self._steps[index] = (operation, arguments, result, tuple(used - needed))
            needed |= used


def _supports(order: list[Term]) -> dict[int, frozenset[str] | None]:
    """Return the text columns on which each term depends; `None` where it depends on a column of another type."""
    texts = {id(term.parts[0]) for term in order if term.operation in ("is in", "prefix", "map")}
    texts |= {id(term.parts[0]) for term in order if term.operation == "equal" and isinstance(term.parts[1], str)}
    supports: dict[int, frozenset[str] | None] = {}
    for term in order:
        if term.operation == "column":
            supports[id(term)] = frozenset({str(term.parts[0])}) if id(term) in texts else None
            continue
        below = [supports[id(part)] for part in term.parts if isinstance(part, Term)]
        supports[id(term)] = None if None in below else frozenset().union(*(part for part in below if part))
    return supports


def _never_null(order: list[Term]) -> set[int]:
    """Return the terms that have a value in every row."""
    known: set[int] = set()
    for term in order:
        parts = [id(part) in known for part in term.parts if isinstance(part, Term)]
        if term.operation in ("is null", "mask"):
            never = True
        elif term.operation == "literal":
            never = term.parts[1] is not None
        elif term.operation == "fill":
            never = parts[-1] if isinstance(term.parts[1], Term) else True
        elif term.operation == "if":
            never = all(parts[1:])
        elif term.operation in ("least", "greatest"):
            never = any(parts)
        else:
            never = all(parts) and term.operation not in ("column", "when", "map")
        if never:
            known.add(id(term))
    return known


def _by_text(support: frozenset[str] | None) -> bool:
    return support is not None and len(support) == 1


@dataclass(slots=True)
class _TextColumn:
    """A text column with what follows from its text alone, worked out anew only when texts turn up that are new."""

    name: str
    terms: dict[int, Term] = field(default_factory=dict)
    texts: pl.Categorical = field(default_factory=lambda: pl.Categorical(pl.Categories.random()))
    numbered: pl.Series | None = None
    known: int = -1
    found: dict[int, "_Lookup"] = field(default_factory=dict)

    def add(self, term: Term, place: int) -> None:
        """Take note of a term that is needed for each row at some place."""
        self.terms[place] = term

    def look_up(self, facts: pl.DataFrame, at: list[Any]) -> None:
        """Put the series of each term into its place."""
        column = facts[self.name]
        if isinstance(column.dtype, pl.Categorical) and column.dtype != self.texts:
            self.texts, self.known = column.dtype, -1
        # Numbers are kept only as long as a column that has them is: this one lives on until the next block.
        self.numbered = column.cast(self.texts)
        codes = self.numbered.to_physical()
        texts = self.texts.categories.to_series()
        if len(texts) != self.known:
            self.known = len(texts)
            self.found = self._worked_out(pl.concat([texts.cast(pl.String), pl.Series([None], dtype=pl.String)]))
        if codes.null_count():
            codes = codes.zip_with(codes == codes, pl.Series([self.known], dtype=codes.dtype))
        places = codes.to_numpy().astype(np.int64)
        for place, lookup in self.found.items():
            at[place] = lookup.series(places)

    def _worked_out(self, texts: pl.Series) -> dict[int, "_Lookup"]:
        done: dict[int, pl.Series] = {}
        for term in terms_below(self.terms.values()):
            parts = [done[id(part)] if isinstance(part, Term) else part for part in term.parts]
            done[id(term)] = texts if term.operation == "column" else OPERATIONS[term.operation](*parts)
        full = {place: done[id(term)] for place, term in self.terms.items()}
        return {
            place: _Lookup(found if len(found) == len(texts) else found.new_from_index(0, len(texts)))
            for place, found in full.items()
        }


class _Lookup:
    """Finds a value by the number of its text."""

    def __init__(self, values: pl.Series) -> None:
        self._values = values
        self._truths: np.ndarray[Any, np.dtype[np.uint8]] | None = None
        if values.dtype == pl.Boolean:
            told = _ONE.zip_with(values, _ZERO).zip_with(_is_known(values), _TWO)
            self._truths = told.to_numpy()
            self._gaps = values.null_count() > 0

    def series(self, places: "np.ndarray[Any, np.dtype[np.int64]]") -> pl.Series:
        """Return the values at some places."""
        if self._truths is None:
            return self._values.gather(pl.Series(places))
        codes = pl.Series(self._truths.take(places))
        truths = codes == 1
        return truths.zip_with(codes != 2, _UNKNOWN) if self._gaps else truths


# Each is written with the few operations that work on series directly: most methods of a series build a query.


def _literal(kind: str, value: Any) -> pl.Series:
    return pl.Series([value], dtype=_TYPES[kind])


def _is_known(series: pl.Series) -> pl.Series:
    """Return yes where there is a value, and NULL where there is none."""
    return series | ~series if series.dtype == pl.Boolean else series == series


def _is_null(series: pl.Series) -> pl.Series:
    return _NO.zip_with(_is_known(series), _YES)


def _filled(series: pl.Series, value: Any) -> pl.Series:
    if series.dtype == pl.Boolean and value is False:
        return _YES.zip_with(series, _NO)
    other = value if isinstance(value, pl.Series) else pl.Series([value], dtype=series.dtype)
    return series.zip_with(_is_known(series), other)


def _when(condition: pl.Series, yes: pl.Series) -> pl.Series:
    return yes.zip_with(condition, pl.Series([None], dtype=yes.dtype))


def _lesser(left: pl.Series, right: pl.Series) -> pl.Series:
    return left.zip_with((left <= right) | _is_null(right), right)


def _greater(left: pl.Series, right: pl.Series) -> pl.Series:
    return left.zip_with((left >= right) | _is_null(right), right)


def _mapped(series: pl.Series, keys: tuple[str, ...], values: tuple[str, ...]) -> pl.Series:
    return series.replace_strict(keys, [int(value) for value in values], default=None, return_dtype=pl.Int64)


def _mask(*flags: pl.Series | int) -> pl.Series:
    """Add up flags, each followed by its bit; bytes are put together first, they are quick to add."""
    parts: dict[int, pl.Series] = {}
    for flag, bit in zip(flags[::2], flags[1::2], strict=True):
        assert isinstance(flag, pl.Series)
        assert isinstance(bit, int)
        byte, inner = divmod(bit, _BYTE)
        value = pl.Series([1 << inner], dtype=pl.UInt8).zip_with(flag, _ZERO)
        parts[byte] = parts[byte] + value if byte in parts else value
    return reduce(
        lambda total, part: total + part,
        (part.cast(pl.Int64) * (1 << (_BYTE * byte)) for byte, part in parts.items()),
    )


OPERATIONS: Mapping[str, Callable[..., pl.Series]] = {
    "literal": _literal,
    **PLAIN,
    "is null": _is_null,
    "fill": _filled,
    "is in": lambda part, values: part.is_in(values),
    "prefix": lambda part, length: part.str.slice(0, length),
    "map": _mapped,
    "year": lambda part: part.dt.year().cast(pl.Int64),
    "month": lambda part: part.dt.month().cast(pl.Int64),
    "day": lambda part: part.dt.day().cast(pl.Int64),
    "mask": _mask,
    "when": _when,
    "if": lambda condition, yes, no: yes.zip_with(condition, no),
    "least": lambda *parts: reduce(_lesser, parts),
    "greatest": lambda *parts: reduce(_greater, parts),
    # Where the first is NULL the comparison is too, and the second is taken.
    "least of known": lambda first, second: first.zip_with(first <= second, second),
    "greatest of known": lambda first, second: first.zip_with(first >= second, second),
}
"""Each operation of a term on series; a series of one row stands for the same value in every row."""
