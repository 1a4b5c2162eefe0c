"""Answers files: a map from facts to values as YAML or JSON. Left out, `null` or nothing means unknown."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Never

from eligibility.rulebook.decoding import LARGEST_FILE
from eligibility.rulebook.tree import Entries, plain
from eligibility.values.misread import MAX_LENGTH
from eligibility.values.problem import AnswerError, Place, Problem, RuleError

_HINT = "write one line for each fact, such as `group_employees: 50`"


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers as written, with the place of each; YAML gives texts, JSON its own types with `Decimal` for decimals."""

    values: Mapping[str, object]
    places: Mapping[str, Place]


def read_located(name: str, data: bytes) -> Answers:
    """Read an answers file together with the place of each answer; `name` is shown in messages.

    Raises:
        AnswerError: neither a map in YAML nor an object in JSON, not UTF-8, or a fact stands twice.
    """
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
        return _from_yaml(name, data)
    try:
        return _from_json(name, data)
    except AnswerError as error:
        # Standard input and files of any name may hold JSON; `{a: 1}` is a map in YAML only.
        if name.endswith(".json") or error.problems[0].code != "not-json":
            raise
        return _from_yaml(name, data)


def write_answers(answers: Mapping[str, object], *, as_json: bool = False) -> bytes:
    """Write answers so that `read_located` reads the same ones."""
    if as_json:
        return (json.dumps(dict(answers), ensure_ascii=False, indent=2, default=str) + "\n").encode()
    lines = [f"{fact}: {json.dumps(answer, ensure_ascii=False, default=str)}\n" for fact, answer in answers.items()]
    return "".join(lines or ["{}\n"]).encode()


def _from_yaml(name: str, data: bytes) -> Answers:
    if not data.strip():
        return Answers({}, {})
    # Most runs read no file of answers, and need not load the library.
    from eligibility.rulebook.read_yaml import read_document

    try:
        document = read_document(name, data, empty=True)
    except RuleError as error:
        if any(problem.code == "empty-file" for problem in error.problems):
            return Answers({}, {})
        raise AnswerError(*error.problems) from None
    root = document.root
    if not isinstance(root, Entries):
        raise AnswerError(Problem("not-a-map", "answers are a map from facts to values", document.at(root.at), _HINT))
    values = {fact: plain(node) for fact, node in root.items.items()}
    return Answers(values, {fact: document.at(at) for fact, at in root.keys.items()})


def _whole(digits: str) -> int | str:
    """Read an integer; one that no fact can be stays a text, and is refused where its fact is known."""
    return int(digits) if len(digits) <= MAX_LENGTH else digits


def _from_json(name: str, data: bytes) -> Answers:
    if len(data) > LARGEST_FILE:
        message = f"the file has {len(data):,} bytes; at most {LARGEST_FILE:,} are read"
        raise AnswerError(Problem("file-too-large", message, Place(name)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Place(name, line, 1)
        raise AnswerError(
            Problem("not-utf-8", f"byte {error.start + 1} is not UTF-8", place, "save the file as UTF-8")
        ) from None
    try:
        values = json.loads(
            text, parse_int=_whole, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        place = _place(name, text, error.pos)
        raise AnswerError(Problem("not-json", f"this is not JSON: {error.msg}", place)) from None
    except _Twice as error:
        message = f"`{error.fact}` stands twice in this map"
        raise AnswerError(Problem("duplicate-key", message, _key_place(name, text, error.fact, 1))) from None
    except (ValueError, RecursionError) as error:
        raise AnswerError(Problem("not-json", f"this is not JSON: {error}", Place(name))) from None
    return Answers(values, {fact: _key_place(name, text, fact, 0) for fact in values})


class _Twice(Exception):
    def __init__(self, fact: str) -> None:
        self.fact = fact


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not a number")


def _key_place(name: str, text: str, key: str, which: int) -> Place:
    """Return the place of the first (0) or second (1) use of a key, as it is usually written."""
    written = re.escape(json.dumps(key, ensure_ascii=False))
    places = [found.start() for found in re.finditer(rf"{written}(?=\s*:)", text)]
    return _place(name, text, places[which]) if which < len(places) else Place(name)


def _place(name: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    source = text[start:].split("\n", 1)[0].rstrip("\r")
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1, source)
