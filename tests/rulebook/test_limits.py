"""What is refused before anything is understood: size, depth, number of values, hidden characters, other encodings."""

import time
from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook.decoding import LARGEST_FILE
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker
from eligibility.rulebook.read_yaml import DEEPEST, MOST_VALUES, read_document
from eligibility.rulebook.rules import read_rules
from eligibility.rulebook.tree import plain
from eligibility.values.problem import RuleError


def refusal(data: bytes) -> str:
    with pytest.raises(RuleError) as caught:
        read_document("x.yaml", data)
    (problem,) = caught.value.problems
    return str(problem)


def nested(levels: int, opening: str = "[", closing: str = "]") -> bytes:
    return (opening * levels + "x" + closing * levels).encode()


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")])
def test_depth(opening: str, closing: str) -> None:
    width = opening.count("[") + opening.count("{")
    levels = (DEEPEST - 1) // width
    assert read_document("x.yaml", nested(levels, opening, closing)).root is not None
    assert "more than 50 levels of nesting (make it flatter)" in refusal(nested(levels + 1, opening, closing))


def test_depth_names_the_first_place_too_deep() -> None:
    assert refusal(nested(51)) == "x.yaml:1:51: more than 50 levels of nesting (make it flatter)"


@pytest.mark.parametrize("levels", [1_000, 30_000, 400_000])
def test_a_tower_of_brackets_ends_at_once(levels: int) -> None:
    # A loader that composes before it counts dies of such a file, not catchably.
    started = time.process_time()
    assert refusal(b"[" * levels) == "x.yaml:1:51: more than 50 levels of nesting (make it flatter)"
    assert time.process_time() - started < 1


def test_number_of_values() -> None:
    # The list itself is a value, too.
    assert len(plain(read_document("x.yaml", listing(MOST_VALUES - 1)).root)) == MOST_VALUES - 1  # type: ignore[arg-type]
    assert refusal(listing(MOST_VALUES)) == "x.yaml:1:200000: more than 100,000 values in one file (split it)"


def listing(length: int) -> bytes:
    return f"[{','.join('x' * length)}]".encode()


def test_size() -> None:
    assert read_document("x.yaml", b"#" * (LARGEST_FILE - 5) + b"\na: b").root is not None
    assert refusal(b"#" * (LARGEST_FILE + 1)) == (
        "x.yaml: the file has 1,000,001 bytes; at most 1,000,000 are read (split it)"
    )


@pytest.mark.parametrize(
    "character",
    [
        *("\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\x9f"),
        *("\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069"),
        *("\ufeff", "\ufffe", "\uffff"),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("before", ["one: ", "one: two # ", "one: '"])
def test_hidden_characters(character: str, before: str) -> None:
    text = f"zero: 0\n{before}a{character}b"
    column = len(before) + 2
    name = f"U+{ord(character):04X}"
    expected = f"x.yaml:2:{column}: the file holds the character {name}, which does not show (delete it)"
    assert refusal(text.encode()) == expected


@pytest.mark.parametrize(
    "text", ["tab\tinside", "soft\u00adhyphen", "Ä ö ß", "한국어", "emoji 🚀", "nb\u00a0space", "“quoted”"]
)
def test_characters_that_may_stand(text: str) -> None:
    assert plain(read_document("x.yaml", f"one: {text}".encode()).root) == {"one": text}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"one: 1\ntwo: \xfcber", "x.yaml:2:6: byte 13 is not UTF-8 (save the file as UTF-8)"),
        ("ü: 1\nü: ".encode() + b"\xff", "x.yaml:2:4: byte 11 is not UTF-8 (save the file as UTF-8)"),
        ("one: 1".encode("utf-16"), "x.yaml:1:1: byte 1 is not UTF-8 (save the file as UTF-8)"),
        ("one: 기업".encode("cp949"), "x.yaml:1:6: byte 6 is not UTF-8 (save the file as UTF-8)"),
        (b"one: \xed\xa0\x80", "x.yaml:1:6: byte 6 is not UTF-8 (save the file as UTF-8)"),
        (b"one: \xc0\xaf", "x.yaml:1:6: byte 6 is not UTF-8 (save the file as UTF-8)"),
        (b"one: 1\xe2\x82", "x.yaml:1:7: byte 7 is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_other_encodings(data: bytes, message: str) -> None:
    assert refusal(data) == message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("one: U\u0308ber", 1, 6), ("one: 1\ntwo: \u1112\u1161\u11ab", 2, 6), ("one: \u212b", 1, 6)],
    ids=["German", "Korean", "a sign with a twin"],
)
def test_decomposed_letters(text: str, line: int, column: int) -> None:
    message = (
        "letters in a decomposed form (not NFC), which look equal and compare unequal (save it in Unicode form NFC)"
    )
    assert refusal(text.encode()) == f"x.yaml:{line}:{column}: {message}"


def test_hidden_characters_are_not_repeated() -> None:
    with pytest.raises(RuleError) as caught:
        read_document("x.yaml", b"one: \x1b[2J")
    assert [problem.place.source for problem in caught.value.problems if problem.place] == [""]
    assert "\x1b" not in str(caught.value)


def test_very_many_problems_are_found_soon(tmp_path: Path) -> None:
    criteria = "".join(f"  c{number}: {{when: {{unknown_{number}: yes}}, cite: g}}\n" for number in range(5_000))
    header = "id: de.wrong\nname: W\nsummary: W\nauthority: W\nkind: grant\nselection: lottery\nwindow: continuous\n"
    sources = "sources: {g: {title: G, url: https://example.org/g, checked: 2026-11-21}}\n"
    cases = "cases: [{name: none, expect: {verdict: undetermined}}]\n"
    (tmp_path / "a.yaml").write_text(f"{header}{sources}requires:\n{criteria}{cases}", encoding="utf-8")
    rules = read_rules([bundled_rules(), tmp_path])
    started = time.process_time()
    problems = Linker(rules).link(date(2021, 3, 1))[1]
    assert time.process_time() - started < 2
    assert len(problems) == 5_000
    assert problems[-1].message == "there is no fact or definition `unknown_4999`"
