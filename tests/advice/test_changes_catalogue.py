"""Near misses over the whole catalogue: every promise is kept, and nobody is told to become another company."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from eligibility.advice.change import Change
from eligibility.advice.changes import changes
from eligibility.advice.choosable import Choosable
from eligibility.engine.assess import assess, assess_programme
from eligibility.engine.assessment import Assessed, Verdict
from eligibility.language.fact import Fact
from eligibility.rulebook.answers_file import read_located
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import read_rules
from tests.advice.tried_out import YES, changed_of, is_other, with_changes
from tests.interview.test_catalogue import drawn

COMPANY = Path(__file__).parents[2] / "examples" / "company.yaml"
SOUND = {"insolvent": False, "in_difficulty": False, "nonprofit": False, "public_shareholding": 0}


@cache
def linker() -> Linker:
    return Linker(read_rules([bundled_rules()]))


@cache
def rulebook(as_of: date) -> Rulebook:
    return linker().fix(as_of)


def firm(random: Random, as_of: date = date(2026, 11, 21)) -> Assessed:
    """A company as the priors spread them, in Germany or Korea, mostly sound, of which more or less is known."""
    rules = rulebook(as_of)
    answers = drawn(random)
    country = random.choice(["DE", "DE", "KR"])
    regions = [code for code in rules.facts["site_region"].names if code.startswith("KR-") == (country == "KR")]
    answers |= {"site_country": country, "site_region": random.choice(regions)}
    if random.random() < 0.7:
        answers |= SOUND
    density = random.choice([1, 0.9, 0.7, 0.4])
    return assess(rules, {name: answer for name, answer in answers.items() if random.random() < density})


def hold(assessed: Assessed, found: Mapping[str, tuple[Change, ...]]) -> int:
    """Hold every promise; return how many there are."""
    results = {result.id: result for result in assessed.programmes}
    for programme, told in found.items():
        before = results[programme]
        assert before.window != "closed"
        assert before.verdict is not Verdict.UNDETERMINED
        assert len({frozenset(changed_of(change).items()) for change in told}) == len(told)
        for change in told:
            after = assess_programme(
                assessed.rulebook, with_changes(assessed.profile, changed_of(change)), before.programme
            )
            assert (after.verdict, after.award) == (change.verdict, change.award)
            for one in change.changed:
                fact = assessed.rulebook.facts[one.fact]
                assert fact.changeable not in (None, "company")
                assert one.before == assessed.profile.values[one.fact]
                assert is_other(one.after, one.before)
    return sum(map(len, found.values()))


def hold_places(assessed: Assessed, found: Mapping[str, tuple[Change, ...]], random: Random) -> None:
    """Hold that moving to some district brings nothing within reach of which nothing was told."""
    before = assessed.profile.given("site_region")
    if not isinstance(before, str):
        return
    codes = [code for code in assessed.rulebook.facts["site_region"].names if is_other(code, before)]
    for code in random.sample(codes, 3):
        profile = with_changes(assessed.profile, {"site_region": code})
        for result in assessed.programmes:
            if result.verdict is Verdict.NOT_ELIGIBLE and result.window != "closed":
                after = assess_programme(assessed.rulebook, profile, result.programme)
                if after.verdict in YES:
                    assert "site_region" in {one.fact for change in found[result.id] for one in change.changed}


@pytest.mark.parametrize("seed", range(6))
def test_every_promise_is_kept(seed: int) -> None:
    random = Random(seed)
    assessed = firm(random)
    found = changes(assessed)
    hold(assessed, found)
    hold_places(assessed, found, random)


@pytest.mark.slow
def test_every_promise_to_500_companies_is_kept() -> None:
    promises = 0
    for seed in range(500):
        random = Random(f"slow {seed}")
        assessed = firm(random, random.choice([date(2021, 3, 1), date(2026, 3, 1), date(2026, 11, 21)]))
        found = changes(assessed)
        promises += hold(assessed, found)
        hold_places(assessed, found, random)
    assert promises > 1000


def example(**answers: object) -> Assessed:
    given: dict[str, Any] = dict(read_located("company", COMPANY.read_bytes()).values)
    return assess(rulebook(date(2021, 3, 1)), {**given, **answers})


def test_the_joinery_of_the_examples() -> None:
    found = changes(example())
    told = {(one.fact, change.gain) for change in found["de.digital-jetzt"] for one in change.changed}
    # 55 % up to 50000 EUR, for costs of 48000 EUR.
    assert ("digital_investment_cost", (23600, 23600)) in told
    assert ("value_chain_project", (2400, 2400)) in told
    assert not any(programme.startswith("kr.") for programme in found)


def test_heads_are_counted_out_only_on_request() -> None:
    large = example(employees=600, group_employees=600)
    assert "de.digital-jetzt" not in changes(large)
    [change] = changes(large, also=["group_employees"])["de.digital-jetzt"]
    assert [(one.fact, one.after.low) for one in change.changed] == [("group_employees", 499)]  # type: ignore[union-attr]


def test_another_country_is_considered_only_on_request() -> None:
    assert not any(name.startswith("kr.") for name in changes(example()))
    assert any(name.startswith("kr.") for name in changes(example(), also=["site_country", "site_region"]))


def test_an_order_that_was_placed() -> None:
    [change] = changes(example(project_started=True))["de.digital-jetzt"]
    assert changed_of(change) == {"project_started": False}
    assert change.gain == (26400, 26400)


@pytest.mark.parametrize(("begun", "told"), [("2021-06-01", True), ("2019-06-01", False)])
def test_what_has_begun_cannot_be_put_off(begun: str, told: bool) -> None:
    assert ("rnd_begun" in Choosable(example(rnd_begun=begun), ()).facts) is told


def unmarked(facts: dict[str, Fact]) -> Iterator[str]:
    yield from (name for name, fact in facts.items() if fact.topic in ("accounts", "aid") and fact.changeable)


def test_the_past_is_not_changeable() -> None:
    facts = dict(rulebook(date(2021, 3, 1)).facts)
    assert list(unmarked(facts)) == []
    assert {facts[name].changeable for name in ("founded", "nace", "insolvent", "public_shareholding")} == {None}
    assert {facts[name].changeable for name in ("employees", "group_turnover", "legal_form")} == {"company"}
    previous = [fact.changeable for name, fact in facts.items() if name.endswith(("_previous", "_received"))]
    assert previous
    assert not any(previous)
