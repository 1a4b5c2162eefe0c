"""The average turnover with affiliates of every firm of a portfolio in one pass."""

from dataclasses import dataclass

import numpy as np

from eligibility.group.affiliate_ratios import FULL, Pairs, pairs_of
from eligibility.group.affiliates import affiliates
from eligibility.group.korean_firms import korean_firms
from eligibility.group.segments import starts_of, summed
from eligibility.group.structure import OPEN, WHOLE, Figures, Ints, Measure, Period, Structure
from eligibility.group.votes import votes_of

LARGEST = 10**17
"""Turnovers beyond this many won are taken as this at the low end and as not bounded at the high end."""
_COARSE = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Affiliated firms, each two of them once, with the ratio that surely and at most counts (units of `FULL`)."""

    one: Ints
    other: Ints
    low: Ints
    high: Ints


def group_turnovers(structure: Structure) -> tuple[Ints, Ints]:
    """Return what the average turnover with affiliates is at least and at most for every node, in won.

    They are the ends of `korean_sheet(structure, node).total`, rounded half up to the won; `OPEN` where no upper
    bound is known.
    """
    votes = votes_of(structure)
    firms = korean_firms(structure, votes.nodes)
    heads = structure.nodes.consolidated_in
    heads = np.full(len(votes), -1, dtype=np.int64) if heads is None else heads
    shares = shares_of(pairs_of(votes, affiliates(votes, firms, heads)), len(votes))
    own = turnover_of(structure)
    low = _totals(np.minimum(own.low, LARGEST), shares, shares.low)
    unbounded = own.high > LARGEST
    high = _totals(np.where(unbounded, 0, own.high), shares, shares.high)
    for one, other in ((shares.one, shares.other), (shares.other, shares.one)):
        high[one[(shares.high > 0) & unbounded[other]]] = OPEN
    high[unbounded] = OPEN
    return low, high


def turnover_of(structure: Structure) -> Figures:
    """Return each node's own average turnover; nothing known if the structure holds none."""
    nodes = structure.nodes
    nothing = np.zeros(len(nodes), dtype=np.int64)
    return nodes.figures.get((Measure.KR_AVERAGE_TURNOVER, Period.LATEST)) or Figures(nothing, nothing + OPEN)


def shares_of(pairs: Pairs, size: int) -> Shares:
    """Return each two affiliates once: where each is the other's parent, the larger ratio counts for both."""
    one, other = np.minimum(pairs.parent, pairs.child), np.maximum(pairs.parent, pairs.child)
    key = one * size + other
    order = np.argsort(key, kind="stable")
    starts = starts_of(key[order])
    low, high = np.where(pairs.certain, pairs.low_ratio, 0)[order], pairs.high_ratio[order]
    if len(starts):
        low, high = np.maximum.reduceat(low, starts), np.maximum.reduceat(high, starts)
    first = order[starts]
    return Shares(one[first], other[first], low, high)


def _totals(own: Ints, shares: Shares, ratio: Ints) -> Ints:
    """Add to each firm's own turnover those of the others times the ratio, exactly, and round half up."""
    rows = np.flatnonzero(ratio > 0)
    to = np.concatenate([shares.one[rows], shares.other[rows]])
    of = np.concatenate([shares.other[rows], shares.one[rows]])
    whole, upper, lower = _products(np.concatenate([ratio[rows], ratio[rows]]), own[of])
    order = np.argsort(to, kind="stable")
    node, whole, upper, lower, coarse = summed(
        to[order], whole[order], upper[order], lower[order], whole[order] // _COARSE
    )
    upper += lower // WHOLE
    half = (upper % WHOLE * WHOLE + lower % WHOLE) * 2 >= FULL
    total = own.copy()
    total[node] += whole + upper // WHOLE + half
    # A sum that does not fit: no end is known.
    total[node[coarse >= OPEN // _COARSE - _COARSE]] = OPEN
    return total


def _products(ratio: Ints, amount: Ints) -> tuple[Ints, Ints, Ints]:
    """Multiply exactly: whole units, and what is left over in two digits to the base `WHOLE`.

    Both numbers are cut into two such digits, so that no product leaves 64 bits.
    """
    ratio_upper, ratio_lower = ratio // WHOLE, ratio % WHOLE
    amount_upper, amount_lower = amount // WHOLE, amount % WHOLE
    middle = ratio_upper * amount_lower + ratio_lower * amount_upper
    lowest = ratio_lower * amount_lower
    middle += lowest // WHOLE
    return ratio_upper * amount_upper + middle // WHOLE, middle % WHOLE, lowest % WHOLE
