"""Whole reports over the bundled catalogue: in every form and language, none too long, too wide or cut off."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from eligibility.advice.advice import Advice, advise
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.report.html import html_report
from eligibility.report.markdown import markdown_report
from eligibility.report.text import text_report
from eligibility.report.wrap import is_address
from eligibility.rulebook.answers_file import read_located
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load

LARGEST = 300_000
DAYS = [date(2026, 11, 22), pytest.param(date(2021, 3, 1), marks=pytest.mark.slow)]
LANGUAGES = ("de", "en", "ko")


@cache
def advised(as_of: date) -> tuple[Assessed, Advice]:
    company = Path("examples/company.yaml")
    answers = read_located(company.name, company.read_bytes()).values
    found = assess(load([bundled_rules()], as_of), answers)
    return found, advise(found, ("site_region",))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DAYS)
def test_html(as_of: date, language: str) -> None:
    found, told = advised(as_of)
    html = html_report(found, language, (), told, "Muster GmbH")
    assert len(html.encode()) <= LARGEST
    assert html.rstrip().endswith("</html>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("width", [40, 80])
def test_text(as_of: date, language: str, width: int) -> None:
    found, told = advised(as_of)
    lines = text_report(found, language, width, (), told, "Muster GmbH").splitlines()
    assert [line for line in lines if cell_len(line) > width and not is_address(line.split()[-1])] == []
    assert not any("{" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DAYS)
def test_markdown(as_of: date, language: str) -> None:
    found, told = advised(as_of)
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown_report(found, language, (), told, "Muster GmbH"))
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings[:2] == ["h1", "h2"]
    cards = sum(result.window != "closed" and result.verdict.value != "not_eligible" for result in found.programmes)
    assert headings.count("h3") >= cards
