"""The grounds of a verdict: which criteria decide it, and which answers settle these."""

from collections.abc import Iterator, Sequence

from eligibility.advice.explanation import Ground
from eligibility.advice.kept import Enough, Kept, Met, Test
from eligibility.advice.smallest import Smallest
from eligibility.engine.assessment import CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.engine.profile import Profile
from eligibility.language.award import Award
from eligibility.language.condition import Condition
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.truth import Truth

MOST_GROUNDS = 4
"""How many sets of answers are told for one criterion that is not met."""


class Grounds:
    """Finds the grounds of verdicts on one profile. Only a memory: all programmes share it."""

    def __init__(self, rulebook: Rulebook, profile: Profile) -> None:
        self.kept = Kept(rulebook, profile)
        self.smallest = Smallest(self.kept)
        self._tests: dict[Condition | Award, Test] = {}

    def of(self, result: ProgrammeResult) -> tuple[Ground, ...]:
        """Return the grounds of a verdict; none while it is open.

        A no has grounds for each criterion that is not met, as that alone decides it: all smallest sets of answers, up
        to `MOST_GROUNDS`. A yes has a single ground: all criteria with a condition, and one smallest set.
        """
        if result.verdict is Verdict.UNDETERMINED:
            return ()
        tested = [criterion for criterion in result.criteria if criterion.outcome is not Outcome.MANUAL]
        if result.verdict is not Verdict.NOT_ELIGIBLE:
            return (self._together(tested, result),)
        failed = [criterion for criterion in tested if criterion.outcome is Outcome.NOT_MET]
        # A no without such a criterion was settled otherwise than by the criteria one by one.
        return tuple(self._alone(failed, result)) if failed else (self._together(tested, result),)

    def _alone(self, failed: Sequence[CriterionResult], result: ProgrammeResult) -> Iterator[Ground]:
        for criterion in failed:
            for answers in self.smallest.sets([(self._test(criterion, result), Truth.NO)], MOST_GROUNDS):
                yield Ground((criterion.id,), self.kept.listed(answers))

    def _together(self, criteria: Sequence[CriterionResult], result: ProgrammeResult) -> Ground:
        wanted, open_ = [], 0
        for criterion in criteria:
            test = self._test(criterion, result)
            if criterion.judgement is not None and criterion.judgement.truth is Truth.YES:
                wanted.append((test, Truth.YES))
            else:
                # What is settled although the evaluator cannot see it may rest on every answer that is read.
                open_ |= self.kept.read_by(test.facts())
        answers = self.smallest.sets(wanted, 1)[0] | open_
        return Ground(tuple(criterion.id for criterion in criteria), self.kept.listed(answers))

    def _test(self, criterion: CriterionResult, result: ProgrammeResult) -> Test:
        key = criterion.condition if criterion.condition is not None else result.programme.award
        assert key is not None
        if key not in self._tests:
            self._tests[key] = Enough(key) if isinstance(key, Award) else Met(key)
        return self._tests[key]
