"""Screens as lines: what is cut on a small terminal, and how texts are broken."""

import pytest
from rich.cells import cell_len

from eligibility.cli.wizard.asker import Screen
from eligibility.cli.wizard.lines import key_lines, label_lines, pages, screen_lines

FULL = Screen("Heading?", "count", "notice", "help " * 10 + "end", "form", "why", "error")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (20, ["notice", "count", "", "heading", "help", "help", "help", "", "form", "why", "error"]),
        (11, ["notice", "count", "", "heading", "help", "help", "help", "", "form", "why", "error"]),
        (10, ["notice", "count", "heading", "help", "help", "help", "form", "why", "error"]),
        (8, ["notice", "count", "heading", "help", "help", "form", "why", "error"]),
        (7, ["notice", "count", "heading", "help", "form", "why", "error"]),
        (6, ["notice", "count", "heading", "help", "form", "error"]),
        (5, ["notice", "count", "heading", "help", "error"]),
        (4, ["count", "heading", "help", "error"]),
        (3, ["heading", "help", "error"]),
        (2, ["heading", "error"]),
        (1, ["heading", "error"]),
    ],
)
def test_what_gives_way(rows: int, expected: list[str]) -> None:
    assert [style for style, _ in screen_lines(FULL, 20, rows)] == expected


def test_a_cut_is_told() -> None:
    assert [text for style, text in screen_lines(FULL, 20, 8) if style == "help"] == [
        "help help help help",
        "help help... (?)",
    ]


def test_control_characters_are_shown() -> None:
    assert screen_lines(Screen("a\x1b[2Jb"), 40, 5) == [("heading", "a\\x1b[2Jb")]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (40, ["Enter: yes | ?: why | Ctrl-B: back"]),
        (30, ["Enter: yes | ?: why", "Ctrl-B: back"]),
        (20, ["Enter: yes | ?: why", "Ctrl-B: back"]),
    ],
)
def test_hints_stay_whole(columns: int, expected: list[str]) -> None:
    assert key_lines(["Enter: yes", "?: why", "Ctrl-B: back"], columns) == expected


def test_a_long_label_is_indented() -> None:
    assert label_lines("Körperschaft oder Anstalt des öffentlichen Rechts", 30, 3) == (
        "Körperschaft oder Anstalt\n   des öffentlichen Rechts"
    )


def test_pages_hold_everything() -> None:
    address = "https://example.org/" + "path/" * 10
    found = pages(["Title", "", "- first second third fourth fifth", f"  {address}"], 24, 3)
    assert [[text for _, text in page] for page in found[:2]] == [
        ["Title", ""],
        ["- first second third", "  fourth fifth"],
    ]
    assert "".join(text for page in found[2:] for _, text in page).strip() == address


def test_a_paragraph_stays_on_one_page_where_it_fits() -> None:
    found = pages(["one", "", "two three four", "", "five"], 5, 3)
    assert [[text for _, text in page] for page in found] == [["one", ""], ["two", "three", "four"], ["five"]]


def test_no_text_is_one_empty_page() -> None:
    assert pages([], 40, 5) == [[]]


def test_many_programmes_give_way_to_the_help() -> None:
    screen = Screen("Heading?", help="help " * 12, why="why " * 40)
    lines = screen_lines(screen, 20, 8)
    assert [style for style, _ in lines] == ["heading", "help", "help", "help", "why", "why"]
    assert lines[-1] == ("why", "why why why... (?)")


@pytest.mark.parametrize("columns", [20, 21, 40])
def test_hangul_fits(columns: int) -> None:
    text = "간접 보유분을 포함해 합산하며, 자본금과 의결권 가운데 높은 쪽을 적습니다. " * 3
    assert max(cell_len(line) for _, line in screen_lines(Screen(text, help=text), columns, 50)) <= columns
    assert max(cell_len(line) for page in pages([text], columns, 5) for _, line in page) <= columns
