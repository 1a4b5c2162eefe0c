"""Names that try to be more than names: no report gives them any meaning."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from eligibility.advice.advice import advise
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.language.shape import Text
from eligibility.report.escaping import escaped, link
from eligibility.report.html import html_report
from eligibility.report.markdown import markdown_report
from eligibility.report.programme import programme_text, programmes_list_text
from eligibility.report.text import text_report
from tests.report.firms import FIRMS, rulebook

NAMES = [
    "\x1b]0;owned\x07\x1b[2J",
    "a\u202egnp.exe",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>&amp;",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "# Heading\n\n- item\n1. one\n===",
    "`code` *bold* _em_ ~~gone~~ | cell | $x$",
    "<https://evil.example> https://evil.example",
    "{{ 7 * 7 }}{% raw %} {n} %s",
]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def assessed(name: str, url: str = "https://example.org/apply") -> Assessed:
    """A firm that qualifies for a programme of this name."""
    rules = rulebook()
    programme = rules.programmes["de.machines"]
    text = Text(de=name, en=name, ko=name)
    shape = programme.shape.model_copy(update={"name": text, "summary": text, "apply": url})
    papers = {"plan": text}
    found = {**rules.programmes, "de.machines": replace(programme, shape=shape)}
    return assess(replace(rules, programmes=found, papers=papers), FIRMS["german"])


class Tags(HTMLParser):
    """The tags, attributes and text of an HTML document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", NAMES)
def test_text(name: str) -> None:
    found = assessed(name)
    texts = [text_report(found, "en", 40), text_report(found, "ko", 80)]
    texts += [programme_text(found.rulebook, "de.machines", "de", 40), programmes_list_text(found.rulebook, "en", 80)]
    assert [CONTROL.findall(text) for text in texts] == [[], [], [], []]


@pytest.mark.parametrize("name", NAMES)
def test_html(name: str) -> None:
    plain = Tags(html_report(assessed("plain"), "en"))
    found = Tags(html_report(assessed(name), "en"))
    assert (found.tags, found.targets) == (plain.tags, plain.targets)
    assert CONTROL.findall(found.text) == []
    if name.isprintable():
        assert name in found.text


@pytest.mark.parametrize("name", NAMES)
def test_markdown(name: str) -> None:
    def blocks(text: str) -> list[str]:
        tokens = PARSER.parse(text)
        inner = [child.type for token in tokens for child in token.children or () if child.type != "softbreak"]
        return [token.type for token in tokens] + [kind for kind in inner if kind != "text"]

    report = markdown_report(assessed(name), "en")
    assert blocks(report) == blocks(markdown_report(assessed("plain"), "en"))
    assert CONTROL.findall(report) == []


@pytest.mark.parametrize("name", NAMES)
def test_whom_the_report_is_for_stays_text(name: str) -> None:
    found, told = assessed("plain"), advise(assessed("plain"))
    plain, shown = (Tags(html_report(found, "en", (), told, one)) for one in ("plain", name))
    assert (shown.tags, shown.targets) == (plain.tags, plain.targets)
    if name.isprintable():
        assert name in shown.text
    texts = [text_report(found, "en", 40, (), told, name), markdown_report(found, "en", (), told, name)]
    assert [CONTROL.findall(text) for text in (*texts, shown.text)] == [[], [], []]
    tokens = [
        [token.type for token in PARSER.parse(markdown_report(found, "en", (), told, one))] for one in (name, "x")
    ]
    assert tokens[0] == tokens[1]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://example.org/>)x", "https://example.org/\x1bx", "data:x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    found = assessed("plain", url)
    html, markdown = html_report(found, "en"), markdown_report(found, "en")
    targets = [target for target in Tags(html).targets if not target.startswith("#")]
    assert {target.partition(":")[0] for target in targets} == {"https"}
    tokens = [child for token in PARSER.parse(markdown) for child in token.children or ()]
    assert {str(token.attrGet("href")).partition(":")[0] for token in tokens if token.type == "link_open"} == {"https"}
    assert CONTROL.findall(html + markdown) == []


def test_the_html_loads_nothing() -> None:
    html = html_report(assessed("plain"), "en")
    assert Tags(html).tags.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert "default-src &#39;none&#39;" in html
    assert re.search(r"url\(|@import", html) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("37.500 €", "37.500 €"),
        ("1. März", "1\\. März"),
        ("12) x", "12\\) x"),
        ("- x", "\\- x"),
        ("+x", "\\+x"),
        ("3-4", "3-4"),
        ("eu_size <b>", "eu\\_size \\<b\\>"),
        ("a\n# b\tc", "a # b c"),
        ("\x1b", "\\\\x1b"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_link() -> None:
    assert link("a [b]", "https://example.org/x") == "[a \\[b\\]](<https://example.org/x>)"
    assert link("a", "ftp://example.org/_x_") == "a ftp://example.org/\\_x\\_"
    assert link("a", "") == "a"
