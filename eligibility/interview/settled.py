"""What is settled although Kleene logic cannot see it: told in the assessment as what it is."""

from collections.abc import Mapping
from dataclasses import replace

from eligibility.engine.assess import assess_programmes
from eligibility.engine.assessment import Assessed, CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.engine.profile import Profile, Subject, Value
from eligibility.engine.worked_out import completed
from eligibility.interview.plan import Standing
from eligibility.values.interval import Interval

_NAMED_BY_NO_RULE = "~"
"""Ends a code that lies under a coarse one, but under nothing finer that a rule could name."""


def settled(assessed: Assessed, standings: Mapping[str, Standing]) -> Assessed:
    """Return the assessment with verdict and award of the programmes that no further answer can change.

    `3.. or ..2` holds for every number, yet with the number unknown both sides are. Where nothing is wanted any more,
    any values may stand for the unknown facts: all give the same verdict and award.
    """
    results = tuple(
        _told(assessed, result)
        if result.missing and result.id in standings and not standings[result.id].wanted
        else result
        for result in assessed.programmes
    )
    return assessed if results == assessed.programmes else replace(assessed, programmes=results)


def _told(assessed: Assessed, result: ProgrammeResult) -> ProgrammeResult:
    rulebook = assessed.rulebook
    filled = _filled(assessed, result.id)
    [known] = assess_programmes(rulebook, filled, [result.id])
    met = known.verdict in (Verdict.ELIGIBLE, Verdict.LIKELY)
    criteria = tuple(_met(criterion) if met else criterion for criterion in result.criteria)
    award = known.award
    if award is not None:
        # An amount known within a range stays so.
        ranges = {name: value for name, value in assessed.profile.values.items() if isinstance(value, Interval)}
        ranged = Profile({**filled.values, **ranges}, filled.answers)
        award = assess_programmes(rulebook, ranged, [result.id])[0].award
    return replace(result, verdict=known.verdict, award=award, criteria=criteria, missing=frozenset())


def _met(criterion: CriterionResult) -> CriterionResult:
    if criterion.outcome is not Outcome.UNKNOWN:
        return criterion
    return replace(criterion, outcome=Outcome.MET, missing=frozenset())


def _filled(assessed: Assessed, programme: str) -> Profile:
    """Return the profile with some value for each fact that is not known exactly."""
    rulebook, profile = assessed.rulebook, completed(assessed.rulebook, assessed.profile)
    values = dict(profile.values)
    for name in rulebook.reads[programme]:
        if name in rulebook.facts:
            values[name] = _some(rulebook.facts[name], values.get(name))
    filled = Profile(values, profile.answers)
    # What no facts tell is left: the definitions that have to be asked for.
    missing = assess_programmes(rulebook, filled, [programme])[0].missing
    asked = {name: _some(rulebook.definitions[name]) for name in missing if name in rulebook.definitions}
    return Profile({**values, **asked}, profile.answers) if asked else filled


def _some(subject: Subject, known: Value | None = None) -> Value:
    """Return some exact value of a fact that lies in what is known of it."""
    if subject.type == "code":
        return f"{known or ''}{_NAMED_BY_NO_RULE}"
    if isinstance(known, Interval):
        return Interval.point(known.low if known.low is not None else known.high or 0)
    if known is not None:
        return known
    if subject.type == "truth":
        return False
    if subject.type == "choice":
        return subject.choices[-1]
    return Interval.point(subject.low if subject.low is not None else 1)
