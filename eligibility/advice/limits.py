"""What keeps a plan from bringing more: each rule is left out by turns, and the plan made again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Literal

from eligibility.advice.combining import Pair
from eligibility.advice.divide import divide
from eligibility.advice.headroom import RECEIVED
from eligibility.advice.plan import Limit
from eligibility.advice.solve import most
from eligibility.advice.task import Claim, Couple, Division, Task
from eligibility.language.cite import Cite
from eligibility.language.cumulation import Cumulation
from eligibility.language.shape import Text

Kind = Literal["excluded", "same_costs", "ceiling", "de_minimis"]
KINDS: tuple[Kind, ...] = ("excluded", "same_costs", "ceiling", "de_minimis")


@dataclass(frozen=True, slots=True)
class Budget:
    """Where it is written down that the awards of a programme are cut to a budget."""

    text: Text | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that a task was made from: what is said of each couple, and the budgets by programme.

    `unsaid` are the claims of excluded couples that would be apart if nothing was said of them.
    """

    pairs: Mapping[Couple, Pair]
    budgets: Mapping[str, Budget]
    unsaid: Mapping[Couple, frozenset[frozenset[Claim]]]


@dataclass(frozen=True, slots=True)
class _Lifted:
    """A task without one of its rules, which concerned some of these programmes."""

    kind: Kind
    task: Task
    programmes: frozenset[str]
    facts: tuple[str, ...] = ()


def limits(task: Task, best: Division, rules: Rules, unit: int) -> tuple[Limit, ...]:
    """Return the rules without which more money would be expected, the one that costs most first.

    `unit` is how many smallest units one of the currency has.
    """
    found: list[Limit] = []
    for lifted in _lifted(task, rules):
        division = most(lifted.task)
        if division is not None and division.expected > best.expected:
            gain = (division.expected - best.expected) / unit
            concerned = _concerned(lifted, division)
            text, cites = _source(lifted.kind, concerned, rules)
            found.append(Limit(lifted.kind, concerned, lifted.facts, gain, text, cites))
    return tuple(sorted(found, key=lambda limit: (-limit.gain, KINDS.index(limit.kind))))


def cut_by(task: Task, division: Division, place: int) -> tuple[str, ...]:
    """Return the kinds of limits that keep the offer at a place from paying all that it would alone."""
    offer = division.offers[place]
    if division.money[place] == offer.possible:
        return ()
    ceilings = tuple(one for one in task.ceilings if one.cost not in offer.costs)
    headrooms = tuple(one for one in task.headrooms if offer.programme not in one.programmes)
    without = {"ceiling": replace(task, ceilings=ceilings), "de_minimis": replace(task, headrooms=headrooms)}
    cutting = tuple(kind for kind, one in without.items() if divide(division.offers, one).expected > division.expected)
    # Where two cut at the same place, leaving out one of them changes nothing.
    return cutting or tuple(kind for kind, one in without.items() if one != task)


def _lifted(task: Task, rules: Rules) -> Iterator[_Lifted]:
    for couple in sorted(task.excluded, key=sorted):
        apart = task.apart | rules.unsaid[couple]
        yield _Lifted("excluded", replace(task, excluded=task.excluded - {couple}, apart=apart), couple)
    everyone = frozenset(offer.programme for offer in task.offers)
    for costs in sorted({_costs(claims) for claims in task.apart}):
        apart = frozenset(claims for claims in task.apart if _costs(claims) != costs)
        yield _Lifted("same_costs", replace(task, apart=apart), everyone, costs)
    for cost in dict.fromkeys(ceiling.cost for ceiling in task.ceilings):
        if _may_cut(task, cost):
            ceilings = tuple(one for one in task.ceilings if one.cost != cost)
            yield _Lifted("ceiling", replace(task, ceilings=ceilings), everyone, (cost,))
    if task.headrooms:
        inside = frozenset().union(*(headroom.programmes for headroom in task.headrooms))
        yield _Lifted("de_minimis", replace(task, headrooms=()), inside, (RECEIVED,))


def _costs(claims: frozenset[Claim]) -> tuple[str, ...]:
    return tuple(sorted({cost for _, cost in claims}))


def _may_cut(task: Task, cost: str) -> bool:
    greatest: dict[str, int] = {}
    for offer in task.offers:
        greatest[offer.programme] = max(greatest.get(offer.programme, 0), offer.shares.get(cost, 0))
    return sum(greatest.values()) > min(ceiling.most for ceiling in task.ceilings if ceiling.cost == cost)


def _concerned(lifted: _Lifted, division: Division) -> tuple[str, ...]:
    """Return the programmes between which the rule stood, in the order of the offers."""
    costs = set(lifted.facts) if lifted.kind in ("same_costs", "ceiling") else set()
    return tuple(
        offer.programme
        for offer in division.offers
        if offer.programme in lifted.programmes and (not costs or costs & set(offer.costs))
    )


def _source(kind: Kind, programmes: tuple[str, ...], rules: Rules) -> tuple[Text | None, tuple[Cite, ...]]:
    """Return what the rule files say, as far as they say anything."""
    if kind == "de_minimis":
        budgets = [rules.budgets[name] for name in programmes if name in rules.budgets]
        texts = [budget.text for budget in budgets]
        return _first(texts), tuple(dict.fromkeys(chain.from_iterable(budget.cites for budget in budgets)))
    pairs = [rules.pairs[frozenset(couple)] for couple in combinations(programmes, 2)]
    lines = list(dict.fromkeys(chain.from_iterable(_lines(kind, pair) for pair in pairs)))
    return _first([line.text for line in lines]), tuple(
        dict.fromkeys(chain.from_iterable(line.cites for line in lines))
    )


def _lines(kind: Kind, pair: Pair) -> tuple[Cumulation, ...]:
    return {"excluded": pair.excluded, "same_costs": pair.apart, "ceiling": pair.capping}.get(kind, ())


def _first(texts: list[Text | None]) -> Text | None:
    return next((text for text in texts if text is not None), None)
