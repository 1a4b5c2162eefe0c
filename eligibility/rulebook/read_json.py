"""JSON text -> tree with places, so that it can be read like YAML; numbers keep their digits."""

import json
from bisect import bisect_right
from collections.abc import Callable
from json.decoder import JSONArray, JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any, Never

from eligibility.rulebook.decoding import decoded
from eligibility.rulebook.tree import Document, Entries, Leaf, Listing, Node, Position
from eligibility.values.problem import Place, Problem, RuleError

Scan = Callable[[str, int], tuple[Any, int]]


def read_json_document(file: str, data: bytes) -> Document:
    """Read one JSON document as a tree; `null` becomes a leaf without a text, `true` and `false` keep their names.

    The place of a key is that of its value.

    Raises:
        RuleError: no JSON within the limits of a rule file, or a key that stands twice; the problem tells where.
    """
    text = decoded(file, data)
    lines = text.splitlines()
    decoder = _Located()
    try:
        value, end = decoder.scan_once(text, _blank(text, 0))
        if (rest := _blank(text, end)) < len(text):
            raise json.JSONDecodeError("Extra data", text, rest)
    except StopIteration as stopped:
        raise RuleError(_problem(file, text, "Expecting value", stopped.value)) from None
    except json.JSONDecodeError as error:
        raise RuleError(_problem(file, text, error.msg, error.pos)) from None
    except (ValueError, RecursionError) as error:
        raise RuleError(Problem("not-json", f"this is not JSON: {error}", Place(file))) from None
    breaks = _line_starts(text)
    twice: list[Problem] = []
    root = _node(file, value, breaks, lines, twice)
    if twice:
        raise RuleError(*twice)
    return Document(file, lines, root)


class _Value:
    """A value with the offset at which it begins."""

    __slots__ = ("at", "value")

    def __init__(self, value: Any, at: int) -> None:
        self.value = value
        self.at = at


class _Pairs(list[tuple[str, Any]]):
    """The entries of an object, in which a key may still stand twice."""


class _Located(json.JSONDecoder):
    """A decoder whose every value knows where it began; the one in C cannot say."""

    def __init__(self) -> None:
        super().__init__(
            object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=_no_constant, strict=True
        )
        self.parse_object = self._object
        self.parse_array = self._array
        self._scan: Scan = py_make_scanner(self)
        self.scan_once = self._once(self._scan)

    def _once(self, scan: Scan) -> Scan:
        def once(text: str, at: int) -> tuple[Any, int]:
            value, end = scan(text, at)
            return _Value(value, at), end

        return once

    def _object(
        self, begun: tuple[str, int], strict: bool, scan: Scan, hook: Any, pairs: Any, memo: Any = None
    ) -> tuple[Any, int]:
        found: tuple[Any, int] = JSONObject(begun, strict, self._once(scan), hook, pairs, memo)
        return found

    def _array(self, begun: tuple[str, int], scan: Scan) -> tuple[Any, int]:
        found: tuple[Any, int] = JSONArray(begun, self._once(scan))
        return found


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not a number")


def _blank(text: str, at: int) -> int:
    """Return the offset of what follows the blanks at an offset."""
    while at < len(text) and text[at] in " \t\n\r":
        at += 1
    return at


def _problem(file: str, text: str, message: str, offset: int) -> Problem:
    start = text.rfind("\n", 0, offset) + 1
    source = text[start:].split("\n", 1)[0].rstrip("\r")
    place = Place(file, text.count("\n", 0, offset) + 1, offset - start + 1, source)
    return Problem("not-json", f"this is not JSON: {message}", place)


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]


def _node(file: str, found: _Value, starts: list[int], lines: list[str], twice: list[Problem]) -> Node:
    at = _position(found.at, starts)
    value = found.value
    if isinstance(value, _Pairs):
        items: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for key, inner in value:
            where = _position(inner.at, starts)
            if key in items:
                message = f"`{key}` stands twice in this map, first in line {keys[key][0] + 1}"
                place = Place(file, where[0] + 1, where[1] + 1, lines[where[0]])
                twice.append(Problem("duplicate-key", message, place, "keep one of them"))
            items[key], keys[key] = _node(file, inner, starts, lines, twice), where
        return Entries(items, keys, at)
    if isinstance(value, list):
        return Listing([_node(file, inner, starts, lines, twice) for inner in value], at)
    if isinstance(value, bool):
        return Leaf("true" if value else "false", at)
    return Leaf(value, at)


def _position(offset: int, starts: list[int]) -> Position:
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line]
