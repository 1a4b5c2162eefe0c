"""Answers files: what is read, and what is refused with its place."""

from decimal import Decimal

import pytest

from eligibility.rulebook.answers_file import read_located, write_answers
from eligibility.values.problem import AnswerError, Place

READ = [
    ("a.yaml", b"", {}),
    ("a.yaml", b"# nothing yet\n", {}),
    ("a.yaml", b"{}\n", {}),
    ("a.yaml", b"site_region: 09162\nnonprofit: no\n", {"site_region": "09162", "nonprofit": "no"}),
    ("a.yaml", b"a: null\nb: ~\nc:\nd: 'null'\n", {"a": None, "b": None, "c": None, "d": "null"}),
    ("a.yaml", b"\xef\xbb\xbfa: 1\n", {"a": "1"}),
    ("a.yaml", b"a: [x, y]\n", {"a": ["x", "y"]}),
    (
        "a.json",
        b'{"a": 1.10, "b": null, "c": true, "d": "50..60"}',
        {"a": Decimal("1.10"), "b": None, "c": True, "d": "50..60"},
    ),
    ("a.json", b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    ("-", b'{"a": 1, "b": true, "c": null}', {"a": 1, "b": True, "c": None}),
    ("answers.txt", b' {"a": 1.10}', {"a": Decimal("1.10")}),
    ("-", b"{a: 1, b: true}", {"a": "1", "b": "true"}),
]


@pytest.mark.parametrize(("name", "data", "answers"), READ)
def test_read(name: str, data: bytes, answers: dict[str, object]) -> None:
    assert read_located(name, data).values == answers


NO_MAP = "answers are a map from facts to values (write one line for each fact, such as `group_employees: 50`)"

REFUSED = [
    (
        "a.yaml",
        b"- a\n",
        f"a.yaml:1:1: {NO_MAP}",
    ),
    (
        "a.yaml",
        b"a: &x 1\n",
        "a.yaml:1:4: anchors and aliases (`&`, `*`) are not part of the rule language (write the value out)",
    ),
    ("a.yaml", b"a: \xff\n", "a.yaml:1:4: byte 4 is not UTF-8 (save the file as UTF-8)"),
    ("a.yaml", b"a: \x1b\n", "a.yaml:1:4: the file holds the character U+001B, which does not show (delete it)"),
    ("a.json", b'{"a": 1,\n "a": 2}', "a.json:2:2: `a` stands twice in this map"),
    ("a.json", b'{"a": 1\n', "a.json:2:1: this is not JSON: Expecting ',' delimiter"),
    ("-", b'{"a": 1,\n "a": 2}', "-:2:2: `a` stands twice in this map"),
    ("a.json", b'{"a": NaN}', "a.json: this is not JSON: NaN is not a number"),
    ("a.json", b'{"a": "\xff"}', "a.json:1:1: byte 8 is not UTF-8 (save the file as UTF-8)"),
    (
        "a.json",
        b"[1]",
        f"a.json:1:1: {NO_MAP}",
    ),
    ("a.json", b'{"a":' * 100_000, "a.json: this is not JSON: maximum recursion depth exceeded"),
    ("a.json", b"{" + b" " * 1_000_000, "a.json: the file has 1,000,001 bytes; at most 1,000,000 are read"),
]


@pytest.mark.parametrize(("name", "data", "message"), REFUSED)
def test_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(AnswerError) as error:
        read_located(name, data)
    assert str(error.value).startswith(message)


def test_a_key_twice_in_yaml() -> None:
    with pytest.raises(AnswerError) as error:
        read_located("a.yaml", b"a: 1\na: 2\n")
    assert error.value.problems[0].code == "duplicate-key"
    assert error.value.problems[0].place == Place("a.yaml", 2, 1, "a: 2")


@pytest.mark.parametrize(("name", "data"), [("a.yaml", b"a: 1\n  \nb: 2\n"), ("a.json", b'{"a": "b",\n\n"b" : 2}')])
def test_places(name: str, data: bytes) -> None:
    places = read_located(name, data).places
    assert [(fact, place.line) for fact, place in places.items()] == [("a", 1), ("b", 3)]


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_written_is_read_again(as_json: bool) -> None:
    answers = {"a": 50, "b": "50..60", "c": True, "d": '한국 "x": #1\n', "e": Decimal("1.10"), "f": "null", "g": "no"}
    data = write_answers(answers, as_json=as_json)
    read = read_located("a.json" if as_json else "a.yaml", data).values
    texts = {"a": "50", "c": "true"} if not as_json else {}
    assert read == {**answers, "e": "1.10", **texts}
    assert read_located("a.yaml", write_answers({})).values == {}
