"""Assessment -> explanation: why each verdict stands, what missing answers would decide, how the award comes about."""

from collections.abc import Collection

from eligibility.advice.explanation import Explanation, Explanations
from eligibility.advice.grounds import Grounds
from eligibility.advice.needs import Needs
from eligibility.advice.steps import steps_of
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.profile import Profile
from eligibility.engine.reference import Reference
from eligibility.rulebook.rulebook import Rulebook

_CLOSED = "closed"


def explain(rulebook: Rulebook, profile: Profile, result: ProgrammeResult) -> Explanation:
    """Explain one programme, assessed on this profile."""
    return _Explaining(rulebook, profile).of(result)


def explained(assessed: Assessed, only: Collection[str] | None = None) -> Explanations:
    """Explain the programmes of these ids; without them all to which one can apply now or later."""
    explaining = _Explaining(assessed.rulebook, assessed.profile)
    return {
        result.id: explaining.of(result)
        for result in assessed.programmes
        if (result.id in only if only is not None else result.window != _CLOSED)
    }


class _Explaining:
    """What explanations on one profile share."""

    def __init__(self, rulebook: Rulebook, profile: Profile) -> None:
        self.reference = Reference(rulebook, profile)
        self.grounds = Grounds(rulebook, profile)
        self.needs = Needs(self.reference)

    def of(self, result: ProgrammeResult) -> Explanation:
        """Explain one programme."""
        steps = steps_of(result, self.reference)
        return Explanation(result.id, result.verdict, self.grounds.of(result), self.needs.of(result), steps)
