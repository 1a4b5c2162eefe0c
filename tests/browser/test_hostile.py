"""Names and rule texts that try to be more than text: nothing runs, nothing is asked for, nothing is torn."""

import pytest

from eligibility.report.clean import clean_for_terminal
from eligibility.report.html import html_report, page_html
from tests.browser.conftest import Screen
from tests.browser.measure import sticking_out, tags
from tests.report.pages import page_of
from tests.report.test_hostile import NAMES, assessed

pytestmark = pytest.mark.xdist_group("browser")
WORDS = [
    *NAMES,
    "<script>document.title = 'owned'</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>* { display: none }</style>",
    "</title></head><body onload=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>",
    "<base href='https://evil.example/'><form><input autofocus onfocus=alert(1)>",
    "\u202eevil\u202c \u2066isolate\u2069 \u200f",
    "شركة التمويل ذات المسؤولية المحدودة",
    "<!--",
    "]]>",
    "&lt;&#60;&",
    "e" + "\u0301" * 300,
]
LONG = ["x" * 10_000, "가" * 2_000, "word " * 500, "W" * 60, "Donaudampfschifffahrtsgesellschaft" * 3]
URLS = ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://example.org/" + "x" * 2000]


@pytest.fixture(scope="module")
def plain(window: Screen) -> list[str]:
    """The elements of the page while it says nothing odd."""
    return tags(window.show(page_html(page_of("plain"))))


@pytest.mark.parametrize("word", WORDS)
def test_words_stay_words(screen: Screen, plain: list[str], word: str) -> None:
    found = screen.show(page_html(page_of(word)), 360)
    assert tags(found) == plain
    assert found.title() == " ".join(clean_for_terminal(word).split())
    assert found.locator("h1").text_content() == clean_for_terminal(word)
    assert sticking_out(found) == []


@pytest.mark.parametrize("word", LONG, ids=lambda word: f"{word[:5]}-{len(word)}")
def test_long_words_break_no_layout(screen: Screen, word: str) -> None:
    found = screen.show(page_html(page_of(word)), 1280)
    assert sticking_out(found) == []
    found.set_viewport_size({"width": 360, "height": 900})
    assert sticking_out(found) == []


@pytest.mark.parametrize("url", URLS, ids=lambda url: url[:8])
def test_addresses_lead_to_the_web_or_nowhere(screen: Screen, url: str) -> None:
    found = screen.show(page_html(page_of("word", url=url)), 360)
    leads = found.locator("a").evaluate_all("found => found.map(one => one.protocol)")
    assert set(leads) <= {"https:", "file:"}
    assert ("https:" in leads) is url.startswith("https:")
    assert sticking_out(found) == []


@pytest.mark.parametrize("name", [*NAMES[2:4], LONG[0]], ids=lambda name: name[:8])
def test_texts_of_rules_stay_texts(screen: Screen, name: str) -> None:
    usual = tags(screen.show(html_report(assessed("plain"), "de")))
    found = screen.show(html_report(assessed(name), "de"), 360)
    assert tags(found) == usual
    assert sticking_out(found) == []
