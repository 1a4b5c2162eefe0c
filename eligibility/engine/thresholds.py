"""Thresholds that no case touches: on both sides of each there has to be a case, in the cell that borders on it.

A threshold cuts what a number or date can be into two; all thresholds together cut it into cells that no rule tells
apart. A rule that no case comes near can be wrong by one without anybody noticing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from eligibility.engine.profile import Profile
from eligibility.engine.reference import Reference
from eligibility.language.age import Age
from eligibility.language.amount import Constant, Of
from eligibility.language.bands import Bands
from eligibility.language.compared import Compared
from eligibility.language.condition import AllOf, AnyOf, Condition, NoneOf
from eligibility.language.decide import Decide
from eligibility.language.definition import Definition
from eligibility.language.in_range import InDays, InRange
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Number
from eligibility.values.ranges import Range


class Cut(NamedTuple):
    """A threshold of a fact; `below`: the value itself belongs to the lower side. Days are day numbers."""

    fact: str
    value: Number
    below: bool
    unit: str

    def is_under(self, number: Number) -> bool:
        """Tell whether a number lies on the lower side."""
        return number < self.value or (self.below and number == self.value)


def cuts_of(rulebook: Rulebook, subject: Programme | Definition) -> set[Cut]:
    """Return the thresholds that a programme or definition itself sets, as in force in this rulebook."""
    tests = _tests_of(subject.body) if isinstance(subject, Definition) else _programme_tests(subject)
    return {cut for test in tests for cut in _cuts(test) if _has_both_sides(rulebook, cut)}


def _programme_tests(programme: Programme) -> Iterator[object]:
    for criterion in programme.criteria:
        yield from _tests_of(criterion.condition)
    award = programme.award
    if award is not None:
        for rate in (award.rate, award.ceiling, *(part.rate for part in award.parts)):
            yield from _tests_of(None if rate is None else rate.value)
        whens: list[Condition | None] = [bonus.when for bonus in award.bonuses]
        whens.extend(part.when for part in award.parts)
        whens.extend(limit.when for limit in (*award.at_least, *award.at_most))
        for when in whens:
            yield from _tests_of(when)


def _tests_of(node: object) -> Iterator[object]:
    if isinstance(node, AllOf | AnyOf | NoneOf):
        for part in node.parts:
            yield from _tests_of(part)
    elif isinstance(node, Bands):
        # The last band ends where a criterion does, or where nothing can lie above.
        yield from (band.test for band in node.bands[:-1])
    elif isinstance(node, Decide):
        whens: list[Condition] = [line.when for line in node.lines if line.when is not None]
        for when in whens:
            yield from _tests_of(when)
    elif node is not None:
        yield node


def _cuts(test: object) -> Iterator[Cut]:
    if isinstance(test, InRange):
        for wanted in test.ranges:
            yield from _ends(test.subject, wanted, test.unit)
    elif isinstance(test, InDays):
        for days in test.ranges:
            yield from _ends(test.subject, _numbered(days), "date")
    elif isinstance(test, Age):
        yield from _ends(test.subject, _numbered(test.days), "date")
    elif isinstance(test, Compared) and isinstance(test.left, Of) and isinstance(test.right, Constant):
        below = test.relation in ("at_most", "above")
        yield Cut(test.left.subject, test.right.value, below, test.right.unit)


def _ends(fact: str, wanted: "Range[Fraction] | Range[int]", unit: str) -> Iterator[Cut]:
    if wanted.low is not None:
        yield Cut(fact, wanted.low, wanted.low_open, unit)
    if wanted.high is not None:
        yield Cut(fact, wanted.high, not wanted.high_open, unit)


def _numbered(days: Range[date]) -> Range[int]:
    low, high = (None if end is None else end.toordinal() for end in (days.low, days.high))
    return Range(low, high, days.low_open, days.high_open)


def _has_both_sides(rulebook: Rulebook, cut: Cut) -> bool:
    """Tell whether the fact can lie on either side at all."""
    subject = rulebook.subject(cut.fact)
    low, high = subject.low, subject.high
    return (low is None or cut.is_under(low)) and (high is None or not cut.is_under(high))


class Touched:
    """Collects over all days the thresholds of each programme or definition, and the numbers that its cases give."""

    def __init__(self) -> None:
        self._cuts: dict[str, set[Cut]] = {}
        self._numbers: dict[str, list[tuple[str, Number]]] = {}

    def add(self, rulebook: Rulebook, subject: Programme | Definition, profile: Profile) -> None:
        """Take in one case on its day."""
        cuts = cuts_of(rulebook, subject)
        self._cuts.setdefault(subject.id, set()).update(cuts)
        for fact in {cut.fact for cut in cuts}:
            number = _number_given(rulebook, profile, fact)
            if number is not None:
                self._numbers.setdefault(subject.id, []).append((fact, number))

    def gaps(self) -> Iterator[tuple[str, Cut, str]]:
        """Yield programme or definition, threshold, and the side (`under` or `over`) on which no case borders on it."""
        for subject, cuts in self._cuts.items():
            for cut, side in _untouched(cuts, self._numbers.get(subject, [])):
                yield subject, cut, side


def _number_given(rulebook: Rulebook, profile: Profile, fact: str) -> Number | None:
    """Return what a profile says of a fact or definition exactly, if it does."""
    reference = Reference(rulebook, profile)
    interval = reference.interval_of(fact)
    return interval.low if interval.is_point else None


def _untouched(cuts: Iterable[Cut], visited: Sequence[tuple[str, Number]]) -> Iterator[tuple[Cut, str]]:
    """Yield the thresholds with a side (`under` or `over`) on which no visited number lies in the bordering cell."""
    by_fact: dict[str, list[Cut]] = {}
    for cut in cuts:
        by_fact.setdefault(cut.fact, []).append(cut)
    for fact, own in by_fact.items():
        ordered = sorted(own, key=lambda cut: (cut.value, cut.below))
        numbers = [number for name, number in visited if name == fact]
        cells = {sum(not cut.is_under(number) for cut in ordered) for number in numbers}
        for place, cut in enumerate(ordered):
            if place not in cells:
                yield cut, "under"
            if place + 1 not in cells:
                yield cut, "over"
