"""One firm with its affiliates under Korean law, as a sheet that tells where each won comes from."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eligibility.group.affiliate_ratios import FULL, Pairs, pairs_of
from eligibility.group.affiliates import Affiliates, affiliates
from eligibility.group.korean_firms import KoreanFirms, korean_firms
from eligibility.group.korean_sheet import AffiliateEntry, KoreanNote, KoreanSheet
from eligibility.group.segments import Mask
from eligibility.group.sheet import Relation, Step, Through
from eligibility.group.structure import SHARE_SCALE, Figures, Ints, Structure
from eligibility.group.turnovers import group_turnovers, turnover_of
from eligibility.group.votes import Votes, votes_of
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

__all__ = ["group_turnovers", "korean_sheet"]

# A firm's affiliates are at most two levels below it or above; whether two firms are affiliates depends on the holders
# of the lower one, on theirs, and on the families that hold those.
_LEVELS_DOWN = 2
_LEVELS_UP = 3


def korean_sheet(structure: Structure, subject: int) -> KoreanSheet:
    """Return the affiliates of a firm and its average turnover with theirs (관계기업, decree Art. 3의2, 7의4, 별표 2).

    Turnovers are each firm's own average; sales within the group stay in. Holders that the structure does not name are
    taken for scattered: none of them is a rival for the largest holding. What is not known (a share, an audit, a
    country, a turnover ...) widens the total to an interval that holds every case.
    """
    nodes = _neighbourhood(structure, subject)
    votes = votes_of(structure, nodes)
    firms = korean_firms(structure, nodes)
    found = affiliates(votes, firms, _heads(structure, nodes))
    place, pairs = int(np.searchsorted(nodes, subject)), pairs_of(votes, found)
    writer = _Writer(structure, votes, firms, found, pairs, turnover_of(structure), place)
    entries = (writer.own(), *writer.affiliated())
    total = entries[0].adds
    for entry in entries[1:]:
        total = total + entry.adds
    settled = all(entry.certain is Truth.YES and entry.ratio.is_point for entry in entries)
    notes = (KoreanNote.OWN_SHARES,) if subject in structure.own_shares else ()
    return KoreanSheet(structure, subject, entries, total, Truth.YES if settled else Truth.UNKNOWN, notes)


def _neighbourhood(structure: Structure, subject: int) -> Ints:
    """Return the nodes on which the affiliates of a firm depend, ascending."""
    holdings, heads = structure.holdings, structure.nodes.consolidated_in
    near = np.zeros(len(structure.nodes), dtype=np.bool_)
    near[subject] = True
    for _ in range(_LEVELS_DOWN):
        near[holdings.held[near[holdings.holder]]] = True
    if heads is not None:
        near[heads == subject] = True
        near[heads[subject]] |= heads[subject] >= 0
    for _ in range(_LEVELS_UP):
        near[holdings.holder[near[holdings.held]]] = True
    return np.flatnonzero(near)


def _heads(structure: Structure, nodes: Ints) -> Ints:
    heads = structure.nodes.consolidated_in
    if heads is None:
        return np.full(len(nodes), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(nodes, heads[nodes]), len(nodes) - 1)
    result: Ints = np.where((heads[nodes] >= 0) & (nodes[places] == heads[nodes]), places, -1)
    return result


def share_interval(low: int, high: int) -> Interval:
    """Return a share in percent from its two ends."""
    return Interval(Fraction(low, SHARE_SCALE), Fraction(high, SHARE_SCALE))


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """Writes the entries of one firm; numbers of nodes are those of `votes` until an entry is written."""

    structure: Structure
    votes: Votes
    firms: KoreanFirms
    found: Affiliates
    pairs: Pairs
    turnovers: Figures
    subject: int

    def own(self) -> AffiliateEntry:
        node, turnover = self._named(self.subject), self._turnover(self.subject)
        notes = [KoreanNote.UNDESCRIBED] if node in self.structure.nodes.undescribed else []
        if not turnover.is_point:
            notes.append(KoreanNote.TURNOVER_UNKNOWN)
        whole, nothing = Interval.point(100), Interval.point(0)
        return AffiliateEntry(node, Relation.OWN, 0, Truth.YES, nothing, whole, turnover, notes=tuple(notes))

    def affiliated(self) -> list[AffiliateEntry]:
        """Return the other firms, those that add most first."""
        pairs = self.pairs
        above, below = pairs.child == self.subject, pairs.parent == self.subject
        rows: dict[int, list[int]] = {}
        for others, mask in ((pairs.parent, above), (pairs.child, below)):
            for row in np.flatnonzero(mask).tolist():
                rows.setdefault(int(others[row]), []).append(row)
        entries = [self._entry(other, both) for other, both in rows.items()]
        return sorted(entries, key=lambda entry: (-entry.certain.value, -(entry.adds.low or 0), entry.node))

    def _entry(self, other: int, rows: list[int]) -> AffiliateEntry:
        pairs = self.pairs
        row = max(rows, key=lambda row: (bool(pairs.certain[row]), int(pairs.high_ratio[row])))
        low = max(int(pairs.low_ratio[row]) if pairs.certain[row] else 0 for row in rows)
        high = max(int(pairs.high_ratio[row]) for row in rows)
        ratio = Interval(Fraction(low, FULL), Fraction(high, FULL))
        turnover = self._turnover(other)
        bloc = self._bloc(row)
        return AffiliateEntry(
            node=self._named(other),
            relation=Relation.KR_PARENT if int(pairs.parent[row]) == other else Relation.KR_CHILD,
            type=int(pairs.case[row]),
            certain=Truth.YES if pairs.certain[row] else Truth.UNKNOWN,
            together=share_interval(int(pairs.low_together[row]), int(pairs.high_together[row])),
            ratio=ratio * Interval.point(100),
            # Nothing is known of a figure without any end; at the low end that is nothing at all.
            adds=ratio * turnover,
            paths=self._paths(row),
            bloc=tuple(self._named(member) for member in bloc),
            notes=self._notes(row, other, ratio, turnover, len(rows) > 1, any(self.votes.person[bloc])),
        )

    def _paths(self, row: int) -> tuple[tuple[Step, ...], ...]:
        parent, child, through = int(self.pairs.parent[row]), int(self.pairs.child[row]), self.found.through
        direct = self._step(parent, child)
        ways = np.flatnonzero((through.parent == parent) & (through.held == child))
        paths: list[tuple[Step, ...]] = [(direct,)] if direct is not None else []
        for between in through.child[ways].tolist():
            steps = (self._step(parent, between), self._step(between, child))
            paths.append(tuple(step for step in steps if step is not None))
        return tuple(paths)

    def _step(self, holder: int, held: int) -> Step | None:
        row = np.flatnonzero(self.votes.key == held * len(self.votes) + holder)
        if not len(row):
            return None
        share = share_interval(int(self.votes.low[row[0]]), int(self.votes.high[row[0]]))
        return Step(self._named(holder), self._named(held), Through.VOTES, share)

    def _bloc(self, row: int) -> list[int]:
        """Return who is added to the parent's votes, or stands for it: children and family that hold the child."""
        parent, child, case = (int(column[row]) for column in (self.pairs.parent, self.pairs.child, self.pairs.case))
        holders = self.votes.holder[self.votes.held == child]
        firm = np.full(len(holders), parent, dtype=np.int64)
        counted: Mask = np.zeros(len(holders), dtype=np.bool_)
        if case in (1, 2, 4):
            counted |= self.found.families.among(len(self.votes), firm, self.votes.family[holders], certainly=False)
        if case in (2, 3, 4):
            counted |= self.found.children.among(len(self.votes), firm, holders, certainly=False)
        return [int(holder) for holder in holders[counted]]

    def _notes(
        self, row: int, other: int, ratio: Interval, turnover: Interval, mutual: bool, family: bool
    ) -> tuple[KoreanNote, ...]:
        firms, parent = self.firms, int(self.pairs.parent[row])
        both = [parent, int(self.pairs.child[row])]
        open_points = {
            KoreanNote.COUNTRY_UNKNOWN: any(firms.domestic[both] == 0),
            KoreanNote.AUDIT_UNKNOWN: firms.audited[parent] == 0,
            KoreanNote.LISTING_UNKNOWN: self.pairs.case[row] == 5 and firms.listed[parent] == 0,
            KoreanNote.NONPROFIT_UNKNOWN: any(firms.nonprofit[both] == 0),
            KoreanNote.EXEMPTION_UNKNOWN: firms.exempt[parent] == 0,
        }
        certain = bool(self.pairs.certain[row])
        told = {
            KoreanNote.UNDESCRIBED: self._named(other) in self.structure.nodes.undescribed,
            KoreanNote.MUTUAL: mutual,
            KoreanNote.FAMILY_COUNTED: family,
            **open_points,
            KoreanNote.SHARES_UNKNOWN: not ratio.is_point and (certain or not any(open_points.values())),
            KoreanNote.TURNOVER_UNKNOWN: not turnover.is_point,
        }
        return tuple(note for note, holds in told.items() if holds)

    def _turnover(self, local: int) -> Interval:
        known = self.turnovers.interval(self._named(local))
        return Interval(0 if known.low is None else known.low, known.high)

    def _named(self, local: int) -> int:
        return int(self.votes.nodes[local])
