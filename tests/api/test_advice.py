"""Advice on an assessment, from Python."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

import eligibility
from eligibility.api import Assessment, Rulebook

GIVEN = {
    "site_country": "DE",
    "site_region": "09162",
    "legal_form": "limited_company",
    "in_formation": False,
    "group_employees": 500,
    "public_shareholding": 0,
    "nonprofit": False,
    "insolvent": False,
    "in_difficulty": False,
    "de_minimis_received": 20000,
    "project_started": False,
    "digitalisation_plan": True,
    "digital_investment_cost": 48000,
    "training_cost": 0,
    "it_security_project": True,
    "value_chain_project": False,
}
ONE = "de.digital-jetzt"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return eligibility.load_rulebook(date(2021, 3, 1), programmes=[ONE, "de.mittelstand-digital"])


@pytest.fixture(scope="module")
def assessment(rulebook: Rulebook) -> Assessment:
    return rulebook.assess(GIVEN)


def test_why_and_what_would_change_it(assessment: Assessment) -> None:
    assert assessment[ONE].failed == ("headcount",)
    told = assessment.advice()
    assert [ground.facts for ground in told.explanations[ONE].grounds] == [("group_employees",)]
    assert ONE not in told.changes
    (change,) = assessment.advice(also=["group_employees"]).changes[ONE]
    assert [(one.fact, one.after.low) for one in change.changed] == [("group_employees", 499)]  # type: ignore[union-attr]


def test_plan_and_chances(rulebook: Rulebook) -> None:
    assessment = rulebook.assess({**GIVEN, "group_employees": 50})
    (plan,) = assessment.advice().plans
    (half,) = assessment.advice(chances={ONE: Fraction(1, 2)}).plans
    assert plan.best.expected == 2 * half.best.expected > 0


@pytest.mark.parametrize(
    ("also", "chances", "message"),
    [
        (("group_employes",), {}, "group_employes"),
        ((), {"de.digital-jetz": Fraction(1, 2)}, "there is no programme `de.digital-jetz`"),
        ((), {ONE: Fraction(3, 2)}, "a chance is from 0 to 1, not 3/2"),
    ],
)
def test_refused(assessment: Assessment, also: tuple[str, ...], chances: Mapping[str, Fraction], message: str) -> None:
    with pytest.raises(eligibility.AnswerError) as raised:
        assessment.advice(also, chances)
    assert message in str(raised.value)


def test_as_data_only_where_it_is_handed_over(assessment: Assessment) -> None:
    plain, told = assessment.to_dict(), assessment.to_dict("de", assessment.advice())
    assert "plans" not in plain
    assert told["plans"] == []
    added = [set(after) - set(before) for before, after in zip(plain["programmes"], told["programmes"], strict=True)]
    assert added == [{"explanation", "changes"}] * 2
