"""The best plan by trying every choice: what a programme may be asked for, what goes together, and how money is split.

It reads rules and lines for itself and splits money by linear programming in fractions; it shares nothing with the
planner but the engine that works out one award.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.profile import Profile
from eligibility.language.cumulation import Cumulation
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

COSTS = frozenset(
    {
        "machines", "training", "advice", "software", "won_cost", "digital_investment_cost", "training_cost",
        "consulting_cost", "investment_cost", "digitalbonus_cost", "bb_implementation_cost",
        "external_rnd_cost", "it_security_cost", "rnd_project_cost", "feasibility_cost",
        "market_launch_cost", "igp_cost", "rnd_wages", "rnd_contract_cost", "rnd_depreciation", "eu_ip_fees",
        "kr_project_cost", "kr_researcher_salary", "kr_rnd_cost_general", "kr_rnd_cost_growth",
        "kr_rnd_cost_strategic", "kr_investment_general", "kr_investment_growth", "kr_investment_strategic",
        "kr_investment_semiconductor",
    }
)  # fmt: skip
"""The facts that are costs; other amounts of money cut awards, or only decide which rate holds."""


class Asked(NamedTuple):
    """A programme with the costs that it is asked for: the greatest award, and what of it each cost can take."""

    programme: Programme
    costs: frozenset[str]
    most: Fraction
    shares: Mapping[str, Fraction]


def greatest(assessed: Assessed, currency: str, chances: Mapping[str, Fraction]) -> Fraction:
    """The greatest expected money that any choice brings, in units of the currency."""
    results = [one for one in assessed.programmes if pays(one, currency) and chances.get(one.id, Fraction(1)) > 0]
    options = [list(asked(one, assessed)) for one in results]
    best = Fraction(0)
    shares: dict[tuple[str, str], Fraction] = {}
    for option in (one for those in options for one in those):
        for cost, share in option.shares.items():
            shares[option.programme.id, cost] = max(share, shares.get((option.programme.id, cost), Fraction(0)))
    for chosen in choices(options, lambda one, other: compatible(one, other, shares, assessed)):
        weights = [chances.get(one.programme.id, Fraction(1)) for one in chosen]
        if sum(one.most * weight for one, weight in zip(chosen, weights, strict=True)) > best:
            best = max(best, split(chosen, weights, assessed))
    return best


def pays(result: ProgrammeResult, currency: str) -> bool:
    shape, award = result.programme.shape, result.programme.award
    return (
        shape.kind in {"grant", "voucher", "tax_credit"}
        and result.verdict.value in {"eligible", "likely"}
        and result.window in {"open", "continuous"}
        and award is not None
        and award.currency == currency
    )


def asked(result: ProgrammeResult, assessed: Assessed) -> Iterator[Asked]:
    """Every choice of costs that are not known to be nothing and bring a bounded award."""
    programme, rulebook, profile = result.programme, assessed.rulebook, assessed.profile
    assert programme.award is not None
    read = behind(frozenset().union(*(part.amount.facts() for part in programme.award.parts)), rulebook, profile)
    costs = sorted(
        name
        for name in read & COSTS
        if rulebook.subject(name).currency == programme.award.currency and amount(name, profile).high != 0
    )
    most: dict[frozenset[str], Fraction | None] = {}
    for size in range(len(costs) + 1):
        for chosen in map(frozenset, combinations(costs, size)):
            most[chosen] = award(programme, assessed, set(costs) - chosen)
    for chosen, money in most.items():
        if money:
            shares = {cost: max(most[frozenset({cost})] or 0, money - (most[chosen - {cost}] or 0)) for cost in chosen}
            if sum(shares.values()) < money:
                shares = dict.fromkeys(chosen, money)
            yield Asked(programme, chosen, money, {cost: Fraction(one) for cost, one in shares.items()})


def behind(names: frozenset[str], rulebook: Rulebook, profile: Profile) -> set[str]:
    """The answers from which something is worked out in the end, whether they are a part of it or a condition."""
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        if name in rulebook.facts or profile.given(name) is not None:
            found.add(name)
        else:
            left |= rulebook.definitions[name].facts()
    return found


def amount(cost: str, profile: Profile) -> Interval:
    given = profile.given(cost)
    return given if isinstance(given, Interval) else Interval()


def award(programme: Programme, assessed: Assessed, without: set[str]) -> Fraction | None:
    values = {**assessed.profile.values, **dict.fromkeys(without, Interval.point(0))}
    result = assess_programme(assessed.rulebook, Profile(values, assessed.profile.answers), programme)
    if result.verdict.value not in {"eligible", "likely"} or result.award is None or result.award.amount is None:
        return None
    return None if result.award.amount.high is None else Fraction(result.award.amount.high)


def choices(options: Sequence[list[Asked]], fits: Callable[[Asked, Asked], bool]) -> Iterator[list[Asked]]:
    """Every choice that no line forbids."""
    if not options:
        yield []
        return
    for rest in choices(options[1:], fits):
        yield rest
        for one in options[0]:
            if all(fits(one, other) for other in rest):
                yield [one, *rest]


def said(of: Programme, other: Programme) -> dict[str, list[Cumulation]]:
    """The lines that count for each extent: those that name the other, else its kind, else all public money."""
    narrower = {"company": 0, "same_project": 1, "same_costs": 2}
    found: dict[str, list[Cumulation]] = {}
    for extent, depth in narrower.items():
        for name in (other.id, other.shape.kind, "any"):
            lines = [one for one in of.cumulation if name in one.other]
            lines = [one for one in lines if (narrower[one.on] >= depth if one.allowed else narrower[one.on] <= depth)]
            if lines and extent not in found:
                found[extent] = lines
    return found


def overlap(left: str, right: str, rulebook: Rulebook) -> bool:
    for one, other in ((left, right), (right, left)):
        if one in rulebook.facts and other in getattr(rulebook.facts[one].wording, "overlaps", ()):
            return True
        if one in rulebook.definitions and other in rulebook.definitions[one].facts():
            return True
    return False


def compatible(one: Asked, other: Asked, paid: Mapping[tuple[str, str], Fraction], assessed: Assessed) -> bool:
    """Whether both can be taken; `paid` is the most that a programme pays for a cost in any of its choices."""
    sides = (said(one.programme, other.programme), said(other.programme, one.programme))
    for side in sides:
        for extent in ("company", "same_project"):
            if any(not line.allowed for line in side.get(extent, ())):
                return False
    lines = [line for side in sides for line in side.get("same_costs", ())]
    allowed = bool(lines) and all(line.allowed for line in lines)
    if one.costs & other.costs and not allowed:
        return False
    limits = [line.at_most for side in sides for found in side.values() for line in found if line.allowed]
    least = min([Fraction(1), *(limit for limit in limits if limit is not None)])
    for left in one.costs:
        for right in other.costs - {left}:
            if overlap(left, right, assessed.rulebook):
                known = [
                    end for end in (amount(cost, assessed.profile).high for cost in (left, right)) if end is not None
                ]
                both = paid[one.programme.id, left] + paid[other.programme.id, right]
                if not allowed or len(known) < 2 or both > floor(least * max(known), one):
                    return False
    return True


def floor(money: Fraction, one: Asked) -> Fraction:
    """Down to the smallest unit."""
    units = 100 if one_currency([one]) == "EUR" else 1
    return Fraction(int(money * units), units)


def ceiling(cost: str, chosen: Sequence[Asked], profile: Profile) -> Fraction | None:
    """The most that all programmes may pay for a cost together; `None` where its amount is not known."""
    whole = amount(cost, profile).high
    if whole is None:
        return None
    shares = [Fraction(1)]
    for one in chosen:
        for other in chosen:
            if one is not other:
                lines = {line for side in said(one.programme, other.programme).values() for line in side}
                for line in lines:
                    on_both = cost in one.costs and cost in other.costs
                    concerned = on_both if line.on == "same_costs" else cost in one.costs or cost in other.costs
                    if line.allowed and line.at_most is not None and concerned:
                        shares.append(line.at_most)
    return floor(min(shares) * whole, chosen[0])


def one_currency(chosen: Sequence[Asked]) -> str | None:
    assert chosen[0].programme.award is not None
    return chosen[0].programme.award.currency


def rooms(chosen: Sequence[Asked], assessed: Assessed) -> dict[str, Fraction]:
    """What each de-minimis programme may still award: the ceiling that its own budget or the rulebook names."""
    received = amount("de_minimis_received", assessed.profile).low or 0
    left = {}
    for one in chosen:
        if one.programme.shape.regime == "de_minimis":
            budget = repr(one.programme.award.within if one.programme.award else None)
            general = (
                200000 if assessed.rulebook.as_of.year < 2024 or "both" in assessed.rulebook.definitions else 300000
            )
            ceilings = [int(found) for found in re.findall(r"Constant\(value=Fraction\((\d{6}), 1\)", budget)]
            own = ceilings[0] if "de_minimis_received" in budget and ceilings else general
            left[one.programme.id] = max(Fraction(0), own - Fraction(received))
    return left


def split(chosen: Sequence[Asked], weights: Sequence[Fraction], assessed: Assessed) -> Fraction:
    """The greatest weighed money that limits leave to these programmes, by linear programming in fractions."""
    parts = [(index, cost) for index, one in enumerate(chosen) for cost in (one.costs or {""})]
    rows: list[tuple[list[int], Fraction]] = []
    for index, one in enumerate(chosen):
        rows.append(([place for place, part in enumerate(parts) if part[0] == index], one.most))
    for place, (index, cost) in enumerate(parts):
        if cost:
            rows.append(([place], chosen[index].shares[cost]))
    for cost in {cost for _, cost in parts if cost}:
        most = ceiling(cost, chosen, assessed.profile)
        if most is not None:
            rows.append(([place for place, part in enumerate(parts) if part[1] == cost], most))
    left = rooms(chosen, assessed)
    for room in set(left.values()):
        inside = {index for index, one in enumerate(chosen) if left.get(one.programme.id, room + 1) <= room}
        rows.append(([place for place, part in enumerate(parts) if part[0] in inside], room))
    return linear([weights[index] for index, _ in parts], rows)


def linear(worth: Sequence[Fraction], rows: Sequence[tuple[list[int], Fraction]]) -> Fraction:
    """The greatest worth of numbers from 0 on of which each row, added up, stays within its bound (simplex, Bland)."""
    count = len(worth)
    table = [
        [Fraction(place in row) for place in range(count)]
        + [Fraction(other == index) for other in range(len(rows))]
        + [most]
        for index, (row, most) in enumerate(rows)
    ]
    gain = [*(-one for one in worth), *(Fraction(0) for _ in rows), Fraction(0)]
    basis = [count + index for index in range(len(rows))]
    while (enter := next((column for column, one in enumerate(gain[:-1]) if one < 0), None)) is not None:
        ratios = [(row[-1] / row[enter], basis[index], index) for index, row in enumerate(table) if row[enter] > 0]
        _, _, leave = min(ratios)
        pivot = table[leave][enter]
        table[leave] = [one / pivot for one in table[leave]]
        for row in (*(row for index, row in enumerate(table) if index != leave), gain):
            factor = row[enter]
            if factor:
                row[:] = [one - factor * other for one, other in zip(row, table[leave], strict=True)]
        basis[leave] = enter
    return gain[-1]
