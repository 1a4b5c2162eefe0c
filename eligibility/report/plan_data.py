"""A funding plan as data."""

from collections.abc import Sequence
from fractions import Fraction

from eligibility.advice.plan import Application, Combination, FundingPlan, Limit, PlanStep
from eligibility.engine.assessment import Assessed
from eligibility.report.data import papers
from eligibility.report.exact import Json, amount_text, cited, day_text, ends, number_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words


def plan_dict(plan: FundingPlan, assessed: Assessed, language: str) -> Json:
    """Return a funding plan as JSON values; texts are in `de`, `en` or `ko`, decimals are strings."""
    speech = RuleSpeech(Words(language), assessed.rulebook)
    second = plan.runner_up
    return {
        "currency": plan.currency,
        "best": _combination(plan.best, plan.currency, assessed, speech),
        "runner_up": None if second is None else _combination(second, plan.currency, assessed, speech),
        "limits": [_limit(limit, plan.currency, speech) for limit in plan.limits],
        "open_points": [{"kind": point.kind, "programmes": list(point.programmes)} for point in plan.open_points],
        "steps": [_step(step, speech) for step in plan.steps],
    }


def _combination(found: Combination, currency: str, assessed: Assessed, speech: RuleSpeech) -> Json:
    own = own_share(found.applications, assessed)
    return {
        "applications": [_application(one, currency, assessed, speech) for one in found.applications],
        "money": ends(found.money, currency),
        "expected": amount_text(found.expected, currency),
        "own_share": None if own is None else ends(own, currency),
    }


def own_share(applications: Sequence[Application], assessed: Assessed) -> Interval | None:
    """Return what is left to pay of the costs for which money is asked, in units of the currency; `None` without any.

    What a programme pays without regard to costs is left out.
    """
    costs = dict.fromkeys(cost for one in applications for cost in one.costs)
    if not costs:
        return None
    total, money = Interval.point(Fraction(0)), Interval.point(Fraction(0))
    for cost in costs:
        total = total + _amount(cost, assessed)
    for one in applications:
        money = money + (one.money if one.costs else Interval.point(Fraction(0)))
    return (total - money).clamped(Fraction(0), None)


def _amount(cost: str, assessed: Assessed) -> Interval:
    given = assessed.profile.given(cost)
    return given if isinstance(given, Interval) else Interval()


def _application(one: Application, currency: str, assessed: Assessed, speech: RuleSpeech) -> Json:
    return {
        "programme": one.programme,
        "name": speech.text(assessed.rulebook.programmes[one.programme].shape.name),
        "costs": [
            {"fact": cost, "label": speech.label(cost), "amount": ends(_amount(cost, assessed), currency)}
            for cost in one.costs
        ],
        "alone": ends(one.alone, currency),
        "money": ends(one.money, currency),
        "chance": number_text(one.chance),
        "cut_by": list(one.cut_by),
    }


def _limit(limit: Limit, currency: str, speech: RuleSpeech) -> Json:
    return {
        "kind": limit.kind,
        "programmes": list(limit.programmes),
        "facts": list(limit.facts),
        "gain": amount_text(limit.gain, currency),
        "text": None if limit.text is None else speech.text(limit.text),
        **cited(limit.cites),
    }


def _step(step: PlanStep, speech: RuleSpeech) -> Json:
    return {
        "kind": step.kind,
        "programmes": list(step.programmes),
        "earliest": day_text(step.earliest),
        "by": day_text(step.by),
        "papers": papers(speech.rulebook, step.papers, speech),
    }
