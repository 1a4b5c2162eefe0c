"""The rules as decision diagrams: on every complete profile they say what the assessment says."""

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.engine import cells as cells_module
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.cells import Cells
from eligibility.engine.comparison import Comparison
from eligibility.engine.profile import Profile, read_profile
from eligibility.language.business_year import year_end
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.engine.plain_diagrams import Ends, ends_of, leaves_of
from tests.engine.profiles import definition_answers, domains, some
from tests.engine.random_rules import Source, sources

VERDICTS = {
    Truth.NO: {Verdict.NOT_ELIGIBLE},
    Truth.UNKNOWN: {Verdict.UNDETERMINED},
    Truth.YES: {Verdict.ELIGIBLE, Verdict.LIKELY},
}


class Point:
    """A complete profile as the variables of diagrams see it; definitions that nobody gave may be anything."""

    def __init__(self, cells: Cells, profile: Profile) -> None:
        self.cells = cells
        self.known: dict[str, Any] = {}
        for name, value in profile.values.items():
            assert not isinstance(value, Interval) or value.is_point
            self.known[name] = value.low if isinstance(value, Interval) else value

    def values(self, name: str) -> tuple[Any, ...]:
        """What a variable can be: one value, or anything (none named)."""
        comparison = self.cells.comparisons.get(name)
        if comparison is None:
            return (self.known[name],) if name in self.known else ()
        return (self._holds(comparison),) if comparison.facts() <= self.known.keys() else ()

    def _holds(self, comparison: Comparison) -> bool:
        if comparison.ended is None:
            left, right = ends_of(comparison.left, self.known), ends_of(comparison.right, self.known)
            return bool(left[1] <= right[0])  # type: ignore[operator]  # no comparison is of something open
        name, closing, ranges = comparison.ended
        day, closes = (date.fromordinal(int(self.known[fact])) for fact in (name, closing))
        return any(year_end(day, closes) in wanted for wanted in ranges)

    def leaves(self, function: int) -> set[Any]:
        """What a function may say here."""
        return leaves_of(self.cells.diagrams, function, self.values)


def agree(rulebook: Rulebook, profile: Profile, cells: Cells) -> None:
    """Hold verdicts, rates and amounts of diagrams and assessment equal on a complete profile."""
    point = Point(cells, profile)
    for result in assess_profile(rulebook, profile).programmes:
        function = cells.verdict(result.programme)
        assert function is not None
        possible = set().union(*(VERDICTS[truth] for truth in point.leaves(function)))
        # A definition that has to be asked for leaves the assessment open; the diagram may see that it is all one.
        assert result.verdict in possible or (result.missing and result.verdict is Verdict.UNDETERMINED)
        if not result.missing:
            assert len(point.leaves(function)) == 1
        if result.verdict is not Verdict.NOT_ELIGIBLE and result.award is not None:
            hold_awards(result, point, cells)


def hold_awards(result: ProgrammeResult, point: Point, cells: Cells) -> None:
    assert result.award is not None
    told = [result.award.reading.rate, result.award.reading.amount if result.award.currency else None]
    functions = cells.award(result.programme)
    quantities = [quantity for quantity in told if quantity is not None]
    assert functions is not None
    for function, quantity in zip(functions, quantities, strict=True):
        found = {worked_out(formula, point) for formula in point.leaves(function)}
        if result.missing:
            assert all(holds(quantity.interval, ends) for ends in found)
        else:
            assert found == {(quantity.interval.low, quantity.interval.high)}


def worked_out(formula: Any, point: Point) -> Ends:
    names = {name for name in cells_module.f.names_in(formula) if name not in point.known}
    # Of a number that has to be asked for it is enough here that some value lies within the interval told.
    return ends_of(formula, {**point.known, **dict.fromkeys(names, Fraction(0))})


def holds(interval: Interval, ends: Ends) -> bool:
    (low, high), (least, most) = (interval.low, interval.high), ends
    over = low is None or (least is not None and low <= least)
    return over and (high is None or (most is not None and most <= high))


def complete(rulebook: Rulebook, random: Random) -> Profile:
    """All facts, now and then a definition given too: beyond what its rules can make of the facts as well."""
    defined = {name: [*definition_answers(definition)] for name, definition in rulebook.definitions.items()}
    for name, options in defined.items():
        if not isinstance(options[0], bool | str):
            options.append(Fraction(100 if rulebook.definitions[name].type == "percent" else 60000))
    return read_profile(rulebook, {**some(random, domains(rulebook, fine=True), 1), **some(random, defined, 0.2)})


@pytest.mark.parametrize("closed", [True, False])
def test_on_every_complete_profile_diagrams_and_assessment_say_the_same(closed: bool) -> None:
    @given(source=sources(closed=closed), seed=st.integers(0, 2**32))
    @settings(max_examples=settings().max_examples // 5)
    def hold(source: Source, seed: int) -> None:
        rulebook, random = source.rulebook(), Random(seed)
        kept: dict[frozenset[str], Cells] = {}
        for _ in range(10):
            profile = complete(rulebook, random)
            stated = frozenset(name for name in profile.values if name in rulebook.definitions)
            agree(rulebook, profile, kept.setdefault(stated, Cells(rulebook, stated)))

    hold()
