"""Partitions against plain enumeration of values."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.partition import CUTS, NAMES, PREFIXES, left_of, merged, places, reduced
from eligibility.values.interval import Interval
from tests.engine.plain_diagrams import part_of

# Dense enough that every part of every partition holds a value, and some lie on each end.
VALUES: dict[str, list[Any]] = {
    CUTS: [Fraction(half, 2) for half in range(-1, 8)],
    NAMES: ["a", "b", "c", "d", "other"],
    PREFIXES: ["".join(digits) for length in range(1, 5) for digits in product("12", repeat=length)] + ["3"],
}
KEYS: dict[str, list[Any]] = {
    CUTS: [(Fraction(number), above) for number in range(4) for above in (0, 1)],
    NAMES: ["a", "b", "c", "d"],
    PREFIXES: ["".join(digits) for length in range(1, 4) for digits in product("12", repeat=length)],
}
KINDS = st.sampled_from([CUTS, NAMES, PREFIXES])


@st.composite
def partitions(draw: st.DrawFn, kind: str) -> tuple[Any, ...]:
    return tuple(sorted(draw(st.sets(st.sampled_from(KEYS[kind]), max_size=5))))


@st.composite
def functions(draw: st.DrawFn, kind: str) -> tuple[tuple[Any, ...], list[int]]:
    """A partition and what stands in each of its parts."""
    keys = draw(partitions(kind))
    return keys, draw(st.lists(st.integers(0, 2), min_size=len(keys) + 1, max_size=len(keys) + 1))


def told(kind: str, keys: tuple[Any, ...], parts: Sequence[int]) -> list[int]:
    """What a function says of each value."""
    return [parts[part_of(kind, keys, value)] for value in VALUES[kind]]


@given(data=st.data(), kind=KINDS)
def test_merged_tells_apart_what_one_of_both_tells_apart(data: st.DataObject, kind: str) -> None:
    first, second = data.draw(partitions(kind)), data.draw(partitions(kind))
    both = merged(first, second)
    assert both == merged(second, first)
    for one, other in product(VALUES[kind], repeat=2):
        same = all(part_of(kind, keys, one) == part_of(kind, keys, other) for keys in (first, second))
        assert (part_of(kind, both, one) == part_of(kind, both, other)) is same


@given(data=st.data(), kind=KINDS)
def test_places_hold_the_parts_of_a_finer_partition(data: st.DataObject, kind: str) -> None:
    keys = data.draw(partitions(kind))
    finer = merged(keys, data.draw(partitions(kind)))
    held = places(kind, keys, finer)
    assert len(held) == len(finer) + 1
    for value in VALUES[kind]:
        assert held[part_of(kind, finer, value)] == part_of(kind, keys, value)


@given(data=st.data(), kind=KINDS)
def test_reduced_says_the_same_with_no_key_too_many(data: st.DataObject, kind: str) -> None:
    keys, parts = data.draw(functions(kind))
    kept, left = reduced(kind, keys, parts)
    assert told(kind, kept, left) == told(kind, keys, parts)
    assert set(kept) <= set(keys)
    assert len(left) == len(kept) + 1
    # Written on a finer partition it is still reduced to the same.
    finer = merged(keys, data.draw(partitions(kind)))
    assert reduced(kind, finer, [parts[part] for part in places(kind, keys, finer)]) == (kept, left)
    for key in kept:
        fewer = tuple(other for other in kept if other != key)
        sayings = [told(kind, fewer, parts) for parts in product(range(3), repeat=len(fewer) + 1)]
        assert told(kind, keys, parts) not in sayings


@given(data=st.data(), kind=KINDS)
def test_what_is_left_are_the_parts_that_the_values_left_lie_in(data: st.DataObject, kind: str) -> None:
    keys = data.draw(partitions(kind))
    if kind == CUTS:
        ends = st.one_of(st.none(), st.sampled_from(VALUES[CUTS]))
        low, high = data.draw(ends), data.draw(ends)
        known: Any = Interval(low, high) if low is None or high is None or low <= high else Interval(high, low)
        inside: list[Any] = _within(known)
    else:
        known = data.draw(st.sampled_from(VALUES[kind]))
        inside = [v for v in VALUES[kind] if v == known or (kind == PREFIXES and v.startswith(known))]
    kept, parts = left_of(kind, keys, known)
    assert len(parts) == len(kept) + 1
    hit = set()
    for value in inside:
        assert parts[part_of(kind, kept, value)] == part_of(kind, keys, value)
        hit.add(part_of(kind, kept, value))
    assert hit == set(range(len(parts)))


def _within(known: Interval) -> list[Fraction]:
    return [
        value
        for value in VALUES[CUTS]
        if (known.low is None or known.low <= value) and (known.high is None or value <= known.high)
    ]


@pytest.mark.parametrize(
    ("keys", "known", "left"),
    [
        (((3, 0), (50, 1)), Interval(None, 2), ((), (0,))),
        (((3, 0), (50, 1)), Interval(2, 3), (((3, 0),), (0, 1))),
        (((3, 0), (50, 1)), Interval(3, 50), ((), (1,))),
        (((3, 0), (50, 1)), Interval(3, 51), (((50, 1),), (1, 2))),
        (((3, 0), (50, 1)), Interval(), (((3, 0), (50, 1)), (0, 1, 2))),
        (((3, 0), (3, 1)), Interval.point(3), ((), (1,))),
    ],
)
def test_ends_in_and_out(keys: Any, known: Interval, left: Any) -> None:
    assert left_of(CUTS, keys, known) == left


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ("0", (("09", "09162"), (0, 1, 2))),
        ("09", (("09162",), (1, 2))),
        ("091", (("09162",), (1, 2))),
        ("09162", ((), (2,))),
        ("0917", ((), (1,))),
        ("10", ((), (3,))),
        ("2", ((), (0,))),
    ],
)
def test_a_coarse_code_leaves_those_under_it(known: str, left: Any) -> None:
    assert left_of(PREFIXES, ("09", "09162", "1"), known) == left
