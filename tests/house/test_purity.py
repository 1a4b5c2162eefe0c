"""Values, language, engine and interview know no clock, no file and no terminal."""

import ast

import pytest

from tests.house.tree import imports_in, parsed, python_files

ROOMS = ("eligibility/values", "eligibility/language", "eligibility/engine", "eligibility/aid", "eligibility/interview")
OUTSIDE_MODULES = {"os", "time", "sys", "subprocess", "socket", "locale", "getpass", "tempfile"}
OUTSIDE_CALLS = {"open", "print", "input"}
CLOCK = {"now", "today", "utcnow"}


def reaches_outside(tree: ast.AST) -> list[str]:
    """Line and name of all that asks the machine; the clock also where it is handed on uncalled."""
    found = [(line, name) for line, name in imports_in(tree) if name.partition(".")[0] in OUTSIDE_MODULES]
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in CLOCK:
                found.append((node.lineno, name))
            case ast.Call(func=ast.Name(id=name)) if name in OUTSIDE_CALLS:
                found.append((node.lineno, name))
    return [f"{line}: {name}" for line, name in sorted(found)]


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_reaches_outside(room: str) -> None:
    files = python_files(room)
    assert files
    assert [f"{path}:{place}" for path in files for place in reaches_outside(parsed(path))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from datetime import date\nday = date(2021, 3, 1)", []),
        ("import ostrich", []),
        ("import os.path", ["1: os.path"]),
        ("from time import monotonic", ["1: time.monotonic"]),
        ("def f():\n    import os", ["2: os"]),
        ("day = date.today()", ["1: today"]),
        ("field(default_factory=date.today)", ["1: today"]),
        ("dt.datetime.now(UTC)", ["1: now"]),
        ("datetime.utcnow()", ["1: utcnow"]),
        ("open(path)", ["1: open"]),
        ("print(1)", ["1: print"]),
    ],
)
def test_reaching_outside_is_found(source: str, found: list[str]) -> None:
    assert reaches_outside(ast.parse(source)) == found
