"""What is found in doubling steps is what a walk finds."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eligibility.group.above import Included, nearest, nearest_of_group, others_above
from eligibility.group.structure import SHARE_SCALE, WHOLE, Ints

LONG = 100_000


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[int], list[bool], list[int], list[int]]:
    """Nodes with one above each, or none; whether each is wanted, its group and its share."""
    size = draw(st.integers(1, 12))
    above = [draw(st.integers(max(-1, node - 4), node - 1)) for node in range(size)]
    wanted = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    groups = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    shares = draw(st.lists(st.sampled_from([100, 100, 50, 33]), min_size=size, max_size=size))
    return above, wanted, groups, [share * SHARE_SCALE for share in shares]


def walk(above: list[int], node: int) -> list[int]:
    found = []
    while (node := above[node]) >= 0:
        found.append(node)
    return found


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


@given(chains())
def test_a_walk_finds_the_same(drawn: tuple[list[int], list[bool], list[int], list[int]]) -> None:
    above, wanted, groups, shares = drawn
    ways = [walk(above, node) for node in range(len(above))]
    expected = [next((one for one in way if wanted[one]), -1) for way in ways]
    assert nearest(ints(above), np.array(wanted)).tolist() == expected
    expected = [next((one for one in way if groups[one] == groups[node]), -1) for node, way in enumerate(ways)]
    assert nearest_of_group(ints(above), ints(groups)).tolist() == expected
    first: dict[tuple[int, int], int] = {}
    for nodes, heads in others_above(ints(above), np.array(wanted), ints(groups)):
        for node, head in zip(nodes.tolist(), heads.tolist(), strict=True):
            first.setdefault((node, groups[head]), head)
    by_walk: dict[tuple[int, int], int] = {}
    for node, way in enumerate(ways):
        for one in way:
            if wanted[one] and groups[one] != groups[node]:
                by_walk.setdefault((node, groups[one]), one)
    assert first == by_walk
    included = Included(ints(above), ints(shares))
    for node, way in enumerate(ways):
        share = Fraction(1)
        for below, one in zip([node, *way], way, strict=False):
            share *= Fraction(shares[below], WHOLE)
            assert included.share(node, one) == share


def test_a_long_chain_is_no_long_work() -> None:
    above = np.arange(-1, LONG - 1)
    wanted = np.zeros(LONG, dtype=np.bool_)
    wanted[0] = True
    assert nearest(above, wanted).tolist() == [-1] + [0] * (LONG - 1)
    groups = np.arange(LONG) % 2
    assert nearest_of_group(above, groups).tolist() == [-1, -1, *range(LONG - 2)]
    assert Included(above, np.full(LONG, WHOLE)).share(LONG - 1, 0) == 1


def test_a_circle_has_nothing_above_it() -> None:
    assert nearest(ints([1, 0]), np.array([False, False])).tolist() == [-1, -1]
