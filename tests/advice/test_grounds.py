"""Grounds: a verdict rests on the answers they name, on no others, and on no fewer."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.advice import smallest
from eligibility.advice.explain import explain
from eligibility.advice.explanation import Ground
from eligibility.advice.grounds import MOST_GROUNDS
from eligibility.advice.smallest import smallest_hits
from eligibility.engine.assess import assess, assess_profile, assess_programme
from eligibility.engine.assessment import Outcome, ProgrammeResult, Verdict
from eligibility.engine.profile import Profile, read_profile
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.test_monotone import partial_profiles
from tests.report.firms import FIRMS
from tests.report.firms import rulebook as small_rules


def without(profile: Profile, names: frozenset[str]) -> Profile:
    return replace(profile, values={name: value for name, value in profile.values.items() if name not in names})


def verdict(rulebook: Rulebook, profile: Profile, result: ProgrammeResult) -> Verdict:
    return assess_programme(rulebook, profile, result.programme).verdict


def check_explained(rulebook: Rulebook, profile: Profile, result: ProgrammeResult) -> None:
    """Leave out what is not named, each answer alone and all together; the verdict stays."""
    found = explain(rulebook, profile, result)
    assert found.facts <= profile.values.keys()
    if result.verdict is Verdict.UNDETERMINED:
        assert found.grounds == ()
        return
    unnamed = profile.values.keys() - found.facts
    for names in ({*unnamed}, *({name} for name in unnamed)):
        assert verdict(rulebook, without(profile, frozenset(names)), result) is result.verdict
    for ground in found.grounds:
        check_ground(rulebook, profile, result, ground)
    assert {criterion for ground in found.grounds for criterion in ground.criteria} == deciding(result)


def deciding(result: ProgrammeResult) -> set[str]:
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return set(result.failed)
    return {criterion.id for criterion in result.criteria if criterion.outcome is not Outcome.MANUAL}


def check_ground(rulebook: Rulebook, profile: Profile, result: ProgrammeResult, ground: Ground) -> None:
    """With these answers alone the verdict stands; none of them can be left out."""
    alone = without(profile, frozenset(profile.values.keys() - set(ground.facts)))
    assert settled(rulebook, alone, result, ground)
    if any(stands_over(rulebook, name) for name in profile.values):
        # What is worked out once an answer is left out may say the same; but it is not what the verdict rests on.
        return
    for name in ground.facts:
        assert not settled(rulebook, without(alone, frozenset({name})), result, ground)


def stands_over(rulebook: Rulebook, name: str) -> bool:
    """Whether something else would be worked out without this answer."""
    fact = rulebook.facts.get(name)
    return fact is None or fact.worked_out_by is not None


def settled(rulebook: Rulebook, profile: Profile, result: ProgrammeResult, ground: Ground) -> bool:
    found = assess_programme(rulebook, profile, result.programme)
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return set(ground.criteria) <= set(found.failed)
    return found.verdict is result.verdict


def check(rulebook: Rulebook, random: Random) -> None:
    for answers in partial_profiles(rulebook, random):
        profile = read_profile(rulebook, answers)
        for result in assess_profile(rulebook, profile).programmes:
            check_explained(rulebook, profile, result)


@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
@settings(max_examples=30)
def test_random_rules(source: Source, seed: int) -> None:
    check(source.rulebook(), Random(seed))


@pytest.mark.slow
@given(rulebook=bundled(1), seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_bundled_rules(rulebook: Rulebook, seed: int) -> None:
    check(rulebook, Random(seed))


@given(source=sources(), seed=st.integers(0, 2**32))
@settings(max_examples=20)
def test_no_smaller_set_settles_it(source: Source, seed: int) -> None:
    rulebook, random = source.rulebook(), Random(seed)
    for answers in partial_profiles(rulebook, random)[:2]:
        profile = read_profile(rulebook, {name: answer for name, answer in answers.items() if name in rulebook.facts})
        for result in assess_profile(rulebook, profile).programmes:
            by_criteria: dict[tuple[str, ...], list[Ground]] = {}
            for ground in explain(rulebook, profile, result).grounds:
                by_criteria.setdefault(ground.criteria, []).append(ground)
            for grounds in by_criteria.values():
                assert sets_of(grounds) == by_trying(rulebook, profile, result, grounds[0])


def sets_of(grounds: list[Ground]) -> list[tuple[str, ...]]:
    return [ground.facts for ground in grounds]


def by_trying(rulebook: Rulebook, profile: Profile, result: ProgrammeResult, ground: Ground) -> list[tuple[str, ...]]:
    """The first of all sets of the same size that settle the same, if none that is smaller does."""
    read = [name for name in rulebook.facts if name in profile.values and name in rulebook.reads[result.id]]
    for size in range(len(ground.facts) + 1):
        found = [
            names
            for names in combinations(read, size)
            if settled(rulebook, without(profile, frozenset(profile.values.keys() - set(names))), result, ground)
        ]
        if found:
            return found[: MOST_GROUNDS if result.verdict is Verdict.NOT_ELIGIBLE else 1]
    raise AssertionError("the set told settles nothing")


def test_a_search_that_takes_too_long_still_tells_an_irreducible_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smallest, "MOST_JUDGED", 0)

    @given(source=sources(), seed=st.integers(0, 2**32))
    @settings(max_examples=10)
    def hold_all(source: Source, seed: int) -> None:
        check(source.rulebook(), Random(seed))

    hold_all()


@pytest.mark.parametrize(
    ("blocks", "most", "hits"),
    [
        ([], 4, [0]),
        ([0b1], 4, [0b1]),
        ([0b11], 4, [0b1, 0b10]),
        ([0b11], 1, [0b1]),
        ([0b11, 0b110], 4, [0b10]),
        ([0b11, 0b1100], 4, [0b101, 0b1001, 0b110, 0b1010]),
        ([0b11, 0b1100], 3, [0b101, 0b1001, 0b110]),
        ([0b1, 0b110, 0b11], 4, [0b11, 0b101]),
    ],
)
def test_smallest_hits(blocks: list[int], most: int, hits: list[int]) -> None:
    assert smallest_hits(blocks, most) == hits


def test_what_is_settled_otherwise_than_by_the_evaluator_may_rest_on_every_answer_read() -> None:
    found = assess(small_rules(), {**FIRMS["german"], "insolvent": None})
    [result] = [one for one in found.programmes if one.id == "de.machines"]
    met = tuple(replace(one, outcome=Outcome.MET) for one in result.criteria)
    told = replace(result, verdict=Verdict.ELIGIBLE, criteria=met, missing=frozenset())
    [ground] = explain(found.rulebook, found.profile, told).grounds
    assert ground == Ground(("site", "size", "solvent", "minimum_award"), ("site_country", "staff", "cost"))
    refused = replace(result, verdict=Verdict.NOT_ELIGIBLE, missing=frozenset(), award=None)
    [ground] = explain(found.rulebook, found.profile, refused).grounds
    assert ground == Ground(("site", "size", "solvent", "minimum_award"), ("site_country", "staff", "cost"))


def test_a_definition_given_as_an_answer_is_the_ground_not_what_it_stands_over() -> None:
    # 40 % and the bonus of 12.5 points are needed to reach the minimum of 3,000 euros.
    answers = {**FIRMS["german"], "staff": 51, "cost": 6000, "weak_region": True, "region": "08111"}
    found = assess(small_rules(), answers)
    [result] = [one for one in found.programmes if one.id == "de.machines"]
    assert result.verdict is Verdict.ELIGIBLE
    [ground] = explain(found.rulebook, found.profile, result).grounds
    assert ground.facts == ("site_country", "staff", "cost", "insolvent", "weak_region")
