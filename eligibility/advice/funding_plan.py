"""The best funding plan for what is known of one company and its project, in each currency on its own."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal

from eligibility.advice.candidates import Candidates, candidates
from eligibility.advice.combining import pair
from eligibility.advice.headroom import REGIME
from eligibility.advice.limits import cut_by, limits
from eligibility.advice.plan import Application, Combination, FundingPlan, OpenPoint
from eligibility.advice.plan_steps import plan_steps
from eligibility.advice.plan_task import Stated, plan_task
from eligibility.advice.solve import best
from eligibility.advice.task import Division
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import AnswerError, Problem

UNCERTAIN = ("lottery", "competitive")


def funding_plans(assessed: Assessed, chances: Mapping[str, Fraction] | None = None) -> tuple[FundingPlan, ...]:
    """Return the plan with the greatest expected money for each currency in which a programme within reach pays.

    Args:
        assessed: what the rulebook says of the company.
        chances: by the id of a programme, how likely an application succeeds, from 0 to 1; 1 where nothing is given.

    Raises:
        AnswerError: a chance is not from 0 to 1, or there is no such programme.
        PlanFailure: a plan does not stand up to exact arithmetic, which is a defect.
    """
    given = _checked(chances or {}, assessed.rulebook)
    return tuple(_plan(currency, one, assessed, given) for currency, one in candidates(assessed).items())


def _checked(chances: Mapping[str, Fraction], rulebook: Rulebook) -> Mapping[str, Fraction]:
    problems = []
    for name, chance in chances.items():
        if name not in rulebook.programmes:
            hint = nearest(name, rulebook.programmes)
            problems.append(Problem("unknown-programme", f"there is no programme `{name}`", None, hint))
        elif not 0 <= chance <= 1:
            hint = "1 is certain, 0 is hopeless"
            problems.append(Problem("not-a-chance", f"`{name}`: a chance is from 0 to 1, not {chance}", None, hint))
    if problems:
        raise AnswerError(*problems)
    return {name: Fraction(chance) for name, chance in chances.items()}


def _plan(currency: str, found: Candidates, assessed: Assessed, given: Mapping[str, Fraction]) -> FundingPlan:
    stated = plan_task(currency, found.paying, assessed, given)
    chosen = best(stated.task)
    second = None if chosen is None else best(stated.task, [chosen.programmes])
    taken = [] if chosen is None else [one for one in found.paying if one.id in chosen.programmes]
    unit = 10 ** MINOR_UNITS[currency]
    return FundingPlan(
        currency,
        _combination(chosen, stated, unit),
        None if second is None else _combination(second, stated, unit),
        () if chosen is None else limits(stated.task, chosen, stated.rules, unit),
        tuple(_open_points(found, taken, stated, given)),
        plan_steps(taken, _beside(found, taken), found.upcoming, assessed.rulebook.as_of),
    )


def _combination(division: Division | None, stated: Stated, unit: int) -> Combination:
    if division is None:
        return Combination((), Interval.point(Fraction(0)), Fraction(0))
    applications = tuple(
        Application(
            offer.programme,
            offer.costs,
            _money(offer.sure, offer.possible, unit),
            _money(division.sure[place], division.money[place], unit),
            stated.task.chances[offer.programme],
            cut_by(stated.task, division, place),
        )
        for place, offer in enumerate(division.offers)
    )
    money = _money(sum(division.sure), sum(division.money), unit)
    return Combination(applications, money, division.expected / unit)


def _money(sure: int, possible: int, unit: int) -> Interval:
    return Interval(Fraction(sure, unit), Fraction(possible, unit))


def _beside(found: Candidates, taken: Sequence[ProgrammeResult]) -> list[ProgrammeResult]:
    """Return what can be used besides: all but what a programme of the plan does not allow."""
    return [one for one in found.beside if not any(pair(one.programme, other.programme).excluded for other in taken)]


def _open_points(
    found: Candidates, taken: Sequence[ProgrammeResult], stated: Stated, given: Mapping[str, Fraction]
) -> Iterator[OpenPoint]:
    for one, other in combinations(taken, 2):
        if stated.rules.pairs[frozenset({one.id, other.id})].silent:
            yield OpenPoint("together", (one.id, other.id))
    held = {result.id for result in taken}
    for result in found.unpriced:
        if result.id not in held:
            yield OpenPoint("amount", (result.id,))
    for result in _beside(found, taken):
        if result.programme.shape.kind == "loan" and result.programme.shape.regime == REGIME:
            yield OpenPoint("grant_equivalent", (result.id,))
    for result in taken:
        if result.programme.shape.selection in UNCERTAIN and result.id not in given:
            yield OpenPoint("chance", (result.id,))
    vague = [one for one in taken if one.programme.shape.regime == REGIME and one.id not in stated.settled_rooms]
    yield from _together("headroom", vague)
    yield from _together("hopeless", [result for result in found.paying if given.get(result.id) == 0])


def _together(kind: Literal["headroom", "hopeless"], results: Sequence[ProgrammeResult]) -> Iterator[OpenPoint]:
    if results:
        yield OpenPoint(kind, tuple(result.id for result in results))
