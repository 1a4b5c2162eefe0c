"""Changes of one fact, alone or as the last of several, that bring a programme within reach."""

from collections.abc import Iterable, Iterator

from eligibility.advice import grid
from eligibility.advice.alternatives import Alternatives, Changes
from eligibility.advice.reached import Reached, chosen
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import CriterionResult, ProgrammeResult, Verdict
from eligibility.engine.profile import Value
from eligibility.language.programme import Programme
from eligibility.values.interval import Interval


class SingleChanges:
    """The ways to change one fact of a profile so that criteria are met."""

    def __init__(self, alternatives: Alternatives) -> None:
        self.alternatives = alternatives
        self.choosable = alternatives.choosable
        self.rulebook = alternatives.rulebook

    def assessed(self, programme: Programme, changes: Changes) -> ProgrammeResult:
        """Return what a programme says once facts are changed."""
        return assess_programme(self.rulebook, self.alternatives.changed(changes), programme)

    def touching(self, result: CriterionResult, changes: Changes = ()) -> frozenset[str]:
        """Return the facts on which a criterion depends and that may be changed but are not."""
        return self.choosable.among(result.facts) - {fact for fact, _ in changes}

    def last(
        self,
        programme: Programme,
        changes: Changes,
        unmet: Iterable[CriterionResult],
        *,
        may_be_yes: bool = True,
        surely: bool = False,
    ) -> list[Reached]:
        """Return the ways in which one change more meets criteria; with `surely` only those that make it a yes."""
        sets = [self.touching(one, changes) for one in unmet]
        found: list[Reached] = []
        for fact in self.choosable.in_order(frozenset.intersection(*sets)):
            if self.is_hopeless(programme, changes, frozenset({fact})):
                continue
            tried = self._tried(programme, changes, fact)
            kind = self.rulebook.subject(fact).type
            found.extend(chosen(tried, kind, may_be_yes=may_be_yes, surely=surely))
        return found

    def _tried(self, programme: Programme, changes: Changes, fact: str) -> Iterator[Reached]:
        for value in self._values(programme, changes, fact):
            now: Changes = (*changes, (fact, value))
            result = self.assessed(programme, now)
            if result.verdict is not Verdict.NOT_ELIGIBLE and not _is_left_open(result, now):
                yield Reached(now, result)

    def _values(self, programme: Programme, changes: Changes, fact: str) -> Iterable[Value]:
        kind = self.rulebook.subject(fact).type
        if kind == "code":
            return self.alternatives.codes(programme, fact, changes)
        if kind in ("truth", "choice"):
            return self.alternatives.choices(programme, fact, changes)
        before = self.choosable.profile.given(fact)
        assert isinstance(before, Interval)
        cells = self.alternatives.numbers(programme, fact, changes)
        return [Interval.point(number) for number in grid.nearest_ends(cells, before)]

    def is_hopeless(self, programme: Programme, changes: Changes, free: frozenset[str]) -> bool:
        """Tell whether a programme says no even where nothing is known of the facts that may be changed."""
        opened = self.alternatives.opened(changes, free)
        if opened is None:
            return False
        return assess_programme(self.rulebook, opened, programme).verdict is Verdict.NOT_ELIGIBLE


def _is_left_open(result: ProgrammeResult, changes: Changes) -> bool:
    """Tell whether a changed answer is too coarse for a criterion: then nothing is promised with it."""
    return any(fact in criterion.missing for criterion in result.criteria for fact, _ in changes)
