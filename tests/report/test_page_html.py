"""The document around what a page says: landmarks, headings, contents, and what names what."""

import base64
import hashlib
import html as entities
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from eligibility.report.html import page_html
from eligibility.report.page import Card, Column, Group, Item, Page, Table
from tests.report.pages import URL, body, page

LANGUAGES = ("de", "en", "ko")


def headings(html: str) -> list[tuple[int, str]]:
    return [(int(level), text) for level, text in re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", html)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page(golden: Callable[[str, str], None], language: str) -> None:
    golden(f"page.{language}.html", body(page_html(page(language))))


def test_the_policy_admits_the_style_and_nothing_else() -> None:
    html = page_html(page("en"))
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="(.*?)"', html)
    assert entities.unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert html.index("Content-Security-Policy") < html.index("<title>") < html.index("<style>")
    assert " style=" not in html


def test_every_link_within_the_page_leads_somewhere_and_no_name_is_given_twice() -> None:
    html = page_html(page("de"))
    names = re.findall(r' id="(.*?)"', html)
    assert len(names) == len(set(names))
    assert {*re.findall(r'href="#(.*?)"', html), *re.findall(r'labelledby="(.*?)"', html)} <= set(names)


def test_contents_name_sections_and_cards() -> None:
    html = page_html(page("en"))
    (contents,) = re.findall(r"<nav.*?</nav>", html, re.DOTALL)
    assert re.findall(r">([^<]+)</a>", contents) == [
        "Summary",
        "Funding plan",
        "Apply now",
        *["Investment grants for small and medium-sized enterprises"] * 2,
        "Not eligible",
        "Investment grants for small and medium-sized enterprises",
    ]


@pytest.mark.parametrize(("sections", "found"), [(0, False), (2, False), (3, True)])
def test_few_sections_need_no_contents(sections: int, found: bool) -> None:
    groups = tuple(Group(f"Part {n}", items=(Item("x"),)) for n in range(sections))
    assert ("<nav" in page_html(Page("en", "Title", (), groups))) is found


@pytest.mark.parametrize(("cards", "found"), [(24, True), (25, False)])
def test_contents_name_cards_as_long_as_they_are_not_too_many(cards: int, found: bool) -> None:
    many = Group("Many", tuple(Card(f"Card {number}", "") for number in range(cards)))
    html = page_html(Page("en", "Title", (), (many, Group("Two"), Group("Three"))))
    assert (">Card 7</a>" in html) is found
    assert f'>Many</a> <span class="count">{cards}</span>' in html


def test_what_stands_first_and_is_no_card_is_the_summary_and_comes_before_the_contents() -> None:
    html = page_html(page("en"))
    assert html.count('class="summary"') == 1
    assert html.index('class="summary"') < html.index("<nav") < html.index("Funding plan</h2>")
    cards_first = page_html(replace(page("en"), groups=page("en").groups[2:]))
    assert 'class="summary"' not in cards_first


def test_a_card_without_a_section_has_the_heading_of_one() -> None:
    html = page_html(Page("en", "Title", (), (Group("", (Card("Card", ""),)), Group("Part", (Card("Other", ""),)))))
    assert headings(html) == [(1, "Title"), (2, "Card"), (2, "Part"), (3, "Other")]


def test_paper_lists_each_address_behind_words_once() -> None:
    html = page_html(page("en"))
    assert html.count(f'href="{entities.escape(URL)}"') > 5
    assert set(re.findall(r' data-number="(\d+)"', html)) == {"1"}
    (listed,) = re.findall(r'<section class="paper">.*?</section>', html, re.DOTALL)
    assert re.findall(r"<li>(.*?)</li>", listed) == [entities.escape(URL)]


def test_no_list_where_no_address_is_behind_words() -> None:
    html = page_html(Page("en", "Title", (), (Group("", items=(Item(URL, url=URL), Item("x", url="ftp://x"))),)))
    assert '<section class="paper">' not in html
    assert "data-number" not in html.partition("</style>")[2]


@pytest.mark.parametrize(
    ("cells", "tight", "short"),
    [
        (("until 31 December 2021", "Grant", "7 €"), False, ("until 31 December 2021", "7 €")),
        (("until 31 December 2021, " * 9, "Grant", "7 €"), False, ("7 €",)),
        (("Partnerunternehmen und Beteiligungsgesellschaft", "x" * 20, "y" * 20), False, ()),
        (("a " * 12, "b " * 12, "c " * 12), False, ("a " * 12, "b " * 12, "c " * 12)),
        (("x" * 30 + " " + "a " * 12, "y" * 31, "b " * 12), False, ()),
        (("x" * 90, "c", "d e"), True, ()),
        (("가" * 20, "나" * 20, "다" * 20), True, ()),
    ],
)
def test_words_and_short_texts_break_only_where_paper_is_too_narrow(
    cells: tuple[str, ...], tight: bool, short: tuple[str, ...]
) -> None:
    table = Table("", (Column("A"), Column("B"), Column("C")), (cells,))
    html = page_html(Page("en", "", (), (Group("", tables=(table,)),)))
    assert ('<table class="tight">' in html) is tight
    assert re.findall(r'class="short">(.*?)</t[hd]>', html) == list(short)
