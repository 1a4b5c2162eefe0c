"""What is settled although Kleene logic cannot see it: told in the assessment as what it is."""

from collections.abc import Mapping
from dataclasses import replace

from eligibility.engine.assess import assess_programmes
from eligibility.engine.assessment import Assessed, CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.engine.profile import Profile, Subject, Value
from eligibility.interview.plan import Standing
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval


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
    filled = _filled(assessed.rulebook, assessed.profile, result.id)
    [known] = assess_programmes(assessed.rulebook, filled, [result.id])
    met = known.verdict in (Verdict.ELIGIBLE, Verdict.LIKELY)
    criteria = tuple(_met(criterion) if met else criterion for criterion in result.criteria)
    return replace(result, verdict=known.verdict, award=known.award, criteria=criteria, missing=frozenset())


def _met(criterion: CriterionResult) -> CriterionResult:
    if criterion.outcome is not Outcome.UNKNOWN:
        return criterion
    return replace(criterion, outcome=Outcome.MET, missing=frozenset())


def _filled(rulebook: Rulebook, profile: Profile, programme: str) -> Profile:
    unknown = [name for name in rulebook.reads[programme] if name in rulebook.facts and name not in profile.values]
    return Profile({**profile.values, **{name: _some(rulebook.facts[name]) for name in unknown}}, profile.answers)


def _some(subject: Subject) -> Value:
    """Return some value of a fact."""
    if subject.type == "truth":
        return False
    if subject.type == "choice":
        return subject.choices[-1]
    if subject.type == "code":
        # The finest: what is coarse leaves tests open.
        return max(subject.names, key=len)
    return Interval.point(subject.low if subject.low is not None else 1)
