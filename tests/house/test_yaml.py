"""YAML is read by the project's own strict loader alone: `no` stays text, and no tag makes an object."""

import ast

import pytest

from tests.house.tree import dotted, parsed, python_files

READS = {"load", "load_all", "compose", "compose_all", "parse", "scan"}
NEVER = {"safe_load", "safe_load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"}
STRICT_BASE = "CSafeLoader"


def names_of_yaml(tree: ast.AST) -> dict[str, str]:
    """What a module calls yaml and its functions: {"y": "yaml", "sl": "yaml.safe_load"}."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=imported):
                names |= {name.asname or name.name: "yaml" for name in imported if name.name == "yaml"}
            case ast.ImportFrom(module="yaml", names=imported):
                names |= {name.asname or name.name: f"yaml.{name.name}" for name in imported}
    return names


def own_loaders(tree: ast.AST, names: dict[str, str]) -> set[str]:
    """Classes of a module that are derived from the safe C loader."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(in_full(base, names) == f"yaml.{STRICT_BASE}" for base in node.bases)
    }


def in_full(node: ast.expr, names: dict[str, str]) -> str:
    first, dot, rest = dotted(node).partition(".")
    return f"{names.get(first, first)}{dot}{rest}"


def loose_reads(tree: ast.AST, loaders: set[str]) -> list[str]:
    """Line and name of YAML readers that are lax, or not given the safe C loader or one of `loaders`."""
    names = names_of_yaml(tree)
    strict = loaders | own_loaders(tree, names) | {f"yaml.{STRICT_BASE}"}
    found: list[str] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        package, _, function = in_full(node.func, names).rpartition(".")
        if package != "yaml" or function not in READS | NEVER:
            continue
        given = [word.value for word in node.keywords if word.arg == "Loader"] + node.args[1:2]
        if function in NEVER or not any(in_full(loader, names) in strict for loader in given):
            found.append(f"{node.lineno}: {function}")
    return found


def test_yaml_is_read_strictly_everywhere() -> None:
    rulebook = [parsed(path) for path in python_files("eligibility/rulebook")]
    assert rulebook
    loaders = set[str]().union(*(own_loaders(tree, names_of_yaml(tree)) for tree in rulebook))
    assert [f"{path}:{place}" for path in python_files() for place in loose_reads(parsed(path), loaders)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import yaml\nyaml.dump(x)", []),
        ("import json\njson.load(x)", []),
        ("import yaml\nyaml.load(x, Loader=yaml.CSafeLoader)", []),
        ("import yaml\nyaml.parse(x, Loader=Plain)", []),
        ("import yaml\nclass Own(yaml.CSafeLoader): ...\nyaml.load(x, Own)", []),
        ("import yaml\nyaml.load(x, Loader=yaml.SafeLoader)", ["2: load"]),
        ("import yaml\nclass Own(yaml.Loader): ...\nyaml.load(x, Own)", ["3: load"]),
        ("import yaml\nyaml.parse(x)", ["2: parse"]),
        ("import yaml as y\ny.safe_load(x)", ["2: safe_load"]),
        ("from yaml import unsafe_load as take\ntake(x)", ["2: unsafe_load"]),
    ],
)
def test_loose_reads_are_found(source: str, found: list[str]) -> None:
    assert loose_reads(ast.parse(source), {"Plain"}) == found
