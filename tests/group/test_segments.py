"""Runs of rows with the same key, against plain Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eligibility.group.segments import Ranking, expanded, found, largest_of_others, looked_up, summed
from eligibility.group.structure import Ints

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=12)


def columns(rows: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    return np.array([key for key, _ in rows], dtype=np.int64), np.array([value for _, value in rows], dtype=np.int64)


@given(ROWS)
def test_sums_and_look_ups(rows: list[tuple[int, int]]) -> None:
    keys, values = columns(sorted(rows))
    once, totals = summed(keys, values)
    expected = {key: sum(value for other, value in rows if other == key) for key, _ in rows}
    assert dict(zip(once.tolist(), totals.tolist(), strict=True)) == expected
    wanted = np.arange(-1, 7)
    assert looked_up(once, totals, wanted).tolist() == [expected.get(key, 0) for key in range(-1, 7)]
    assert found(once, wanted)[1].tolist() == [key in expected for key in range(-1, 7)]


@given(ROWS, st.lists(st.integers(0, 5), max_size=6))
def test_all_matches(rows: list[tuple[int, int]], wanted: list[int]) -> None:
    keys, _ = columns(sorted(rows))
    pairs = list(zip(*(column.tolist() for column in expanded(keys, np.array(wanted, dtype=np.int64))), strict=True))
    assert pairs == [(row, place) for row, key in enumerate(wanted) for place in range(len(keys)) if keys[place] == key]


@given(ROWS)
def test_the_largest_of_the_others(rows: list[tuple[int, int]]) -> None:
    keys, values = columns(rows)
    expected = [
        max((other for place, (name, other) in enumerate(rows) if name == key and place != here), default=0)
        for here, (key, _) in enumerate(rows)
    ]
    assert largest_of_others(keys, values).tolist() == expected


@given(ROWS, st.lists(st.integers(0, 5), max_size=6), st.sets(st.integers(0, 12)))
def test_the_largest_outside(rows: list[tuple[int, int]], wanted: list[int], inside: set[int]) -> None:
    keys, values = columns(rows)
    ranking = Ranking(keys, np.arange(len(rows), dtype=np.int64), values)
    names = np.array(sorted(inside), dtype=np.int64)
    result = ranking.largest_outside(np.array(wanted, dtype=np.int64), lambda _, some: np.isin(some, names))
    left = [
        max((value for name, (key, value) in enumerate(rows) if key == one and name not in inside), default=0)
        for one in wanted
    ]
    assert result.tolist() == left
