"""What share of the turnover of an affiliate counts: decree on the Framework Act on SMEs, 별표 2 and Art. 7의4(2)."""

from dataclasses import dataclass

import numpy as np

from eligibility.group.affiliates import Affiliates, Links
from eligibility.group.segments import Mask, found, looked_up, starts_of, summed
from eligibility.group.structure import WHOLE, Ints
from eligibility.group.votes import Votes

FULL = WHOLE * WHOLE
"""A ratio of 100 %: ratios are products of two shares."""
_COARSE = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Affiliated firms, each parent and child once, sorted by child and parent; ratios in units of `FULL`.

    `case` is the first that is certain, else the first that is possible, `low_together` and `high_together` what it
    adds up. The ratio is what counts if they are affiliates; nothing does as long as that is not certain.
    """

    parent: Ints
    child: Ints
    case: Ints
    certain: Mask
    low_together: Ints
    high_together: Ints
    low_ratio: Ints
    high_ratio: Ints


def pairs_of(votes: Votes, affiliates: Affiliates) -> Pairs:
    """Return the affiliated pairs with their ratios.

    Directly held: all from 50 %, else the share. Through each child: the child's share, times the share in the child
    if that is under 50 %. These are added up; more than everything is everything.
    """
    links = affiliates.links
    size = len(votes)
    key = links.child * size + links.parent
    order = np.lexsort((links.case, ~links.certain, key))
    rows = order[starts_of(key[order])]
    key = key[rows]
    low_share, high_share = _shares(votes)
    below_key, below_low, below_high = _through(votes, affiliates, low_share, high_share)
    indirect = looked_up(below_key, below_low, key), looked_up(below_key, below_high, key)
    direct = _of_direct(looked_up(votes.key, low_share, key)), _of_direct(looked_up(votes.key, high_share, key))
    return _pairs(links, rows, *(np.minimum(direct[end] * WHOLE + indirect[end], FULL) for end in (0, 1)))


def _pairs(links: Links, rows: Ints, low: Ints, high: Ints) -> Pairs:
    return Pairs(
        links.parent[rows],
        links.child[rows],
        links.case[rows],
        links.certain[rows],
        links.low[rows],
        links.high[rows],
        low,
        high,
    )


def _shares(votes: Votes) -> tuple[Ints, Ints]:
    """Return the shares with the larger one of two that hold each other (Art. 7의4(2)), in the order of the votes."""
    back_low, back_high = votes.of_pair(votes.held, votes.holder)
    low = np.where(votes.low > 0, np.maximum(votes.low, back_low), 0)
    return low, np.maximum(votes.high, back_high)


def _of_direct(share: Ints) -> Ints:
    result: Ints = np.where(2 * share >= WHOLE, WHOLE, share)
    return result


def _through(votes: Votes, affiliates: Affiliates, low_share: Ints, high_share: Ints) -> tuple[Ints, Ints, Ints]:
    """Return child and parent as a key, and what is held through the parent's children, no more than everything."""
    through, size = affiliates.through, len(votes)
    upper, _ = found(votes.key, through.child * size + through.parent)
    low = np.where(through.certain, _of_direct(low_share[upper]) * low_share[through.edge], 0)
    high = _of_direct(high_share[upper]) * high_share[through.edge]
    key = through.held * size + through.parent
    # Sums of unknown shares through very many children could exceed 64 bits: a coarse sum tells, and is then enough.
    keys, low_sum, high_sum, low_coarse, high_coarse = summed(key, low, high, low // _COARSE, high // _COARSE)
    limit = FULL // _COARSE
    return keys, np.where(low_coarse >= limit, FULL, low_sum), np.where(high_coarse >= limit, FULL, high_sum)
