"""Explanations over the whole catalogue: what is not named can be left out."""

from collections.abc import Collection
from datetime import date
from random import Random

import pytest

from eligibility.advice.grounds import Grounds
from eligibility.engine.assess import assess_profile, assess_programmes
from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import Profile, read_profile
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.profiles import Answers, behind, definition_answers, domains, some, with_ranges

SEED = 20261122
DAYS = (date(2021, 3, 1), date(2026, 11, 21))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def catalogue(request: pytest.FixtureRequest) -> Rulebook:
    return load([bundled_rules()], request.param)


def profiles(rules: Rulebook, count: int) -> list[Profile]:
    """Profiles of any density, with known ranges, coarse codes and now and then an answer to a definition."""
    random, options = Random(SEED), domains(rules)
    defined = {name: definition_answers(definition) for name, definition in rules.definitions.items()}
    found: list[Answers] = []
    for _ in range(count):
        answers = some(random, options, random.choice((0.1, 0.3, 0.6, 0.9)))
        found.append(with_ranges(random, rules, options, answers) | some(random, defined, 0.05))
    return [read_profile(rules, answers) for answers in found]


def with_only(profile: Profile, names: Collection[str]) -> Profile:
    return Profile({name: value for name, value in profile.values.items() if name in names}, {})


def check(rules: Rulebook, count: int, left_out: int | None) -> None:
    """Leave out all answers that are not named, and one at a time: each of them, or only some for each profile."""
    random = Random(SEED)
    reads = {name: read.union(*(behind(rules, one) for one in read)) for name, read in rules.reads.items()}
    explained_ones = 0
    for profile in profiles(rules, count):
        grounds = Grounds(rules, profile)
        named = {
            result.id: (result.verdict, frozenset(fact for ground in grounds.of(result) for fact in ground.facts))
            for result in assess_profile(rules, profile).programmes
            if result.verdict is not Verdict.UNDETERMINED
        }
        explained_ones += len(named)
        for name, (verdict, facts) in named.items():
            [alone] = assess_programmes(rules, with_only(profile, facts), [name])
            assert alone.verdict is verdict
        answers = sorted(profile.values)
        for answer in answers if left_out is None else random.sample(answers, min(left_out, len(answers))):
            others = with_only(profile, profile.values.keys() - {answer})
            names = [name for name, (_, facts) in named.items() if answer in reads[name] - facts]
            for result in assess_programmes(rules, others, names):
                assert result.verdict is named[result.id][0]
    assert explained_ones > 10 * count


def test_answers_that_no_ground_names_decide_nothing(catalogue: Rulebook) -> None:
    check(catalogue, 3, None)


@pytest.mark.slow
def test_five_hundred_profiles(catalogue: Rulebook) -> None:
    check(catalogue, 500 // len(DAYS), 5)
