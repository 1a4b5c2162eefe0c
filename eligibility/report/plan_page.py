"""The funding plan as a section of a report: the programmes, what limits them, and what to do when."""

from collections.abc import Iterator
from fractions import Fraction

from eligibility.advice.plan import Application, Combination, FundingPlan, Limit, OpenPoint
from eligibility.engine.assessment import Assessed
from eligibility.report.criteria import sources_of
from eligibility.report.page import Column, Group, Item, Table
from eligibility.report.plan_data import own_share
from eligibility.report.plan_steps import steps_table
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import end_sum_text, sum_text
from eligibility.report.terms import apply_by
from eligibility.values.interval import Interval

_LIMITS = {
    "excluded": "Not together: {programmes}",
    "same_costs": "Each cost is funded once ({costs}): {programmes}",
    "ceiling": "All aid for the same cost together has a ceiling ({costs}): {programmes}",
    "de_minimis": "The de-minimis headroom is used up: {programmes}",
}
_CUTS = {
    "ceiling": "all aid for the same cost together has a ceiling",
    "de_minimis": "the de-minimis headroom does not hold more",
}
_OPEN_POINTS = {
    "together": "The rules do not say whether these may be combined; ask before you apply: {programmes}",
    "amount": "The amount is not known and not counted: {programmes}",
    "grant_equivalent": "The loan uses up de-minimis headroom too; work out how much: {programmes}",
    "chance": "Not everybody who qualifies gets it; counted in full: {programmes}",
    "headroom": "The de-minimis aid received so far is not known, so that less may be left: {programmes}",
    "hopeless": "Left out, as the chance given is 0: {programmes}",
}


def plan_groups(plans: tuple[FundingPlan, ...], assessed: Assessed, speech: RuleSpeech) -> Iterator[Group]:
    """Yield one section for each currency."""
    for plan in plans:
        if not plan.best.applications and not plan.steps and not _leaves_out(plan):
            continue
        title = speech.say("Funding plan")
        if len(plans) > 1:
            title = speech.say("{what} ({note})", what=title, note=plan.currency)
        tables = (_applications(plan, assessed, speech),) if plan.best.applications else ()
        yield Group(
            title,
            items=tuple(_items(plan, assessed, speech)),
            tables=(*tables, *steps_table(plan.steps, speech)),
        )


def _leaves_out(plan: FundingPlan) -> bool:
    """Whether a plan that holds nothing would not tell why."""
    return any(point.kind == "hopeless" for point in plan.open_points)


def _applications(plan: FundingPlan, assessed: Assessed, speech: RuleSpeech) -> Table:
    say, best = speech.say, plan.best
    exact = all(one.money.is_point for one in best.applications)
    money = (Column(say("Money"), number=True),) if exact else _both_ends(speech)
    columns = (Column(say("Programme")), Column(say("What for")), *money, Column(say("Apply by")))
    rows = tuple(
        (
            name_of(one.programme, speech),
            _costs(one.costs, speech),
            *_money(one.money, plan.currency, exact, speech),
            apply_by(assessed.rulebook.programmes[one.programme], assessed.rulebook.as_of, speech.words),
        )
        for one in best.applications
    )
    totals = (say("Total"), "", *_money(best.money, plan.currency, exact, speech), "")
    return Table("", columns, rows, totals if len(rows) > 1 else ())


def _both_ends(speech: RuleSpeech) -> tuple[Column, Column]:
    return Column(speech.say("Sure"), number=True), Column(speech.say("Possible"), number=True)


def _money(money: Interval, currency: str, exact: bool, speech: RuleSpeech) -> tuple[str, ...]:
    low = Fraction(0) if money.low is None else Fraction(money.low)
    ends = (speech.quantity(low, currency), end_sum_text(money.high, currency, speech))
    return ends[:1] if exact else ends


def name_of(programme: str, speech: RuleSpeech) -> str:
    """Return the name of a programme; its id where the rulebook was loaded without it."""
    known = speech.rulebook.programmes.get(programme)
    return programme if known is None else speech.text(known.shape.name)


def _names(programmes: tuple[str, ...], speech: RuleSpeech) -> str:
    return speech.words.join([name_of(one, speech) for one in programmes])


def _costs(costs: tuple[str, ...], speech: RuleSpeech) -> str:
    return ", ".join(speech.label(cost) for cost in costs)


def _items(plan: FundingPlan, assessed: Assessed, speech: RuleSpeech) -> Iterator[Item]:
    yield from _own_share(plan, assessed, speech)
    if plan.runner_up is not None and plan.runner_up.applications:
        yield _runner_up(plan.best, plan.runner_up, plan.currency, speech)
    for application in plan.best.applications:
        yield from _cut(application, plan.currency, speech)
        yield from _chance(application, speech)
    for limit in plan.limits:
        yield _limit(limit, plan.currency, speech)
    for point in plan.open_points:
        yield _open_point(point, speech)


def _own_share(plan: FundingPlan, assessed: Assessed, speech: RuleSpeech) -> Iterator[Item]:
    """Yield what the company pays itself of the costs that the plan funds, as far as these are known exactly."""
    funded = [one for one in plan.best.applications if one.costs and _cost(one.costs, assessed) is not None]
    if not funded:
        return
    costs = tuple(dict.fromkeys(cost for one in funded for cost in one.costs))
    total, share = _cost(costs, assessed), own_share(funded, assessed)
    assert total is not None
    assert share is not None
    text = speech.say(
        "Own share: {share} of costs of {costs}",
        share=sum_text(share, plan.currency, speech),
        costs=sum_text(total, plan.currency, speech),
    )
    yield Item(text, (_costs(costs, speech),))


def _cost(costs: tuple[str, ...], assessed: Assessed) -> Interval | None:
    """Return the sum of some costs; `None` where one is not known exactly."""
    known = [assessed.profile.values.get(cost) for cost in costs]
    exact = [cost for cost in known if isinstance(cost, Interval) and cost.is_point]
    if len(exact) < len(costs):
        return None
    return Interval.point(sum((Fraction(cost.low or 0) for cost in exact), start=Fraction(0)))


def _runner_up(best: Combination, second: Combination, currency: str, speech: RuleSpeech) -> Item:
    names = _names(tuple(one.programme for one in second.applications), speech)
    money = sum_text(second.money, currency, speech)
    text = speech.say("Second best: {programmes} ({money})", programmes=names, money=money)
    less = best.expected - second.expected
    notes = (speech.say("{amount} less", amount=speech.quantity(less, currency)),) if less else ()
    return Item(text, notes or (speech.say("just as much"),))


def _cut(application: Application, currency: str, speech: RuleSpeech) -> Iterator[Item]:
    """Yield what a programme would bring alone, where it brings less beside the others."""
    if not application.cut_by:
        return
    money, alone = (sum_text(one, currency, speech) for one in (application.money, application.alone))
    name = name_of(application.programme, speech)
    text = speech.say("{programme}: {money} in this plan, alone {alone}", programme=name, money=money, alone=alone)
    yield Item(text, tuple(speech.say(_CUTS[limit]) for limit in application.cut_by))


def _chance(application: Application, speech: RuleSpeech) -> Iterator[Item]:
    if application.chance != 1:
        name, chance = name_of(application.programme, speech), speech.words.percent(application.chance)
        yield Item(speech.say("{programme}: counted with a chance of {chance}", programme=name, chance=chance))


def _limit(limit: Limit, currency: str, speech: RuleSpeech) -> Item:
    told = speech.say(
        _LIMITS[limit.kind], programmes=_names(limit.programmes, speech), costs=_costs(limit.facts, speech)
    )
    more = speech.say("Without this limit: {amount} more", amount=speech.quantity(limit.gain, currency))
    rule = () if limit.text is None else (speech.text(limit.text),)
    return Item(told, (*rule, more), sources_of(limit.cites, speech))


def _open_point(point: OpenPoint, speech: RuleSpeech) -> Item:
    return Item(speech.say(_OPEN_POINTS[point.kind], programmes=_names(point.programmes, speech)))
