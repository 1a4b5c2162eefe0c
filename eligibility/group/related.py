"""Who stands how to a firm, and by which path: the enterprises that count, and those that were looked at and do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from eligibility.group.accounts import counted
from eligibility.group.certainty import Reading, angels_within_limit, small_authorities
from eligibility.group.links import Groups, linked_groups, through_of
from eligibility.group.partners import QUARTER
from eligibility.group.paths import Paths
from eligibility.group.sheet import Note, Relation, Step, Through
from eligibility.group.structure import SHARE_SCALE, Kind, Structure, interval_of
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_UNCOUNTED = {Kind.PERSON: Relation.PERSON, Kind.PUBLIC_BODY: Relation.PUBLIC, Kind.LOCAL_AUTHORITY: Relation.PUBLIC}
_LIMITS = {Truth.NO: Note.INVESTOR_LIMIT, Truth.UNKNOWN: Note.INVESTOR_LIMIT_UNKNOWN}
_ORDER = {Relation.OWN: 0, Relation.LINKED: 1, Relation.PARTNER: 2, Relation.LINKED_TO_PARTNER: 2}


class Counting(Protocol):
    """A structure in one reading: its groups, and of which groups the figures count for a firm, with their share."""

    @property
    def structure(self) -> Structure: ...
    @property
    def groups(self) -> Groups: ...
    def shares(self, subject: int) -> dict[int, int]: ...


@dataclass(frozen=True, slots=True)
class Related:
    """One node near a firm; `shares` are what of its figures counts in the reading of least and of most relations."""

    node: int
    relation: Relation
    certain: Truth
    shares: tuple[int, int]
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    through: int | None = None


def related(least: Counting, most: Counting, subject: int) -> tuple[Related, ...]:
    """Return the firm, its linked enterprises, its partners with theirs, and whoever else has a holding there."""
    sure = _Near(least, subject)
    near = _Near(most, subject)
    heads = _heads(most)
    found = []
    for node in near.enterprises():
        path = sure.steps(node) if sure.share(node) else near.steps(node)
        relation = near.relation(node)
        certain = Truth.YES if sure.relation(node) is relation else Truth.UNKNOWN
        shares = (sure.share(node), near.share(node))
        found.append(Related(node, relation, certain, shares, path, near.notes(node, certain), heads.get(node)))
    depth = near.paths.depth
    found.sort(key=lambda one: (_ORDER[one.relation], depth.get(one.node, 0), one.node))
    return (*_with_theirs(found, near), *near.others())


def _with_theirs(found: list[Related], near: "_Near") -> Iterator[Related]:
    """Put behind each partner what is linked to it."""
    partners: dict[int, list[Related]] = {}
    for one in found:
        if _ORDER[one.relation] == 2:
            partners.setdefault(int(near.groups.of[one.node]), []).append(one)
        else:
            yield one
    for group in partners.values():
        yield from sorted(group, key=lambda one: one.relation is not Relation.PARTNER)


def _heads(read: Counting) -> dict[int, int]:
    """Return the nodes whose figures, or some of them, accounts of their group include, with who draws those up."""
    found: dict[int, int] = {}
    for key in read.structure.nodes.consolidated:
        heads = counted(read.structure, read.groups, key).heads
        found |= {node: int(heads[node]) for node in np.flatnonzero(heads >= 0).tolist()}
    return found


def _reaches(share: Interval, percent: int) -> bool:
    """Tell whether a share may be so many percent."""
    return share.high is None or share.high >= percent


class _Near:
    """The neighbourhood of a firm in one reading."""

    def __init__(self, read: Counting, subject: int) -> None:
        self.structure, self.groups, self.subject = read.structure, read.groups, subject
        self.shares = read.shares(subject)
        self.own = int(self.groups.of[subject])
        self.own_nodes = set(np.flatnonzero(self.groups.of == self.own).tolist())
        self.holders, self.firms = self.structure.holdings.holder.tolist(), self.structure.holdings.held.tolist()
        self.rows = {pair: row for row, pair in reversed(list(enumerate(zip(self.holders, self.firms, strict=True))))}
        self.partnerships = self._partnerships()
        self.between = dict(self._between())
        self.across = {one for one, other in self.between if other in self.own_nodes}
        self.paths = Paths(subject, self.between)

    def share(self, node: int) -> int:
        """Return what of the node's figures counts."""
        return self.shares.get(int(self.groups.of[node]), 0) if self.groups.stakes.transmits[node] else 0

    def enterprises(self) -> list[int]:
        """Return the enterprises that count."""
        inside = np.isin(self.groups.of, list(self.shares)) & self.groups.stakes.transmits
        inside[self.subject] = True
        return [int(node) for node in np.flatnonzero(inside)]

    def relation(self, node: int) -> Relation:
        """Return how an enterprise stands to the firm."""
        if node == self.subject:
            return Relation.OWN
        group = int(self.groups.of[node])
        if group == self.own:
            return Relation.LINKED
        if group not in self.shares:
            return Relation.BELOW
        return Relation.PARTNER if node in self.across else Relation.LINKED_TO_PARTNER

    def steps(self, node: int) -> tuple[Step, ...]:
        """Return the shortest path from the firm to a node, of a very long one both ends."""
        return tuple(step for hop in self.paths.hops(node) for step in self.between[hop])

    def _between(self) -> Iterator[tuple[tuple[int, int], tuple[Step, ...]]]:
        """Yield what leads from one enterprise to another, both ways round: links in groups, holdings of partners."""
        of, held = self.groups.of, self.groups.stakes
        for link in self.groups.links:
            if int(of[link.one]) in self.shares:
                steps = self._joint(link.one, link.other, link.person)
                yield (link.one, link.other), steps
                yield (link.other, link.one), steps[::-1]
        for row, (holder, firm) in enumerate(zip(self.holders, self.firms, strict=True)):
            pair = {int(of[holder]), int(of[firm])}
            if self.groups.direct[row] and int(of[holder]) in self.shares:
                through = through_of(int(held.control[row]), int(held.votes[row]))
                step = Step(holder, firm, through, self._votes(row) if through is Through.VOTES else None)
            elif (int(of[holder]), firm) in self.partnerships and self.own in pair and not held.excepted[row]:
                step = Step(holder, firm, Through.HOLDING, self._greater(row))
            else:
                continue
            yield (holder, firm), (step,)
            yield (firm, holder), (step,)

    def _partnerships(self) -> set[tuple[int, int]]:
        """Return the groups that hold a quarter or more of an enterprise of another group, with that enterprise."""
        of, held = self.groups.of, self.groups.stakes
        sums: dict[tuple[int, int], list[int]] = {}
        for row, (holder, firm) in enumerate(zip(self.holders, self.firms, strict=True)):
            if of[holder] != of[firm] and not held.excepted[row] and held.transmits[holder] and held.transmits[firm]:
                both = sums.setdefault((int(of[holder]), firm), [0, 0])
                both[0] += int(held.capital[row])
                both[1] += int(held.votes[row])
        return {pair for pair, both in sums.items() if max(both) >= QUARTER}

    def _joint(self, one: int, other: int, person: int | None) -> tuple[Step, ...]:
        if person is None:
            return (Step(one, other, Through.JOINTLY, self._held(one, other)),)
        return tuple(Step(person, firm, Through.PERSONS, self._held(person, firm)) for firm in (one, other))

    def _held(self, holder: int, firm: int) -> Interval | None:
        row = self.rows.get((holder, firm))
        return None if row is None else self._votes(row)

    def _votes(self, row: int) -> Interval:
        holdings = self.structure.holdings
        return interval_of(int(holdings.votes_low[row]), int(holdings.votes_high[row]), SHARE_SCALE)

    def _greater(self, row: int) -> Interval:
        holdings = self.structure.holdings
        low = max(int(holdings.capital_low[row]), int(holdings.votes_low[row]))
        return interval_of(low, max(int(holdings.capital_high[row]), int(holdings.votes_high[row])), SHARE_SCALE)

    def notes(self, node: int, certain: Truth) -> tuple[Note, ...]:
        """Return what is to be told of an enterprise besides its figures."""
        found = []
        if node in self.structure.nodes.undescribed:
            found.append(Note.UNDESCRIBED)
        if node in self.structure.own_shares:
            found.append(Note.OWN_SHARES)
        if certain is not Truth.YES and node in self._by_markets:
            found.append(Note.MARKETS_UNKNOWN)
        limit = self._limits.get(node)
        if limit in _LIMITS and self.relation(node) is Relation.PARTNER:
            found.append(_LIMITS[limit])
        return tuple(found)

    @cached_property
    def _by_markets(self) -> frozenset[int]:
        """The nodes whose path has a link that persons make only if enterprises of unknown markets share one."""
        persons = {(link.one, link.other) for link in self.groups.links if link.person is not None}
        if not persons:
            return frozenset()
        told = linked_groups(self.structure, Reading.MOST, anywhere=False).of
        found: set[int] = set()
        for node in self.paths.depth:
            before = self.paths.before(node)
            if before is None:
                continue
            by_persons = (before, node) in persons or (node, before) in persons
            if before in found or (by_persons and told[before] != told[node]):
                found.add(node)
        return frozenset(found)

    def others(self) -> Iterator[Related]:
        """Yield who holds shares in the group, or is held by it, and does not count."""
        told = set(self.enterprises())
        own = self.own_nodes
        for row, (holder, firm) in enumerate(zip(self.holders, self.firms, strict=True)):
            other = holder if firm in own else firm
            if other in told or not {holder, firm} & own:
                continue
            told.add(other)
            through = Through.HOLDING
            if self.groups.stakes.control[row]:
                through = through_of(int(self.groups.stakes.control[row]), 0)
            step = Step(holder, firm, through, self._greater(row))
            limit = self._limits.get(other)
            notes = (_LIMITS[limit],) if limit in _LIMITS and other in self._with_a_quarter else ()
            yield Related(other, self._uncounted(other), Truth.YES, (0, 0), (step,), notes)

    def _uncounted(self, node: int) -> Relation:
        kind = Kind(int(self.structure.nodes.kinds[node]))
        if kind in _UNCOUNTED and not (kind is Kind.LOCAL_AUTHORITY and self.groups.stakes.transmits[node]):
            return _UNCOUNTED[kind]
        return Relation.EXCEPTED if kind >= Kind.PUBLIC_INVESTOR and node in self._with_a_quarter else Relation.BELOW

    @cached_property
    def _with_a_quarter(self) -> frozenset[int]:
        """Who may hold a quarter or more of an enterprise of the group."""
        held = (row for row, firm in enumerate(self.firms) if firm in self.own_nodes)
        return frozenset(self.holders[row] for row in held if _reaches(self._greater(row), 25))

    @cached_property
    def _limits(self) -> dict[int, Truth]:
        """Whether investors in the group keep the limits of their exception; of several firms the worst counts."""
        angels = angels_within_limit(self.structure)
        found = small_authorities(self.structure)
        for holder, firm in zip(self.holders, self.firms, strict=True):
            if firm in self.own_nodes and self.structure.nodes.kinds[holder] == Kind.BUSINESS_ANGEL:
                found[holder] = angels[firm] & found.get(holder, Truth.YES)
        return found
