"""The share of an enterprise that public bodies control, directly or indirectly, jointly or alone (Annex Art. 3(4))."""

import numpy as np
from numpy.typing import NDArray

from eligibility.group.certainty import Reading, small_authorities
from eligibility.group.links import Groups
from eligibility.group.partners import QUARTER
from eligibility.group.structure import WHOLE, Ints, Kind, Structure
from eligibility.values.truth import Truth


def public_shares(structure: Structure, groups: Groups, reading: Reading) -> Ints:
    """Return for each node the share in one reading.

    Holdings of public bodies count and those of enterprises that they control together. Those of excepted investors do
    not, unless they are linked to the firm. In the reading of most relations a firm that is controlled by one in which
    public bodies have 25 % or more without controlling it takes over that share: Art. 3(4) can be read so.
    """
    shares = held_by_public_bodies(structure, groups, reading)
    return _taken_over(structure, groups, shares) if reading is Reading.MOST else shares


def held_by_public_bodies(structure: Structure, groups: Groups, reading: Reading) -> Ints:
    """Return for each node the share that public bodies hold themselves and through enterprises that they control."""
    counts = _counting(structure, groups, reading)
    holdings, held = structure.holdings, groups.stakes
    capital, votes = (np.zeros(len(structure.nodes), dtype=np.int64) for _ in range(2))
    np.add.at(capital, holdings.held[counts], held.capital[counts])
    np.add.at(votes, holdings.held[counts], held.votes[counts])
    shares: Ints = np.minimum(np.maximum(capital, votes), WHOLE)
    return shares


def _counting(structure: Structure, groups: Groups, reading: Reading) -> NDArray[np.bool_]:
    """Mark the holdings that public bodies control."""
    holdings, held = structure.holdings, groups.stakes
    public = structure.nodes.kinds == Kind.PUBLIC_BODY
    for node, small in small_authorities(structure).items():
        public[node] = small is Truth.NO or (small is Truth.UNKNOWN and reading is Reading.MOST)
    majority = (held.votes > WHOLE // 2) | (held.control != 0)
    # A small authority with a majority is linked to the firm, so that no exception is left.
    own = public[holdings.holder] | ((structure.nodes.kinds[holdings.holder] == Kind.LOCAL_AUTHORITY) & majority)
    outside = held.excepted & (groups.of[holdings.holder] != groups.of[holdings.held])
    outside &= structure.nodes.kinds[holdings.holder] != Kind.LOCAL_AUTHORITY
    counts: NDArray[np.bool_] = own.copy()
    controlled = np.zeros(len(structure.nodes), dtype=np.bool_)
    votes = np.zeros(len(structure.nodes), dtype=np.int64)
    fresh = own
    while fresh.any():
        np.add.at(votes, holdings.held[fresh], held.votes[fresh])
        gained = np.zeros(len(structure.nodes), dtype=np.bool_)
        gained[holdings.held[fresh & (held.control != 0)]] = True
        gained |= votes > WHOLE // 2
        gained &= ~controlled
        controlled |= gained
        fresh = gained[holdings.holder] & ~counts & ~outside
        counts |= fresh
    return counts


def _taken_over(structure: Structure, groups: Groups, shares: Ints) -> Ints:
    """Hand shares of a quarter and more down to the enterprises that are controlled."""
    holders, firms = structure.holdings.holder[groups.direct], structure.holdings.held[groups.direct]
    links = [(link.one, link.other) for link in groups.links if link.person is None]
    if links:
        holders = np.concatenate((holders, [one for one, _ in links]))
        firms = np.concatenate((firms, [other for _, other in links]))
    taken = shares.copy()
    while True:
        above = np.where(taken >= QUARTER, taken, 0)[holders]
        rises = above > taken[firms]
        if not rises.any():
            return taken
        np.maximum.at(taken, firms[rises], above[rises])
