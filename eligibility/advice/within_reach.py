"""The smallest changes that bring a programme that says no within reach."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice import grid
from eligibility.advice.alternatives import Alternatives, Changes
from eligibility.advice.codes_instead import MOST_CODES
from eligibility.advice.fewest import Fewest
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.engine.cells import Cells, Function
from eligibility.engine.profile import Profile, Value
from eligibility.language.programme import Programme
from eligibility.values.interval import Interval

MOST_CHANGED = 3
_EVERY = 10_000
_TOLD = {"truth": _EVERY, "choice": _EVERY, "code": MOST_CODES}
"""How many values of one fact are told at most, by its type; of others the nearest alone."""
YES = (Verdict.ELIGIBLE, Verdict.LIKELY)


@dataclass(frozen=True, slots=True)
class Reached:
    """Facts changed, and what the programme says then."""

    changes: Changes
    result: ProgrammeResult

    @property
    def is_yes(self) -> bool:
        """Whether every criterion is met that is not left to the authority."""
        return self.result.verdict in YES


class WithinReach:
    """Looks for the smallest changes of one profile, programme by programme."""

    def __init__(self, alternatives: Alternatives) -> None:
        self.alternatives = alternatives
        self.choosable = alternatives.choosable
        self.rulebook = alternatives.rulebook

    def of(self, result: ProgrammeResult) -> list[Reached]:
        """Return all smallest changes that make a no a yes; failing that, those that remove every no."""
        programme = result.programme
        if not self._may_be_reached(result):
            return []
        may_be_yes = all(self._touching(one) for one in result.criteria if one.outcome is Outcome.UNKNOWN)
        single = self._last(programme, (), surely=False, may_be_yes=may_be_yes, unmet=_failed(result))
        yes = [one for one in single if one.is_yes]
        if yes or (single and not may_be_yes):
            return yes or single
        deeper = _Deeper(self, programme)
        if may_be_yes and (found := deeper.fewest(surely=True)):
            return found
        return single or deeper.fewest(surely=False)

    def assessed(self, programme: Programme, changes: Changes) -> ProgrammeResult:
        """Return what a programme says once facts are changed."""
        return assess_programme(self.rulebook, self.alternatives.changed(changes), programme)

    def touching(self, result: CriterionResult, changes: Changes) -> frozenset[str]:
        """Return the facts on which a criterion depends and that may be changed but are not."""
        return self._touching(result) - {fact for fact, _ in changes}

    def last(
        self, programme: Programme, changes: Changes, unmet: Iterable[CriterionResult], *, surely: bool
    ) -> list[Reached]:
        """Return the ways in which one change more meets the criteria that are not met."""
        return self._last(programme, changes, surely=surely, may_be_yes=surely, unmet=unmet)

    def _last(
        self,
        programme: Programme,
        changes: Changes,
        *,
        surely: bool,
        may_be_yes: bool,
        unmet: Iterable[CriterionResult],
    ) -> list[Reached]:
        sets = [self.touching(one, changes) for one in unmet]
        found: list[Reached] = []
        for fact in self.choosable.in_order(frozenset.intersection(*sets)):
            if self._is_hopeless(programme, changes, frozenset({fact})):
                continue
            tried = self._tried(programme, changes, fact)
            found.extend(_chosen(tried, self.rulebook.subject(fact).type, surely=surely, may_be_yes=may_be_yes))
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

    def _touching(self, result: CriterionResult) -> frozenset[str]:
        return self.choosable.among(result.facts)

    def _may_be_reached(self, result: ProgrammeResult) -> bool:
        """Tell whether each criterion that fails may be met if nothing were known of what can be changed."""
        if not all(self._touching(one) for one in _failed(result)):
            return False
        free = self.choosable.among(self.rulebook.reads[result.id])
        return not self._is_hopeless(result.programme, (), free)

    def _is_hopeless(self, programme: Programme, changes: Changes, free: frozenset[str]) -> bool:
        """Tell whether a programme says no even where nothing is known of the facts that may be changed."""
        opened = self.alternatives.opened(changes, free)
        if opened is None:
            return False
        return assess_programme(self.rulebook, opened, programme).verdict is Verdict.NOT_ELIGIBLE


class _Deeper:
    """The search for two and more changes in one programme."""

    def __init__(self, within: WithinReach, programme: Programme) -> None:
        self.within = within
        self.programme = programme
        self.alternatives = within.alternatives
        self.choosable = within.choosable
        self.cells: Cells = within.alternatives.cells(within.choosable.facts)
        self.verdict: Function | None = self.cells.verdict(programme)
        self.reads = self.choosable.behind(within.rulebook.reads[programme.id])
        self.loose = frozenset(
            name
            for name in self.reads
            if name in within.rulebook.facts
            and within.rulebook.facts[name].worked_out_by
            and name not in self.choosable.facts
        )

    def fewest(self, *, surely: bool) -> list[Reached]:
        """Return the changes of as few facts as do it, of two at least and `MOST_CHANGED` at most."""
        for count in range(max(2, self._bound((), surely)), MOST_CHANGED + 1):
            found = _nearest(self._search((), count, surely), self.choosable.profile)
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
        result = self.within.assessed(self.programme, changes)
        unmet = [
            one
            for one in result.criteria
            if one.outcome is Outcome.NOT_MET or (surely and one.outcome is Outcome.UNKNOWN)
        ]
        if not unmet:
            return
        if left == 1:
            yield from self.within.last(self.programme, changes, unmet, surely=surely)
            return
        narrowest = min((self.within.touching(one, changes) for one in unmet), key=len)
        for fact in self.choosable.in_order(narrowest):
            for value in self._spread(fact, changes):
                now: Changes = (*changes, (fact, value))
                if self._bound(now, surely) < left:
                    yield from self._search(now, left - 1, surely)

    def _spread(self, fact: str, changes: Changes) -> Iterable[Value]:
        """Return values of a fact in every cell that there is whatever else is changed."""
        kind = self.within.rulebook.subject(fact).type
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


def _failed(result: ProgrammeResult) -> list[CriterionResult]:
    return [one for one in result.criteria if one.outcome is Outcome.NOT_MET]


def _is_left_open(result: ProgrammeResult, changes: Changes) -> bool:
    """Tell whether a changed answer is too coarse for a criterion: then nothing is promised with it."""
    return any(fact in criterion.missing for criterion in result.criteria for fact, _ in changes)


def _chosen(tried: Iterable[Reached], kind: str, *, surely: bool, may_be_yes: bool) -> list[Reached]:
    """Return what is told of one fact: each choice, the first codes, the nearest number; a yes rather than an open."""
    most = _TOLD.get(kind, 1)
    yes: list[Reached] = []
    others: list[Reached] = []
    for one in tried:
        (yes if one.is_yes else others).append(one)
        if len(yes if may_be_yes else others) >= most:
            break
    found = (yes if yes or surely else others)[:most]
    return found if kind != "code" else as_coarse(found)


def _nearest(found: Iterable[Reached], profile: Profile) -> list[Reached]:
    """Return of the ways that differ by their numbers alone the one with the nearest numbers."""
    kept: dict[object, tuple[Fraction, Reached]] = {}
    for one in found:
        far = Fraction(0)
        told: set[object] = set()
        for fact, value in one.changes:
            before = profile.given(fact)
            if isinstance(value, Interval) and isinstance(before, Interval):
                scale = 1 + abs(Fraction(before.high or before.low or 0))
                far += Fraction(grid.distance(value.low or 0, before)) / scale
                told.add(fact)
            else:
                told.add((fact, value))
        key = frozenset(told)
        if key not in kept or far < kept[key][0]:
            kept[key] = far, one
    return [one for _, one in kept.values()]


def as_coarse(found: list[Reached]) -> list[Reached]:
    """Return those whose last changed code is as coarse as that of the first."""
    codes = [str(one.changes[-1][1]) for one in found]
    return [one for one, code in zip(found, codes, strict=True) if len(code) == len(codes[0])]
