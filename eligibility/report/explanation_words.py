"""Grounds and steps of an explanation in words, each in one line."""

from dataclasses import replace
from fractions import Fraction

from eligibility.advice.explanation import Ground, Step
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.known import Judgement
from eligibility.engine.reference import Reference
from eligibility.language.award import Award
from eligibility.language.bands import Bands
from eligibility.language.condition import Condition
from eligibility.language.decide import Decide
from eligibility.language.rate import Rate
from eligibility.report.criteria import criterion_text, under_condition
from eligibility.report.offer import part_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

_KINDS = {
    "base": "Base rate",
    "bonus": "Added to the rate",
    "ceiling": "Rate at most",
    "rate": "Rate",
    "part": "What is paid",
    "total": "Total",
    "minimum": "Award at least",
    "cap": "Award at most",
    "within": "What is left of the limit",
    "rounding": "Rounded",
    "amount": "Amount",
}


def ground_text(ground: Ground, result: ProgrammeResult, speech: RuleSpeech) -> str:
    """Return the criteria of a ground."""
    award = result.programme.award
    told = [criterion_text(one, award, speech) for one in result.criteria if one.id in ground.criteria]
    # Sentences of the rule file go on.
    return "; ".join([*(text.removesuffix(".") for text in told[:-1]), *told[-1:]])


def step_text(step: Step, award: Award, assessed: Assessed, speech: RuleSpeech) -> str:
    """Return what a step is: in the words of the rule file if it has some, else by what it reads."""
    kind = speech.say(_KINDS[step.kind])
    if step.kind == "base":
        assert award.rate is not None
        return under_condition(kind, _holding(award.rate, assessed), speech)
    # A sentence of the rule file goes on here.
    own = _own_text(step, award, speech).removesuffix(".")
    if step.kind == "part":
        return own
    return speech.say("{what} – {detail}", what=kind, detail=own) if own else kind


def _own_text(step: Step, award: Award, speech: RuleSpeech) -> str:
    if step.text is not None:
        return speech.text(step.text)
    if step.kind == "bonus":
        return next(bonus.when.show(speech) for bonus in award.bonuses if bonus.id == step.id)
    if step.kind == "part":
        return next(part_text(part, speech) for part in award.parts if part.id == step.id)
    return ""


def _holding(rate: Rate, assessed: Assessed) -> Condition | None:
    """Return the condition under which the rate is what it is; nothing where there is none, or it is not known yet."""
    reference = Reference(assessed.rulebook, assessed.profile)
    for condition, shown in _conditions(rate):
        if condition is None:
            return None
        judgement: Judgement = condition.interpret(reference)
        if judgement.truth is not Truth.NO:
            return shown if judgement.truth is Truth.YES else None
    return None


def _conditions(rate: Rate) -> list[tuple[Condition | None, Condition | None]]:
    """Return the condition of each line or band, and as it is told: a band begins where the one before ends."""
    if isinstance(rate.value, Decide):
        return [(line.when, line.when) for line in rate.value.lines]
    if not isinstance(rate.value, Bands):
        return []
    found: list[tuple[Condition | None, Condition | None]] = []
    low: Fraction | None = None
    for band in rate.value.bands:
        high = band.test.ranges[0].high
        found.append((band.test, replace(band.test, ranges=(Range(low, high, low_open=low is not None),))))
        low = high
    return found
