"""The ways from a firm up to the corporations above it: what they hold of it, and which holdings are the largest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from eligibility.group.korean_firms import KoreanFirms
from eligibility.group.segments import largest_of_others
from eligibility.group.sheet import Step, Through
from eligibility.group.structure import SHARE_SCALE, WHOLE, Ints
from eligibility.group.votes import Votes
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

MOST_PATHS = 10_000
"""So many ways up are followed; where there are more, what is found is the least, and nothing is ruled out."""
LONGEST_PATH = 60
"""So many steps of a way are followed; what lies above is treated in the same way."""


@dataclass(slots=True)
class Found:
    """What is found of one owner: both ends of its share in units of one, and the ways."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    paths: list[tuple[int, ...]] = field(default_factory=list)


class Ladder:
    """Which corporation stands above which firm, and whether what it holds is, or may be, the largest holding."""

    def __init__(self, votes: Votes, firms: KoreanFirms) -> None:
        self.votes, self.firms = votes, firms
        size, blocs = len(votes), votes.blocs
        # Persons are compared with their relatives; they lead nowhere.
        surely = blocs.low >= largest_of_others(blocs.held, blocs.high)
        maybe = blocs.high >= largest_of_others(blocs.held, blocs.low)
        place = np.searchsorted(blocs.key, votes.held * size + votes.family[votes.holder])
        corporate = firms.corporation[votes.holder]
        self.surely = surely[place] & corporate & (votes.low > 0)
        self.maybe = maybe[place] & corporate
        self._rows = np.searchsorted(votes.held, np.arange(size + 1))

    def holders(self, node: int) -> range:
        """Return the rows of the votes in which a firm is held."""
        return range(int(self._rows[node]), int(self._rows[node + 1]))

    def leading(self, firm: int, certainly: bool) -> frozenset[int]:
        """Return from whom a chain of largest holdings leads, or may lead, down to a firm; the firm too."""
        largest = self.surely if certainly else self.maybe
        seen, waiting = {firm}, [firm]
        while waiting:
            above = {int(self.votes.holder[row]) for row in self.holders(waiting.pop()) if largest[row]} - seen
            seen |= above
            waiting += above
        return frozenset(seen)


class Ways:
    """All ways from one firm up to the corporations above it, and what each of those holds of it.

    A way is the rows of the votes that it goes over, from the firm upwards. `cut` tells that there are more or longer
    ways than are followed: then what is found is the least.
    """

    def __init__(self, ladder: Ladder, subject: int) -> None:
        self.ladder, self.votes, self.subject = ladder, ladder.votes, subject
        self.shares: dict[int, Found] = {}
        self.cut = False
        self._leaders: dict[tuple[int, bool], frozenset[int]] = {}
        self._find()

    def _find(self) -> None:
        counted, ladder = 0, self.ladder
        ways: list[tuple[tuple[int, ...], tuple[int, ...], bool]] = [((self.subject,), (), True)]
        while ways:
            nodes, rows, surely = ways.pop()
            for row in ladder.holders(nodes[-1]):
                holder = int(self.votes.holder[row])
                if holder in nodes or not ladder.firms.corporation[holder]:
                    continue
                certain, possible = surely and bool(ladder.surely[row]), bool(ladder.maybe[row])
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

    def _steps_possible(self, way: tuple[int, ...]) -> bool:
        return all(bool(self.ladder.maybe[row]) for row in way)

    def _count(self, owner: int, way: tuple[int, ...], surely: bool) -> None:
        found = self.shares.setdefault(owner, Found())
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
        first, last = np.searchsorted(blocs.held, [self.subject, self.subject + 1]).tolist()
        # Those from whom a chain of largest holdings leads, or may lead, down to a rival: it is on their side.
        for row in range(first, last):
            group = int(blocs.group[row])
            if low * WHOLE < int(blocs.high[row]) and owner not in self._leading(group, True):
                break
        else:
            return Truth.YES
        for row in range(first, last):
            group = int(blocs.group[row])
            if high * WHOLE < int(blocs.low[row]) and owner not in self._leading(group, False):
                return Truth.NO
        return Truth.UNKNOWN

    def _leading(self, firm: int, certainly: bool) -> frozenset[int]:
        if (firm, certainly) not in self._leaders:
            self._leaders[firm, certainly] = self.ladder.leading(firm, certainly)
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
