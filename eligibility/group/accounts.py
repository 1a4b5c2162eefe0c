"""What each enterprise adds to its own group: own or consolidated accounts, nobody twice (Annex Art. 6(2) to (4))."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from eligibility.group.above import Included, nearest, nearest_of_group, others_above
from eligibility.group.links import Groups
from eligibility.group.structure import OPEN, FigureKey, Figures, Ints, Structure


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One figure of every node as far as it is not included in accounts of its group that count already.

    `low` and `high` as in `Figures`. `partial` has, instead, the exact ends of nodes that accounts include in part.
    `heads` is the node whose consolidated accounts include a node, -1 for none, and `included` by what share.
    """

    low: Ints
    high: Ints
    heads: Ints
    included: Mapping[int, Fraction]
    partial: Mapping[int, tuple[Fraction, Fraction | None]] = field(default_factory=dict)

    def ends(self, node: int) -> tuple[Fraction, Fraction | None]:
        """Return the exact ends of one node."""
        if node in self.partial:
            return self.partial[node]
        high = int(self.high[node])
        return Fraction(int(self.low[node])), None if high >= OPEN else Fraction(high)


def counted(structure: Structure, groups: Groups, key: FigureKey, included_in: Groups | None = None) -> Counted:
    """Return what each node adds of one figure.

    A node counts by the consolidated accounts that it draws up, if they have the figure, else by its own. What the
    nearest accounts above it in its group include of it is not counted again; where those lack the figure, it is. The
    groups may be taken from another reading for that (`included_in`): fewer links leave more to be counted.
    """
    nodes, transmits = structure.nodes, groups.stakes.transmits
    low, high = _or_unknown(nodes.figures.get(key), len(nodes))
    heads = np.full(len(nodes), -1, dtype=np.int64)
    included: dict[int, Fraction] = {}
    consolidated = nodes.consolidated.get(key)
    if consolidated is not None:
        within = groups if included_in is None else included_in
        draws_up = is_known(consolidated)
        low, high = np.where(draws_up, consolidated.low, low), np.where(draws_up, consolidated.high, high)
        heads, included = _heads(structure, within, draws_up & within.stakes.transmits)
    adds = transmits & (heads < 0)
    partial = {
        node: _rest(int(low[node]), int(high[node]), share) for node, share in included.items() if transmits[node]
    }
    return Counted(np.where(adds, low, 0), np.where(adds, high, 0), heads, included, partial)


def is_known(figures: Figures) -> NDArray[np.bool_]:
    """Tell of each node whether anything is known of the figure."""
    known: NDArray[np.bool_] = (figures.low > 0) | (figures.high < OPEN)
    return known


def _or_unknown(figures: Figures | None, size: int) -> tuple[Ints, Ints]:
    if figures is None:
        return np.zeros(size, dtype=np.int64), np.full(size, OPEN, dtype=np.int64)
    return figures.low, figures.high


def _rest(low: int, high: int, share: Fraction) -> tuple[Fraction, Fraction | None]:
    return low * (1 - share), None if high >= OPEN else high * (1 - share)


def _heads(structure: Structure, groups: Groups, draws_up: NDArray[np.bool_]) -> tuple[Ints, dict[int, Fraction]]:
    """Return the nearest node above each that draws up accounts in the same group, and the shares below one."""
    nodes = structure.nodes
    if nodes.consolidated_in is None or nodes.consolidated_share is None:
        return np.full(len(nodes), -1, dtype=np.int64), {}
    above = nodes.consolidated_in
    heads = nearest(nearest_of_group(above, groups.of), draws_up)
    within = Included(above, nodes.consolidated_share)
    members = () if within.in_full else np.flatnonzero(heads >= 0).tolist()
    shares = {node: within.share(node, int(heads[node])) for node in members}
    return heads, {node: share for node, share in shares.items() if share < 1}


def included_elsewhere(structure: Structure, groups: Groups, key: FigureKey) -> dict[int, dict[int, Fraction]]:
    """Return the nodes that consolidated accounts of other groups include: those groups, and by what share.

    Such a partner is added only as far as those accounts fall short of its percentage (Art. 6(3), second subparagraph).
    """
    nodes = structure.nodes
    above, shares = nodes.consolidated_in, nodes.consolidated_share
    consolidated = nodes.consolidated.get(key)
    if above is None or shares is None or consolidated is None:
        return {}
    draws_up = is_known(consolidated) & groups.stakes.transmits
    within = Included(above, shares)
    found: dict[int, dict[int, Fraction]] = {}
    for members, heads in others_above(above, draws_up, groups.of):
        for node, head, group in zip(members.tolist(), heads.tolist(), groups.of[heads].tolist(), strict=True):
            if group not in found.setdefault(node, {}):
                found[node][group] = within.share(node, head)
    return found
