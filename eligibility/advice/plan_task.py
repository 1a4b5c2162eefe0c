"""From programmes to a task: their offers, what may be combined, ceilings and headrooms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from eligibility.advice.combining import Pair, pair
from eligibility.advice.headroom import headrooms, rooms
from eligibility.advice.limits import Budget, Rules
from eligibility.advice.offers import cost_of, offers_of, open_costs
from eligibility.advice.same_money import same_money
from eligibility.advice.task import Ceiling, Couple, Task
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.profile import Profile
from eligibility.values.money import MINOR_UNITS

Claims = Mapping[str, frozenset[str]]
"""The costs that a programme may ask for, by its id."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A task with the rules that it was made from; `settled_rooms` are programmes whose headroom is exactly known."""

    task: Task
    rules: Rules
    settled_rooms: frozenset[str]


def plan_task(
    currency: str, results: Sequence[ProgrammeResult], assessed: Assessed, chances: Mapping[str, Fraction]
) -> Stated:
    """State which of the programmes, all of one currency, to apply for; what is hopeless (chance 0) is left out."""
    hopeful = [result for result in results if chances.get(result.id, 1) > 0]
    asked = {result.id: frozenset(open_costs(result.programme, assessed)) for result in hopeful}
    contested = frozenset(cost for one, other in combinations(asked.values(), 2) for cost in one & other)
    offers = tuple(offer for result in hopeful for offer in offers_of(result, assessed, contested))
    claims = {
        result.id: frozenset(cost for offer in offers if offer.programme == result.id for cost in offer.costs)
        for result in hopeful
    }
    pairs = {
        frozenset({one.id, other.id}): pair(one.programme, other.programme) for one, other in combinations(hopeful, 2)
    }
    left = rooms([result.programme for result in hopeful], assessed)
    unit = 10 ** MINOR_UNITS[currency]
    same = same_money(pairs, offers, assessed, unit)
    excluded = frozenset(couple for couple, one in pairs.items() if one.excluded)
    task = Task(
        offers,
        {result.id: chances.get(result.id, Fraction(1)) for result in hopeful},
        excluded,
        frozenset(claims for couple, apart in same.items() if couple not in excluded for claims in apart),
        tuple(_ceilings(pairs, claims, assessed.profile, unit)),
        headrooms(left, currency),
    )
    settled = frozenset(name for name, room in left.items() if room.is_point)
    return Stated(task, Rules(pairs, _budgets(hopeful), {couple: same[couple] for couple in excluded}), settled)


def _of_both(couple: Couple, claims: Claims) -> list[str]:
    first, second = (claims[name] for name in couple)
    return sorted(first & second)


def _ceilings(pairs: Mapping[Couple, Pair], claims: Claims, profile: Profile, unit: int) -> Iterator[Ceiling]:
    """Yield a ceiling for each cost by itself, and those that hold as soon as two programmes come together."""
    known = {cost for costs in claims.values() for cost in costs if cost_of(cost, profile).high is not None}

    def ceiling(cost: str, share: Fraction, claiming: Sequence[str] = (), beside: Sequence[str] = ()) -> Ceiling:
        amount = cost_of(cost, profile)
        most, least = (int(share * (end or 0) * unit) for end in (amount.high, amount.low))
        return Ceiling(cost, most, least, tuple(claiming), tuple(beside))

    yield from (ceiling(cost, Fraction(1)) for cost in sorted(known))
    for couple, one in pairs.items():
        if one.excluded:
            continue
        if one.shares_costs and one.ceiling is not None:
            for cost in _of_both(couple, claims):
                if cost in known:
                    yield ceiling(cost, one.ceiling, sorted(couple))
        if one.wide_ceiling is not None:
            for name, other in (sorted(couple), sorted(couple, reverse=True)):
                for cost in sorted(claims[name] & known):
                    yield ceiling(cost, one.wide_ceiling, (name,), (other,))


def _budgets(results: Sequence[ProgrammeResult]) -> Mapping[str, Budget]:
    awards = {result.id: result.programme.award for result in results}
    return {
        name: Budget(award.within.text, award.within.cites)
        for name, award in awards.items()
        if award is not None and award.within is not None
    }
