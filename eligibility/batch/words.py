"""Bit masks as joined ids, made once per distinct mask; rates and amounts as exact decimals."""

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from eligibility.values.number import plain, shortest

RATE_DECIMALS = 4
_MOST_KEPT = 200_000


class Joined:
    """Turns masks over some ids into `a;b` (bit j stands for the j-th id)."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = tuple(ids)
        self._texts: dict[int, str] = {}

    def texts(self, masks: pl.Series) -> pl.Series:
        """Return the ids of each mask, joined by `;`."""
        if len(self._texts) > _MOST_KEPT:
            self._texts.clear()
        distinct = masks.unique()
        for mask in distinct.to_list():
            if mask not in self._texts:
                self._texts[mask] = ";".join(name for bit, name in enumerate(self._ids) if mask >> bit & 1)
        texts = pl.Series([self._texts[mask] for mask in distinct.to_list()], dtype=pl.String)
        return masks.replace_strict(distinct, texts, return_dtype=pl.String)


def rate_texts(rates: pl.Series) -> pl.Series:
    """Return rates, given in hundredths of a percentage point, as `0.50` or `0.125`."""
    distinct = rates.drop_nulls().unique()
    texts = pl.Series([rate_text(Fraction(rate, 10**RATE_DECIMALS)) for rate in distinct.to_list()], dtype=pl.String)
    return rates.replace_strict(distinct, texts, default=None, return_dtype=pl.String)


def rate_text(rate: Fraction) -> str:
    """Write a rate with at least two decimals."""
    return plain(rate, 2) if (rate * 100).denominator == 1 else shortest(rate)


def decimals(units: pl.Expr, places: int, kept: int | None = None) -> pl.Expr:
    """Return integers in units of 10^-places as decimals with `kept` places (as many if not told)."""
    whole = units.cast(pl.Decimal(38, places if kept is None else kept))
    return whole / 10**places if places else whole
