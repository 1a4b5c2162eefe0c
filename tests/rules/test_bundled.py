"""The rules that ship: no problem on any day, every case true on both evaluators, the schema accepts every file."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eligibility.engine.cases import run_cases
from eligibility.rulebook.check import check_rules, days_of_change
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.rules import Rules, read_rules
from eligibility.rulebook.schema import KINDS, json_schema
from eligibility.rulebook.tree import plain

RULES = bundled_rules()
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules([bundled_rules()])


@pytest.mark.slow
def test_no_problem_on_any_day(rules: Rules) -> None:
    assert len(days_of_change(rules)) > 20
    assert check_rules(rules) == []


@pytest.mark.slow
def test_every_case(rules: Rules) -> None:
    ran = run_cases(rules)
    assert ran.problems == ()
    assert ran.on_columns > 200
    assert ran.cases > ran.on_columns


def typed(node: object) -> Any:
    """The scalars as an editor sees them under YAML 1.2: integers, decimals and truths besides texts."""
    if isinstance(node, dict):
        return {key: typed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [typed(item) for item in node]
    assert isinstance(node, str)
    if node in ("true", "false"):
        return node == "true"
    if _INTEGER.fullmatch(node):
        return int(node)
    return float(node) if _DECIMAL.fullmatch(node) else node


def _files(kind: str) -> list[Path]:
    return sorted((bundled_rules() / kind).rglob("*.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_accepts_every_file(kind: str) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = _files(kind)
    assert files
    for path in files:
        tree = typed(plain(read_document(path.name, path.read_bytes()).root))
        assert [(path.name, list(error.absolute_path), error.message) for error in validator.iter_errors(tree)] == []


WRONG: list[tuple[tuple[str | int, ...], object]] = [
    (("kind",), "grnt"),
    (("windw",), "continuous"),
    (("name",), {"de": "x"}),
    (("requires", "headcount"), {"when": {"group_employees": "3..499"}}),
    (("requires", "headcount", "when"), {"all": {"group_employees": 3}}),
    (("requires", "headcount", "when"), {"group_employees": {"agee": "3 years.."}}),
    (("requires", "headcount", "when"), {"2021-01-01": {"all": "x"}}),
    (("award", "pays", "investment", "share_of"), ["a", "b"]),
    (("award", "pays", "investment", "share_of"), {"sum": ["a"]}),
    (("cases",), []),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    file = next(path for path in _files("programmes") if path.stem == "digital-jetzt")
    tree = typed(plain(read_document(file.name, file.read_bytes()).root))
    inner = tree
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(tree)


def test_the_schema_takes_dated_conditions() -> None:
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/ConditionShape", "$defs": json_schema()["$defs"]})
    dated = {"2020-01-01": {"nonprofit": False}, "2021-01-01": {"any": [{"nace": ["C", "J62"]}]}}
    assert validator.is_valid(dated)
    assert not validator.is_valid({"2020-01-01": {"any": {}}})


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_for_editors_is_the_one_of_the_program(kind: str) -> None:
    """`eligibility rules schema KIND > docs/schema/KIND.json` renews it."""
    kept = json.loads((RULES.parent / "docs" / "schema" / f"{kind}.json").read_text("utf-8"))
    assert kept == json_schema(kind)


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yaml")), ids=str)
def test_every_file_names_its_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    schema = path.parent / first.partition("$schema=")[2]
    assert schema.resolve().parent.name == "schema"
    assert schema.is_file()
