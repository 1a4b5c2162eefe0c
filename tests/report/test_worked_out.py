"""How a report tells that a fact was worked out, and why."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

import eligibility
from eligibility.engine.assess import assess
from eligibility.report.assessment import assessment_page
from eligibility.report.data import to_dict
from eligibility.report.fact import fact_dict, fact_text
from eligibility.report.html import page_html
from eligibility.report.markdown import page_markdown
from eligibility.report.text import page_text
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.small_rules import small
from tests.report.test_data import SCHEMA, closed

LOST: dict[str, object] = {
    "site_country": "DE",
    "legal_form": "limited_company",
    "founded": "2010-01-01",
    "insolvent": False,
    "insolvency_grounds": False,
    "rescue_aid": False,
    "subscribed_capital": 100000,
    "equity": 40000,
}
SIZE: dict[str, object] = {
    "group_employees": 20,
    "group_turnover": 1000000,
    "group_balance_sheet": 1000000,
    "public_shareholding": 0,
    "size_limits_crossed": False,
}


@pytest.fixture(scope="module")
def digital_jetzt() -> Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"]).linked


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "- Undertaking in difficulty: yes",
                "More than half of the capital lost: yes and SME under three years old: no",
                "Your answer – Subscribed capital with share premium: €100,000",
                "Your answer – Equity: €40,000",
                "Art. 2(18)(a) (checked on",
            ],
        ),
        (
            "de",
            [
                "- Unternehmen in Schwierigkeiten: ja",
                "Grund: Rechtsform: GmbH oder UG (haftungsbeschränkt)",
                "Ihre Angabe – Eigenkapital: 40.000 €",
            ],
        ),
        ("ko", ["- 경영 위기 기업(EU 기준): 예", "사유: 법적 형태"]),
    ],
)
def test_the_reason_is_told(digital_jetzt: Rulebook, language: str, lines: list[str]) -> None:
    page = assessment_page(assess(digital_jetzt, LOST), language)
    text = " ".join(page_text(page).replace("\u00a0", " ").split())
    for line in lines:
        assert line in text
    assert "(b)" not in text
    for other in (page_markdown(page), page_html(page)):
        assert "2(18)(a)" in other.replace("\\", "")


def test_that_no_case_applies_is_told(digital_jetzt: Rulebook) -> None:
    text = page_text(assessment_page(assess(digital_jetzt, {**LOST, **SIZE, "equity": 50000}), "en"))
    assert "- Undertaking in difficulty: no\n  Reason: No other case of the definition applies\n" in text
    assert "Worked out – EU size class: small enterprise" in text


def test_an_answer_for_the_definition_is_the_reason(digital_jetzt: Rulebook) -> None:
    text = page_text(assessment_page(assess(digital_jetzt, {"in_difficulty_by_accounts": True}), "en"))
    assert "- Undertaking in difficulty: yes\n  Reason: Undertaking in difficulty by its accounts\n" in text


def test_a_condition_that_does_not_hold_is_told() -> None:
    low = {"type": "truth", "when": {"staff": "..2"}, "cite": "s 1"}
    rulebook = small({"t0": "no"}, definitions={"low": low}, worked_out={"t0": "low"})
    text = page_text(assessment_page(assess(rulebook, {"staff": 3}), "en"))
    assert "Reason: This does not hold: staff: at most 2" in text


def test_as_data(digital_jetzt: Rulebook) -> None:
    data = json.loads(json.dumps(to_dict(assess(digital_jetzt, LOST), "en")))
    Draft202012Validator(closed(SCHEMA)).validate(data)
    found = data["derived"]["in_difficulty"]
    assert found["value"] is True
    reason = found["reason"]
    assert reason["definition"] == "in_difficulty_by_accounts"
    assert reason["facts"] == ["legal_form", "founded", "subscribed_capital", "equity"]
    assert reason["cite"]["section"] == "Art. 2(18)(a)"
    assert "in_difficulty" not in data["answers"]
    [programme] = data["programmes"]
    assert programme["failed"] == ["in_difficulty"]
    open_ = to_dict(assess(digital_jetzt, {}), "en")
    assert isinstance(open_["derived"], dict)
    assert "in_difficulty" not in open_["derived"]


def test_the_fact_names_its_definition(digital_jetzt: Rulebook) -> None:
    text = fact_text(digital_jetzt, "in_difficulty", "en", 200)
    assert "Undertaking in difficulty by its accounts (in_difficulty_by_accounts)" in text
    assert fact_dict(digital_jetzt, "in_difficulty", "en")["worked_out_by"] == "in_difficulty_by_accounts"
    assert "worked_out_by" not in fact_dict(digital_jetzt, "insolvent", "en")
