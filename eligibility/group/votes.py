"""Who holds which votes of whom, each pair once, and what relatives hold together."""

from dataclasses import dataclass

import numpy as np

from eligibility.group.segments import Mask, looked_up, starts_of, summed
from eligibility.group.structure import WHOLE, Ints, Kind, Structure

PERSONS = (Kind.PERSON, Kind.BUSINESS_ANGEL)


@dataclass(frozen=True, slots=True, eq=False)
class Blocs:
    """What one firm, body or family holds of one firm, sorted by `key` (held first); `group` stands for the holder."""

    key: Ints
    held: Ints
    group: Ints
    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Votes between nodes that are numbered from 0, sorted by `key` (held first); shares in units of `WHOLE`.

    `nodes` are the numbers of the nodes in the structure. `family` is of each node the first of its relatives, itself
    for all that are no persons.
    """

    nodes: Ints
    key: Ints
    holder: Ints
    held: Ints
    low: Ints
    high: Ints
    person: Mask
    family: Ints
    blocs: Blocs

    def __len__(self) -> int:
        return len(self.nodes)

    def of_pair(self, holder: Ints, held: Ints) -> tuple[Ints, Ints]:
        """Return what each holder holds of each firm, 0 where it holds nothing."""
        wanted = held * len(self) + holder
        return looked_up(self.key, self.low, wanted), looked_up(self.key, self.high, wanted)


def votes_of(structure: Structure, nodes: Ints | None = None) -> Votes:
    """Return the votes between some nodes (ascending), or between all.

    Several holdings of one pair are added up. No holder can have more than the others leave, so that an unknown share
    is at most the rest; where the stated shares exceed the whole, they stand as they are.
    """
    holdings = structure.holdings
    rows = np.flatnonzero(holdings.votes_high > 0)
    holder, held = holdings.holder[rows], holdings.held[rows]
    if nodes is None:
        nodes = np.arange(len(structure.nodes), dtype=np.int64)
    else:
        local = np.full(len(structure.nodes), -1, dtype=np.int64)
        local[nodes] = np.arange(len(nodes))
        holder, held = local[holder], local[held]
        inside = (holder >= 0) & (held >= 0)
        rows, holder, held = rows[inside], holder[inside], held[inside]
    size = len(nodes)
    key = held * size + holder
    order = np.argsort(key, kind="stable")
    key, low, high = summed(key[order], holdings.votes_low[rows][order], holdings.votes_high[rows][order])
    held, holder = key // max(size, 1), key % max(size, 1)
    high = _within_the_rest(held, low, high)
    possible = high > 0
    key, held, holder, low, high = key[possible], held[possible], holder[possible], low[possible], high[possible]
    person = np.isin(structure.nodes.kinds[nodes], np.array(PERSONS, dtype=np.int8))
    family = _families(structure, nodes, person)
    blocs = _blocs(size, held, family[holder], low, high)
    return Votes(nodes, key, holder, held, low, high, person, family, blocs)


def _within_the_rest(held: Ints, low: Ints, high: Ints) -> Ints:
    starts = starts_of(held)
    if not len(starts):
        return high
    counts = np.diff(np.r_[starts, len(held)])
    certain = np.repeat(np.add.reduceat(low, starts), counts)
    result: Ints = np.maximum(low, np.minimum(high, WHOLE - (certain - low)))
    return result


def _families(structure: Structure, nodes: Ints, person: Mask) -> Ints:
    family = np.arange(len(nodes), dtype=np.int64)
    labels = structure.nodes.families
    if labels:
        first: dict[str, int] = {}
        for local in np.flatnonzero(person).tolist():
            label = labels.get(int(nodes[local]))
            if label is not None:
                family[local] = first.setdefault(label, local)
    return family


def _blocs(size: int, held: Ints, group: Ints, low: Ints, high: Ints) -> Blocs:
    key = held * size + group
    order = np.argsort(key, kind="stable")
    key, low, high = summed(key[order], low[order], high[order])
    return Blocs(key, key // max(size, 1), key % max(size, 1), low, high)
