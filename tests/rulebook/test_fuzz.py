"""Bytes and rule files from nowhere: only RuleError comes out, soon, and nothing written is dropped in silence."""

import contextlib
import functools
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.rulebook.files import RuleFile, bundled_rules, list_files
from eligibility.rulebook.link import Linker
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.rules import read_rules
from eligibility.rulebook.tree import plain
from eligibility.values.problem import RuleError

EVERY = Path(__file__).parent / "good" / "every_construct"
DAYS = (date(2019, 1, 1), date(2021, 3, 1), date(2026, 11, 21))
SECONDS = 1.0

# What stands in one place of a rule file, put into another, breaks more than noise does.
SCALARS = st.sampled_from(
    (
        *(
            "",
            "yes",
            "NO",
            "3",
            "..50",
            "3..499",
            "50 %",
            "3 EUR",
            "..",
            "1e999",
            "9" * 5000,
            "2020-01-01",
            "2021-02-30",
        ),
        *("employees", "young", "headroom", "founded", "size", "unknown", "asked", "guideline 1", "continuous", "all"),
        *("{}", "[", "é", "\u202e"),
    )
)
KEYS = st.sampled_from(
    (
        *(
            "when",
            "any",
            "all",
            "none",
            "age",
            "business_year_end",
            "closing",
            "at_most",
            "employees",
            "region",
            "size",
        ),
        *(
            "sum",
            "quotient",
            "product",
            "by",
            "decide",
            "value",
            "same_as",
            "bands",
            "lookup",
            "amount",
            "rate",
            "points",
        ),
        *("share_of", "fixed", "in_force", "cite", "type", "choices", "currency", "range", "de"),
        *("..50", "..", "2020-01-01", "2021-02-30", "2021-1-1"),
    )
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
NOISE = st.sampled_from(
    [b"&a ", b"*a", b"!!x ", b"<<: ", b"---\n", b"[", b"}", b": ", b"\t", b"\r", b"\0", b"\xff", b"'", b"|\n"]
)


@functools.cache
def sources() -> tuple[RuleFile, ...]:
    return tuple(file for directory in (bundled_rules(), EVERY) for file in list_files(directory))


def read_in_time(data: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(RuleError):
        read_document("fuzz.yaml", data)
    assert time.process_time() - started < SECONDS


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.lists(NOISE, max_size=60).map(b"".join))
def test_any_bytes(data: bytes) -> None:
    read_in_time(data)


@given(st.data())
def test_cut_and_patched_files(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(sources()), label="file").data
    at = data.draw(st.integers(0, len(source)))
    patch = data.draw(NOISE | st.binary(max_size=4))
    read_in_time(source[:at] + patch + source[at + data.draw(st.integers(0, 40)) :])
    read_in_time(source[:at])


def spots(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in entries:
        yield from spots(inner, (*path, step))


def part_at(tree: Any, path: tuple[str | int, ...]) -> Any:
    return functools.reduce(lambda part, step: part[step], path, tree)


def replaced(tree: object, path: tuple[str | int, ...], part: object) -> object:
    if not path:
        return part
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        return {key: replaced(value, rest, part) if key == step else value for key, value in tree.items()}
    assert isinstance(tree, list)
    return [replaced(value, rest, part) if index == step else value for index, value in enumerate(tree)]


def renamed(tree: object, path: tuple[str | int, ...], name: str) -> object:
    *above, last = path
    parent = part_at(tree, tuple(above))
    if not isinstance(parent, dict):
        return tree
    return replaced(tree, tuple(above), {name if key == last else key: value for key, value in parent.items()})


@functools.cache
def tree_of(inner: str) -> tuple[object, tuple[tuple[str | int, ...], ...]]:
    tree = plain(read_document(inner, (EVERY / inner).read_bytes()).root)
    return tree, tuple(path for path in spots(tree) if path and "cases" not in path)


@settings(max_examples=100)
@given(st.data())
def test_parts_put_elsewhere(data: st.DataObject) -> None:
    inner = data.draw(
        st.sampled_from(["programmes/de/grant.yaml", "definitions/size.yaml", "facts/firm.yaml", "tables/areas.yaml"])
    )
    tree, paths = tree_of(inner)
    if data.draw(st.booleans()):
        # A part of this file in another place is well shaped by itself, and so gets further than a new one.
        other = part_at(tree, data.draw(st.sampled_from(paths)))
        tree = replaced(
            tree, data.draw(st.sampled_from(paths)), other if data.draw(st.booleans()) else data.draw(TREES)
        )
    else:
        tree = renamed(tree, data.draw(st.sampled_from(paths)), data.draw(KEYS))
    with tempfile.TemporaryDirectory() as place:
        rules = Path(place) / "rules"
        shutil.copytree(EVERY, rules)
        (rules / inner).write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        linked_in_time(rules)


def linked_in_time(directory: Path) -> None:
    started = time.process_time()
    rules = read_rules([directory])
    for day in DAYS:
        rulebook, problems = Linker(rules).link(day)
        assert all(problem.message and "validation error" not in problem.message for problem in problems)
        if problems:
            continue
        # Without a problem nothing may be missing.
        assert set(rulebook.facts) == set(rules.facts)
        assert set(rulebook.definitions) == set(rules.definitions)
        for name, programme in rulebook.programmes.items():
            shape = rules.programmes[name].shape
            due = {key for key, part in shape.requires.items() if part.in_force is None}
            assert due <= {criterion.id for criterion in programme.criteria}
            assert (programme.award is None) == (shape.award is None)
    assert time.process_time() - started < SECONDS
