"""Which firms are affiliates (관계기업): decree on the Framework Act on SMEs, Art. 3의2(1), for all firms at once.

P is a parent of S if one of these holds 30 % of its votes and is its largest shareholder:

1. P, with the family behind P (S is then a *child* of P, 자회사);
2. P with its children, and the family;
3. its children without P;
4. the family with the children;
5. (proviso) P is listed, and S is included in its consolidated accounts, whatever it holds.

The family behind P are the relatives who together hold 30 % of P as its largest shareholder. In each case P, children
and family have to hold something where the case names them. Who is the largest is judged for each case by itself: the
rivals of a case are what other possible parents would add up in the same case, each other holder alone, and each
family without its firms. That is how the authority arrives at FAQ 22 of its commentary (2015, pp. 36 and 52): B with
the owner of B and E does not outweigh E with the same owner, but B, its child and the owner do, as E has no child.

What is not settled is held apart: a case is certain if it holds with all that is surely counted against all that may
be counted for a rival, and possible if it may hold the other way round. Both ends err on the side of "unknown" where
the same unknown share stands on both sides.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from eligibility.group.korean_firms import KoreanFirms
from eligibility.group.segments import Mask, Ranking, expanded, found, largest_of_others, looked_up, summed
from eligibility.group.structure import WHOLE, Ints
from eligibility.group.votes import Votes

CONTROL = 30 * WHOLE // 100
"""What controls a firm, if nobody holds more."""


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Who stands behind or below a firm: sorted by `key` (the firm first); certain or only possible."""

    key: Ints
    firm: Ints
    member: Ints
    certain: Mask

    def among(self, size: int, firm: Ints, member: Ints, certainly: bool) -> Mask:
        """Tell for pairs of firm and member whether the member surely, or possibly, belongs to the firm."""
        places, there = found(self.key, firm * size + member)
        if not certainly or not len(self.key):
            return there
        return there & self.certain[places]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Parents and children, one row for each case (1 to 5) that holds or may hold, with what the case adds up."""

    parent: Ints
    child: Ints
    case: Ints
    certain: Mask
    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Through:
    """Each way from a firm through a child to what the child holds; `edge` is the row of that holding in the votes."""

    parent: Ints
    child: Ints
    held: Ints
    edge: Ints
    certain: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Affiliates:
    """All that is found: links, families behind the firms, children, and the ways through them."""

    links: Links
    families: Members
    children: Members
    through: Through


@dataclass(frozen=True, slots=True, eq=False)
class _Bids:
    """What the possible parents of one case add up: parent, child, low and high end."""

    parent: Ints
    child: Ints
    low: Ints
    high: Ints


def affiliates(votes: Votes, firms: KoreanFirms, consolidated_in: Ints) -> Affiliates:
    """Return parents and children among the nodes of `votes`; `consolidated_in` are nodes of it too, -1 for none."""
    families = _families(votes)
    first = _first_case(votes, firms, families)
    children = _sorted_members(len(votes), first.parent, first.child, first.certain)
    through = _through(votes, firms, children)
    links = [first, *_further_cases(votes, firms, families, children, through), _fifth_case(firms, consolidated_in)]
    return Affiliates(_joined(links), families, children, through)


def _joined(links: list[Links]) -> Links:
    def column(name: str) -> Ints:
        joined: Ints = np.concatenate([getattr(part, name) for part in links])
        return joined

    return Links(
        column("parent"),
        column("child"),
        column("case"),
        np.concatenate([part.certain for part in links]),
        column("low"),
        column("high"),
    )


def _sorted_members(size: int, firm: Ints, member: Ints, certain: Mask) -> Members:
    key = firm * size + member
    order = np.argsort(key, kind="stable")
    return Members(key[order], firm[order], member[order], certain[order])


def _families(votes: Votes) -> Members:
    """Find the families that hold 30 % of a firm as its largest shareholder; other holders are compared alone."""
    blocs = votes.blocs
    certain = (blocs.low >= CONTROL) & (blocs.low >= largest_of_others(blocs.held, blocs.high))
    possible = (blocs.high >= CONTROL) & (blocs.high >= largest_of_others(blocs.held, blocs.low))
    rows = np.flatnonzero(votes.person[blocs.group] & possible)
    return _sorted_members(len(votes), blocs.held[rows], blocs.group[rows], certain[rows])


def _held_by_family(votes: Votes, families: Members, parent: Ints, child: Ints) -> tuple[Ints, Ints]:
    """Return what the family behind each parent surely and at most holds of the child."""
    # The first and the last member of a firm: keys are sorted by firm.
    rows, members = expanded(families.firm, parent)
    wanted = child[rows] * len(votes) + families.member[members]
    low = np.where(families.certain[members], looked_up(votes.blocs.key, votes.blocs.low, wanted), 0)
    high = looked_up(votes.blocs.key, votes.blocs.high, wanted)
    totals = np.zeros((2, len(parent)), dtype=np.int64)
    owners, lows, highs = summed(rows, low, high)
    totals[0, owners], totals[1, owners] = lows, highs
    return totals[0], totals[1]


def _first_case(votes: Votes, firms: KoreanFirms, families: Members) -> Links:
    rows = np.flatnonzero(firms.corporation[votes.holder] & (firms.child[votes.held] >= 0))
    parent, child, low, high = votes.holder[rows], votes.held[rows], votes.low[rows], votes.high[rows]
    # The decree forms this bloc for parents only: a rival that can be none stands alone.
    may, surely = firms.parent[parent] >= 0, firms.parent[parent] == 1
    kin_low, kin_high = np.zeros_like(low), np.zeros_like(high)
    kin_low[may], kin_high[may] = _held_by_family(votes, families, parent[may], child[may])
    low = np.where(low > 0, low + np.where(surely, kin_low, 0), 0)
    bids = _Bids(parent, child, low, high + kin_high)
    size, blocs = len(votes), votes.blocs
    persons = votes.person[blocs.group]

    return _largest(
        1,
        bids,
        firms,
        (
            Ranking(blocs.held[persons], blocs.group[persons], blocs.low[persons]),
            Ranking(blocs.held[persons], blocs.group[persons], blocs.high[persons]),
        ),
        lambda firm, names, certainly: families.among(size, firm, names, certainly),
    )


def _largest(
    case: int,
    bids: _Bids,
    firms: KoreanFirms,
    rivals: tuple[Ranking, Ranking],
    own: Callable[[Ints, Ints, bool], Mask],
) -> Links:
    """Keep the bids of 30 % that nobody exceeds: no other bid, and no rival that does not belong to the bidder."""
    above_low, above_high = (largest_of_others(bids.child, column) for column in (bids.low, bids.high))
    able = np.minimum(firms.parent[bids.parent], firms.child[bids.child])
    rows = np.flatnonzero((able >= 0) & (bids.high >= CONTROL) & (bids.high >= above_low))

    def beats(amounts: Ints, rows: Ints, ranking: Ranking, certainly: bool) -> Mask:
        return amounts[rows] >= ranking.largest_outside(
            bids.child[rows], lambda some, names: own(bids.parent[rows[some]], names, certainly)
        )

    rows = rows[beats(bids.high, rows, rivals[0], False)]
    certain = (able[rows] == 1) & (bids.low[rows] >= CONTROL) & (bids.low[rows] >= above_high[rows])
    certain[certain] = beats(bids.low, rows[certain], rivals[1], True)
    kind = np.full(len(rows), case, dtype=np.int64)
    return Links(bids.parent[rows], bids.child[rows], kind, certain, bids.low[rows], bids.high[rows])


def _through(votes: Votes, firms: KoreanFirms, children: Members) -> Through:
    by_holder = np.argsort(votes.holder, kind="stable")
    rows, places = expanded(votes.holder[by_holder], children.member)
    edges = by_holder[places]
    keep = (votes.held[edges] != children.firm[rows]) & (firms.child[votes.held[edges]] >= 0)
    rows, edges = rows[keep], edges[keep]
    key = votes.held[edges] * len(votes) + children.firm[rows]
    order = np.argsort(key, kind="stable")
    rows, edges = rows[order], edges[order]
    return Through(children.firm[rows], children.member[rows], votes.held[edges], edges, children.certain[rows])


def _further_cases(
    votes: Votes, firms: KoreanFirms, families: Members, children: Members, through: Through
) -> list[Links]:
    size, blocs = len(votes), votes.blocs
    key = through.held * size + through.parent
    surely = np.where(through.certain, votes.low[through.edge], 0)
    pairs, below_low, below_high = summed(key, surely, votes.high[through.edge])
    parent, child = pairs % max(size, 1), pairs // max(size, 1)
    own_low, own_high = votes.of_pair(parent, child)
    kin_low, kin_high = _held_by_family(votes, families, parent, child)
    rivals = (Ranking(blocs.held, blocs.group, blocs.low), Ranking(blocs.held, blocs.group, blocs.high))

    def case(number: int, with_parent: bool, with_family: bool) -> Links:
        low, high = below_low, below_high
        exists, may_exist = below_low > 0, below_high > 0
        if with_parent:
            low, high = low + own_low, high + own_high
            exists, may_exist = exists & (own_low > 0), may_exist & (own_high > 0)
        if with_family:
            low, high = low + kin_low, high + kin_high
        if with_family and not with_parent:
            exists, may_exist = exists & (kin_low > 0), may_exist & (kin_high > 0)
        bids = _Bids(parent, child, np.where(exists, low, 0), np.where(may_exist, high, 0))

        def own(firm: Ints, names: Ints, certainly: bool) -> Mask:
            mine = children.among(size, firm, names, certainly)
            if with_parent:
                mine |= names == firm
            if with_family:
                mine |= families.among(size, firm, names, certainly)
            return mine

        return _largest(number, bids, firms, rivals, own)

    return [case(2, True, True), case(3, False, False), case(4, False, True)]


def _fifth_case(firms: KoreanFirms, consolidated_in: Ints) -> Links:
    child = np.flatnonzero(consolidated_in >= 0)
    parent = consolidated_in[child]
    truth = np.minimum(np.minimum(firms.parent[parent], firms.listed[parent]), firms.child[child])
    keep = (truth >= 0) & (parent != child)
    parent, child, nothing = parent[keep], child[keep], np.zeros(int(keep.sum()), dtype=np.int64)
    return Links(parent, child, np.full(len(child), 5, dtype=np.int64), truth[keep] == 1, nothing, nothing)
