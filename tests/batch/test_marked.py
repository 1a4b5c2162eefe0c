"""Arrays of results in which an end that is not known is marked."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.marked import OPEN, marked, open_as_null, sums

ENDS = st.tuples(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1)).map(sorted)


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ([], (0, 0, 0)),
        ([(5, 10)], (5, 10, 0)),
        ([(5, 10), (OPEN, 20)], (5, 30, 0)),
        # Who has no greatest amount counts with the least one in both, and is counted.
        ([(5, OPEN)], (5, 5, 1)),
        ([(5, 10), (7, OPEN), (OPEN, OPEN)], (12, 17, 2)),
    ],
)
def test_sums(ends: list[tuple[int, int]], found: tuple[int, int, int]) -> None:
    least, greatest = (np.array([pair[end] for pair in ends], dtype=np.int64) for end in (0, 1))
    assert sums(least, greatest) == found


@given(st.lists(ENDS, max_size=50))
def test_sums_are_exact(ends: list[list[int]]) -> None:
    least, greatest = (np.array([pair[end] for pair in ends], dtype=np.int64) for end in (0, 1))
    assert sums(least, greatest) == (sum(low for low, _ in ends), sum(high for _, high in ends), 0)


def test_open_ends_are_marked_and_become_null_again() -> None:
    frame = pl.DataFrame(
        {"v0": [1, 2], "a0.min": [None, 3], "r0.max": [None, None]}, schema_overrides={"r0.max": pl.Int64}
    )
    found = marked(frame)
    assert {name: numbers.tolist() for name, numbers in found.items()} == {
        "v0": [1, 2],
        "a0.min": [OPEN, 3],
        "r0.max": [OPEN, OPEN],
    }
    assert open_as_null(found["a0.min"]).to_list() == [None, 3]
