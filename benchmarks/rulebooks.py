"""Synthetic rulebooks of any size, the same from run to run: 48 facts of every type, programmes of eight criteria each.

All programmes share the facts, as real ones do: more programmes ask more of the same company, not of more columns.
Each gives money: a rate by bands, a bonus, a share of a cost, a cap.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.companies import SEED

CRITERIA = 8
FACTS = {"number": 10, "money": 8, "percent": 4, "truth": 14, "choice": 4, "code": 4, "date": 4}
SMALL = {"number": 2, "money": 1, "truth": 3, "choice": 1}
LARGEST = 1_000_000
CHOICES = tuple("abcde")
CITE = "law"
SOURCES = {CITE: {"title": "The law", "url": "https://example.org/law", "checked": "2026-01-01"}}
MORE: dict[str, dict[str, object]] = {
    "number": {"range": f"..{LARGEST}"},
    "money": {"currency": "EUR"},
    "choice": {"choices": dict.fromkeys(CHOICES, "One of five")},
    "code": {"form": "nace"},
}


def write_rules(folder: Path, programmes: int) -> None:
    """Write a rule directory with so many programmes, each in a file of its own."""
    draw = random.Random(SEED)
    facts = {
        _fact(kind, number): _asked(_fact(kind, number)) for kind, count in FACTS.items() for number in range(count)
    }
    _write(folder / "facts" / "firm.yaml", {"topic": "firm", "title": "The firm", "facts": facts})
    for number in range(programmes):
        name = f"de.synthetic-{number}"
        _write(folder / "programmes" / f"{name}.yaml", _programme(name, draw))


def write_small_rules(folder: Path, seed: int) -> None:
    """Write a rule directory so small that the best order of questions can be found by trying all.

    Seven facts in two topics; one to three programmes with three or four criteria, one of which asks for either of two
    facts, and with or without a grant.
    """
    draw = random.Random(f"{SEED} {seed}")
    names = [_fact(kind, number) for kind, count in SMALL.items() for number in range(count)]
    topics = {name: draw.choice(("firm", "project")) for name in names}
    for topic in sorted(set(topics.values())):
        facts = {name: _asked(name) for name in names if topics[name] == topic}
        _write(folder / "facts" / f"{topic}.yaml", {"topic": topic, "title": topic, "facts": facts})
    for number in range(draw.randrange(1, 4)):
        name = f"de.small-{number}"
        first, second, *others = draw.sample(names, draw.randrange(4, 6))
        either: dict[str, object] = {"any": [{first: _tested(first, draw)}, {second: _tested(second, draw)}]}
        conditions = [either, *({other: _tested(other, draw)} for other in others)]
        award = {"pays": {"cost": {"share_of": "money_0", "rate": "50 %", "cite": CITE}}}
        more: dict[str, object] = {"award": award} if draw.random() < 0.5 else {}
        _write(folder / "programmes" / f"{name}.yaml", _written(name, conditions) | more)


def _asked(name: str) -> dict[str, object]:
    kind = name.partition("_")[0]
    return {"type": kind, "label": name.replace("_", " "), "question": "What is it?", **MORE.get(kind, {})}


def _tested(name: str, draw: random.Random) -> object:
    return TESTS[name.partition("_")[0]](draw)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML too


def _fact(kind: str, number: int) -> str:
    return f"{kind}_{number}"


def _programme(name: str, draw: random.Random) -> dict[str, object]:
    facts = draw.sample([(kind, number) for kind, count in FACTS.items() for number in range(count)], CRITERIA)
    tests: list[dict[str, object]] = [{_fact(kind, number): TESTS[kind](draw)} for kind, number in facts]
    return _written(name, tests) | {"award": _award(draw)}


def _written(name: str, conditions: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {
        "id": name,
        **dict.fromkeys(("name", "summary", "authority"), name),
        "kind": "grant",
        "selection": "entitlement",
        "window": "continuous",
        "sources": SOURCES,
        "requires": {
            f"criterion_{index}": {"when": condition, "cite": CITE} for index, condition in enumerate(conditions)
        },
        "cases": [{"name": "nothing known", "expect": {}}],
    }


def _award(draw: random.Random) -> dict[str, object]:
    small, medium = sorted(draw.sample(range(5, 400), 2))
    bands = {f"..{small}": "50 %", f"..{medium}": "45 %", f"..{LARGEST}": "40 %"}
    bonus = {_fact("truth", draw.randrange(FACTS["truth"])): True}
    cost = _fact("money", draw.randrange(FACTS["money"]))
    return {
        "rate": {"by": _fact("number", draw.randrange(FACTS["number"])), **bands, "cite": CITE},
        "bonuses": {"bonus": {"points": 10, "when": bonus, "cite": CITE}},
        "pays": {"cost": {"share_of": cost, "cite": CITE}},
        "at_most": [{"amount": f"{draw.randrange(1, 100)}000 EUR", "cite": CITE}],
    }


TESTS: dict[str, Callable[[random.Random], object]] = {
    "number": lambda draw: f"{draw.randrange(5)}..{draw.randrange(5, 500)}",
    "money": lambda draw: f"..{draw.randrange(1, 50)}000000",
    "percent": lambda draw: f"..{draw.choice((25, 50))} %",
    "truth": lambda draw: draw.random() < 0.2,
    "choice": lambda draw: draw.sample(CHOICES, 4),
    "code": lambda draw: draw.sample(("A", "C", "F", "G47", "H", "I", "J", "K", "M"), 6),
    "date": lambda draw: f"..{draw.randrange(1970, 2020)}-12-31",
}
