"""The results of a plan as arrays of whole numbers, in which an end that is not known is marked."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from eligibility.batch.layouts import by_name
from eligibility.batch.words import Numbers

Results = Mapping[str, Numbers]
"""The columns of a plan's results, open ends marked as `OPEN`."""
OPEN = -(2**63)
_HALF = 32


def marked(results: pl.DataFrame) -> Results:
    """Return the results as arrays."""
    ends = pl.selectors.starts_with("r", "a") & pl.selectors.integer()
    return {name: series.to_numpy() for name, series in by_name(results.with_columns(ends.fill_null(OPEN))).items()}


def open_as_null(numbers: Numbers) -> pl.Series:
    """Return numbers as a column, open ends as NULL."""
    flat = pl.Series(numbers)
    return flat.zip_with(flat != OPEN, pl.Series([None], dtype=pl.Int64))


def sums(least: Numbers, greatest: Numbers) -> tuple[int, int, int]:
    """Return the sums of the least and of the greatest amounts, and how many have no greatest one.

    Of these the least counts in both sums, so that the second is never below the first.
    """
    low = np.where(least == OPEN, 0, least)
    unbounded = greatest == OPEN
    return _exact_sum(low), _exact_sum(np.where(unbounded, low, greatest)), int(unbounded.sum())


def _exact_sum(numbers: Numbers) -> int:
    """Add up in two parts: together a million of the largest amounts would not fit into 64 bits."""
    low = numbers & ((1 << _HALF) - 1)
    return (int((numbers >> _HALF).sum()) << _HALF) + int(low.sum())
