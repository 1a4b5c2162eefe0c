"""Partner enterprises: holdings of 25 % or more between enterprises that are not linked (Annex Art. 3(2))."""

from dataclasses import dataclass

import numpy as np

from eligibility.group.links import Groups
from eligibility.group.structure import WHOLE, Ints, Structure

QUARTER = WHOLE // 4


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """Pairs of linked groups that are partners, both ways round; `share` is the greater percentage of all holdings.

    `firm` is the enterprise held by that share. Sorted by `one`.
    """

    one: Ints
    other: Ints
    share: Ints
    firm: Ints

    def of(self, group: int) -> dict[int, tuple[int, int]]:
        """Return the partners of a group: for each its share and the enterprise that is held."""
        start, stop = np.searchsorted(self.one, (group, group + 1))
        rows = (self.other[start:stop].tolist(), self.share[start:stop].tolist(), self.firm[start:stop].tolist())
        return {other: (share, firm) for other, share, firm in zip(*rows, strict=True)}


def partners(structure: Structure, groups: Groups) -> Partners:
    """Return the partner groups: linked enterprises hold jointly; nobody is a partner of an excepted investor."""
    holdings, held = structure.holdings, groups.stakes
    holder, firm = groups.of[holdings.holder], holdings.held
    counts = held.transmits[holdings.holder] & held.transmits[firm] & ~held.excepted & (holder != groups.of[firm])
    size = len(structure.nodes)
    keys, places = np.unique(holder[counts] * size + firm[counts], return_inverse=True)
    capital, votes = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    np.add.at(capital, places, held.capital[counts])
    np.add.at(votes, places, held.votes[counts])
    # A reading of shares that are not known may add up to more than there is.
    share = np.minimum(np.maximum(capital, votes), WHOLE)
    kept = share >= QUARTER
    one, other = keys[kept] // size, groups.of[keys[kept] % size]
    return _greatest(
        np.concatenate((one, other)),
        np.concatenate((other, one)),
        np.tile(share[kept], 2),
        np.tile(keys[kept] % size, 2),
    )


def _greatest(one: Ints, other: Ints, share: Ints, firm: Ints) -> Partners:
    """Keep of each pair the greatest share: in cross-holdings it counts, and nobody's figures count twice."""
    order = np.lexsort((firm, -share, other, one))
    one, other, share, firm = one[order], other[order], share[order], firm[order]
    first = np.ones(len(one), dtype=np.bool_)
    first[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return Partners(one[first], other[first], share[first], firm[first])
