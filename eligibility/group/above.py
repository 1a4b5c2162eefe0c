"""Who stands above a node in chains of consolidated accounts, found in steps that double, however long a chain is."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eligibility.group.structure import WHOLE, Ints

Mask = NDArray[np.bool_]


def nearest(above: Ints, wanted: Mask) -> Ints:
    """Return the nearest node above each that is wanted, -1 for none."""
    at = above.copy()
    on = np.flatnonzero(at >= 0)
    # More steps than these are taken only in a circle, in which nobody is above anybody.
    for _ in range(len(at).bit_length() + 1):
        on = on[(at[on] >= 0) & ~wanted[at[on]]]
        if not len(on):
            return at
        at[on] = at[at[on]]
    at[on] = -1
    return at


def nearest_of_group(above: Ints, of: Ints) -> Ints:
    """Return the nearest node above each that is of the same group, -1 for none."""
    has = above >= 0
    elsewhere = has & (of[above] != of)
    found: Ints = np.where(elsewhere, -1, above)
    if elsewhere.any():
        # Few chains lead through other groups: only these are walked.
        top = np.where(has, nearest(above, ~has), np.arange(len(above)))
        mixed = np.zeros(len(above), dtype=np.bool_)
        mixed[top[elsewhere]] = True
        _walk(np.flatnonzero(mixed[top] & (top >= 0)), above, of, found)
    return found


def _walk(nodes: Ints, above: Ints, of: Ints, found: Ints) -> None:
    """Go down the trees of these nodes, with the last node of each group on the way."""
    below: dict[int, list[int]] = {}
    for node, parent in zip(nodes.tolist(), above[nodes].tolist(), strict=True):
        below.setdefault(parent, []).append(node)
    last: dict[int, int] = {}
    waiting = below.pop(-1, [])
    while waiting:
        node = waiting.pop()
        if node < 0:
            # All below it are done: whoever was the last before is it again.
            last[int(of[~node])] = int(found[~node])
            continue
        group = int(of[node])
        found[node] = last.get(group, -1)
        last[group] = node
        waiting.append(~node)
        waiting.extend(below.get(node, ()))


def others_above(above: Ints, wanted: Mask, of: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield nodes, each with a wanted one above it that is of another group: of each group the nearest, but maybe more.

    The nearer ones come first.
    """
    up = nearest(above, wanted)
    last = (up < 0) | (of[up] != of)
    # From where a chain leaves the group of a node, it goes on in another one.
    leaves = np.where(last, np.arange(len(up)), nearest(up, last))
    following = np.where(leaves >= 0, up[leaves], -1)
    nodes = np.flatnonzero(up >= 0)
    heads = up[nodes]
    while len(nodes):
        other = of[heads] != of[nodes]
        yield nodes[other], heads[other]
        heads = following[heads]
        nodes, heads = nodes[heads >= 0], heads[heads >= 0]


class Included:
    """By what share nodes are included in the accounts of others above them."""

    def __init__(self, above: Ints, shares: Ints) -> None:
        self._above = above
        self._shares = shares
        self._partial = (shares < WHOLE) & (above >= 0)
        self.in_full = not self._partial.any()
        """Whether all are included in full."""

    def share(self, node: int, head: int) -> Fraction:
        """Return the product of the shares from a node up to one above it."""
        share = Fraction(1)
        if self.in_full:
            return share
        at, stop = node if self._partial[node] else int(self._following[node]), self._depth[head]
        while at >= 0 and self._depth[at] > stop:
            share *= Fraction(int(self._shares[at]), WHOLE)
            at = int(self._following[at])
        return share

    @cached_property
    def _following(self) -> Ints:
        return nearest(self._above, self._partial)

    @cached_property
    def _depth(self) -> Ints:
        """How many nodes stand above each."""
        at = self._above.copy()
        depth = (at >= 0).astype(np.int64)
        on = np.flatnonzero(at >= 0)
        for _ in range(len(at).bit_length() + 1):
            depth[on], at[on] = depth[on] + depth[at[on]], at[at[on]]
            on = on[at[on] >= 0]
        return depth
