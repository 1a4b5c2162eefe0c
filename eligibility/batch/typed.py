"""Text columns typed into the columns that the engine reads: the plain spellings at once, all others once per distinct text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from eligibility.batch.cell import NUMBERS, Canonical, Cells, canonical, factor_of, written_factor
from eligibility.engine.profile import Subject, Value
from eligibility.language.fact import LARGEST, Fact
from eligibility.values.dates import FIRST_YEAR, LAST_YEAR
from eligibility.values.misread import Misread
from eligibility.values.truth import parse_truth_typed

DTYPES: Mapping[str, pl.DataType] = {
    "truth": pl.Boolean(), "number": pl.Int64(), "money": pl.Int64(), "percent": pl.Int64(),
    "date": pl.Date(), "choice": pl.String(), "code": pl.String(),
}  # fmt: skip
_WORDS = ("yes", "true", "ja", "j", "y", "x", "1", "wahr", "예", "네")
_NO_WORDS = ("no", "false", "nein", "n", "0", "falsch", "아니오", "아니요")
MOST_KNOWN = 20_000


@dataclass(slots=True)
class Typed:
    """One typed column. `bad` marks the cells that are not values, with what is wrong with each distinct text; `ranges` those
    that hold a known range, which only the reference evaluator understands.
    """

    texts: pl.Series
    values: pl.Series
    bad: pl.Series | None = None
    problems: dict[str, Misread] = field(default_factory=dict)
    ranged: pl.Series | None = None
    ranges: dict[str, Value] = field(default_factory=dict)


class ColumnReader:
    """Types the blocks of one column; codes and choices that were met before are known from then on."""

    def __init__(self, subject: Subject, decimal: str | None) -> None:
        self.subject = subject
        self.cells = Cells(subject, decimal)
        self._known: dict[str, None] = dict.fromkeys(subject.choices if subject.type == "choice" else ())
        self._factor = factor_of(subject)
        self._written = written_factor(subject)
        self._low, self._high = _bounds(subject, self._factor)

    def plain(self, text: pl.Expr) -> pl.Expr:
        """Return the values of cells in plain spelling, NULL for the others."""
        if self.subject.type == "truth":
            return _truth(text)
        if self.subject.type in NUMBERS:
            whole = text.cast(pl.Int64, strict=False)
            low, high = -(-self._low // self._written), self._high // self._written
            return pl.when(whole.is_between(low, high) & ~text.str.starts_with("+")).then(whole * self._written)
        if self.subject.type == "date":
            return _date(text)
        return text.cast(pl.Enum(list(self._known)), strict=False).cast(pl.String)

    def finish(self, texts: pl.Series, values: pl.Series) -> Typed:
        """Read the cells that have no value yet."""
        if self.subject.type in NUMBERS:
            values = self._decimals(texts, values)
        typed = Typed(texts, values)
        left = texts.filter(texts.is_not_null() & values.is_null())
        if left.is_empty():
            return typed
        found: dict[str, Canonical] = {}
        for text in left.unique(maintain_order=True).to_list():
            self._read(text, found, typed)
        if found:
            dtype = DTYPES[self.subject.type]
            read = texts.replace_strict(pl.Series(list(found)), pl.Series(list(found.values()), dtype=dtype), default=None)
            typed.values = values.zip_with(values.is_not_null(), read)
        if typed.problems:
            typed.bad = _among(texts, list(typed.problems))
        if typed.ranges:
            typed.ranged = _among(texts, list(typed.ranges))
        return typed

    def _read(self, text: str, found: dict[str, Canonical], typed: Typed) -> None:
        try:
            value = self.cells.read(text)
            cell = canonical(self.subject, value)
        except Misread as error:
            typed.problems[text] = error
            return
        if cell is None:
            typed.ranges[text] = value
            return
        found[text] = cell
        if cell == text and len(self._known) < MOST_KNOWN:
            self._known[text] = None

    def _decimals(self, texts: pl.Series, values: pl.Series) -> pl.Series:
        """Read plain decimals that are exact in the column's unit."""
        places = len(str(self._written)) - 1
        if places == 0 or values.null_count() == texts.null_count():
            return values
        mark = "," if self.cells.decimal == "," else "."
        pattern = rf"^-?[0-9]{{1,15}}[{mark}][0-9]{{1,{places}}}$"
        text = pl.col("text")
        exact = text.str.replace(mark, ".", literal=True).cast(pl.Decimal(38, places), strict=False) * self._written
        number = exact.cast(pl.Int64, strict=False)
        fits = text.str.contains(pattern) & number.is_between(self._low, self._high)
        frame = pl.DataFrame([texts.alias("text"), values.alias("value")])
        return frame.select(pl.coalesce("value", pl.when(fits).then(number))).to_series()


def type_columns(cells: pl.DataFrame, readers: Mapping[str, ColumnReader]) -> dict[str, Typed]:
    """Type the columns of these names, all of them text."""
    stripped = [_stripped(name).alias(f"t{index}") for index, name in enumerate(readers)]
    plain = [reader.plain(pl.col(f"t{index}")).alias(f"v{index}") for index, reader in enumerate(readers.values())]
    frame = cells.lazy().select(stripped).with_columns(plain).collect()
    return {
        name: reader.finish(frame[f"t{index}"], frame[f"v{index}"])
        for index, (name, reader) in enumerate(readers.items())
    }


def _stripped(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars(" ")
    return pl.when(text != "").then(text)


def _among(texts: pl.Series, listed: Sequence[str]) -> pl.Series:
    return texts.is_in(pl.Series(listed, dtype=pl.String).implode()).fill_null(False)


def _truth(text: pl.Expr) -> pl.Expr:
    words = [spelled for word in _WORDS + _NO_WORDS for spelled in dict.fromkeys((word, word.capitalize(), word.upper()))]
    words.sort(key=parse_truth_typed, reverse=True)
    yes = sum(map(parse_truth_typed, words))
    return text.cast(pl.Enum(words), strict=False).to_physical() < yes


def _date(text: pl.Expr) -> pl.Expr:
    day = text.str.to_date("%Y-%m-%d", strict=False)
    # The parser of the library also takes 2021-3-1 and spaces; we do not.
    plain = (text.str.len_bytes() == 10) & ~text.str.contains(" ", literal=True)
    return pl.when(plain & day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(day)


def _bounds(subject: Subject, factor: int) -> tuple[int, int]:
    """Return the bounds of plain numbers in units of the column."""
    if subject.type not in NUMBERS:
        return 0, 0
    if not isinstance(subject, Fact) or subject.low is None or subject.high is None:
        return 0, int(LARGEST[subject.type]) * (1 if subject.type == "money" else factor)
    low, high = subject.low * factor, subject.high * factor
    return -((-low).__floor__()), high.__floor__()
