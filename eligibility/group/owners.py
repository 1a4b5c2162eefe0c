"""Whether a large corporation owns a firm: decree on the Framework Act on SMEs, Art. 3(1) no. 2(나), and its sister.

It has to hold 30 % directly or indirectly and be the largest shareholder. The indirect share follows the decree on the
International Tax Adjustment Act, Art. 2: from 50 % of a firm between, what that firm holds counts in full, else the
product; several ways are added up. Ways through more than one firm count if each step of them is the largest holding
of the firm it leads to (commentary of 2015, p. 23).

The largest shareholder is who holds, directly and indirectly, no less than any other holder of the firm has directly:
a person with relatives, each corporation alone. Firms to which a chain of largest holdings leads down from the owner
are on its side, not rivals. Its officers, who are counted with it by law, are not in the structure: name what they hold
as shares of the corporation itself if it matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from eligibility.group.korean_firms import KoreanFirms, korean_firms
from eligibility.group.korean_sheet import KoreanNote, OwnerEntry, OwnerSheet
from eligibility.group.segments import largest_of_others
from eligibility.group.sheet import Step, Through
from eligibility.group.structure import SHARE_SCALE, WHOLE, Ints, Measure, Period, Structure, interval_of
from eligibility.group.votes import Votes, votes_of
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth, all_of, any_of

CONTROL = Fraction(30, 100)
"""What the owner has to hold at least."""
MOST_PATHS = 10_000
"""So many ways up are followed; where there are more, what is found is the least, and nothing is ruled out."""
LONGEST_PATH = 60
"""So many steps of a way are followed; what lies above is treated in the same way."""


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
    nodes = _above(structure, subject)
    votes = votes_of(structure, nodes)
    search = _Search(votes, korean_firms(structure, nodes), int(np.searchsorted(nodes, subject)))
    search.run()
    figures = structure.nodes.figures.get((Measure.KR_TOTAL_ASSETS, Period.LATEST))
    entries = []
    for owner in search.shares:
        node = int(nodes[owner])
        assets = Interval() if figures is None else interval_of(int(figures.low[node]), int(figures.high[node]))
        large = Interval.point(test.threshold).at_most(assets)
        if large is Truth.YES or search.share(owner)[1] >= CONTROL:
            entries.append(_entry(search, owner, test, assets, large))
    kept = sorted(entries, key=lambda entry: (-entry.verdict.value, -(entry.share.low or 0), entry.node))
    verdict = any_of(entry.verdict for entry in kept)
    notes = [KoreanNote.OWN_SHARES] if subject in structure.own_shares else []
    if search.cut:
        verdict = verdict.or_(Truth.UNKNOWN)
        notes.append(KoreanNote.PATHS_CUT)
    return OwnerSheet(structure, subject, test.threshold, tuple(kept), verdict, tuple(notes))


def _above(structure: Structure, subject: int) -> Ints:
    """Return a firm and everybody above it, ascending."""
    holdings = structure.holdings
    above = np.zeros(len(structure.nodes), dtype=np.bool_)
    above[subject] = True
    for _ in range(LONGEST_PATH + 1):
        before = int(above.sum())
        above[holdings.holder[above[holdings.held]]] = True
        if int(above.sum()) == before:
            break
    return np.flatnonzero(above)


@dataclass(slots=True)
class _Found:
    """What is found of one owner: both ends of its share in units of one, and the ways."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    paths: list[tuple[int, ...]] = field(default_factory=list)


class _Search:
    """Follows the ways up from one firm; numbers of nodes are those of `votes`, ways lead from the firm upwards."""

    def __init__(self, votes: Votes, firms: KoreanFirms, subject: int) -> None:
        self.votes, self.firms, self.subject = votes, firms, subject
        self.shares: dict[int, _Found] = {}
        self.cut = False
        self._leaders: dict[tuple[int, bool], frozenset[int]] = {}
        size, blocs = len(votes), votes.blocs
        # Of each holding, whether it is or may be the largest of its firm; families are one holder, not their members.
        surely = blocs.low >= largest_of_others(blocs.held, blocs.high)
        maybe = blocs.high >= largest_of_others(blocs.held, blocs.low)
        place = np.searchsorted(blocs.key, votes.held * size + votes.family[votes.holder])
        corporate = firms.corporation[votes.holder]
        self._surely = surely[place] & corporate & (votes.low > 0)
        self._maybe = maybe[place] & corporate
        self._rows = np.searchsorted(votes.held, np.arange(size + 1))

    def run(self) -> None:
        """Find every corporation above the firm and what it holds of it."""
        counted = 0
        ways: list[tuple[tuple[int, ...], tuple[int, ...], bool]] = [((self.subject,), (), True)]
        while ways:
            nodes, rows, surely = ways.pop()
            for row in self._holders(nodes[-1]):
                holder = int(self.votes.holder[row])
                if holder in nodes or not self.firms.corporation[holder]:
                    continue
                certain, possible = surely and bool(self._surely[row]), bool(self._maybe[row])
                longer = len(rows) >= 2
                if longer and not possible:
                    continue
                counted += 1
                way = (*rows, row)
                self._count(holder, way, certain or not longer)
                # A way goes on only over largest holdings, or to the second step, where they do not matter.
                if len(way) > 1 and not self._steps_possible(way):
                    continue
                if len(way) < LONGEST_PATH:
                    ways.append(((*nodes, holder), way, certain))
                else:
                    self.cut = True
            if counted > MOST_PATHS:
                self.cut = True
                break

    def _holders(self, node: int) -> range:
        return range(int(self._rows[node]), int(self._rows[node + 1]))

    def _steps_possible(self, way: tuple[int, ...]) -> bool:
        return all(bool(self._maybe[row]) for row in way)

    def _count(self, owner: int, way: tuple[int, ...], surely: bool) -> None:
        found = self.shares.setdefault(owner, _Found())
        found.paths.append(way)
        found.high += _share(self.votes.high, way)
        if surely:
            found.low += _share(self.votes.low, way)

    def share(self, owner: int) -> tuple[Fraction, Fraction]:
        """Return both ends of what an owner holds directly and indirectly, never more than everything."""
        found, whole = self.shares[owner], Fraction(1)
        return min(found.low, whole), whole if self.cut else min(found.high, whole)

    def largest(self, owner: int) -> Truth:
        """Tell whether the owner is the largest shareholder."""
        low, high = self.share(owner)
        blocs = self.votes.blocs
        rows = np.flatnonzero(blocs.held == self.subject)
        # Those from whom a chain of largest holdings leads, or may lead, down to a rival: it is on their side.
        for row in rows.tolist():
            group = int(blocs.group[row])
            if low * WHOLE < int(blocs.high[row]) and owner not in self._leading(group, True):
                break
        else:
            return Truth.YES
        for row in rows.tolist():
            group = int(blocs.group[row])
            if high * WHOLE < int(blocs.low[row]) and owner not in self._leading(group, False):
                return Truth.NO
        return Truth.UNKNOWN

    def _leading(self, firm: int, certainly: bool) -> frozenset[int]:
        if (firm, certainly) not in self._leaders:
            largest = self._surely if certainly else self._maybe
            seen, waiting = {firm}, [firm]
            while waiting:
                above = {int(self.votes.holder[row]) for row in self._holders(waiting.pop()) if largest[row]} - seen
                seen |= above
                waiting += above
            self._leaders[firm, certainly] = frozenset(seen)
        return self._leaders[firm, certainly]

    def steps(self, way: tuple[int, ...]) -> Iterator[Step]:
        """Yield the steps of a way from the owner down."""
        votes = self.votes
        for row in reversed(way):
            share = Interval(Fraction(int(votes.low[row]), SHARE_SCALE), Fraction(int(votes.high[row]), SHARE_SCALE))
            yield Step(int(votes.nodes[votes.holder[row]]), int(votes.nodes[votes.held[row]]), Through.VOTES, share)


def _share(votes: Ints, way: tuple[int, ...]) -> Fraction:
    """Return what is held over one way: from the top, each firm's share in the next, in full from 50 % of the firm."""
    shares = [Fraction(int(votes[row]), WHOLE) for row in reversed(way)]
    held = shares[0]
    for share in shares[1:]:
        held = share if 2 * held >= 1 else held * share
    return held


def _entry(search: _Search, owner: int, test: OwnerTest, assets: Interval, large: Truth) -> OwnerEntry:
    firms = search.firms
    low, high = search.share(owner)
    share = Interval(low * 100, high * 100)
    counts = _counts(firms, owner, test)
    largest = search.largest(owner)
    enough = Interval.point(CONTROL * 100).at_most(share)
    told = {
        KoreanNote.NONPROFIT_UNKNOWN: not test.nonprofits and firms.nonprofit[owner] == 0,
        KoreanNote.EXEMPTION_UNKNOWN: counts is Truth.UNKNOWN and (test.nonprofits or firms.exempt[owner] == 0),
        KoreanNote.SHARES_UNKNOWN: not share.is_point or largest is Truth.UNKNOWN,
        KoreanNote.ASSETS_UNKNOWN: large is Truth.UNKNOWN,
    }
    return OwnerEntry(
        node=int(search.votes.nodes[owner]),
        share=share,
        assets=assets,
        largest=largest,
        large=large,
        counts=counts,
        verdict=all_of((counts, large, enough, largest)),
        paths=tuple(tuple(search.steps(way)) for way in search.shares[owner].paths),
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
