"""Tables of a page: as columns where they fit, row by row where not, and never more than text."""

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from eligibility.report.html import page_html
from eligibility.report.markdown import page_markdown
from eligibility.report.page import Card, Column, Group, Page, Table, value
from eligibility.report.text import page_text
from tests.report.test_hostile import CONTROL, NAMES, Tags

COLUMNS = (Column("Enterprise"), Column("Relation"), Column("Share", number=True))
ROWS = (("A GmbH", "linked enterprise", "100 %"), ("한국정밀", "", "33.3 %"))
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def page(table: Table) -> Page:
    return Page("en", "Sheet", (), (Group("Group", tables=(table,)),))


def lines(table: Table, width: int) -> list[str]:
    return page_text(page(table), width).splitlines()[5:]


def test_columns_side_by_side() -> None:
    assert lines(Table("Shares", COLUMNS, ROWS, ("Total", "", "133.3 %")), 40) == [
        "Shares:",
        "Enterprise  Relation             Share",
        "----------  -----------------  -------",
        "A GmbH      linked enterprise    100 %",
        "한국정밀                        33.3 %",
        "----------  -----------------  -------",
        "Total                          133.3 %",
    ]


def test_texts_are_wrapped_within_their_column() -> None:
    long = ("Alpha Beteiligungsgesellschaft mbH", "linked through another enterprise", "100 %")
    assert lines(Table("", COLUMNS, (long,)), 56) == [
        "Enterprise                Relation                 Share",
        "------------------------  -----------------------  -----",
        "Alpha                     linked through another   100 %",
        "Beteiligungsgesellschaft  enterprise",
        "mbH",
    ]


def test_row_by_row_where_the_columns_do_not_fit() -> None:
    assert lines(Table("Shares", COLUMNS, ROWS, ("Total", "", "133.3 %")), 28) == [
        "Shares:",
        "- A GmbH",
        "  Relation: linked",
        "    enterprise",
        "  Share: 100 %",
        "- 한국정밀",
        "  Share: 33.3 %",
        "- Total",
        "  Share: 133.3 %",
    ]


@pytest.mark.parametrize("width", [40, 56, 80, 120])
@pytest.mark.parametrize("name", [*NAMES, "long " * 30, "x" * 90, "가" * 70])
def test_no_line_is_wider_than_it_may_be(name: str, width: int) -> None:
    table = Table("Shares", COLUMNS, ((name, name, "1,234,567.00 €"), *ROWS))
    text = page_text(page(table), width)
    assert CONTROL.findall(text) == []
    wide = [line for line in text.splitlines() if cell_len(line) > width]
    assert all("https://" in line for line in wide)


@pytest.mark.parametrize("name", NAMES)
def test_markdown(name: str) -> None:
    def cells(name: str) -> list[str]:
        tokens = PARSER.parse(page_markdown(page(Table(name, COLUMNS, ((name, name, name),), (name, "", name)))))
        inner = [child.type for token in tokens for child in token.children or ()]
        return [token.type for token in tokens] + [kind for kind in inner if kind != "text"]

    assert cells(name) == cells("plain")
    assert cells("plain").count("td_open") == 6


def test_markdown_aligns_numbers() -> None:
    assert "| Enterprise | Relation | Share |\n| --- | --- | ---: |\n| A GmbH |" in page_markdown(
        page(Table("", COLUMNS, ROWS))
    )


@pytest.mark.parametrize("name", NAMES)
def test_html(name: str) -> None:
    def tags(name: str) -> Tags:
        return Tags(page_html(page(Table(name, COLUMNS, ((name, name, name),), (name, "", name)))))

    found, plain = tags(name), tags("plain")
    assert (found.tags, found.targets) == (plain.tags, plain.targets)
    assert {"caption", "thead", "tbody", "tfoot"} <= found.tags
    assert CONTROL.findall(found.text) == []


def test_html_says_what_a_header_belongs_to() -> None:
    html = page_html(page(Table("", COLUMNS, ROWS)))
    assert '<th scope="col" class="number">Share</th>' in html
    assert '<th scope="row" class="short">A GmbH</th>\n<td class="short">linked enterprise</td>\n' in html
    assert '<td class="number">100 %</td>\n</tr>\n<tr>\n<th scope="row">한국정밀</th>\n<td></td>\n' in html
    assert "<caption>" not in html
    assert "tfoot" not in html.partition("</style>")[2]


def test_a_table_within_a_card() -> None:
    card = Card("Card", "c.ard", value("Label", "text"), (), (Table("Shares", COLUMNS, ROWS),))
    found = Page("en", "T", (), (Group("", (card, card)),))
    shown = page_text(found, 42).replace("\u00a0", " ").splitlines()[3:]
    assert shown == [
        "Card",
        "  c.ard",
        "  Label: text",
        "  Shares:",
        "  Enterprise  Relation            Share",
        "  ----------  -----------------  ------",
        "  A GmbH      linked enterprise   100 %",
        "  한국정밀                       33.3 %",
        "",
        *shown[:8],
    ]
    assert "  - A GmbH\n    Relation: linked\n      enterprise\n" in page_text(found, 28)
    assert [token.type for token in PARSER.parse(page_markdown(found))].count("table_open") == 2
