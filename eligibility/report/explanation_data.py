"""The explanation of one programme as data: a part of the JSON of an assessment."""

from eligibility.advice.explanation import Explanation, Ground, Need, Outlook, Step
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.language.award import Award
from eligibility.report.answer_texts import answer_texts, told_ends
from eligibility.report.exact import Json, answered, cited, ends, figures
from eligibility.report.explanation_words import ground_text, step_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from eligibility.words import Words

APPLIES = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown"}


def explanation_dict(explanation: Explanation, assessed: Assessed, language: str) -> Json:
    """Return an explanation as JSON values; texts are in `de`, `en` or `ko`, decimals are strings."""
    speech = RuleSpeech(Words(language), assessed.rulebook)
    result = next(result for result in assessed.programmes if result.id == explanation.programme)
    award = result.programme.award
    return {
        "grounds": [_ground(ground, result, speech) for ground in explanation.grounds],
        "needs": [_need(need, result, speech) for need in explanation.needs],
        "steps": [] if award is None else [_step(step, award, assessed, speech) for step in explanation.steps],
    }


def _ground(ground: Ground, result: ProgrammeResult, speech: RuleSpeech) -> Json:
    return {
        "criteria": list(ground.criteria),
        "facts": list(ground.facts),
        "text": ground_text(ground, result, speech),
    }


def _need(need: Need, result: ProgrammeResult, speech: RuleSpeech) -> Json:
    told = zip(need.outlooks, answer_texts(need, speech), strict=True)
    return {
        "fact": need.fact,
        "text": speech.label(need.fact),
        "verdict": need.verdict,
        "award": need.award,
        "outlooks": [_outlook(need.fact, outlook, text, result, speech) for outlook, text in told],
    }


def _outlook(fact: str, outlook: Outlook, text: str, result: ProgrammeResult, speech: RuleSpeech) -> Json:
    award = result.programme.award
    currency = None if award is None else award.currency
    told = [told_ends(value, outlook) if isinstance(value, Interval) else value for value in outlook.values]
    kind = speech.rulebook.subject(fact).type
    return {
        "values": [answered(value, kind) for value in told if value != Interval()],
        "text": text,
        "verdict": outlook.verdict.value,
        "failed": list(outlook.failed),
        "rate": None if outlook.rate is None else ends(outlook.rate, "percent"),
        "amount": None if outlook.amount is None or currency is None else ends(outlook.amount, currency),
    }


def _step(step: Step, award: Award, assessed: Assessed, speech: RuleSpeech) -> Json:
    return {
        "kind": step.kind,
        "id": step.id or None,
        "text": step_text(step, award, assessed, speech),
        "unit": step.unit,
        "value": figures(step.value, step.unit),
        "result": None if step.result is None else figures(step.result, step.unit),
        "applies": APPLIES[step.applies],
        "missing": sorted(step.narrowed_by),
        **cited(step.cites),
    }
