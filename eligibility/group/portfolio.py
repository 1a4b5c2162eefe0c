"""The group figures of every enterprise of a structure at once: what `size_sheet` gives for one, without the sheet.

Sums are exact 64-bit integers. A partner's figure times its share is added in two parts, each of which fits, and comes
together again with its remainder, so that rounding happens once, half up, at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eligibility.group.accounts import Counted, counted, included_elsewhere
from eligibility.group.certainty import Reading, stakes
from eligibility.group.public import public_shares
from eligibility.group.size import Read, figures_given
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
        low, high = _totals(least, key)
        if most.groups is not least.groups:
            other = _totals(most, key)
            low, high = np.minimum(low, other[0]), np.maximum(high, other[1])
        figures[key] = Figures(low, high)
    public = Figures(*(public_shares(structure, read.groups, read.reading) for read in (least, most)))
    return Portfolio(figures, public)


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


def _totals(read: Read, key: FigureKey) -> tuple[Ints, Ints]:
    """Return the ends of one figure for each node in one reading, rounded."""
    figures = counted(read.structure, read.groups, key)
    special = _special(read, key, figures)
    of = read.groups.of
    low = _with_partners(read, _by_group(figures.low, of))
    bounded = figures.high < OPEN
    high = _with_partners(read, _by_group(np.where(bounded, figures.high, 0), of))
    unbounded = _by_group((~bounded).astype(np.int64), of)
    np.add.at(unbounded, read.partners.one, unbounded[read.partners.other])
    high[unbounded > 0] = OPEN
    low, high = low[of], high[of]
    for group, (least, most) in special.items():
        members = of == group
        low[members], high[members] = least, most
    return low, high


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


def _special(read: Read, key: FigureKey, figures: Counted) -> dict[int, tuple[int, int]]:
    """Return the few groups that need fractions: accounts include one of theirs in part, or a partner of theirs."""
    elsewhere = included_elsewhere(read.structure, read.groups, key)
    of, partners = read.groups.of, read.partners
    touched = {int(of[node]) for node in figures.partial}
    touched |= {int(one) for one in partners.one[np.isin(partners.other, list(touched))]} if touched else set()
    touched |= {group for group, _ in elsewhere.values()}
    return {group: _exact(read, figures, elsewhere, group) for group in touched}


def _exact(read: Read, figures: Counted, elsewhere: Mapping[int, tuple[int, Fraction]], group: int) -> tuple[int, int]:
    shares = {group: WHOLE, **{other: share for other, (share, _) in read.partners.of(group).items()}}
    low, high = Fraction(0), Fraction(0)
    unbounded = False
    for node in _members(read, shares):
        share = Fraction(shares[int(read.groups.of[node])], WHOLE)
        head_group, included = elsewhere.get(node, (-1, Fraction(0)))
        share = max(Fraction(0), share - included) if head_group == group else share
        least, most = figures.ends(node)
        low += least * share
        unbounded |= most is None and share > 0
        high += (most or 0) * share
    return int(round_half_up(low, 0)), OPEN if unbounded else int(round_half_up(high, 0))


def _members(read: Read, shares: Mapping[int, int]) -> Iterator[int]:
    yield from np.flatnonzero(np.isin(read.groups.of, list(shares))).tolist()
