"""Small rooms: files and functions that can be read at one go, under names that say something."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import lines_of, parsed, python_files

FILE_LINES = 400
FUNCTION_LINES = 60
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}


def long_functions(tree: ast.AST, limit: int = FUNCTION_LINES) -> list[str]:
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > limit
    ]


def empty_names(path: Path) -> list[str]:
    """The parts of a path that name nothing: `utils` as well as `date_utils`."""
    return [part for part in path.with_suffix("").parts if part.rpartition("_")[2].lower() in EMPTY_NAMES]


def test_no_file_is_too_long() -> None:
    assert [f"{path}: {n}" for path in python_files() if (n := len(lines_of(path))) > FILE_LINES] == []


def test_no_function_is_too_long() -> None:
    found = [f"{path} {name}" for path in python_files() for name in long_functions(parsed(path))]
    assert found == []


def test_no_module_has_an_empty_name() -> None:
    assert [str(path) for path in python_files() if empty_names(path)] == []


def test_there_is_something_to_measure() -> None:
    assert len(python_files("eligibility")) > 1
    assert Path("tests/house/test_sizes.py") in python_files("tests")


@pytest.mark.parametrize(("length", "found"), [(3, []), (4, ["f: 4"])])
def test_long_functions_are_found(length: int, found: list[str]) -> None:
    source = "def f():\n" + "    pass\n" * (length - 1)
    assert long_functions(ast.parse(source), limit=3) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("eligibility/values/money.py", []),
        ("eligibility/values/common_stock.py", []),
        ("eligibility/utils/money.py", ["utils"]),
        ("eligibility/values/date_helpers.py", ["date_helpers"]),
        ("eligibility/batch/manager.py", ["manager"]),
    ],
)
def test_empty_names_are_found(path: str, found: list[str]) -> None:
    assert empty_names(Path(path)) == found
