"""Funding plans as data: the schema, and every value of a small plan."""

from typing import Any

import pytest
from jsonschema import ValidationError

from eligibility.advice.funding_plan import funding_plans
from eligibility.engine.assessment import Assessed
from eligibility.report.data import to_dict
from eligibility.report.plan_data import plan_dict
from tests.advice.plan_rules import assessed, fixed, line, share, up_to
from tests.report.test_data import CLOSED, written

TEXT = {"de": "Nicht für dieselben Kosten.", "en": "Not for the same costs.", "ko": "같은 비용에는 안 됩니다."}
PROGRAMMES: dict[str, Any] = {
    "de.a": {
        "award": share(50, "machines"),
        "cumulation": [line("any", "same_costs", False, text=TEXT)],
        "papers": ["plan"],
        "window": "2026-01-01..2026-12-31",
    },
    "de.b": {"award": share(40, "machines", "training"), "selection": "lottery"},
    "de.c": {"award": up_to("100.50 EUR")},
    "de.d": {"kind": "loan", "award": up_to("8 EUR")},
    "kr.a": {"award": fixed("1000 KRW")},
}


@pytest.fixture(scope="module")
def company() -> Assessed:
    return assessed(PROGRAMMES, machines=1001, training=200)


def plans(company: Assessed, language: str) -> Any:
    return written([plan_dict(plan, company, language) for plan in funding_plans(company)])


@pytest.mark.parametrize("language", ["de", "en", "ko"])
def test_schema(company: Assessed, language: str) -> None:
    CLOSED.validate(written({**to_dict(company, language), "plans": plans(company, language)}))


@pytest.mark.parametrize(("key", "value"), [("currency", "CHF"), ("best", None), ("steps", None), ("new", 1)])
def test_schema_refuses(company: Assessed, key: str, value: object) -> None:
    told = {**to_dict(company, "en"), "plans": [plans(company, "en")[0] | {key: value}]}
    with pytest.raises(ValidationError):
        CLOSED.validate(written(told))


def test_best(company: Assessed) -> None:
    euros, won = plans(company, "en")
    assert (won["currency"], won["best"]["money"]) == ("KRW", {"min": "1000", "max": "1000"})
    assert won["best"]["own_share"] is None
    assert won["runner_up"] is None
    best = euros["best"]
    assert [one["programme"] for one in best["applications"]] == ["de.a", "de.b", "de.c"]
    assert best["applications"][0] == {
        "programme": "de.a",
        "name": "de.a",
        "costs": [{"fact": "machines", "label": "machines", "amount": {"min": "1001.00", "max": "1001.00"}}],
        "alone": {"min": "500.50", "max": "500.50"},
        "money": {"min": "500.50", "max": "500.50"},
        "chance": "1",
        "cut_by": [],
    }
    assert best["money"] == {"min": "580.50", "max": "681.00"}
    assert best["expected"] == "681.00"
    # 1,201 euros of machines and training less 580.50; the third programme pays without regard to costs.
    assert best["own_share"] == {"min": "620.50", "max": "620.50"}


def test_what_is_told_beside(company: Assessed) -> None:
    euros, _ = plans(company, "de")
    (limit,) = euros["limits"]
    assert (limit["kind"], limit["programmes"], limit["facts"]) == ("same_costs", ["de.a", "de.b"], ["machines"])
    assert (limit["gain"], limit["text"], limit["cite"]["section"]) == ("400.40", TEXT["de"], "9")
    assert [point["kind"] for point in euros["open_points"]] == ["together", "chance"]
    assert euros["steps"][0] == {
        "kind": "papers",
        "programmes": ["de.a"],
        "earliest": None,
        "by": "2026-12-31",
        "papers": [{"id": "plan", "text": "Plan"}],
    }
    assert [(step["kind"], step["programmes"]) for step in euros["steps"][1:]] == [
        ("apply", ["de.a"]),
        ("apply", ["de.b"]),
        ("apply", ["de.c"]),
        ("beside", ["de.d"]),
    ]


def test_a_cost_that_is_not_known() -> None:
    cap = {"at_most": [{"amount": "300 EUR", "cite": "s 2"}]}
    company = assessed({"de.a": {"award": share(50, "machines", **cap)}})
    (plan,) = plans(company, "en")
    assert plan["best"]["applications"][0]["costs"][0]["amount"] == {"min": None, "max": None}
    assert plan["best"]["own_share"] == {"min": "0.00", "max": None}


def test_a_limit_without_words() -> None:
    company = assessed(
        {"de.a": {"award": share(50, "machines")}, "de.b": {"award": share(50, "machines")}}, machines=10
    )
    (plan,) = plans(company, "en")
    (limit,) = plan["limits"]
    assert (limit["text"], limit["cite"], limit["gain"]) == (None, None, "5.00")
