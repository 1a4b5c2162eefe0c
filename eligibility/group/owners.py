"""Whether a large corporation owns a firm: decree on the Framework Act on SMEs, Art. 3(1) no. 2(나), and its sister.

It has to hold 30 % directly or indirectly and be the largest shareholder. The indirect share follows the decree on the
International Tax Adjustment Act, Art. 2: from 50 % of a firm between, what that firm holds counts in full, else the
product; several ways are added up. Ways through more than one firm count if each step of them is the largest holding
of the firm it leads to (commentary of 2015, p. 23).

The largest shareholder is who holds, directly and indirectly, no less than any other holder of the firm has directly:
a person with relatives, each corporation alone. Firms to which a chain of largest holdings leads down from the owner
are on its side, not rivals. Its officers, whom the law counts with it here, are not in a structure: where their shares
would make it the largest, it is told as not the largest.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eligibility.group.korean_firms import KoreanFirms, Truths, korean_firms
from eligibility.group.korean_sheet import KoreanNote, OwnerEntry, OwnerSheet
from eligibility.group.owner_ways import LONGEST_PATH, Ladder, Ways
from eligibility.group.segments import Mask
from eligibility.group.structure import OPEN, Figures, Ints, Measure, Period, Structure, interval_of
from eligibility.group.votes import votes_of
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth, all_of, any_of

CONTROL = Fraction(30, 100)
"""What the owner has to hold at least."""


@dataclass(frozen=True, slots=True)
class OwnerTest:
    """Which owners a rule looks at: from which assets in won, and whether those that are not for profit count."""

    threshold: int
    nonprofits: bool = False
    """The rule for mid-sized firms knows no exception for them, and of the exempt investors it names some only."""


LARGE = OwnerTest(500_000_000_000)
"""Who owns a firm that is no SME: 500 billion won."""


def giant(threshold: int) -> OwnerTest:
    """Return the test of the mid-sized firms (decree on the Special Act, Art. 2(2) no. 1(나)).

    `threshold` in won is that of the groups under the ban on cross-shareholding: since 2024 0.5 % of the gross
    domestic product, 10 trillion won before.
    """
    return OwnerTest(threshold, nonprofits=True)


def large_owner(structure: Structure, subject: int, test: OwnerTest = LARGE) -> Truth:
    """Tell whether a corporation with assets of 500 billion won owns 30 % of a firm as its largest shareholder."""
    return owner_sheet(structure, subject, test).verdict


def giant_owner(structure: Structure, subject: int, threshold: int) -> Truth:
    """Tell the same of one whose assets reach the threshold of the largest groups, in won (see `giant`)."""
    return owner_sheet(structure, subject, giant(threshold)).verdict


def owner_sheet(structure: Structure, subject: int, test: OwnerTest = LARGE) -> OwnerSheet:
    """Return who owns or may own 30 % of a firm as its largest shareholder, with the ways and the assets.

    Told are all who hold or may hold 30 %, also the small ones, and all that are large, also with a smaller share.
    """
    nodes, all_above = _above(structure, subject)
    ladder = Ladder(votes_of(structure, nodes), korean_firms(structure, nodes))
    ways = Ways(ladder, int(np.searchsorted(nodes, subject)))
    ways.cut |= not all_above
    figures = _assets(structure)
    entries = []
    for owner in ways.shares:
        assets = interval_of(int(figures.low[nodes[owner]]), int(figures.high[nodes[owner]]))
        large = Interval.point(test.threshold).at_most(assets)
        if large is Truth.YES or ways.share(owner)[1] >= CONTROL:
            entries.append(_entry(ways, owner, test, assets, large))
    entries.sort(key=lambda entry: (-entry.verdict.value, -(entry.share.low or 0), entry.node))
    verdict = any_of(entry.verdict for entry in entries)
    notes = [KoreanNote.OWN_SHARES] if subject in structure.own_shares else []
    if ways.cut:
        others = _may_own(ladder.firms, test, figures.high[nodes]) & (nodes != subject)
        if others.any() or not all_above:
            verdict = verdict.or_(Truth.UNKNOWN)
        notes.append(KoreanNote.PATHS_CUT)
    return OwnerSheet(structure, subject, test.threshold, tuple(entries), verdict, tuple(notes))


def large_owners(structure: Structure, test: OwnerTest = LARGE) -> Truths:
    """Return `large_owner` of every node in one go: -1 no, 0 unknown, 1 yes.

    Only firms below a corporation that may be large enough are looked at one by one.
    """
    votes = votes_of(structure)
    ladder = Ladder(votes, korean_firms(structure, votes.nodes))
    firms, figures = ladder.firms, _assets(structure)
    may_own = _may_own(firms, test, figures.high)
    below = may_own.copy()
    for _ in range(LONGEST_PATH + 1):
        before = int(below.sum())
        below[votes.held[below[votes.holder]]] = True
        if int(below.sum()) == before:
            break
    else:
        below[:] = True
    verdicts: Truths = np.full(len(votes), -1, dtype=np.int8)
    held = np.zeros(len(votes), dtype=np.bool_)
    held[votes.held[below[votes.holder]]] = True
    for subject in np.flatnonzero(held).tolist():
        ways = Ways(ladder, subject)
        verdict = Truth.UNKNOWN if ways.cut else Truth.NO
        for owner in ways.shares:
            if may_own[owner] and ways.share(owner)[1] >= CONTROL and verdict is not Truth.YES:
                large = Truth.YES if figures.low[owner] >= test.threshold else Truth.UNKNOWN
                verdict = verdict.or_(_verdict(ways, owner, large, _counts(firms, owner, test)))
        verdicts[subject] = verdict.value
    return verdicts


def _may_own(firms: KoreanFirms, test: OwnerTest, most_assets: Ints) -> Mask:
    large = firms.corporation & (most_assets >= test.threshold)
    return large if test.nonprofits else large & (firms.exempt <= 0) & (firms.nonprofit <= 0)


def _assets(structure: Structure) -> Figures:
    nothing = np.zeros(len(structure.nodes), dtype=np.int64)
    key = (Measure.KR_TOTAL_ASSETS, Period.LATEST)
    return structure.nodes.figures.get(key) or Figures(nothing, nothing + OPEN)


def _above(structure: Structure, subject: int) -> tuple[Ints, bool]:
    """Return a firm and everybody above it, ascending, and whether there is nobody further up."""
    holdings = structure.holdings
    above = np.zeros(len(structure.nodes), dtype=np.bool_)
    above[subject] = True
    for _ in range(LONGEST_PATH + 1):
        before = int(above.sum())
        above[holdings.holder[above[holdings.held]]] = True
        if int(above.sum()) == before:
            return np.flatnonzero(above), True
    return np.flatnonzero(above), False


def _verdict(ways: Ways, owner: int, large: Truth, counts: Truth) -> Truth:
    low, high = ways.share(owner)
    enough = Interval.point(CONTROL).at_most(Interval(low, high))
    certain = all_of((counts, large, enough))
    return Truth.NO if certain is Truth.NO else certain & ways.largest(owner)


def _entry(ways: Ways, owner: int, test: OwnerTest, assets: Interval, large: Truth) -> OwnerEntry:
    firms = ways.ladder.firms
    low, high = ways.share(owner)
    share = Interval(low * 100, high * 100)
    counts = _counts(firms, owner, test)
    largest = ways.largest(owner)
    told = {
        KoreanNote.NONPROFIT_UNKNOWN: not test.nonprofits and firms.nonprofit[owner] == 0,
        KoreanNote.EXEMPTION_UNKNOWN: counts is Truth.UNKNOWN and (test.nonprofits or firms.exempt[owner] == 0),
        KoreanNote.SHARES_UNKNOWN: not share.is_point or largest is Truth.UNKNOWN,
        KoreanNote.ASSETS_UNKNOWN: large is Truth.UNKNOWN,
    }
    return OwnerEntry(
        node=int(ways.votes.nodes[owner]),
        share=share,
        assets=assets,
        largest=largest,
        large=large,
        counts=counts,
        verdict=_verdict(ways, owner, large, counts),
        paths=tuple(tuple(ways.steps(way)) for way in ways.shares[owner].paths),
        notes=tuple(note for note, holds in told.items() if holds),
    )


def _counts(firms: KoreanFirms, owner: int, test: OwnerTest) -> Truth:
    """Tell whether a rule looks at such an owner.

    The rule for mid-sized firms leaves out private equity funds, and creditor banks in a restructuring, but not the
    other exempt investors of the rule for SMEs: whether one of those is such a fund is not said.
    """
    exempt, nonprofit = Truth(int(firms.exempt[owner])), Truth(int(firms.nonprofit[owner]))
    if test.nonprofits:
        return Truth.YES if exempt is Truth.NO else Truth.UNKNOWN
    return ~exempt & ~nonprofit
