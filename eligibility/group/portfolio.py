"""The group figures of every enterprise of a structure at once: what `size_sheet` gives for one, without the sheet.

Sums are exact 64-bit integers. A partner's figure times its share is added in two parts, each of which fits, and comes
together again with its remainder, so that rounding happens once, half up, at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eligibility.group.adjacency import Adjacency
from eligibility.group.certainty import Reading, stakes
from eligibility.group.public import public_shares
from eligibility.group.size import Parts, Read, figures_given
from eligibility.group.structure import OPEN, WHOLE, FigureKey, Figures, Ints, Kind, Structure
from eligibility.values.money import round_half_up
from eligibility.values.problem import AnswerError, Problem

_PART = 1_000_000
"""Where figures are split, so that both parts times a share fit into 64 bits."""
_LARGEST = 9 * 10**16
"""What a group and all partners of a group may have together, in the smallest units."""


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """By figure what the group of each node has of it, rounded half up to its smallest unit, and the public share."""

    figures: Mapping[FigureKey, Figures]
    public: Figures


def portfolio_sizes(structure: Structure) -> Portfolio:
    """Work out the size of every firm with its group."""
    least = Read(structure, Reading.LEAST)
    most = Read(structure, Reading.MOST)
    if is_settled(structure):
        # Both readings are the same: what was found in one need not be found again.
        vars(most).update(groups=least.groups, partners=least.partners)
    figures = {}
    for key in figures_given(structure):
        low, high = Parts(least, most, key), Parts(most, least, key)
        figures[key] = Figures(_lows(low), _highs(high))
    return Portfolio(figures, public_shares(structure, least.groups, most.groups))


def is_settled(structure: Structure) -> bool:
    """Tell whether no relation is in doubt: no share, control, market or condition of an exception is unknown."""
    least, most = (stakes(structure, reading) for reading in (Reading.LEAST, Reading.MOST))
    same = all(
        np.array_equal(getattr(least, name), getattr(most, name))
        for name in ("capital", "votes", "control", "excepted", "transmits")
    )
    return same and not _has_persons(structure)


def _has_persons(structure: Structure) -> bool:
    """Tell whether persons hold anything, so that unknown markets may leave a link in doubt."""
    return bool((structure.nodes.kinds == Kind.PERSON).any())


def _lows(parts: Parts) -> Ints:
    """Return the low end of one figure for each node, rounded."""
    sums = _by_group(parts.figures.low, parts.read.groups.of)
    totals = _with_partners(parts.read, sums)[parts.read.groups.of]
    for members, (total, _) in _special(parts, sums, np.zeros_like(sums), 0):
        totals[members] = int(round_half_up(total, 0))
    return totals


def _highs(parts: Parts) -> Ints:
    """Return the high end of one figure for each node, rounded; `OPEN` where any that counts is not bounded."""
    of = parts.read.groups.of
    bounded = parts.figures.high < OPEN
    sums = _by_group(np.where(bounded, parts.figures.high, 0), of)
    unbounded = _by_group((~bounded).astype(np.int64), of)
    totals = _with_partners(parts.read, sums)
    together = unbounded.copy()
    np.add.at(together, parts.read.partners.one, unbounded[parts.read.partners.other])
    totals[together > 0] = OPEN
    totals = totals[of]
    for members, (total, open_ends) in _special(parts, sums, unbounded, 1):
        totals[members] = OPEN if open_ends else int(round_half_up(total, 0))
    return totals


def _by_group(values: Ints, of: Ints) -> Ints:
    sums = np.zeros(len(of), dtype=np.int64)
    np.add.at(sums, of, values)
    return _checked(sums)


def _checked(sums: Ints) -> Ints:
    if len(sums) and (sums.max() > _LARGEST or sums.min() < 0):
        message = "the figures of a group together are too large to be added up exactly"
        raise AnswerError(
            Problem("too-large", message, None, "check the units: thousands and millions are written out")
        )
    return sums


def _with_partners(read: Read, sums: Ints) -> Ints:
    """Return the sums by group with those of its partners times their shares, rounded half up."""
    partners = read.partners
    theirs = sums[partners.other]
    together, upper, lower = (np.zeros_like(sums) for _ in range(3))
    np.add.at(together, partners.one, theirs)
    _checked(together)
    # In units of 1 / WHOLE: upper * _PART + lower.
    fine = theirs % _PART * partners.share
    np.add.at(upper, partners.one, theirs // _PART * partners.share + fine // _PART)
    np.add.at(lower, partners.one, fine % _PART)
    upper += lower // _PART
    lower %= _PART
    factor = WHOLE // _PART
    rest = upper % factor * _PART + lower
    return sums + upper // factor + (2 * rest >= WHOLE)


Total = tuple[Fraction, int]
"""One end added up, and of how many nodes it is open."""


def _special(parts: Parts, sums: Ints, unbounded: Ints, end: int) -> Iterator[tuple[Ints, Total]]:
    """Yield the few firms that need fractions: accounts include one of theirs in part, or a partner of theirs.

    `sums` and `unbounded` are of groups, without what accounts include in part; `end` is 0 for the low and 1 for the
    high one. Firms of one group may differ: what accounts surely include of a partner depends on what is surely of
    their group. They come after the others of it.
    """
    of, partners, kin = parts.read.groups.of, parts.read.partners, parts.other.groups.of
    totals: dict[int, Total] = {}
    for node in parts.figures.partial:
        group = int(of[node])
        before = totals.get(group) or (Fraction(int(sums[group])), int(unbounded[group]))
        totals[group] = _plus(before, parts.figures.ends(node)[end], Fraction(1))
    cuts, surely = _by_accounts(parts.elsewhere), _by_accounts(parts.surely)
    touched = dict.fromkeys((*totals, *(int(of[node]) for node in (*parts.elsewhere, *parts.surely))))
    beside = partners.one[np.isin(partners.other, list(touched))].tolist() if touched else []
    members = Adjacency.of(of, len(of))
    for group in dict.fromkeys((*touched, *beside)):
        shares = {group: Fraction(1)}
        shares |= {other: Fraction(share, WHOLE) for other, (share, _) in partners.of(group).items()}
        whole: Total = (Fraction(0), 0)
        for other, share in shares.items():
            total, open_ends = totals.get(other) or (Fraction(int(sums[other])), int(unbounded[other]))
            whole = (whole[0] + share * total, whole[1] + open_ends)
        rows = members.rows(np.array([group]))
        sure = surely.get(group, {})
        yield rows, _cut(whole, shares, sure, parts, end)
        for one in set(kin[rows].tolist()) & cuts.keys():
            yield rows[kin[rows] == one], _cut(whole, shares, _greater(sure, cuts[one]), parts, end)


def _by_accounts(elsewhere: Mapping[int, Mapping[int, Fraction]]) -> dict[int, dict[int, Fraction]]:
    """Return by the group that draws up accounts what they include of whom."""
    found: dict[int, dict[int, Fraction]] = {}
    for node, included in elsewhere.items():
        for group, share in included.items():
            found.setdefault(group, {})[node] = share
    return found


def _greater(one: Mapping[int, Fraction], other: Mapping[int, Fraction]) -> dict[int, Fraction]:
    nodes = (*one, *other)
    return {node: max(one.get(node, Fraction(0)), other.get(node, Fraction(0))) for node in nodes}


def _plus(total: Total, more: Fraction | None, share: Fraction) -> Total:
    return (total[0], total[1] + 1) if more is None else (total[0] + share * more, total[1])


def _cut(total: Total, shares: Mapping[int, Fraction], cuts: Mapping[int, Fraction], parts: Parts, end: int) -> Total:
    """Return what is left once the firms' own accounts include parts of nodes that count."""
    found, open_ends = total
    for node, included in cuts.items():
        share = shares.get(int(parts.read.groups.of[node]), Fraction(0))
        out, known = min(share, included), parts.figures.ends(node)[end]
        found -= out * (known or 0)
        open_ends -= known is None and 0 < share == out
    return found, open_ends
