"""Explanations as data: within the schema, exact, in all languages."""

from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eligibility.advice.explain import explained
from eligibility.engine.assess import assess
from eligibility.report.explanation_data import explanation_dict
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from tests.report.firms import FIRMS, assessed, rulebook
from tests.report.test_data import CLOSED, written

EXPLANATION = Draft202012Validator({**CLOSED.schema, **CLOSED.schema["$defs"]["explanation"]})


def told(firm: str, programme: str, language: str = "en", **answers: object) -> Any:
    found = assess(rulebook(), {**FIRMS[firm], **answers})
    [explanation] = explained(found, [programme]).values()
    return written(explanation_dict(explanation, found, language))


@pytest.mark.parametrize("language", ["de", "en", "ko"])
@pytest.mark.parametrize("firm", FIRMS)
def test_schema(firm: str, language: str) -> None:
    found = assessed(firm)
    for explanation in explained(found, [*found.rulebook.programmes]).values():
        EXPLANATION.validate(written(explanation_dict(explanation, found, language)))


@pytest.mark.parametrize(
    ("as_of", "answers"),
    [
        (date(2021, 3, 1), {"site_country": "DE", "site_region": "14", "employees": 9, "group_employees": "10..50"}),
        (date(2026, 11, 21), {"site_country": "KR", "kr_industry": "C"}),
    ],
)
def test_schema_on_bundled_rules(as_of: date, answers: dict[str, object]) -> None:
    found = assess(load([bundled_rules()], as_of), answers)
    for explanation in explained(found).values():
        EXPLANATION.validate(written(explanation_dict(explanation, found, "de")))


def test_the_grounds_of_a_yes_and_of_a_no() -> None:
    assert told("german", "de.machines")["grounds"] == [
        {
            "criteria": ["site", "size", "solvent", "minimum_award"],
            "facts": ["site_country", "staff", "cost", "insolvent"],
            "text": "The site is in Germany; Staff: 3 to 249; Insolvency: no; The award reaches the minimum: €3,000",
        }
    ]
    grounds = told("korean", "de.machines", staff=300)["grounds"]
    assert [(ground["criteria"], ground["facts"]) for ground in grounds] == [
        (["site"], ["site_country"]),
        (["size"], ["staff"]),
    ]


def outlooks(explanation: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {
        need["fact"]: [
            (one["values"], one["text"], one["verdict"], one["failed"], one["amount"]) for one in need["outlooks"]
        ]
        for need in explanation["needs"]
    }


def test_what_missing_answers_would_decide() -> None:
    found = outlooks(told("german", "de.machines", staff=None, cost=None, region=None))
    most = {"min": "0.00", "max": "100000.00"}
    assert [*found] == ["region", "staff", "cost"]
    assert found["region"] == [
        (["05366", "14713"], "05366 or 14713", "undetermined", [], most),
        (["08111"], "08111", "undetermined", [], {"min": "0.00", "max": "50000.00"}),
        ([], "any other answer", "undetermined", [], most),
    ]
    assert found["staff"] == [
        (["..2.999999"], "under 3 people", "not_eligible", ["size"], None),
        (["3..50"], "3 to 50 people", "undetermined", [], most),
        (["50.000001..249"], "over 50 to 249 people", "undetermined", [], most),
        (["249.000001.."], "over 249 people", "not_eligible", ["size"], None),
    ]
    assert found["cost"][:3] == [
        (["..4799.99"], "under €4,800", "not_eligible", ["minimum_award"], None),
        (["4800..7499.99"], "€4,800 to under €7,500", "undetermined", [], {"min": "1920.00", "max": "4687.49"}),
        (["7500..79999.99"], "€7,500 to under €80,000", "undetermined", [], {"min": "3000.00", "max": "49999.99"}),
    ]
    assert found["cost"][-1][:2] == (["250000.."], "at least €250,000")


def test_what_a_known_range_leaves_open() -> None:
    found = outlooks(told("large", "de.machines", staff="40..60"))
    assert [line[:2] for line in found["staff"]] == [
        (["40..50"], "40 to 50 people"),
        (["50.000001..60"], "over 50 to 60 people"),
    ]
    assert [line[:2] for line in found["cost"]] == [(["10000..20000"], "€10,000 to €20,000")]


def test_steps_are_not_rounded_before_the_last() -> None:
    steps = told("german", "de.machines", cost="100000.01")["steps"]
    assert [(one["kind"], one["value"]["max"], one["result"]["max"], one["applies"]) for one in steps] == [
        ("base", "0.50", "0.50", "yes"),
        ("bonus", "0.125", "0.625", "yes"),
        ("rate", "0.625", "0.625", "yes"),
        ("part", "62500.00625", "62500.00625", "yes"),
        ("total", "62500.00625", "62500.00625", "yes"),
        ("minimum", "3000.00", "62500.00625", "yes"),
        ("cap", "100000.00", "62500.00625", "no"),
        ("within", "99999.99", "62500.00625", "no"),
        ("rounding", "62500.00625", "62500.01", "yes"),
        ("amount", "62500.01", "62500.01", "yes"),
    ]


@pytest.mark.parametrize(
    ("staff", "text"),
    [
        (50, "Base rate (if Staff: at most 50)"),
        (51, "Base rate (if Staff: over 50 and at most 249)"),
        ("40..60", "Base rate"),
        (None, "Base rate"),
    ],
)
def test_the_band_that_holds_is_named(staff: object, text: str) -> None:
    assert told("german", "de.machines", staff=staff)["steps"][0]["text"] == text
