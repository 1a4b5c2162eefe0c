"""The one renderer of problems."""

import json

import pytest

from eligibility.cli.problems import problems_json, problems_text
from eligibility.values.problem import Place, Problem

PLAIN = Problem("a", "no place at all", None, "look again")
HANGUL = Problem("b", "not this", Place("b.yaml", 3, 7, "  업종: 제조업"), "")
FIRST = Problem("c", "first", Place("a.yaml", 12, 1, "id: x"), "")
NINTH = Problem("d", "ninth", Place("a.yaml", 9, 2, "\tid: x"), "")
NO_LINE = Problem("e", "no line", Place("c.csv"), "")
LONG = Problem("f", "long", Place("l.yaml", 1, 151, "x" * 150 + "!" + "y" * 50), "")
EVIL = Problem("g", "shown \x1b[2J raw", Place("e\x07.yaml", 1, 2, "\x1bx"), "")


@pytest.mark.parametrize(
    ("problems", "text"),
    [
        ([PLAIN], "no place at all\nhint: look again\n"),
        ([HANGUL], "b.yaml:3:7: not this\n      업종: 제조업\n            ^\n"),
        ([NINTH], "a.yaml:9:2: ninth\n     id: x\n     ^\n"),
        ([NO_LINE], "c.csv: no line\n"),
        ([EVIL], "e\\x07.yaml:1:2: shown \\x1b[2J raw\n    \\x1bx\n        ^\n"),
        (
            [FIRST, NO_LINE, NINTH],
            "a.yaml:9:2: ninth\n     id: x\n     ^\n\n"
            "a.yaml:12:1: first\n    id: x\n    ^\n\n"
            "c.csv: no line\n\n"
            "3 problems\n",
        ),
    ],
)
def test_text(problems: list[Problem], text: str) -> None:
    assert problems_text(problems) == text


def test_caret_in_a_long_line() -> None:
    line, caret = problems_text([LONG]).splitlines()[1:3]
    assert line[caret.index("^")] == "!"
    assert len(line) <= 104


def test_count() -> None:
    assert problems_text([FIRST], counted=True).endswith("\n1 problem\n")
    assert problems_text([PLAIN, PLAIN], counted=False) == "no place at all\nhint: look again\n" * 2


def test_json() -> None:
    found = json.loads(problems_json([HANGUL, PLAIN]))
    assert found == [
        {"code": "a", "message": "no place at all", "file": None, "line": None, "column": None, "hint": "look again"},
        {"code": "b", "message": "not this", "file": "b.yaml", "line": 3, "column": 7, "hint": None},
    ]
