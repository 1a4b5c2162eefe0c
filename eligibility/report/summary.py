"""The summary at the top of a report: what can be applied for, the money, the next deadline, what to do first."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from eligibility.advice.plan import FundingPlan
from eligibility.engine.assessment import ProgrammeResult
from eligibility.report.page import Group, Item
from eligibility.report.plan_page import name_of
from eligibility.report.plan_steps import step_text, when_text
from eligibility.report.questions import Missing
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import sum_text
from eligibility.report.terms import current_period

# What goes beside a plan, or has to wait, is not what one does first.
_BRINGS_MONEY = ("papers", "apply")

Grouped = Mapping[str, Sequence[ProgrammeResult]]
"""The results under the names of the groups in which they are told."""


def summary_group(
    groups: Grouped, plans: Sequence[FundingPlan], missing: Sequence[Missing], speech: RuleSpeech
) -> Group:
    """Return the summary."""
    items = (
        *_now(groups, speech),
        *_money(plans, speech),
        *_deadline(groups, speech),
        *_first(groups, plans, missing, speech),
        *_open(groups, missing, speech),
    )
    return Group(speech.say("At a glance"), items=items)


def _stated(label: str, text: str, speech: RuleSpeech, notes: tuple[str, ...] = ()) -> Item:
    return Item(speech.say("{what}: {value}", what=label, value=text), notes)


def _now(groups: Grouped, speech: RuleSpeech) -> Iterator[Item]:
    plural = speech.words.plural
    sure, likely = len(groups["now"]), len(groups["likely"])
    if not sure + likely:
        yield Item(speech.say("No programme can be applied for as things stand."))
        return
    told = plural("{n} programme can be applied for now", "{n} programmes can be applied for now", sure + likely)
    note = plural(
        "for {n} of them the authority decides one point", "for {n} of them the authority decides one point", likely
    )
    if not sure:
        note = speech.say("but a clause is left to the authority")
    yield Item(told, (note,) if likely else ())


def _money(plans: Sequence[FundingPlan], speech: RuleSpeech) -> Iterator[Item]:
    funded = [plan for plan in plans if plan.best.applications]
    for plan in funded:
        money = sum_text(plan.best.money, plan.currency, speech)
        names = [name_of(one.programme, speech) for one in plan.best.applications]
        yield _stated(speech.say("Money in the funding plan"), money, speech, tuple(names))
    if not funded:
        yield _stated(speech.say("Money in the funding plan"), speech.say("none yet"), speech)


def _deadline(groups: Grouped, speech: RuleSpeech) -> Iterator[Item]:
    days: dict[date, list[str]] = {}
    for result in (*groups["now"], *groups["likely"]):
        last = current_period(result.programme, speech.rulebook.as_of).high
        if last is not None:
            days.setdefault(last, []).append(speech.text(result.programme.shape.name))
    if days:
        day = min(days)
        yield _stated(speech.say("Next deadline"), speech.day(day), speech, tuple(days[day]))


def _first(
    groups: Grouped, plans: Sequence[FundingPlan], missing: Sequence[Missing], speech: RuleSpeech
) -> Iterator[Item]:
    """Yield what to do first: the first step of the plan that brings money, else the most useful answer."""
    steps = [step for plan in plans for step in plan.steps if step.kind in _BRINGS_MONEY]
    if steps:
        when = when_text(steps[0], speech)
        yield _stated(
            speech.say("To do first"), step_text(steps[0], speech, brief=True), speech, (when,) if when else ()
        )
    elif missing and groups["answers"]:
        subject = speech.rulebook.subject(missing[0].fact).wording
        question = speech.text(subject.label if subject.question is None else subject.question)
        yield _stated(speech.say("To find out first"), question, speech)


def _open(groups: Grouped, missing: Sequence[Missing], speech: RuleSpeech) -> Iterator[Item]:
    programmes = len(groups["answers"])
    if programmes and missing:
        answers = speech.words.plural("{n} more answer", "{n} more answers", len(missing))
        told = speech.words.plural("{n} programme still open", "{n} programmes still open", programmes)
        yield _stated(told, speech.say("{answers} would tell more", answers=answers), speech)
