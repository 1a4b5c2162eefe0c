"""What changes, as people and programs read it: whole reports, their data against its schema, odd sums."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from eligibility.advice.comparison import ProgrammeComparison, Shift, difference
from eligibility.advice.portfolio import Money
from eligibility.engine.assessment import Verdict
from eligibility.report.comparison import comparison_page, totals
from eligibility.report.comparison_company import company_page
from eligibility.report.comparison_data import company_dict, comparison_dict
from eligibility.report.comparison_words import ComparisonSpeech
from eligibility.report.html import page_html
from eligibility.report.markdown import page_markdown
from eligibility.report.text import page_text
from tests.report.comparisons import changed, of_firm, of_table
from tests.report.firms import FIRMS, rulebook
from tests.report.pages import body
from tests.report.test_data import closed, written

Golden = Callable[[str, str], None]
LANGUAGES = ("de", "en", "ko")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/comparison.schema.json").read_text(encoding="utf-8"))
CLOSED = Draft202012Validator(closed(SCHEMA))


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text(golden: Golden, language: str, width: int) -> None:
    pages = [comparison_page(of_table(), language), *(company_page(*of_firm(firm), language) for firm in FIRMS)]
    golden(f"comparison.{language}.{width}.txt", "\n\n".join(page_text(page, width) for page in pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown(golden: Golden, language: str) -> None:
    pages = [comparison_page(of_table(), language), company_page(*of_firm("german"), language)]
    golden(f"comparison.{language}.md", "\n\n".join(map(page_markdown, pages)))


def test_html(golden: Golden) -> None:
    golden("comparison.de.html", body(page_html(comparison_page(of_table(), "de"))))


def test_data(golden: Golden) -> None:
    data = [comparison_dict(of_table(), "en"), *(company_dict(*of_firm(firm), "en") for firm in FIRMS)]
    golden("comparison.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("same", [False, True])
def test_schema_of_a_table(language: str, same: bool) -> None:
    CLOSED.validate(written(comparison_dict(of_table(same=same), language)))


@pytest.mark.parametrize("firm", FIRMS)
def test_schema_of_a_firm(firm: str) -> None:
    CLOSED.validate(written(company_dict(*of_firm(firm), "de")))


def test_nothing_changes() -> None:
    page = comparison_page(of_table(same=True), "en")
    assert page.groups == ()
    assert page.lead[2:] == (
        "7 companies compared; something changes for 0",
        "1 row could not be read by both and is left out",
    )
    assert page.foot[0] == "4 programmes say the same of every company"
    before = of_firm("german")[0]
    assert company_page(before, before, (), "en").lead[-1] == "Nothing changes for this company"


EUR, KRW = (Money(currency, Fraction(100), Fraction(200), 0) for currency in ("EUR", "KRW"))


def one(before: Money | None, after: Money | None) -> ProgrammeComparison:
    transitions = {(Verdict.ELIGIBLE, Verdict.ELIGIBLE): 2}
    windows = ("open", "open")
    return ProgrammeComparison("de.machines", windows, 2, 2, transitions, (), (), (), (), (before, after), (None, None))


@pytest.mark.parametrize(
    ("before", "after", "rise"),
    [
        (None, None, None),
        (EUR, None, Money("EUR", Fraction(-100), Fraction(-200), 0)),
        (None, EUR, EUR),
        (EUR, replace(EUR, sure=Fraction(150), unbounded=3), Money("EUR", Fraction(50), Fraction(0), 3)),
        (EUR, KRW, None),
    ],
)
def test_difference(before: Money | None, after: Money | None, rise: Money | None) -> None:
    assert difference(before, after) == rise == one(before, after).difference


def test_totals_keep_currencies_apart() -> None:
    told = [one(EUR, KRW), one(None, EUR), one(None, None), one(replace(EUR, unbounded=1), EUR)]
    assert totals(told) == (Money("EUR", Fraction(0), Fraction(0), 1), KRW)


@pytest.mark.parametrize(
    ("rise", "text"),
    [
        (Money("EUR", Fraction(-5), Fraction(-5), 0), "-€5"),
        (Money("EUR", Fraction(5), Fraction(-5), 0), "least sums €5, greatest sums -€5"),
        (
            Money("EUR", Fraction(5), Fraction(5), 2),
            "least sums €5, greatest sums €5, and without an upper end for 2 companies",
        ),
    ],
)
def test_rises(rise: Money, text: str) -> None:
    assert ComparisonSpeech.of(rulebook(), changed(), "en").rise(rise) == text


@pytest.mark.parametrize(
    ("shift", "note"),
    [
        (Shift("size", 3, 0), "3 companies"),
        (Shift("size", 1, 1), "1 company, all with another verdict"),
        (Shift("size", 3000, 1200), "3,000 companies, 1,200 of them with another verdict"),
    ],
)
def test_how_many_change_their_verdict(shift: Shift, note: str) -> None:
    told = replace(of_table(), programmes=(replace(one(None, None), newly_failed=(shift,)),))
    (card,) = comparison_page(told, "en").groups[-1].cards
    (field,) = (field for field in card.fields if field.label == "Not met any more")
    assert field.items[0].notes == (note,)
