"""Runs of rows with the same key in columns: sums, the largest of the others, look-ups; all in integers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from eligibility.group.structure import Ints

Mask = NDArray[np.bool_]


def starts_of(sorted_keys: Ints) -> Ints:
    """Return where each run of equal keys begins."""
    if not len(sorted_keys):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])


def summed(sorted_keys: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """Return each key once, and the sum of every column over its run."""
    starts = starts_of(sorted_keys)
    if not len(starts):
        return (sorted_keys, *columns)
    return (sorted_keys[starts], *(np.add.reduceat(column, starts) for column in columns))


def found(sorted_keys: Ints, wanted: Ints) -> tuple[Ints, Mask]:
    """Return at which place each wanted key stands, and whether it stands there at all."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    places = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
    return places, sorted_keys[places] == wanted


def looked_up(sorted_keys: Ints, values: Ints, wanted: Ints) -> Ints:
    """Return the value of each wanted key; 0 where there is none."""
    places, there = found(sorted_keys, wanted)
    return np.where(there, values[places], 0) if len(values) else np.zeros(len(wanted), dtype=np.int64)


def expanded(sorted_keys: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Return all matches of the wanted keys as (row of `wanted`, row of `sorted_keys`), in the order of `wanted`."""
    first = np.searchsorted(sorted_keys, wanted, side="left")
    counts = np.searchsorted(sorted_keys, wanted, side="right") - first
    rows = np.repeat(np.arange(len(wanted), dtype=np.int64), counts)
    before = np.cumsum(counts) - counts
    return rows, np.arange(len(rows), dtype=np.int64) - np.repeat(before - first, counts)


def largest_of_others(keys: Ints, values: Ints) -> Ints:
    """Return for each row the largest value of the other rows with its key; 0 where it stands alone."""
    if not len(keys):
        return values
    order = np.lexsort((values, keys))
    ordered_keys, ordered = keys[order], values[order]
    last = np.r_[starts_of(ordered_keys)[1:], len(order)] - 1
    has_second = np.r_[False, ordered_keys[1:] == ordered_keys[:-1]][last]
    second = np.where(has_second, ordered[np.maximum(last - 1, 0)], 0)
    run = np.cumsum(np.r_[False, ordered_keys[1:] != ordered_keys[:-1]])
    others = ordered[last][run]
    others[last] = second
    result = np.empty_like(values)
    result[order] = others
    return result


class Ranking:
    """Rows by key, the largest value of each key first."""

    def __init__(self, keys: Ints, names: Ints, values: Ints) -> None:
        order = np.lexsort((-values, keys))
        self._keys, self._names, self._values = keys[order], names[order], values[order]

    def largest_outside(self, wanted: Ints, inside: Callable[[Ints, Ints], Mask]) -> Ints:
        """Return for each wanted key the largest value whose name is not inside; 0 where none is left.

        `inside(rows, names)` tells for rows of `wanted` whether these names belong to them.
        """
        position = np.searchsorted(self._keys, wanted, side="left")
        end = np.searchsorted(self._keys, wanted, side="right")
        rows = np.flatnonzero(position < end)
        while len(rows):
            rows = rows[inside(rows, self._names[position[rows]])]
            position[rows] += 1
            rows = rows[position[rows] < end[rows]]
        if not len(self._values):
            return np.zeros(len(wanted), dtype=np.int64)
        return np.where(position < end, self._values[np.minimum(position, len(self._values) - 1)], 0)
