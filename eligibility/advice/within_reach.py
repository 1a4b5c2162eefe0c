"""The smallest changes that bring a programme that says no within reach."""

from eligibility.advice.alternatives import Alternatives
from eligibility.advice.reached import Reached
from eligibility.advice.several_changes import SeveralChanges
from eligibility.advice.single_changes import SingleChanges
from eligibility.engine.assessment import CriterionResult, Outcome, ProgrammeResult


class WithinReach:
    """Looks for the smallest changes of one profile, programme by programme."""

    def __init__(self, alternatives: Alternatives) -> None:
        self.choosable = alternatives.choosable
        self.single = SingleChanges(alternatives)

    def of(self, result: ProgrammeResult) -> list[Reached]:
        """Return all smallest changes that make a no a yes; failing that, those that remove every no."""
        programme = result.programme
        if not self._may_be_reached(result):
            return []
        may_be_yes = all(self.single.touching(one) for one in result.criteria if one.outcome is Outcome.UNKNOWN)
        single = self.single.last(programme, (), _failed(result), may_be_yes=may_be_yes)
        yes = [one for one in single if one.is_yes]
        if yes or (single and not may_be_yes):
            return yes or single
        deeper = SeveralChanges(self.single, programme)
        if may_be_yes and (found := deeper.fewest(surely=True)):
            return found
        return single or deeper.fewest(surely=False)

    def _may_be_reached(self, result: ProgrammeResult) -> bool:
        """Tell whether each criterion that fails may be met if nothing were known of what can be changed."""
        if not all(self.single.touching(one) for one in _failed(result)):
            return False
        free = self.choosable.among(self.choosable.rulebook.reads[result.id])
        return not self.single.is_hopeless(result.programme, (), free)


def _failed(result: ProgrammeResult) -> list[CriterionResult]:
    return [one for one in result.criteria if one.outcome is Outcome.NOT_MET]
