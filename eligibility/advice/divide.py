"""How limits divide the money among offers that are taken: exactly, as the richest flow through a small network.

Money runs from a source through the headrooms to the programmes, from there to the costs, each as wide as its ceiling,
and on to a drain. Whole capacities give whole flows.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from eligibility.advice.offers import Offer
from eligibility.advice.task import Ceiling, Division, Headroom, Task

Gain = tuple[int, int]
_NOTHING: Gain = (0, 0)
_SOURCE, _DRAIN = "source", "drain"
Node = str | tuple[str, ...]


def divide(offers: Sequence[Offer], task: Task) -> Division:
    """Return the division with most expected money and, among those, most that is sure."""
    ceilings = [ceiling for ceiling in task.ceilings if ceiling.holds(offers)]
    weights = task.weights
    if not _are_cut(offers, ceilings, task.headrooms):
        money, sure = tuple(offer.possible for offer in offers), tuple(offer.sure for offer in offers)
    else:
        money = _money(offers, ceilings, task)
        sure = _sure(offers, money, ceilings, task)
    expected = sum(weights[offer.programme] * one for offer, one in zip(offers, money, strict=True))
    return Division(tuple(offers), money, sure, Fraction(expected, task.parts))


def _are_cut(offers: Sequence[Offer], ceilings: list[Ceiling], headrooms: Sequence[Headroom]) -> bool:
    """Whether a limit may leave less than the awards by themselves."""
    for headroom in headrooms:
        inside = [offer for offer in offers if offer.programme in headroom.programmes]
        most, sure = sum(offer.possible for offer in inside), sum(offer.sure for offer in inside)
        if most > headroom.most or sure > headroom.least:
            return True
    for ceiling in ceilings:
        shares = [(offer.shares[ceiling.cost], offer.sure) for offer in offers if ceiling.cost in offer.costs]
        most, sure = sum(share for share, _ in shares), sum(min(share, sure) for share, sure in shares)
        if most > ceiling.most or sure > ceiling.least:
            return True
    return False


def _money(offers: Sequence[Offer], ceilings: list[Ceiling], task: Task) -> tuple[int, ...]:
    weights = task.weights
    network = _network(offers, ceilings, task, lambda limit: limit.most)
    for index, offer in enumerate(offers):
        weight = weights[offer.programme]
        sure = min(offer.sure, offer.possible)
        network.join(_entry(offer, task.headrooms), ("offer", str(index)), sure, (weight, 1))
        network.join(_entry(offer, task.headrooms), ("offer", str(index)), offer.possible - sure, (weight, 0))
    network.fill()
    return tuple(network.into(("offer", str(index))) for index in range(len(offers)))


def _sure(offers: Sequence[Offer], money: Sequence[int], ceilings: list[Ceiling], task: Task) -> tuple[int, ...]:
    network = _network(offers, ceilings, task, lambda limit: limit.least)
    for index, offer in enumerate(offers):
        network.join(_entry(offer, task.headrooms), ("offer", str(index)), min(offer.sure, money[index]), (0, 1))
    network.fill()
    return tuple(network.into(("offer", str(index))) for index in range(len(offers)))


def _network(
    offers: Sequence[Offer], ceilings: list[Ceiling], task: Task, width: Callable[[Ceiling | Headroom], int]
) -> "_Network":
    network = _Network()
    # The widest headroom takes in the narrower ones.
    outer: Node = _SOURCE
    for index, headroom in sorted(enumerate(task.headrooms), key=lambda pair: -len(pair[1].programmes)):
        network.join(outer, ("headroom", str(index)), width(headroom), _NOTHING)
        outer = ("headroom", str(index))
    costs = {cost for offer in offers for cost in offer.costs}
    for cost in costs:
        widths = [width(ceiling) for ceiling in ceilings if ceiling.cost == cost]
        network.join(("cost", cost), _DRAIN, min(widths, default=sum(offer.possible for offer in offers)), _NOTHING)
    for index, offer in enumerate(offers):
        for cost in offer.costs:
            network.join(("offer", str(index)), ("cost", cost), offer.shares[cost], _NOTHING)
        if not offer.costs:
            network.join(("offer", str(index)), _DRAIN, offer.possible, _NOTHING)
    return network


def _entry(offer: Offer, headrooms: Sequence[Headroom]) -> Node:
    inside = [(len(one.programmes), index) for index, one in enumerate(headrooms) if offer.programme in one.programmes]
    return ("headroom", str(min(inside)[1])) if inside else _SOURCE


class _Network:
    """Arcs with whole capacities, each followed by the one that takes its flow back."""

    def __init__(self) -> None:
        self.tails: list[Node] = []
        self.heads: list[Node] = []
        self.rooms: list[int] = []
        self.gains: list[Gain] = []

    def join(self, tail: Node, head: Node, room: int, gain: Gain) -> None:
        for one, other, capacity, sign in ((tail, head, room, 1), (head, tail, 0, -1)):
            self.tails.append(one)
            self.heads.append(other)
            self.rooms.append(capacity)
            self.gains.append((sign * gain[0], sign * gain[1]))

    def into(self, node: Node) -> int:
        """Return what flows into a node: what the arcs back can take back."""
        return sum(self.rooms[arc + 1] for arc in range(0, len(self.heads), 2) if self.heads[arc] == node)

    def fill(self) -> None:
        """Send more along the best path as long as that gains anything."""
        while (path := self._best_path()) is not None:
            room = min(self.rooms[arc] for arc in path)
            for arc in path:
                self.rooms[arc] -= room
                self.rooms[arc ^ 1] += room

    def _best_path(self) -> list[int] | None:
        gains: dict[Node, Gain] = {_SOURCE: _NOTHING}
        through: dict[Node, int] = {}
        changed = True
        while changed:
            changed = False
            for arc, room in enumerate(self.rooms):
                tail = self.tails[arc]
                if room > 0 and tail in gains:
                    gain = (gains[tail][0] + self.gains[arc][0], gains[tail][1] + self.gains[arc][1])
                    if self.heads[arc] not in gains or gain > gains[self.heads[arc]]:
                        gains[self.heads[arc]] = gain
                        through[self.heads[arc]] = arc
                        changed = True
        if gains.get(_DRAIN, _NOTHING) <= _NOTHING:
            return None
        path: list[int] = []
        node: Node = _DRAIN
        while node != _SOURCE:
            path.append(through[node])
            node = self.tails[path[-1]]
        return path
