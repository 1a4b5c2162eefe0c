"""What fills the cells that a row leaves empty, from elsewhere than the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import polars as pl

from eligibility.engine.fact_columns import high_end


@dataclass(frozen=True, slots=True)
class Filled:
    """What a source gives for the rows of a block: `found` tells which of them it knows.

    A fact has the column of values that the engine reads, or two of them with the ends of known ranges.
    """

    columns: Mapping[str, pl.Series]
    found: pl.Series


class Filling(Protocol):
    """A source of facts about the rows of a table."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it may give."""

    def of(self, cells: pl.DataFrame, facts: Mapping[str, pl.Series]) -> Filled:
        """Return what it gives for the rows of a block; `cells` as they came, `facts` as far as they are typed."""


class Facts:
    """The fact columns of a block while their gaps are filled: what is there already always wins."""

    def __init__(self) -> None:
        self.columns: dict[str, pl.Series] = {}
        self._empty: dict[str, Callable[[], pl.Series]] = {}

    def put(self, fact: str, low: pl.Series, high: pl.Series | None, empty: Callable[[], pl.Series]) -> None:
        """Take a column of the table, and what tells which of its cells say nothing at all."""
        self.columns[fact] = low
        if high is not None:
            self.columns[high_end(fact)] = high
        self._empty[fact] = empty

    def fill(self, fact: str, low: pl.Series, high: pl.Series | None = None) -> None:
        """Fill what is empty; without `high` all that is given is known exactly."""
        if fact not in self.columns:
            self.put(fact, low, high, partial(_unknown, low, high))
            return
        before, name = self.columns[fact], high_end(fact)
        empty = self._empty[fact]()
        if high is not None or name in self.columns:
            upper = self.columns.get(name, before)
            self.columns[name] = upper.zip_with(~empty, (low if high is None else high).cast(upper.dtype))
        self.columns[fact] = before.zip_with(~empty, low.cast(before.dtype))
        self._empty[fact] = lambda: empty & _unknown(low, high)


def _unknown(low: pl.Series, high: pl.Series | None) -> pl.Series:
    return low.is_null() if high is None else low.is_null() & high.is_null()
