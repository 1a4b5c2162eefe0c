"""The used columns of a table, typed block by block by what is decided for each of them."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.cell import NUMBERS, POINTED, Cells
from eligibility.batch.decisions import (
    DATE,
    KOREAN_TRUTH,
    NUMBER,
    TRUTH,
    Asked,
    Decision,
    Decisions,
    LookAhead,
    Question,
)
from eligibility.batch.native import as_texts, is_text
from eligibility.batch.typed import ColumnReader, Typed, plain_values
from eligibility.batch.units import Unit
from eligibility.engine.profile import Subject
from eligibility.values.hangul import has_hangul
from eligibility.values.misread import Misread

_NOT_UNDERSTOOD = frozenset(
    ("not-a-number", "not-money", "not-a-percentage", "not-a-range", "not-a-date", "no-such-date", "not-a-truth")
)
# No column of a table is called so: cells that came as numbers of their own are typed beside the texts of their column.
_OF_THEIR_OWN = "\0numbers"


class ColumnReaders:
    """Types blocks; `decimal` is the mark of all numbers if it is told, `units` what the numbers of columns count."""

    def __init__(
        self,
        subjects: Mapping[str, Subject],
        schema: Mapping[str, pl.DataType],
        units: Mapping[str, Unit],
        *,
        native: bool,
        decimal: str | None,
        look_ahead: LookAhead | None,
    ) -> None:
        self._subjects = subjects
        self._units = units
        self._native = native
        self._typed_columns = {name for name in subjects if native and not is_text(schema[name])}
        korean = any(has_hangul(name) for name in schema)
        asked = {
            name: asked
            for name, subject in subjects.items()
            if name not in self._typed_columns and (asked := _asked(subject, units.get(name), korean)) is not None
        }
        self._decisions = Decisions(asked, decimal, look_ahead)
        self._readers = {name: self._reader(name, self._decisions.made.get(name)) for name in subjects}
        self._own = {name: self._reader(name, POINTED) for name, subject in subjects.items() if subject.type in NUMBERS}

    def _reader(self, name: str, decided: Decision | None) -> ColumnReader:
        return ColumnReader(self._subjects[name], decided, self._units.get(name))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the used columns in input order."""
        return tuple(self._subjects)

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """Return what has been decided so far, by column."""
        return self._decisions.told

    def texts(self, block: Block) -> pl.DataFrame:
        """Return the used columns of a block as text."""
        return as_texts(block.cells, self._subjects, self._units) if self._native else block.cells

    def read(self, block: Block, texts: pl.DataFrame) -> dict[str, Typed]:
        """Type one block, after what it raises was decided."""
        mixed = {name: mask for name, mask in block.numbers.items() if name in self._own}
        apart = texts.with_columns(
            column
            for name, mask in mixed.items()
            for column in (_where(texts[name], ~mask), _where(texts[name], mask).alias(name + _OF_THEIR_OWN))
        )
        readers = {
            **self._readers,
            **{name: self._own[name] for name in self._typed_columns if name in self._own},
            **{name + _OF_THEIR_OWN: self._own[name] for name in mixed},
        }
        values = plain_values(apart, readers)
        unread = {name: self._readers[name].unread(apart[name], values[name]) for name in self._readers}
        for name, decision in self._decisions.settle(block, unread).items():
            self._readers[name].decide(decision)
        typed = {name: reader.finish(apart[name], values[name]) for name, reader in readers.items()}
        for name in mixed:
            typed[name] = _together(texts[name], typed[name], typed.pop(name + _OF_THEIR_OWN))
        return typed

    def cells(self, column: str, block: Block, index: int) -> Cells:
        """Return what reads one cell of a block that was typed before."""
        own = block.numbers[column][index] if column in block.numbers else column in self._typed_columns
        return (self._own if own and column in self._own else self._readers)[column].cells


def _asked(subject: Subject, unit: Unit | None, korean: bool) -> Asked | None:
    question: Question | None = None
    if subject.type in NUMBERS:
        question = NUMBER
    elif subject.type == "date":
        question = DATE
    elif subject.type == "truth":
        question = KOREAN_TRUTH if korean else TRUTH
    if question is None:
        return None
    readers = {
        choice: Cells(subject, Decision(choice, "evidence", question.about), unit) for choice in question.answers
    }
    return Asked(question, lambda text, choice: _is_understood(readers[choice], text))


def _is_understood(cells: Cells, text: str) -> bool:
    try:
        cells.read(text.strip(" "))
    except Misread as error:
        return error.code not in _NOT_UNDERSTOOD
    return True


def _where(texts: pl.Series, mask: pl.Series) -> pl.Series:
    return texts.to_frame().select(pl.when(mask).then(pl.col(texts.name))).to_series()


def _together(texts: pl.Series, written: Typed, own: Typed) -> Typed:
    """Join what was read of the texts of a column with what was read of its numbers; a cell is in one of them."""
    values = pl.select(pl.coalesce(written.values, own.values)).to_series()
    return replace(
        written,
        texts=texts,
        values=values,
        bad=_either(written.bad, own.bad),
        problems={**own.problems, **written.problems},
        ranged=_either(written.ranged, own.ranged),
        ranges={**own.ranges, **written.ranges},
    )


def _either(one: pl.Series | None, other: pl.Series | None) -> pl.Series | None:
    return one if other is None else other if one is None else one | other
