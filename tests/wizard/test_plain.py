"""The asker for terminals that can only print: numbers and lines."""

import io
from dataclasses import replace

import pytest

from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Typed
from eligibility.cli.wizard.plain import PlainAsker
from eligibility.words import Words

SCREEN = Screen("Is it?", help="Help.", why="For: all", error="Wrong.")
LINES: list[Option | Heading] = [Option(True, "yes"), Option(False, "no"), Heading(""), Option(Command.BACK, "< Back")]


@pytest.fixture
def asker(monkeypatch: pytest.MonkeyPatch) -> PlainAsker:
    monkeypatch.setenv("COLUMNS", "60")
    return PlainAsker(Words("en"))


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1", True),
        ("2", False),
        ("3", Command.BACK),
        ("?", Command.WHY),
        ("<", Command.BACK),
        (">", Command.RESULT),
        ("２", False),
        ("？", Command.WHY),
        ("＜", Command.BACK),
    ],
)
def test_choose(asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, typed: str, chosen: Answer | Command) -> None:
    typing(monkeypatch, f"{typed}\n")
    assert asker.choose(SCREEN, LINES) is chosen


@pytest.mark.parametrize("wrong", ["", "0", "4", "yes", "-1", "٣", "0000001"])
def test_a_wrong_number_is_asked_again(
    asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    typing(monkeypatch, f"{wrong}\n2\n")
    assert asker.choose(SCREEN, LINES) is False
    assert capsys.readouterr().err.endswith("> Type a number from 1 to 3.\n> ")


def test_what_is_written(
    asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "1\n")
    asker.choose(SCREEN, LINES)
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [
        "",
        "Is it?",
        "Help.",
        "",
        "For: all",
        "Wrong.",
        "1. yes",
        "2. no",
        "",
        "3. < Back",
        "Type the number of a line | ?: why | <: back",
        ">: show the result now | Ctrl-C: leave",
        "> ",
    ]


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("50", Typed("50")),
        ("", Typed("")),
        ("=", Typed("12")),
        ("?", Typed("12", Command.WHY)),
        ("<", Typed("12", Command.BACK)),
        (">", Typed("12", Command.RESULT)),
    ],
)
def test_enter(asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, typed: str, reply: Typed) -> None:
    typing(monkeypatch, f"{typed}\n")
    assert asker.enter(SCREEN, "12") == reply


def test_ranges_are_offered_where_there_are_some(
    asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "#\n")
    assert asker.enter(replace(SCREEN, ranges=True), "12") == Typed("12", Command.RANGE)
    assert "#: choose a range" in capsys.readouterr().err
    typing(monkeypatch, "#\n")
    assert asker.enter(SCREEN, "12") == Typed("#")
    assert "#: choose a range" not in capsys.readouterr().err


def test_a_known_range_stays_where_nothing_is_typed(
    asker: PlainAsker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "\n")
    assert asker.enter(replace(SCREEN, refining=True), "10..50") == Typed("")
    assert "Empty line: leave it so" in capsys.readouterr().err


def test_the_end_of_input_leaves(asker: PlainAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "")
    with pytest.raises(EOFError):
        asker.enter(SCREEN, "")


@pytest.mark.parametrize(("typed", "shown"), [("\n\n", 3), ("<\n", 1), ("\n<\n", 2)])
def test_a_long_page_waits_to_be_read(
    asker: PlainAsker,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    shown: int,
) -> None:
    monkeypatch.setenv("LINES", "14")
    typing(monkeypatch, typed)
    asker.page("Why?", [f"line {number}" for number in range(25)])
    written = capsys.readouterr().err
    assert [number for number in (0, 10, 20) if f"line {number}\n" in written] == [0, 10, 20][:shown]
    assert written.count("Empty line: read on | <: back to the question") == min(shown, 2)


def test_a_page_is_printed_whole(asker: PlainAsker, capsys: pytest.CaptureFixture[str]) -> None:
    asker.page("Why?", ["word " * 30, "", "  end"])
    assert capsys.readouterr().err.splitlines() == [
        "",
        "Why?",
        *["word word word word word word word word word word word word"] * 2,
        "word word word word word word",
        "",
        "  end",
    ]
