"""The award step by step: each step follows from the one before, the last one says what the award says."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.advice.explain import explain, explained
from eligibility.advice.explanation import Step
from eligibility.engine.assess import assess, assess_profile
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.profile import read_profile
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.test_monotone import inside, partial_profiles

KINDS = ("base", "bonus", "ceiling", "rate", "part", "total", "minimum", "cap", "within", "rounding", "amount")
FIRM: dict[str, object] = {
    "site_country": "DE",
    "site_region": "09162",
    "legal_form": "limited_company",
    "group_employees": 40,
    "public_shareholding": 0,
    "nonprofit": False,
    "in_formation": False,
    "insolvent": False,
    "in_difficulty": False,
    "de_minimis_received": 0,
    "project_started": False,
    "digitalisation_plan": True,
    "digital_investment_cost": 60000,
    "training_cost": "5000..9000.01",
    "it_security_project": True,
}


def check_steps(result: ProgrammeResult, steps: tuple[Step, ...]) -> None:
    award = result.award
    if award is None:
        assert steps == ()
        return
    kinds = [step.kind for step in steps]
    assert kinds == sorted(kinds, key=KINDS.index)
    by_kind = {step.kind: step for step in steps}
    if award.rate is not None:
        assert by_kind["rate"].result == award.rate
        assert by_kind["rate"].unit == "percent"
    assert (None if award.amount is None else steps[-1].result) == award.amount
    assert "amount" in by_kind or award.amount is None
    for step in steps:
        # A cent more or less may be lost in rounding.
        rounded = step.kind == "amount"
        assert not step.narrowed_by or step.applies is Truth.UNKNOWN or not step.value.is_point or rounded
        assert step.unit == ("percent" if step.kind in KINDS[:4] else award.currency)
    for before, after in pairwise(steps):
        check_follows(before, after)


def check_follows(before: Step, after: Step) -> None:
    if after.kind in ("total", "minimum"):
        assert after.result == before.result
    if after.kind in ("cap", "within", "ceiling") and after.applies is Truth.NO:
        assert after.result == before.result
    if after.kind in ("cap", "within") and after.applies is Truth.YES:
        assert after.result is not None
        assert inside(after.result, Interval(0, after.value.high))
    if after.kind == "bonus" and before.kind in ("base", "bonus"):
        assert before.result is not None
        granted = {
            Truth.YES: after.value,
            Truth.NO: Interval.point(0),
            Truth.UNKNOWN: after.value.hull(Interval.point(0)),
        }
        assert after.result == before.result + granted[after.applies]


def check(rulebook: Rulebook, random: Random) -> None:
    for answers in partial_profiles(rulebook, random):
        profile = read_profile(rulebook, answers)
        for result in assess_profile(rulebook, profile).programmes:
            check_steps(result, explain(rulebook, profile, result).steps)


@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
@settings(max_examples=25)
def test_random_rules(source: Source, seed: int) -> None:
    check(source.rulebook(), Random(seed))


@pytest.mark.slow
@given(rulebook=bundled(1), seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_bundled_rules(rulebook: Rulebook, seed: int) -> None:
    check(rulebook, Random(seed))


def told(step: Step) -> tuple[Any, ...]:
    value, result = (("", "") if one is None else (str(one.low), str(one.high)) for one in (step.value, step.result))
    missing = ", ".join(sorted(step.narrowed_by))
    return step.kind, step.id, *value, *result, step.applies.name, missing


STEPS = [
    ("base", "", "1/2", "1/2", "1/2", "1/2", "YES", ""),
    ("bonus", "value_chain", "1/20", "1/20", "1/2", "11/20", "UNKNOWN", "value_chain_project"),
    ("bonus", "it_security", "1/20", "1/20", "11/20", "3/5", "YES", ""),
    ("bonus", "weak_region", "1/10", "1/10", "11/20", "3/5", "NO", ""),
    ("rate", "", "11/20", "3/5", "11/20", "3/5", "YES", "value_chain_project"),
    ("part", "investment", "33000", "36000", "33000", "36000", "YES", "value_chain_project"),
    ("part", "training", "2750", "2700003/500", "35750", "20700003/500", "YES", "training_cost, value_chain_project"),
    ("total", "", "35750", "20700003/500", "35750", "20700003/500", "YES", "training_cost, value_chain_project"),
    ("minimum", "", "17000", "17000", "35750", "20700003/500", "YES", ""),
    ("cap", "", "100000", "100000", "35750", "20700003/500", "NO", ""),
    ("cap", "", "50000", "50000", "35750", "20700003/500", "NO", ""),
    ("within", "", "200000", "200000", "35750", "20700003/500", "NO", ""),
    ("rounding", "", "35750", "20700003/500", "35750", "4140001/100", "YES", "training_cost, value_chain_project"),
    ("amount", "", "35750", "4140001/100", "35750", "4140001/100", "YES", "training_cost, value_chain_project"),
]


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load([bundled_rules()], date(2021, 3, 1))


def test_the_steps_of_an_award(rules: Rulebook) -> None:
    assessed = assess(rules, FIRM)
    [found] = explained(assessed, ["de.digital-jetzt"]).values()
    assert found.verdict is Verdict.ELIGIBLE
    assert [told(step) for step in found.steps] == STEPS
    assert [cite.source for cite in found.steps[0].cites] == ["faq_amount", "startup", "rate_cut"]


def test_a_cap_cuts(rules: Rulebook) -> None:
    assessed = assess(
        rules, {**FIRM, "digital_investment_cost": 90000, "training_cost": 0, "value_chain_project": False}
    )
    [found] = explained(assessed, ["de.digital-jetzt"]).values()
    caps = [told(step) for step in found.steps if step.kind in ("cap", "amount")]
    assert caps == [
        ("cap", "", "50000", "50000", "49500", "49500", "NO", ""),
        ("amount", "", "49500", "49500", "49500", "49500", "YES", ""),
    ]
    more = assess(rules, {**FIRM, "digital_investment_cost": 100000, "training_cost": 0, "value_chain_project": False})
    [found] = explained(more, ["de.digital-jetzt"]).values()
    assert [told(step) for step in found.steps if step.kind == "cap"] == [
        ("cap", "", "50000", "50000", "50000", "50000", "YES", "")
    ]


def test_only_what_is_open_is_explained_unless_named(rules: Rulebook) -> None:
    assessed = assess(rules, FIRM)
    closed = [result.id for result in assessed.programmes if result.window == "closed"]
    assert closed
    assert explained(assessed).keys().isdisjoint(closed)
    assert [*explained(assessed, closed[:1])] == closed[:1]
    assert explained(assessed, ()) == {}


def test_no_award_is_worked_out_for_a_no(rules: Rulebook) -> None:
    assessed = assess(rules, {**FIRM, "site_country": "KR", "training_cost": Fraction(1)})
    [found] = explained(assessed, ["de.digital-jetzt"]).values()
    assert (found.verdict, found.needs, found.steps) == (Verdict.NOT_ELIGIBLE, (), ())
    assert [(ground.criteria, ground.facts) for ground in found.grounds] == [(("site",), ("site_country",))]
