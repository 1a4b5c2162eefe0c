"""An assessment as data: the JSON that other programs rely on (docs/assessment.schema.json)."""

from typing import Protocol

from eligibility.engine.assessment import (
    Assessed,
    AwardResult,
    CriterionResult,
    Derived,
    Outcome,
    ProgrammeResult,
    Reason,
)
from eligibility.engine.known import Judgement, Options
from eligibility.engine.profile import Profile, Value
from eligibility.language.in_range import unit_of
from eligibility.report.criteria import criterion_text, reason_text
from eligibility.report.exact import Json, answered, cited, day_text, ends
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import current_period
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.words import Words

SCHEMA = "eligibility.assessment/1"


class NextQuestion(Protocol):
    """What to ask next: the fact, and the ids of the programmes whose result depends on it."""

    @property
    def fact(self) -> str: ...
    @property
    def why(self) -> tuple[str, ...]: ...


def to_dict(assessed: Assessed, language: str, next_question: NextQuestion | None = None) -> Json:
    """Return an assessment as JSON values; texts are in `de`, `en` or `ko`, decimals are strings."""
    rulebook, profile = assessed.rulebook, assessed.profile
    speech = RuleSpeech(Words(language), rulebook)
    found = {name: value for name, value in profile.values.items() if profile.found(name) is not None}
    return {
        "schema": SCHEMA,
        "as_of": rulebook.as_of.isoformat(),
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        "answers": {
            name: answered(value, rulebook.subject(name).type)
            for name, value in profile.values.items()
            if name not in found
        },
        "derived": {
            **{name: _derived(name, one, speech) for name, one in assessed.derived.items()},
            **{name: _found(name, value, profile, speech) for name, value in found.items()},
        },
        "programmes": [_programme(result, speech) for result in assessed.programmes],
        "next_question": _question(next_question, speech),
    }


def _question(question: NextQuestion | None, speech: RuleSpeech) -> Json | None:
    if question is None:
        return None
    wording = speech.rulebook.subject(question.fact).wording
    text = speech.text(wording.label if wording.question is None else wording.question)
    return {"fact": question.fact, "text": text, "why": list(question.why)}


def _found(name: str, value: Value, profile: Profile, speech: RuleSpeech) -> Json:
    """Return a fact that nobody answered, with what it was worked out from."""
    finding = profile.found(name)
    told: Json = {"value": value}
    if isinstance(value, Interval):
        both = ends(value, unit_of(speech.rulebook.subject(name)))
        told = {"value": both["min"]} if value.is_point else {"value": None, **both}
    return {**told, "from": "" if finding is None else finding.source}


def _derived(name: str, found: Derived, speech: RuleSpeech) -> Json:
    value = found.value
    result: Json
    if isinstance(value, Judgement):
        result = {"value": value.truth.known}
    elif isinstance(value, Options):
        result = {"value": value.value}
        if value.values is not None and value.value is None:
            result["values"] = sorted(value.values)
    else:
        both = ends(value.interval, unit_of(speech.rulebook.subject(name)))
        result = {"value": both["min"] if value.interval.is_point else None}
        if not value.interval.is_point and not value.interval.is_unknown:
            result |= both
    if value.missing:
        result["missing"] = sorted(value.missing)
    if found.given:
        result["given"] = True
    if found.notes:
        result["notes"] = [speech.text(note) for note in found.notes]
    if found.reason is not None:
        result["reason"] = _reason(found.reason, speech)
    return result


def _reason(reason: Reason, speech: RuleSpeech) -> Json:
    return {
        "definition": reason.definition,
        "text": reason_text(reason, speech),
        "facts": list(reason.facts),
        **cited(reason.cites),
    }


def _programme(result: ProgrammeResult, speech: RuleSpeech) -> Json:
    programme = result.programme
    shape = programme.shape
    period = current_period(programme, speech.rulebook.as_of)
    benefits = () if programme.award is None else programme.award.in_kind
    return {
        "id": result.id,
        "name": speech.text(shape.name),
        "kind": shape.kind,
        "selection": shape.selection,
        "verdict": result.verdict.value,
        "window": result.window,
        "opens": day_text(period.low),
        "closes": day_text(period.high),
        "criteria": [_criterion(criterion, result, speech) for criterion in result.criteria],
        "failed": list(result.failed),
        "manual": [criterion.id for criterion in result.criteria if criterion.outcome is Outcome.MANUAL],
        "missing": sorted(result.missing),
        "award": None if result.award is None else _award(result.award),
        "in_kind": [{"text": speech.text(text), **cited(cites)} for text, cites in benefits],
        "observe": [{"text": speech.text(note.text), **cited(note.cites)} for note in programme.observe],
        "papers": papers(speech.rulebook, shape.papers, speech),
        "followed_by": list(shape.followed_by),
        "part_of": shape.part_of,
    }


def papers(rulebook: Rulebook, names: tuple[str, ...], speech: RuleSpeech) -> list[Json]:
    """Return the papers of a programme with their names."""
    return [{"id": name, "text": speech.text(rulebook.papers[name])} for name in names]


def _criterion(criterion: CriterionResult, result: ProgrammeResult, speech: RuleSpeech) -> Json:
    return {
        "id": criterion.id,
        "outcome": criterion.outcome.value,
        "text": criterion_text(criterion, result.programme.award, speech),
        "facts": list(criterion.facts),
        "missing": sorted(criterion.missing),
        **cited(criterion.cites),
    }


def _award(award: AwardResult) -> Json:
    amount = None if award.amount is None or award.currency is None else ends(award.amount, award.currency)
    return {
        "currency": award.currency,
        "rate": None if award.rate is None else ends(award.rate, "percent"),
        "amount": amount,
    }
