"""Text columns typed into the columns that the engine reads.

The plain spellings are read at once, all others once per distinct text by the reader of answers, and remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import ceil, floor
from operator import or_

import polars as pl

from eligibility.batch.cell import NUMBERS, Canonical, Cells, canonical, factor_of, written_factor
from eligibility.batch.decisions import Decision
from eligibility.batch.spelled import Spelled
from eligibility.batch.units import Unit
from eligibility.engine.profile import Subject, Value
from eligibility.language.fact import LARGEST, Fact
from eligibility.values.dates import FIRST_YEAR, LAST_YEAR
from eligibility.values.misread import Misread
from eligibility.values.number import INTEGER_DIGITS
from eligibility.values.pointed import OTHER

DTYPES: Mapping[str, pl.DataType] = {
    "truth": pl.Boolean(),
    "number": pl.Int64(),
    "money": pl.Int64(),
    "percent": pl.Int64(),
    "date": pl.Date(),
    "choice": pl.String(),
    "code": pl.String(),
}
_MOST_TRUTHS = 8
_LEVELS = ("", "[0-9][.,][0-9]", r"[0-9] *[^0-9., ]+ *$|[0-9][.,][0-9]{3}|^ | $")
"""What a cell has that one level of reading numbers takes and the one before does not."""
_MOST_DIGITS = 16
_UNITS_BEHIND = {
    "EUR": ("€", "EUR", "Euro"),
    "KRW": ("원", "KRW", "won"),
    "USD": ("$", "USD"),
    "number": ("명", "인", "Mitarbeiter"),
    "percent": ("%",),
}


@dataclass(slots=True)
class Typed:
    """One typed column.

    `bad` marks the cells that are not values, `problems` says what is wrong with each of their texts; `ranged` marks
    those that hold a known range.
    """

    texts: pl.Series
    values: pl.Series
    bad: pl.Series | None = None
    problems: dict[str, Misread] = field(default_factory=dict)
    ranged: pl.Series | None = None
    ranges: dict[str, Value] = field(default_factory=dict)

    def empty(self) -> pl.Series:
        """Return which cells say nothing at all."""
        empty = self.values.is_null()
        for mask in (self.bad, self.ranged):
            empty = empty if mask is None else empty & ~mask
        return empty


class ColumnReader:
    """Types the blocks of one column; what was met before, spellings and decimals, is read at once from then on."""

    def __init__(self, subject: Subject, decided: Decision | None = None, unit: Unit | None = None) -> None:
        self.subject = subject
        self.unit = unit
        self.decide(decided)
        self._known: dict[str, Canonical] = {"yes": True, "no": False}
        self._spelled = Spelled()
        self._written = written_factor(subject) * (1 if unit is None else unit.factor)
        self._places = len(str(self._written)) - 1
        self._level = 0
        self._low, self._high = _bounds(subject)

    def decide(self, decided: Decision | None) -> None:
        """Read by what was decided for the column from now on."""
        self.cells = Cells(self.subject, decided, self.unit)
        self._mark = decided.choice if decided is not None and self.subject.type in NUMBERS else None

    def plain(self, text: pl.Expr) -> pl.Expr:
        """Return the values of cells in plain spelling, NULL for the others."""
        if self.subject.type == "truth":
            return _truth(text, self._known)
        if self.subject.type in NUMBERS:
            return self._number(text, self._level)
        return _date(text) if self.subject.type == "date" else text.cast(self._spelled.dtype)

    def _number(self, text: pl.Expr, level: int) -> pl.Expr:
        """Read whole numbers; from level 1 on also decimals, from level 2 on also units and grouped thousands."""
        if level == 0:
            return self._whole(text)
        return self._decimal(text if level == 1 else self._bare(text))

    def _whole(self, text: pl.Expr) -> pl.Expr:
        number = text.cast(pl.Int64, strict=False)
        low, high = -(-self._low // self._written), self._high // self._written
        scaled = number * self._written if self._written > 1 else number
        return pl.when(number.is_between(low, high) & ~text.str.starts_with("+")).then(scaled)

    def _decimal(self, text: pl.Expr) -> pl.Expr:
        """Read plain numbers that are exact in the column's unit."""
        mark = self._mark or "."
        pointed = text if mark == "." else text.str.replace(mark, ".", literal=True)
        # A decimal with so many places is the whole number of the column's unit, only told otherwise.
        exact = pointed.cast(pl.Decimal(38, self._places), strict=False).reinterpret(dtype=pl.Int128)
        number = exact.cast(pl.Int64, strict=False)
        behind = rf"(?:[{mark}][0-9]{{1,{self._places}}})?" if self._mark and self._places else ""
        plain = text.str.contains(rf"^-?[0-9]{{1,{max(1, _MOST_DIGITS - self._places)}}}{behind}$")
        return pl.when(plain & number.is_between(self._low, self._high)).then(number)

    def _bare(self, text: pl.Expr) -> pl.Expr:
        """Return numbers without the unit behind them and without grouping; all else stays as it is."""
        text = text.str.strip_chars(" ")
        words = _UNITS_BEHIND[self.subject.currency or self.subject.type]
        if self.unit is None or self.unit.factor == 1:
            ends = (pl.when(text.str.ends_with(word)).then(text.str.strip_suffix(word)) for word in words)
            text = pl.coalesce(*ends, text).str.strip_chars_end(" ")
        if self._mark is None:
            return text
        mark, other = f"[{self._mark}]", f"[{OTHER[self._mark]}]"
        grouped = text.str.contains(rf"^-?[1-9][0-9]{{0,2}}(?:{other}[0-9]{{3}})+(?:{mark}[0-9]+)?$")
        return pl.when(grouped).then(text.str.replace_all(OTHER[self._mark], "", literal=True)).otherwise(text)

    def unread(self, texts: pl.Series, values: pl.Series) -> pl.Series:
        """Return the texts that have no value yet."""
        if values.null_count() == texts.null_count():
            return texts.clear()
        return texts.filter(texts.is_not_null() & values.is_null())

    def finish(self, texts: pl.Series, values: pl.Series) -> Typed:
        """Read the cells that have no value yet."""
        if self.subject.type in ("choice", "code"):
            return self._spelled_out(texts, values)
        values = self._by_levels(texts, values)
        typed = Typed(texts, values)
        left = self.unread(texts, values)
        if not len(left):
            return typed
        found: dict[str, Canonical] = {}
        for text in left.unique(maintain_order=True).to_list():
            self._read(text, found, typed)
        if found:
            read = pl.Series(list(found.values()), dtype=DTYPES[self.subject.type])
            read = texts.replace_strict(pl.Series(list(found)), read, default=None)
            typed.values = values.zip_with(values.is_not_null(), read)
        if typed.problems:
            typed.bad = _among(texts, list(typed.problems))
        if typed.ranges:
            typed.ranged = _among(texts, list(typed.ranges))
        return typed

    def _spelled_out(self, texts: pl.Series, values: pl.Series) -> Typed:
        self._spelled.trim()
        meant, bad = self._spelled.values(values.cast(self._spelled.dtype), self._meaning)
        return Typed(texts, meant, bad, self._spelled.problems if bad is not None else {})

    def _meaning(self, text: str) -> str | None:
        inner = text.strip(" ")
        return str(canonical(self.subject, self.cells.read(inner))) if inner else None

    def _by_levels(self, texts: pl.Series, values: pl.Series) -> pl.Series:
        """Read numbers by the next levels; a level that reads something stays."""
        levels = range(self._level + 1, len(_LEVELS)) if self.subject.type in NUMBERS else range(0)
        for level in levels:
            if not self.unread(texts, values).str.contains(_LEVELS[level]).any():
                continue
            frame = pl.DataFrame([texts.alias("text"), values.alias("value")])
            more = frame.lazy().select(pl.coalesce("value", self._number(pl.col("text"), level))).collect().to_series()
            if more.null_count() < values.null_count():
                values, self._level = more, level
        return values

    def _read(self, text: str, found: dict[str, Canonical], typed: Typed) -> None:
        inner = text.strip(" ")
        if not inner:
            return
        try:
            value = self.cells.read(inner)
            cell = canonical(self.subject, value)
        except Misread as error:
            typed.problems[text] = error
            return
        if cell is None:
            typed.ranges[text] = value
            return
        found[text] = cell
        # Truths are few enough to be compared one by one.
        if (cell is True or cell is False) and len(self._known) < _MOST_TRUTHS:
            self._known[text] = cell


def plain_values(cells: pl.DataFrame, readers: Mapping[str, ColumnReader]) -> pl.DataFrame:
    """Read what is in plain spelling in the columns of these names, all of them text."""
    plain = [reader.plain(pl.col(name)).alias(name) for name, reader in readers.items()]
    return cells.lazy().select(plain).collect()


def _among(texts: pl.Series, listed: Sequence[str]) -> pl.Series:
    return texts.is_in(pl.Series(listed, dtype=pl.String).implode()).fill_null(False)


def _truth(text: pl.Expr, known: Mapping[str, Canonical]) -> pl.Expr:
    yes = reduce(or_, [text == word for word, truth in known.items() if truth is True])
    no = reduce(or_, [text == word for word, truth in known.items() if truth is False])
    return pl.when(yes | no).then(yes)


def _date(text: pl.Expr) -> pl.Expr:
    # Without a cache: most days of a table differ.
    day = text.str.to_date("%Y-%m-%d", strict=False, cache=False)
    # The library also takes 2021-3-1 and spaces; an answers file does not.
    plain = (text.str.len_bytes() == 10) & ~text.str.contains(" ", literal=True)
    return pl.when(plain & day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(day)


def _bounds(subject: Subject) -> tuple[int, int]:
    """Return the bounds of plain numbers in units of the column."""
    if subject.type not in NUMBERS:
        return 0, 0
    factor = factor_of(subject)
    if not isinstance(subject, Fact) or subject.low is None or subject.high is None:
        return 0, int(LARGEST[subject.type]) * (1 if subject.type == "money" else factor)
    # Answers are read with at most 15 digits before the point.
    most = 10**INTEGER_DIGITS * written_factor(subject) - 1
    return ceil(subject.low * factor), min(floor(subject.high * factor), most)
