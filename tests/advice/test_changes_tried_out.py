"""Near misses on random rules: held against trying out every value near a threshold."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.advice.change import Change
from eligibility.advice.changes import changes
from eligibility.advice.grid import distance
from eligibility.advice.larger_award import is_larger
from eligibility.engine.assess import assess, assess_programme
from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.values.interval import Interval
from tests.advice.tried_out import YES, Tried, Values, changed_of, is_other, tried, values_to_try, with_changes
from tests.engine.profiles import Answers, definition_answers, domains, some, with_ranges
from tests.engine.random_rules import Source, sources
from tests.engine.thresholds import STEPS

ENDLESS = ("number", "money")


def profile(source: Source, random: Random) -> Assessed:
    """Most facts known, some by a range; now and then a definition given."""
    rulebook = source.rulebook()
    options = domains(rulebook, fine=True)
    answers: Answers = some(random, options, random.choice([1, 1, 0.8]))
    if random.random() < 0.3:
        answers = with_ranges(random, rulebook, options, answers)
    defined = {name: definition_answers(definition) for name, definition in rulebook.definitions.items()}
    return assess(rulebook, answers | (some(random, defined, 0.3) if random.random() < 0.3 else {}))


def hold(assessed: Assessed, also: Sequence[str], *, deep: bool) -> None:
    """Hold what is told against all that can be tried."""
    options = domains(assessed.rulebook, fine=True)
    found = changes(assessed, also=also, only=list(assessed.rulebook.programmes))
    # Not every code of a rule without names is one that can be answered: codes are tried out on the catalogue.
    # The day on which a business year closes decides by day and month alone, and nobody chooses it for a grant.
    names = [name for name in also if assessed.rulebook.subject(name).type != "code" and name != "closes"]
    values = values_to_try(assessed, options, names)
    for result in assessed.programmes:
        told = found.get(result.id, ())
        for change in told:
            hold_promise(assessed, result, change, also)
        if result.verdict is Verdict.NOT_ELIGIBLE:
            hold_miss(assessed, result, told, values, deep=deep)
        elif result.verdict in YES and result.award is not None:
            hold_awards(assessed, result, told, list(tried(assessed, result, values, 1)))


def hold_promise(assessed: Assessed, result: ProgrammeResult, change: Change, also: Sequence[str]) -> None:
    changed = changed_of(change)
    after = assess_programme(assessed.rulebook, with_changes(assessed.profile, changed), result.programme)
    assert (after.verdict, after.award) == (change.verdict, change.award)
    assert changed.keys() <= set(also)
    assert all(is_other(value, assessed.profile.values[fact]) for fact, value in changed.items())
    if result.verdict is not Verdict.NOT_ELIGIBLE:
        assert len(changed) == 1
        assert is_larger(result.award, after.award)
        assert all(end is None or end >= 0 for end in change.gain)


def hold_miss(
    assessed: Assessed, result: ProgrammeResult, told: Sequence[Change], values: Values, *, deep: bool
) -> None:
    single = list(tried(assessed, result, values, 1))
    yes = [changed for changed, after in single if after.verdict in YES]
    counts = {len(change.changed) for change in told}
    assert len(counts) <= 1
    if yes:
        assert counts == {1}
        assert all(change.verdict in YES for change in told)
        for changed in yes:
            hold_not_farther(assessed, told, changed)
    elif not told or told[0].verdict not in YES:
        opened = [after for _, after in single if after.verdict is Verdict.UNDETERMINED]
        assert counts == {1} or not opened
    for count in (2, 3) if deep and not yes else ():
        # What was told is of as few facts as do it; where nothing was told nothing does.
        if not told or told[0].verdict not in YES or count < len(told[0].changed):
            assert all(after.verdict not in YES for _, after in tried(assessed, result, values, count))
        if not told:
            assert all(after.verdict is Verdict.NOT_ELIGIBLE for _, after in tried(assessed, result, values, count))


def hold_not_farther(assessed: Assessed, told: Sequence[Change], changed: dict[str, Any]) -> None:
    ((fact, value),) = changed.items()
    own = [change.changed[0].after for change in told if change.changed[0].fact == fact]
    before = assessed.profile.values[fact]
    if isinstance(before, Interval):
        [number] = own
        assert isinstance(number, Interval)
        assert number.low is not None
        assert distance(number.low, before) <= distance(value.low, before)
        subject = assessed.rulebook.subject(fact)
        step = STEPS.get(subject.currency or subject.type, 1)
        assert number.low % step == 0
    else:
        assert value in own


def hold_awards(assessed: Assessed, result: ProgrammeResult, told: Sequence[Change], single: Sequence[Tried]) -> None:
    larger = [
        (changed, after) for changed, after in single if after.verdict in YES and is_larger(result.award, after.award)
    ]
    for changed, after in larger:
        ((fact, value),) = changed.items()
        own = [change for change in told if change.changed[0].fact == fact]
        subject = assessed.rulebook.subject(fact)
        if not isinstance(value, Interval):
            assert value in [change.changed[0].after for change in own]
        elif subject.type not in ENDLESS or value.low != subject.high:
            # Only where more is given up to the last number that can be answered no greatest is told.
            reached = max((rank(change.award) for change in own), default=None)
            if reached is None or reached < rank(after.award):
                assert subject.type in ENDLESS
                last = with_changes(assessed.profile, {fact: Interval.point(subject.high or 0)})
                endless = assess_programme(assessed.rulebook, last, result.programme)
                assert endless.verdict in YES
                assert rank(endless.award) >= rank(after.award)


def rank(award: Any) -> tuple[Any, bool, Any]:
    told = award.rate if award.amount is None else award.amount
    return told.low, told.high is None, told.high or 0


def held(examples: int, *, closed: bool, worked_out: bool, deep: bool) -> None:
    @given(source=sources(closed=closed, worked_out=worked_out), seed=st.integers(0, 2**32))
    @settings(max_examples=examples)
    def property_holds(source: Source, seed: int) -> None:
        random = Random(seed)
        assessed = profile(source, random)
        known = [name for name in assessed.profile.values if name in assessed.rulebook.facts]
        hold(assessed, random.sample(known, min(4, len(known))) if deep else known, deep=deep)

    property_holds()


@pytest.mark.parametrize(("closed", "worked_out"), [(True, False), (False, True)])
def test_no_single_change_is_missed(closed: bool, worked_out: bool) -> None:
    held(settings().max_examples // 10, closed=closed, worked_out=worked_out, deep=False)


def test_no_smaller_set_of_changes_does_it() -> None:
    held(settings().max_examples // 20, closed=True, worked_out=False, deep=True)


@pytest.mark.slow
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("worked_out", [True, False])
@pytest.mark.parametrize("deep", [True, False])
def test_nothing_is_missed_at_length(closed: bool, worked_out: bool, deep: bool) -> None:
    held(6 if deep else 20, closed=closed, worked_out=worked_out, deep=deep)
