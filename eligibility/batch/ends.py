"""Typed columns with known ranges as the two columns that the engine reads."""

import polars as pl

from eligibility.batch.cell import scaled_ends
from eligibility.batch.typed import DTYPES, Typed
from eligibility.engine.profile import Subject
from eligibility.values.interval import Interval


def with_ends(subject: Subject, typed: Typed) -> tuple[pl.Series, pl.Series]:
    """Return the lower and the upper end of each cell; both are the value where one is given."""
    ranges = {text: value for text, value in typed.ranges.items() if isinstance(value, Interval)}
    ends = [scaled_ends(subject, value) for value in ranges.values()]
    dtype, texts = DTYPES[subject.type], pl.Series(list(ranges), dtype=pl.String)
    low, high = (
        typed.texts.replace_strict(texts, pl.Series(side, dtype=dtype), default=None)
        for side in ([pair[0] for pair in ends], [pair[1] for pair in ends])
    )
    known = typed.values.is_not_null()
    return typed.values.zip_with(known, low), typed.values.zip_with(known, high)
