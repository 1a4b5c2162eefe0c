"""Linked enterprises: which enterprises are one group, and by which relations.

Recommendation 2003/361/EC, Annex Art. 3(3), and in its narrower form Art. 2(2) of the de-minimis regulations: the
majority of votes, or control by other means, also through other enterprises, whose votes are then added up; under the
Recommendation also through persons who act jointly, where the enterprises share a market or have adjacent ones.
The groups are the least fixpoint of these rules; union by size and a worklist find it in one pass over the holdings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from eligibility.group.certainty import Reading, Stakes, stakes
from eligibility.group.sheet import Through
from eligibility.group.structure import WHOLE, Control, Ints, Kind, Structure

_HALF = WHOLE // 2


@dataclass(frozen=True, slots=True)
class Link:
    """Why two enterprises are of one group: `one` holds with others of its group, or `person` stands over both."""

    one: int
    other: int
    person: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of a structure in one reading: `of[i]` is the number of the group of node i.

    `direct` marks the holdings by which one enterprise alone controls another; with `links`, which need several holders
    or persons, they lead from any enterprise of a group to any other.
    """

    of: Ints
    direct: NDArray[np.bool_]
    links: tuple[Link, ...]
    stakes: Stakes


def linked_groups(
    structure: Structure, reading: Reading, *, through_persons: bool = True, anywhere: bool | None = None
) -> Groups:
    """Return the linked groups; without `through_persons` as the de-minimis regulations link enterprises.

    `anywhere` tells whether an enterprise of unknown markets counts as being on all of them; else the reading does.
    """
    held = stakes(structure, reading)
    linking = _Linking(structure, held, anywhere=reading is Reading.MOST if anywhere is None else anywhere)
    linking.run(through_persons=through_persons)
    return Groups(linking.forest.labels(), linking.direct, tuple(linking.links), held)


def through_of(control: int, votes: int) -> Through:
    """Return what gives control of an enterprise, the votes first."""
    if votes > _HALF:
        return Through.VOTES
    return next(Through[str(flag.name)] for flag in Control if control & flag)


class _Forest:
    """Disjoint sets of nodes."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, node: int) -> int:
        parent = self.parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def labels(self) -> Ints:
        """Return the root of each node."""
        roots = np.array(self.parent, dtype=np.int64)
        while not np.array_equal(above := roots[roots], roots):
            roots = above
        return roots


@dataclass(slots=True)
class _Persons:
    """Persons who act jointly: what they hold themselves and through what they control, and where they meet."""

    first: int
    votes: dict[int, int] = field(default_factory=dict)
    controls: dict[int, int] = field(default_factory=dict)
    by_market: dict[str, int] = field(default_factory=dict)
    met: bool = False
    anywhere: int | None = None
    """A group with an enterprise of which no market is known, where that counts as meeting all others."""


class _Linking:
    """The worklist: `anywhere` tells whether an enterprise of unknown markets counts as being on all of them."""

    def __init__(self, structure: Structure, held: Stakes, *, anywhere: bool) -> None:
        self.structure = structure
        self.stakes = held
        self.anywhere = anywhere
        self.forest = _Forest(len(structure.nodes))
        self.links: list[Link] = []
        self.votes: dict[int, dict[int, int]] = {}
        self.persons: dict[int, _Persons] = {}
        self.over: dict[int, set[int]] = {}
        self.members: dict[int, list[int]] = {}
        self.waiting: list[Link] = []
        self.adjacent: dict[str, list[str]] = {}
        for pair in structure.adjacent:
            for one in pair:
                self.adjacent.setdefault(one, []).extend(pair - {one})
        holdings = structure.holdings
        self.direct = (held.votes > _HALF) | (held.control != 0)
        self.direct &= held.transmits[holdings.holder] & held.transmits[holdings.held]

    def run(self, *, through_persons: bool) -> None:
        """Link what is linked directly, then what that makes linked, until nothing is left."""
        self._direct()
        self._minorities()
        if through_persons:
            self._begin_persons()
        while self.waiting:
            link = self.waiting.pop()
            one, other = self.forest.find(link.one), self.forest.find(link.other)
            if one != other:
                self.links.append(self._named(link))
                self._join(one, other)

    def _direct(self) -> None:
        """Link all enterprises of which one controls the other by itself."""
        holdings = self.structure.holdings
        ones, others = holdings.holder[self.direct], holdings.held[self.direct]
        nodes, ends = np.unique(np.concatenate((ones, others)), return_inverse=True)
        graph: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(nodes.tolist())
        graph.add_edges_from_no_data(list(zip(ends[: len(ones)].tolist(), ends[len(ones) :].tolist(), strict=True)))
        for component in rx.connected_components(graph):
            members = [graph[index] for index in component]
            root = members[0]
            for member in members:
                self.forest.parent[member] = root
            self.members[root] = members

    def _minorities(self) -> None:
        """Add up by group the votes in enterprises of which several holders together may have the majority."""
        holdings, held = self.structure.holdings, self.stakes
        may_hold = held.transmits[holdings.holder] | (self.structure.nodes.kinds[holdings.holder] == Kind.PERSON)
        alone = (held.votes > _HALF) & held.transmits[holdings.holder]
        counts = may_hold & held.transmits[holdings.held] & ~alone & (held.votes > 0)
        together = np.zeros(len(self.structure.nodes), dtype=np.int64)
        np.add.at(together, holdings.held[counts], held.votes[counts])
        counts &= (together[holdings.held] > _HALF) & held.transmits[holdings.holder]
        rows = (holdings.holder[counts].tolist(), holdings.held[counts].tolist(), held.votes[counts].tolist())
        for holder, firm, votes in zip(*rows, strict=True):
            group = self.forest.find(holder)
            mine = self.votes.setdefault(group, {})
            mine[firm] = mine.get(firm, 0) + votes
        for group, mine in self.votes.items():
            self._check(group, mine)

    def _check(self, group: int, firms: Iterable[int]) -> None:
        """Note the links of a group to firms in which it has the majority of votes together."""
        mine = self.votes[group]
        for firm in firms:
            if mine[firm] > _HALF and self.forest.find(firm) != group:
                self.waiting.append(Link(group, firm))

    def _begin_persons(self) -> None:
        """Let persons control what they have the majority in, as far as that can link anything.

        They must have it in one group themselves, and then reach another: by their own majority there, or by votes that
        count together with those of enterprises. Of a register of owners few do.
        """
        holder, firm, votes = self._held_by_persons()
        groups = self.forest.labels()[firm]
        size = len(self.structure.nodes)
        strong = votes > _HALF
        controlled = np.bincount(np.unique(holder[strong] * size + groups[strong]) // size, minlength=size)
        reaches = controlled > 1
        joint = np.zeros(size, dtype=np.bool_)
        joint[list({firm for mine in self.votes.values() for firm in mine})] = True
        reaches[holder[joint[firm] & ~strong]] = True
        counts = (reaches & (controlled > 0))[holder]
        rows = (holder[counts].tolist(), firm[counts].tolist(), votes[counts].tolist())
        for key, held, share in zip(*rows, strict=True):
            persons = self.persons.get(key)
            if persons is None:
                persons = self.persons[key] = _Persons(key)
            persons.votes[held] = share
        for key, persons in self.persons.items():
            self._take_control(key, persons, list(persons.votes))

    def _held_by_persons(self) -> tuple[Ints, Ints, Ints]:
        """Return what persons hold: for those who act jointly the first of them, the firm, their votes together.

        Control by other means is put as all votes.
        """
        holdings, held, nodes = self.structure.holdings, self.stakes, self.structure.nodes
        rows = np.flatnonzero((nodes.kinds[holdings.holder] == Kind.PERSON) & held.transmits[holdings.held])
        holder = holdings.holder[rows]
        first = np.arange(len(nodes), dtype=np.int64)
        labels: dict[str, int] = {}
        if nodes.acts_with:
            for person in dict.fromkeys(holder.tolist()):
                label = nodes.acts_with.get(person)
                if label is not None:
                    first[person] = labels.setdefault(label, person)
        pairs, places = np.unique(first[holder] * len(nodes) + holdings.held[rows], return_inverse=True)
        votes = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(votes, places, np.where(held.control[rows] != 0, WHOLE, held.votes[rows]))
        return pairs // len(nodes), pairs % len(nodes), votes

    def _take_control(self, key: int, persons: _Persons, firms: Iterable[int]) -> None:
        """Let persons control the groups of firms in which they have the majority, and hold what those hold."""
        pending = list(firms)
        while pending:
            firm = pending.pop()
            group = self.forest.find(firm)
            if persons.votes[firm] <= _HALF or group in persons.controls:
                continue
            persons.controls[group] = firm
            self.over.setdefault(group, set()).add(key)
            pending.extend(self._hold(persons, group))
            self._meet(persons, group)

    def _hold(self, persons: _Persons, group: int) -> Iterator[int]:
        """Count the votes of a group for the persons who control it."""
        for firm, votes in self.votes.get(group, {}).items():
            persons.votes[firm] = persons.votes.get(firm, 0) + votes
            yield firm

    def _meet(self, persons: _Persons, group: int) -> None:
        """Note the links of a group to others that the same persons control on the same or an adjacent market."""
        if persons.met:
            self._enter(persons, group)
        elif len(persons.controls) > 1:
            # The first group had no other to meet.
            persons.met = True
            for one in list(persons.controls):
                self._enter(persons, one)

    def _enter(self, persons: _Persons, group: int) -> None:
        """Link a group to those that are on its markets already, and put it there too."""
        firm, everywhere = persons.controls[group], False
        for member in self.members.get(group, [group]):
            markets = self.structure.nodes.markets.get(member)
            if markets is None:
                everywhere = self.anywhere
                continue
            for market in markets:
                for near in (market, *self.adjacent.get(market, ())):
                    if near in persons.by_market:
                        self.waiting.append(Link(firm, persons.by_market[near], persons.first))
                persons.by_market.setdefault(market, firm)
        if persons.anywhere is not None:
            self.waiting.append(Link(firm, persons.anywhere, persons.first))
        elif everywhere:
            # All that come later are linked to this one: the others need not be named again.
            persons.anywhere = firm
            self.waiting.extend(Link(firm, other, persons.first) for other in persons.controls.values())

    def _named(self, link: Link) -> Link:
        """Return a link of a group by its votes together as one of an enterprise of it that holds some of them."""
        if link.person is not None:
            return link
        group = self.forest.find(link.one)
        start, stop = np.searchsorted(self._held_in_order, (link.other, link.other + 1))
        rows = self._by_held[start:stop].tolist()
        holders = [int(self.structure.holdings.holder[row]) for row in rows if self.stakes.votes[row]]
        return Link(next(holder for holder in holders if self.forest.find(holder) == group), link.other)

    @cached_property
    def _by_held(self) -> Ints:
        return np.argsort(self.structure.holdings.held, kind="stable")

    @cached_property
    def _held_in_order(self) -> Ints:
        return self.structure.holdings.held[self._by_held]

    def _join(self, one: int, other: int) -> None:
        """Make two groups one: the smaller one's votes, members and persons go to the larger one."""
        if self._size(one) < self._size(other):
            one, other = other, one
        self._share_control(one, other)
        self.forest.parent[other] = one
        self.members[one] = self.members.get(one, [one])
        self.members[one] += self.members.pop(other, [other])
        theirs = self.votes.pop(other, {})
        mine = self.votes.setdefault(one, {}) if theirs else {}
        for firm, votes in theirs.items():
            mine[firm] = mine.get(firm, 0) + votes
        if theirs:
            self._check(one, list(theirs))

    def _size(self, group: int) -> int:
        return len(self.votes.get(group, ())) + len(self.members.get(group, ()))

    def _share_control(self, one: int, other: int) -> None:
        """Let the persons over either of two groups that become one control both."""
        over_one, over_other = self.over.get(one, set()), self.over.pop(other, set())
        for key in over_one | over_other:
            persons = self.persons[key]
            gained = [group for group in (one, other) if group not in persons.controls]
            for group in gained:
                persons.controls[group] = persons.controls[other if group == one else one]
                self._take_control(key, persons, list(self._hold(persons, group)))
                self._meet(persons, group)
            persons.controls.pop(other, None)
            self.over.setdefault(one, set()).add(key)
