"""Funding plans over the bundled catalogue: no choice of programmes and costs brings more than what is told."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from eligibility.advice.costs import cost_facts
from eligibility.advice.funding_plan import funding_plans
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import Assessed
from eligibility.engine.profile import Profile, read_profile
from eligibility.language.case import CaseShape
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import read_rules
from eligibility.values.interval import Interval
from tests.advice.tried_plans import COSTS, greatest

DAYS = (date(2021, 3, 1), date(2023, 6, 1), date(2024, 10, 1), date(2026, 11, 22))


@cache
def linker() -> Linker:
    return Linker(read_rules([bundled_rules()]))


@cache
def rulebook(on: date) -> Rulebook:
    return linker().fix(on)


@cache
def good_answers(on: date) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The answers of the cases in which programmes that take applications on the day are within reach."""
    found = []
    for name, programme in rulebook(on).programmes.items():
        if programme.window.status(on) in ("open", "continuous"):
            cases = {case.name: case for case in programme.shape.cases}
            good = [case for case in cases.values() if case.expect.verdict in ("eligible", "likely")]
            found.extend((name, given(case, cases)) for case in good)
    return tuple(found)


def given(case: CaseShape, cases: dict[str, CaseShape]) -> dict[str, Any]:
    below = {} if case.base is None else given(cases[case.base], cases)
    return {**below, **case.given}


def company(random: Random, on: date) -> Assessed:
    """A company with what brings one programme within reach, then others as far as that does not contradict."""
    good = good_answers(on)
    country, first = random.choice(good)
    near = [answers for name, answers in good if name[:2] == country[:2] or name.startswith("eu.")]
    answers = dict(first)
    for other in random.sample(near, min(len(near), random.randint(3, 40))):
        answers = {**other, **answers}
    profile = read_profile(rulebook(on), answers)
    values = {name: amount(random) if name in COSTS else value for name, value in profile.values.items()}
    if random.random() < 0.5:
        values["de_minimis_received"] = Interval.point(random.choice([0, 150000, 190000, 270000]))
    return assess_profile(rulebook(on), Profile(values, profile.answers))


def amount(random: Random) -> Interval:
    return Interval.point(Fraction(random.choice([0, 4000, 12345, 30000, 100001, 400000, 2500000])))


def companies(seeds: range) -> Iterator[tuple[int, Assessed, dict[str, Fraction]]]:
    for seed in seeds:
        random = Random(seed)
        found = company(random, DAYS[seed % len(DAYS)])
        some = [one.id for one in found.programmes if random.random() < 0.3] if random.random() < 0.3 else []
        yield seed, found, {name: Fraction(random.randint(1, 20), 20) for name in some}


def against_trying(seeds: range) -> list[int]:
    """Compare the plans of some companies; return how many applications each plan has."""
    sizes = []
    for seed, found, chances in companies(seeds):
        for plan in funding_plans(found, chances):
            assert plan.best.expected == greatest(found, plan.currency, chances), (seed, plan.currency)
            sizes.append(len(plan.best.applications))
    return sizes


def test_no_choice_brings_more() -> None:
    assert max(against_trying(range(8))) > 2


@pytest.mark.slow
def test_no_choice_brings_more_for_five_hundred() -> None:
    sizes = against_trying(range(8, 508))
    assert sum(size > 2 for size in sizes) > 100


def test_the_costs_of_the_catalogue() -> None:
    for on in DAYS:
        nothing = read_profile(rulebook(on), {})
        for programme in rulebook(on).programmes.values():
            assert set(cost_facts(programme, rulebook(on), nothing)) <= COSTS | {"loan_amount"}, programme.id
