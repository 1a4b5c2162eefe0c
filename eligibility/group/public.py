"""The share of an enterprise that public bodies control, directly or indirectly, jointly or alone (Annex Art. 3(4))."""

import numpy as np
from numpy.typing import NDArray

from eligibility.group.adjacency import Adjacency
from eligibility.group.certainty import Reading, small_authorities
from eligibility.group.links import Groups
from eligibility.group.partners import QUARTER
from eligibility.group.structure import WHOLE, Control, Figures, Ints, Kind, Structure
from eligibility.values.truth import Truth

_MAJORITY = WHOLE // 2 + 1


def public_shares(structure: Structure, least: Groups, most: Groups) -> Figures:
    """Return for each node the share, from the reading of least relations to that of most.

    Holdings of public bodies count and those of enterprises that they control together. Those of excepted investors do
    not, unless they are linked to the firm. A firm that has less than 25 % for certain may take over the share of 25 %
    or more that public bodies have in an enterprise above it: Art. 3(4) can be read so.
    """
    low = held_by_public_bodies(structure, least, Reading.LEAST)
    high = held_by_public_bodies(structure, most, Reading.MOST)
    return Figures(low, _taken_over(structure, most, high, low < QUARTER))


def unnamed(structure: Structure) -> Ints:
    """Return for each node the share for which no holder is named: of capital or of votes, whichever is more."""
    holdings, size = structure.holdings, len(structure.nodes)
    named = []
    for shares in (holdings.capital_low, holdings.votes_low):
        sums = np.zeros(size, dtype=np.int64)
        np.add.at(sums, holdings.held, shares)
        named.append(sums)
    rest: Ints = np.clip(WHOLE - np.minimum(*named), 0, WHOLE)
    return rest


def held_by_public_bodies(structure: Structure, groups: Groups, reading: Reading) -> Ints:
    """Return for each node the share that public bodies hold themselves and through enterprises that they control."""
    holdings, held = structure.holdings, groups.stakes
    counts = _controlled_holdings(structure, groups, reading)
    outside = held.excepted & (groups.of[holdings.holder] != groups.of[holdings.held])
    counts &= ~outside | _own(structure, groups, reading)
    capital, votes = (np.zeros(len(structure.nodes), dtype=np.int64) for _ in range(2))
    np.add.at(capital, holdings.held[counts], held.capital[counts])
    np.add.at(votes, holdings.held[counts], _votes(groups)[counts])
    return np.minimum(np.maximum(capital, votes), WHOLE)


def _votes(groups: Groups) -> Ints:
    """Return the votes of each holding: who has the majority or an agreement that gives it has more than half."""
    held = groups.stakes
    stated = (held.control & np.int8(Control.MAJORITY | Control.AGREEMENT)) != 0
    return np.where(stated, np.maximum(held.votes, _MAJORITY), held.votes)


def _own(structure: Structure, groups: Groups, reading: Reading) -> NDArray[np.bool_]:
    """Mark the holdings of public bodies themselves: of a small authority where it is linked to the firm."""
    holdings, held = structure.holdings, groups.stakes
    public = structure.nodes.kinds == Kind.PUBLIC_BODY
    for node, small in small_authorities(structure).items():
        public[node] = small is Truth.NO or (small is Truth.UNKNOWN and reading is Reading.MOST)
    linked = (held.votes >= _MAJORITY) | (held.control != 0)
    linked |= groups.of[holdings.holder] == groups.of[holdings.held]
    authority = structure.nodes.kinds[holdings.holder] == Kind.LOCAL_AUTHORITY
    marked: NDArray[np.bool_] = public[holdings.holder] | (authority & linked)
    return marked


def _controlled_holdings(structure: Structure, groups: Groups, reading: Reading) -> NDArray[np.bool_]:
    """Mark the holdings of public bodies and of all enterprises that they control together."""
    holdings, held = structure.holdings, groups.stakes
    counts = _own(structure, groups, reading)
    votes, below = _votes(groups), Adjacency.of(holdings.holder, len(structure.nodes))
    together = np.zeros(len(structure.nodes), dtype=np.int64)
    controlled = np.zeros(len(structure.nodes), dtype=np.bool_)
    fresh = np.flatnonzero(counts)
    while len(fresh):
        firms = holdings.held[fresh]
        np.add.at(together, firms, votes[fresh])
        gains = ((together[firms] >= _MAJORITY) | (held.control[fresh] != 0)) & ~controlled[firms]
        gained = np.unique(firms[gains])
        controlled[gained] = True
        fresh = below.rows(gained)
        fresh = fresh[~counts[fresh]]
        counts[fresh] = True
    return counts


def _taken_over(structure: Structure, groups: Groups, shares: Ints, may_take: NDArray[np.bool_]) -> Ints:
    """Hand shares of a quarter and more down to all enterprises that are controlled, and may take them over."""
    above, firms = _controls(structure, groups)
    below = Adjacency.of(above, len(structure.nodes))
    taken = shares.copy()
    reached = np.zeros(len(shares), dtype=np.bool_)
    # From the greatest share down, so that what reaches a firm first is the most it can take over.
    for share in np.unique(shares[shares >= QUARTER])[::-1].tolist():
        fresh = np.flatnonzero(shares == share)
        while len(fresh):
            fresh = np.unique(firms[below.rows(fresh)])
            fresh = fresh[~reached[fresh]]
            reached[fresh] = True
            takes = fresh[may_take[fresh]]
            taken[takes] = np.maximum(taken[takes], share)
    return taken


def _controls(structure: Structure, groups: Groups) -> tuple[Ints, Ints]:
    """Return who stands above whom: whoever controls alone, else all of the group that do so together."""
    holdings, held, size = structure.holdings, groups.stakes, len(structure.nodes)
    inside = (groups.of[holdings.holder] == groups.of[holdings.held]) & held.transmits[holdings.holder]
    alone = np.zeros(size, dtype=np.bool_)
    alone[holdings.held[groups.direct]] = True
    together = np.zeros(size, dtype=np.int64)
    np.add.at(together, holdings.held[inside], held.votes[inside])
    joint = inside & ~alone[holdings.held] & (together[holdings.held] >= _MAJORITY) & (held.votes > 0)
    controls = groups.direct | joint
    return holdings.holder[controls], holdings.held[controls]
