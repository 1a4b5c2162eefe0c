"""Whole reports, compared with files that were read by people."""

import json
from collections.abc import Callable

import pytest

from eligibility.report.data import to_dict
from eligibility.report.html import html_report
from eligibility.report.markdown import markdown_report
from eligibility.report.programme import (
    fact_dict,
    fact_text,
    facts_list_dict,
    facts_list_text,
    programme_dict,
    programme_text,
    programmes_list_dict,
    programmes_list_text,
)
from eligibility.report.text import text_report
from tests.report.firms import FIRMS, advice, assessed, rulebook
from tests.report.pages import body

Golden = Callable[[str, str], None]
LANGUAGES = ("de", "en", "ko")


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("firm", FIRMS)
def test_text(golden: Golden, firm: str, language: str, width: int) -> None:
    golden(f"{firm}.{language}.{width}.txt", text_report(assessed(firm), language, width, (), advice(firm)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown(golden: Golden, language: str) -> None:
    golden(f"german.{language}.md", markdown_report(assessed("german"), language, (), advice("german"), "Muster GmbH"))


def test_html(golden: Golden) -> None:
    golden("large.ko.html", body(html_report(assessed("large"), "ko")))


@pytest.mark.parametrize("firm", FIRMS)
def test_data(golden: Golden, firm: str) -> None:
    golden(f"{firm}.json", json.dumps(to_dict(assessed(firm), "en"), ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("language", LANGUAGES)
def test_leaflets_and_lists(golden: Golden, language: str, width: int) -> None:
    rules = rulebook()
    pages = [programmes_list_text(rules, language, width), facts_list_text(rules, language, width)]
    pages += [programme_text(rules, name, language, width) for name in rules.programmes]
    pages += [fact_text(rules, name, language, width) for name in (*rules.facts, *rules.definitions)]
    golden(f"leaflets.{language}.{width}.txt", "\n\n".join(pages))


def test_leaflets_and_lists_as_data(golden: Golden) -> None:
    rules = rulebook()
    found = [programmes_list_dict(rules, "de"), facts_list_dict(rules, "de")]
    found += [programme_dict(rules, name, "de") for name in rules.programmes]
    found += [fact_dict(rules, name, "de") for name in (*rules.facts, *rules.definitions)]
    golden("leaflets.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("show", [programme_text, programme_dict, fact_text, fact_dict])
def test_an_unknown_id_is_a_key_error(show: Callable[..., object]) -> None:
    with pytest.raises(KeyError, match=r"^'no\.such'$"):
        show(rulebook(), "no.such", "en")
