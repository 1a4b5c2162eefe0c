"""One profile -> its assessment."""

from collections.abc import Container, Iterable, Mapping
from fractions import Fraction

from eligibility.engine.assessment import (
    Assessed,
    AwardResult,
    CriterionResult,
    Derived,
    Outcome,
    ProgrammeResult,
    Verdict,
)
from eligibility.engine.known import Judgement, Quantity
from eligibility.engine.profile import Finding, Profile, read_profile
from eligibility.engine.reference import Reference
from eligibility.engine.worked_out import worked_out_facts
from eligibility.language.award import Award, AwardReading
from eligibility.language.criterion import Criterion
from eligibility.language.definition import Definition
from eligibility.language.lookup import Lookup
from eligibility.language.programme import MINIMUM_AWARD, Programme
from eligibility.language.shape import Text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from eligibility.values.money import MINOR_UNITS, round_half_up
from eligibility.values.truth import Truth

OUTCOMES = {Truth.YES: Outcome.MET, Truth.NO: Outcome.NOT_MET, Truth.UNKNOWN: Outcome.UNKNOWN}


def assess(
    rulebook: Rulebook, answers: Mapping[str, object], findings: Mapping[str, Finding] | None = None
) -> Assessed:
    """Assess answers as in an answers file, and what was found otherwise.

    Raises:
        AnswerError: with one problem for each answer that cannot be used.
    """
    return assess_profile(rulebook, read_profile(rulebook, answers, findings))


def assess_profile(rulebook: Rulebook, profile: Profile) -> Assessed:
    """Assess a profile against every programme of the rulebook."""
    reference = Reference(rulebook, profile)
    results = tuple(_programme(programme, reference) for programme in rulebook.programmes.values())
    derived = {
        **worked_out_facts(reference),
        **{name: _derived(definition, reference) for name, definition in rulebook.definitions.items()},
    }
    return Assessed(rulebook, profile, derived, results)


def assess_programme(rulebook: Rulebook, profile: Profile, programme: Programme) -> ProgrammeResult:
    """Assess a profile against one programme alone."""
    return _programme(programme, Reference(rulebook, profile))


def assess_programmes(rulebook: Rulebook, profile: Profile, names: Iterable[str]) -> list[ProgrammeResult]:
    """Assess a profile against some programmes."""
    reference = Reference(rulebook, profile)
    return [_programme(rulebook.programmes[name], reference) for name in names]


def _programme(programme: Programme, reference: Reference) -> ProgrammeResult:
    criteria = [_criterion(criterion, reference) for criterion in programme.criteria]
    reading: AwardReading[Judgement, Quantity] | None = None
    if programme.award is not None:
        reading = programme.award.interpret(reference)
        if reading.enough is not None:
            criteria.append(_minimum(programme.award, reading.enough))
    verdict = verdict_of({result.outcome for result in criteria})
    window = programme.window.status(reference.rulebook.as_of)
    if verdict is Verdict.NOT_ELIGIBLE:
        return ProgrammeResult(programme, verdict, window, tuple(criteria), frozenset(), None)
    award = None if programme.award is None or reading is None else _award(programme.award, reading)
    missing = frozenset().union(*(result.missing for result in criteria), _award_missing(reading))
    return ProgrammeResult(programme, verdict, window, tuple(criteria), missing, award)


def _criterion(criterion: Criterion, reference: Reference) -> CriterionResult:
    if criterion.condition is None:
        return CriterionResult(
            criterion.id, Outcome.MANUAL, (), frozenset(), criterion.text, None, criterion.cites, None
        )
    judgement: Judgement = criterion.condition.interpret(reference)
    return CriterionResult(
        criterion.id,
        OUTCOMES[judgement.truth],
        tuple(sorted(criterion.condition.facts())),
        judgement.missing,
        criterion.text,
        criterion.condition,
        criterion.cites,
        judgement,
    )


def _minimum(award: Award, enough: Judgement) -> CriterionResult:
    facts = tuple(sorted(award.facts()))
    cites = award.at_least[0].cites
    text = award.at_least[0].text
    return CriterionResult(MINIMUM_AWARD, OUTCOMES[enough.truth], facts, enough.missing, text, None, cites, enough)


def verdict_of(outcomes: Container[Outcome]) -> Verdict:
    """Return what the outcomes of all criteria make together."""
    if Outcome.NOT_MET in outcomes:
        return Verdict.NOT_ELIGIBLE
    if Outcome.UNKNOWN in outcomes:
        return Verdict.UNDETERMINED
    return Verdict.LIKELY if Outcome.MANUAL in outcomes else Verdict.ELIGIBLE


def _award(award: Award, reading: AwardReading[Judgement, Quantity]) -> AwardResult | None:
    if award.currency is None and reading.rate is None:
        return None
    rate = None if reading.rate is None else reading.rate.interval
    amount = None
    if reading.amount is not None and award.currency is not None:
        amount = rounded(reading.amount.interval, award.currency)
    return AwardResult(award.currency, rate, amount, reading)


def _award_missing(reading: AwardReading[Judgement, Quantity] | None) -> frozenset[str]:
    quantities = () if reading is None else (reading.rate, reading.amount)
    return frozenset().union(*(quantity.missing for quantity in quantities if quantity is not None))


def rounded(interval: Interval, currency: str) -> Interval:
    """Round an amount half up to the smallest unit of its currency."""
    decimals = MINOR_UNITS[currency]

    def end(value: Number | None) -> Fraction | None:
        return None if value is None else round_half_up(Fraction(value), decimals)

    return Interval(end(interval.low), end(interval.high))


def _derived(definition: Definition, reference: Reference) -> Derived:
    given = reference.profile.given(definition.id) is not None
    return Derived(reference.known(definition.id), given, () if given else _notes(definition, reference.profile))


def _notes(definition: Definition, profile: Profile) -> tuple[Text, ...]:
    if not isinstance(definition.body, Lookup) or definition.body.on is not None:
        return ()
    code = profile.given(definition.body.key)
    if not isinstance(code, str):
        return ()
    found = [(period.notes, period.rows.prefix(code)) for period in definition.body.periods]
    return tuple(note for notes, prefix in found if prefix is not None for note in notes.get(prefix, ()))
