"""Bit masks as joined ids, made once per distinct mask; rates and amounts as exact decimals."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from eligibility.values.number import plain, shortest

RATE_DECIMALS = 4
Numbers = np.ndarray[Any, np.dtype[Any]]

_BYTE = 8
_VALUES = 1 << _BYTE
_MOST_KEPT = 100_000


class Texts:
    """Texts with numbers, so that a column of numbers becomes texts in one step; `""` is NULL if `blank`."""

    def __init__(self, blank: bool = False) -> None:
        self._numbers: dict[str, int] = {}
        self._blank = blank
        self._series = pl.Series(dtype=pl.String)

    def number(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)

    def texts(self, numbers: Numbers) -> pl.Series:
        """Return the text of each number."""
        if len(self._series) != len(self._numbers):
            known = [None if self._blank and not text else text for text in self._numbers]
            self._series = pl.Series(known, dtype=pl.String)
        return self._series.gather(pl.Series(numbers))


class Joined:
    """Turns masks over some ids into the numbers of `a;b` (bit j stands for the j-th id) among some texts.

    Masks are looked up byte by byte in tables that grow with what turns up; hashing each would cost ten times as much.
    """

    def __init__(self, ids: Sequence[str], texts: Texts) -> None:
        self._ids = tuple(ids)
        self._texts = texts
        self._shifts = range((max(len(self._ids), 1) - 1) // _BYTE * _BYTE, -1, -_BYTE)
        self._forget()

    def numbers(self, masks: Numbers) -> Numbers:
        """Return the number of the text of each mask."""
        if self._nodes > _MOST_KEPT:
            self._forget()
        found: Numbers = np.zeros(len(masks), dtype=np.int32)
        for shift in self._shifts:
            places = found * _VALUES + ((masks >> shift) & (_VALUES - 1))
            found = self._table.ravel().take(places)
            if len(found) and found.min() < 0:
                unknown = found < 0
                self._learn(places[unknown], masks[unknown], shift)
                found = self._table.ravel().take(places)
        return found

    def _forget(self) -> None:
        self._table: Numbers = np.full((1, _VALUES), -1, dtype=np.int32)
        self._nodes = 1

    def _learn(self, places: Numbers, masks: Numbers, shift: int) -> None:
        for place, first in zip(*np.unique(places, return_index=True), strict=True):
            number = self._node() if shift else self._texts.number(self._joined(int(masks[first])))
            self._table[place // _VALUES, place % _VALUES] = number

    def _node(self) -> int:
        if self._nodes == len(self._table):
            self._table = np.vstack([self._table, np.full_like(self._table, -1)])
        self._nodes += 1
        return self._nodes - 1

    def _joined(self, mask: int) -> str:
        return ";".join(name for bit, name in enumerate(self._ids) if mask >> bit & 1)


def rate_texts(rates: pl.Series) -> pl.Series:
    """Return rates, given in hundredths of a percentage point, as `0.50` or `0.125`."""
    distinct = rates.drop_nulls().unique()
    texts = pl.Series([rate_text(Fraction(rate, 10**RATE_DECIMALS)) for rate in distinct.to_list()], dtype=pl.String)
    return rates.replace_strict(distinct, texts, default=None, return_dtype=pl.String)


def rate_text(rate: Fraction) -> str:
    """Write a rate with at least two decimals."""
    return plain(rate, 2) if (rate * 100).denominator == 1 else shortest(rate)


def decimals(units: pl.Expr, places: int) -> pl.Expr:
    """Return integers in units of 10^-places as decimals with so many places."""
    return units.cast(pl.Int128).reinterpret(dtype=pl.Decimal(38, places))
