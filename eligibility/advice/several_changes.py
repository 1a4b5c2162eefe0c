"""Changes of two and three facts together that bring a programme within reach."""

from collections.abc import Iterable, Iterator

from eligibility.advice import grid
from eligibility.advice.alternatives import Changes
from eligibility.advice.fewest import Fewest
from eligibility.advice.reached import Reached, nearest
from eligibility.advice.single_changes import SingleChanges
from eligibility.engine.assessment import Outcome
from eligibility.engine.cells import Cells, Function
from eligibility.engine.profile import Value
from eligibility.language.programme import Programme
from eligibility.values.interval import Interval

MOST_CHANGED = 3


class SeveralChanges:
    """The search for two and more changes in one programme."""

    def __init__(self, single: SingleChanges, programme: Programme) -> None:
        self.single = single
        self.programme = programme
        self.alternatives = single.alternatives
        self.choosable = single.choosable
        self.cells: Cells = single.alternatives.cells(self.choosable.facts)
        self.verdict: Function | None = self.cells.verdict(programme)
        rulebook = single.rulebook
        self.reads = self.choosable.behind(rulebook.reads[programme.id])
        self.loose = frozenset(
            name
            for name in self.reads
            if name in rulebook.facts and rulebook.facts[name].worked_out_by and name not in self.choosable.facts
        )

    def fewest(self, *, surely: bool) -> list[Reached]:
        """Return the changes of as few facts as do it, of two at least and `MOST_CHANGED` at most."""
        for count in range(max(2, self._bound((), surely)), MOST_CHANGED + 1):
            found = nearest(self._search((), count, surely), self.choosable.profile)
            if found:
                return found
        return []

    def _bound(self, changes: Changes, surely: bool) -> int:
        if self.verdict is None:
            return 0
        current = {**self.choosable.profile.values, **dict(changes)}
        free = (self.choosable.facts & self.reads) - {fact for fact, _ in changes}
        return Fewest(self.cells, current, free, self.loose, surely).of(self.verdict)

    def _search(self, changes: Changes, left: int, surely: bool) -> Iterator[Reached]:
        result = self.single.assessed(self.programme, changes)
        unmet = [
            one
            for one in result.criteria
            if one.outcome is Outcome.NOT_MET or (surely and one.outcome is Outcome.UNKNOWN)
        ]
        if not unmet:
            return
        if left == 1:
            yield from self.single.last(self.programme, changes, unmet, may_be_yes=surely, surely=surely)
            return
        narrowest = min((self.single.touching(one, changes) for one in unmet), key=len)
        for fact in self.choosable.in_order(narrowest):
            for value in self._spread(fact, changes):
                now: Changes = (*changes, (fact, value))
                if self._bound(now, surely) < left:
                    yield from self._search(now, left - 1, surely)

    def _spread(self, fact: str, changes: Changes) -> Iterable[Value]:
        """Return values of a fact in every cell that there is whatever else is changed."""
        kind = self.single.rulebook.subject(fact).type
        if kind in ("truth", "choice"):
            return self.alternatives.choices(self.programme, fact, free=self.choosable.facts)
        if kind == "code":
            return self.alternatives.codes(self.programme, fact, free=self.choosable.facts)
        before = self.choosable.profile.given(fact)
        assert isinstance(before, Interval)
        cells = [
            *self.alternatives.numbers(self.programme, fact, free=self.choosable.facts),
            *self.alternatives.numbers(self.programme, fact, changes),
        ]
        return [Interval.point(number) for number in grid.ends(cells, before)]
