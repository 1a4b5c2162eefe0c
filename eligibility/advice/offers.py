"""What can be applied for: each programme with the costs that it might be asked to fund, and what it would pay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from eligibility.advice.candidates import WITHIN_REACH
from eligibility.advice.costs import cost_facts
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.profile import Profile
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS

MOST_FREE_COSTS = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme asked to fund `costs`: from `sure` to `possible`, in whole smallest units of its currency.

    `shares` is the most of it that can be meant for each of the costs.
    """

    programme: str
    costs: tuple[str, ...]
    sure: int
    possible: int
    shares: Mapping[str, int]

    def claims(self, programme: str, cost: str) -> bool:
        """Whether this programme is asked to fund this cost."""
        return programme == self.programme and cost in self.costs


def open_costs(programme: Programme, assessed: Assessed) -> tuple[str, ...]:
    """Return the costs that a programme might be asked to fund: all but those that are known to be nothing."""
    profile = assessed.profile
    found = cost_facts(programme, assessed.rulebook, profile)
    return tuple(cost for cost in found if cost_of(cost, profile).high != 0)


def cost_of(cost: str, profile: Profile) -> Interval:
    """Return what is known of a cost, in units of its currency."""
    given = profile.given(cost)
    return given if isinstance(given, Interval) else Interval()


def offers_of(result: ProgrammeResult, assessed: Assessed, contested: frozenset[str]) -> tuple[Offer, ...]:
    """Return what a programme would pay for each choice of its costs, the more costs the earlier.

    Where it has more than four costs, only the first four of those that are `contested` are left out by turns.
    """
    costs = open_costs(result.programme, assessed)
    free = costs
    if len(costs) > MOST_FREE_COSTS:
        free = tuple(cost for cost in costs if cost in contested)[:MOST_FREE_COSTS]
    fixed = tuple(cost for cost in costs if cost not in free)
    worked = _Worked(result, assessed, costs)
    choices = [
        tuple(cost for cost in costs if cost in fixed or cost in chosen)
        for size in range(len(free), -1, -1)
        for chosen in combinations(free, size)
    ]
    offers = [offer for choice in choices if (offer := worked.offer(choice)) is not None]
    return tuple(_undominated(offers))


class _Worked:
    """The award of one programme for choices of its costs, each worked out once by the engine itself."""

    def __init__(self, result: ProgrammeResult, assessed: Assessed, costs: tuple[str, ...]) -> None:
        self.result = result
        self.costs = costs
        self._rulebook: Rulebook = assessed.rulebook
        self._profile = assessed.profile
        self._unit = 10 ** MINOR_UNITS[_currency(result)]
        self._known: dict[tuple[str, ...], Interval | None] = {}

    def offer(self, costs: tuple[str, ...]) -> Offer | None:
        money = self._money(costs)
        if money is None or money.high is None or money.high == 0:
            return None
        possible = self._whole(money.high)
        shares = {cost: min(possible, self._share(cost, costs)) for cost in costs}
        # Where costs only count together no split follows from the award: any of them may then take all of it.
        if sum(shares.values()) < possible:
            shares = dict.fromkeys(costs, possible)
        return Offer(self.result.id, costs, self._whole(money.low or 0), possible, shares)

    def _share(self, cost: str, costs: tuple[str, ...]) -> int:
        """Return what is paid for a cost at most: for it alone, or on top of all the others."""
        alone, all_of_them = self._most((cost,)), self._most(costs)
        without = self._most(tuple(one for one in costs if one != cost))
        return max(alone, all_of_them - without)

    def _most(self, costs: tuple[str, ...]) -> int:
        money = self._money(costs)
        return 0 if money is None else self._whole(money.high or 0)

    def _money(self, costs: tuple[str, ...]) -> Interval | None:
        if costs not in self._known:
            self._known[costs] = self._assessed(costs)
        return self._known[costs]

    def _assessed(self, costs: tuple[str, ...]) -> Interval | None:
        result = self.result
        if costs != self.costs:
            nothing = dict.fromkeys((cost for cost in self.costs if cost not in costs), Interval.point(Fraction(0)))
            profile = replace(self._profile, values={**self._profile.values, **nothing})
            result = assess_programme(self._rulebook, profile, self.result.programme)
        if result.verdict not in WITHIN_REACH or result.award is None:
            return None
        return result.award.amount

    def _whole(self, money: Fraction | int) -> int:
        return int(money * self._unit)


def _currency(result: ProgrammeResult) -> str:
    assert result.programme.award is not None
    assert result.programme.award.currency is not None
    return result.programme.award.currency


def _undominated(offers: Sequence[Offer]) -> Iterator[Offer]:
    """Leave out what asks for more costs than another offer and brings no more by any of them."""
    for offer in offers:
        if not any(_as_good_for_less(other, offer) for other in offers):
            yield offer


def _as_good_for_less(other: Offer, offer: Offer) -> bool:
    fewer = set(other.costs) < set(offer.costs)
    if not fewer or other.sure < offer.sure or other.possible < offer.possible:
        return False
    # A cost more can still help where limits cut what may be paid for the others.
    return all(offer.shares[cost] <= other.shares.get(cost, 0) for cost in offer.costs)
