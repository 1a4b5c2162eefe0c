"""More answers never take anything back: final verdicts stay, awards narrow, and only what is missing matters."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.assess import assess
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.profile import read_profile
from eligibility.engine.worked_out import completed
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from tests.engine.profiles import Answers, behind, definition_answers, domains, outcome, some, with_ranges
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.test_oracle import agrees

PROFILES = 5


def partial_profiles(rulebook: Rulebook, random: Random) -> list[Answers]:
    """Profiles of any density, with known ranges, coarse codes and now and then an answer to a definition."""
    options = domains(rulebook)
    defined = {name: definition_answers(definition) for name, definition in rulebook.definitions.items()}
    return [
        with_ranges(random, rulebook, options, some(random, options, random.choice((0.2, 0.6, 0.9))))
        | some(random, defined, 0.05)
        for _ in range(PROFILES)
    ]


def sharpened(
    random: Random, rulebook: Rulebook, answers: Answers, names: Sequence[str], fine: Mapping[str, Sequence[Any]]
) -> Answers:
    """The same profile with a complete answer to each of these facts that agrees with what was known of it.

    What was worked out stays so: an answer that says otherwise would stand, as one for a definition does.
    """
    result = dict(answers)
    known = completed(rulebook, read_profile(rulebook, answers)).values
    for name in names:
        if name in known and name not in answers:
            continue
        values = [value for value in fine[name] if agrees(rulebook, name, answers.get(name), value)]
        if values:
            result[name] = random.choice(values)
    return result


def check_monotone(rulebook: Rulebook, random: Random) -> None:
    fine = domains(rulebook, fine=True)
    for answers in partial_profiles(rulebook, random):
        names = [name for name in fine if random.random() < 0.3]
        more = sharpened(random, rulebook, answers, names, fine)
        for before, after in zip(assess(rulebook, answers).programmes, assess(rulebook, more).programmes, strict=True):
            assert before.verdict in (Verdict.UNDETERMINED, after.verdict)
            assert set(before.failed) <= set(after.failed)
            assert narrowed(before, after)


def narrowed(before: ProgrammeResult, after: ProgrammeResult) -> bool:
    """Whether rate and amount lie within what they were; an award may only vanish together with the chance."""
    if after.verdict is Verdict.NOT_ELIGIBLE:
        return after.award is None
    if before.award is None or after.award is None:
        return before.award is after.award
    return inside(after.award.rate, before.award.rate) and inside(after.award.amount, before.award.amount)


def inside(inner: Interval | None, outer: Interval | None) -> bool:
    if inner is None or outer is None:
        return inner is outer
    low = outer.low is None or (inner.low is not None and outer.low <= inner.low)
    return low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))


def check_missing(rulebook: Rulebook, random: Random) -> None:
    """Facts that are not missing change nothing; those that are missing settle all that facts can settle."""
    fine = domains(rulebook, fine=True)
    defined = {name: definition_answers(definition) for name, definition in rulebook.definitions.items()}
    for answers in partial_profiles(rulebook, random):
        for index, before in enumerate(assess(rulebook, answers).programmes):
            assert not (before.verdict is Verdict.NOT_ELIGIBLE and before.missing)
            assert before.missing <= rulebook.reads[before.id]
            # What works a missing fact out can settle it, although the fact alone is named.
            counting = before.missing.union(*(behind(rulebook, name) for name in before.missing))
            needless = [name for name in fine if name not in counting and random.random() < 0.5]
            other = sharpened(random, rulebook, answers, needless, fine)
            assert same_as_far_as_told(before, assess(rulebook, other).programmes[index])
            wanted = [name for name in fine if name in before.missing]
            told = sharpened(random, rulebook, answers, wanted, fine)
            left = assess(rulebook, told).programmes[index].missing
            # What is left is asked in its own name: definitions that the facts do not decide.
            assert left <= set(rulebook.definitions)
            told |= {name: random.choice(defined[name]) for name in left}
            assert assess(rulebook, told).programmes[index].is_settled


def same_as_far_as_told(before: ProgrammeResult, after: ProgrammeResult) -> bool:
    """Whether two outcomes are the same; of a no, whose further criteria nobody asks for, only that it stays."""
    if before.verdict is Verdict.NOT_ELIGIBLE:
        return after.verdict is Verdict.NOT_ELIGIBLE
    return outcome(after) == outcome(before)


def check_foreign_facts(rulebook: Rulebook, random: Random) -> None:
    fine = domains(rulebook, fine=True)
    for answers in partial_profiles(rulebook, random):
        for index, before in enumerate(assess(rulebook, answers).programmes):
            read = rulebook.reads[before.id].union(*(behind(rulebook, name) for name in rulebook.reads[before.id]))
            foreign = [name for name in fine if name not in read]
            kept = {name: answer for name, answer in answers.items() if name not in foreign}
            others = {**kept, **some(random, {name: fine[name] for name in foreign}, 0.5)}
            assert outcome(assess(rulebook, others).programmes[index]) == outcome(before)


CHECKS = [check_monotone, check_missing, check_foreign_facts]


@pytest.mark.parametrize("check", CHECKS)
@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
def test_random_rules(check: Any, source: Source, seed: int) -> None:
    check(source.rulebook(), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
@given(rulebook=bundled(1), seed=st.integers(0, 2**32))
def test_bundled_rules(check: Any, rulebook: Rulebook, seed: int) -> None:
    check(rulebook, Random(seed))
