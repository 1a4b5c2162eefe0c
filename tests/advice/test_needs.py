"""What a missing answer would decide: every value says exactly what was told of it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.advice.explanation import Need, Outlook
from eligibility.advice.needs import Needs
from eligibility.engine.assess import assess_profile, assess_programme
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.profile import Profile, Subject, Value, answer_bounds, beside, read_profile
from eligibility.engine.reference import Reference
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.test_monotone import inside, partial_profiles

# Ends a code that lies under a prefix but under nothing that a rule names.
UNNAMED = "~"


def check_needs(rulebook: Rulebook, random: Random, profiles: int = 2, *, exact: bool = True) -> None:
    """Hold every outlook against assessments; `exact`: as sharp as these, else never sharper and never otherwise."""
    for answers in partial_profiles(rulebook, random)[:profiles]:
        profile = read_profile(rulebook, answers)
        needs = Needs(Reference(rulebook, profile))
        for result in assess_profile(rulebook, profile).programmes:
            told = needs.of(result)
            assert [need.fact for need in told] == [name for name in needs.order if name in result.missing]
            for need in told:
                check_need(rulebook, profile, result, need, random, exact=exact)


def check_need(
    rulebook: Rulebook, profile: Profile, result: ProgrammeResult, need: Need, random: Random, *, exact: bool
) -> None:
    subject = rulebook.subject(need.fact)
    # A product of a fact with itself has no thresholds; no programme of the catalogue has one.
    assert need.outlooks or subject.type == "date" or not exact
    assert without_gap(subject, profile.given(need.fact), need.outlooks)
    for outlook in need.outlooks:
        for value in drawn(subject, outlook, profile.given(need.fact), random):
            answered = replace(profile, values={**profile.values, need.fact: value})
            check_outlook(outlook, assess_programme(rulebook, answered, result.programme), exact=exact)
    saying = {(one.verdict, one.failed, one.rate, one.amount) for one in need.outlooks}
    assert len(saying) > 1 or not need.outlooks or len(need.outlooks) == 1 + (subject.type == "truth")


def check_outlook(outlook: Outlook, found: ProgrammeResult, *, exact: bool) -> None:
    if not exact and outlook.verdict is Verdict.UNDETERMINED:
        if found.verdict is Verdict.NOT_ELIGIBLE:
            return
        assert set(outlook.failed) <= set(found.failed)
    else:
        assert (found.verdict, found.failed) == (outlook.verdict, outlook.failed)
    rate, amount = (None, None) if found.award is None else (found.award.rate, found.award.amount)
    assert inside(rate, outlook.rate)
    assert inside(amount, outlook.amount)
    if exact and not isinstance(outlook.values[0] if outlook.values else "", Interval):
        assert (rate, amount) == (outlook.rate, outlook.amount)


def drawn(subject: Subject, outlook: Outlook, known: Value | None, random: Random) -> Iterator[Value]:
    """Some values of an outlook: codes under nothing finer that is named, both ends of an interval and some between."""
    if not outlook.values:
        yield UNNAMED
    for value in random.sample(outlook.values, min(3, len(outlook.values))):
        if isinstance(value, Interval):
            yield from (Interval.point(number) for number in numbers(subject, value, random))
        else:
            yield f"{value}{UNNAMED}" if subject.type == "code" else value


def numbers(subject: Subject, value: Interval, random: Random) -> set[Number]:
    least, most = answer_bounds(subject)
    below = (10**6 if value.high is None else value.high) - 10**5
    low = value.low if value.low is not None else below if least is None else least
    high = value.high if value.high is not None else most if most is not None else low + 10**6
    # What is counted in days has no answer between two of them.
    between, _ = beside(subject, low + (high - low) * random.randrange(1000) // 1000, above=True)
    near = [min(low + step, high) for step in (1, 1000)] if subject.type != "percent" else []
    return {low, high, max(low, min(between, high)), *near}


def without_gap(subject: Subject, known: Value | None, outlooks: tuple[Outlook, ...]) -> bool:
    """Whether the values of all outlooks together are all that there are, each once."""
    values = [value for outlook in outlooks for value in outlook.values]
    if subject.type in ("truth", "choice"):
        return sorted(map(str, values)) == sorted(map(str, subject.choices or (True, False)))
    if subject.type == "code":
        rest = [outlook for outlook in outlooks if not outlook.values]
        return len(set(values)) == len(values) and (known in values if known else len(rest) == 1)
    spans = [value for value in values if isinstance(value, Interval)]
    whole = known if isinstance(known, Interval) else Interval()
    touching = all(
        left.high is not None and beside(subject, left.high, above=True)[1] == right.low
        for left, right in pairwise(spans)
    )
    ends = not spans or (spans[0].low, spans[-1].high) == (
        whole.clamped(answer_bounds(subject)[0], None).low,
        whole.high,
    )
    return touching and ends


@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
@settings(max_examples=25)
def test_random_rules(source: Source, seed: int) -> None:
    # These may leave a decision list without a line that holds, and multiply facts that are all unknown.
    check_needs(source.rulebook(), Random(seed), exact=False)


@pytest.mark.slow
@given(rulebook=bundled(1), seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_bundled_rules(rulebook: Rulebook, seed: int) -> None:
    check_needs(rulebook, Random(seed))
