"""Money and rates are exact: no float where values are made, compared or multiplied."""

import ast

import pytest

from tests.house.tree import parsed, python_files

ROOMS = ("eligibility/values", "eligibility/language", "eligibility/engine", "eligibility/aid")


def floats(tree: ast.AST) -> list[str]:
    """Line and text of float literals and of calls to `float`; asking `isinstance(x, float)` is allowed."""
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex() as value):
                found.append(f"{node.lineno}: {value!r}")
            case ast.Call(func=ast.Name(id="float")):
                found.append(f"{node.lineno}: float()")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_float(room: str) -> None:
    files = python_files(room)
    assert files
    assert [f"{path}:{place}" for path in files for place in floats(parsed(path))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("rate = Fraction(1, 2)", []),
        ("isinstance(x, float)", []),
        ("'1.5'", []),
        ("rate = 0.5", ["1: 0.5"]),
        ("x = 1\ny = 1e3", ["2: 1000.0"]),
        ("float(x)", ["1: float()"]),
    ],
)
def test_floats_are_found(source: str, found: list[str]) -> None:
    assert floats(ast.parse(source)) == found
