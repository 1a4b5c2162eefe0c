"""Synthetic rulebooks of any size, the same from run to run: 48 facts of every type, programmes of eight criteria each.

All programmes share the facts, as real ones do: more programmes ask more of the same company, not of more columns.
Each gives money: a rate by bands, a bonus, a share of a cost, a cap.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.companies import SEED

CRITERIA = 8
FACTS = {"number": 10, "money": 8, "percent": 4, "truth": 14, "choice": 4, "code": 4, "date": 4}
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
        _fact(kind, number): {
            "type": kind,
            "label": f"{kind} {number}",
            "question": "What is it?",
            **MORE.get(kind, {}),
        }
        for kind, count in FACTS.items()
        for number in range(count)
    }
    _write(folder / "facts" / "firm.yaml", {"topic": "firm", "title": "The firm", "facts": facts})
    for number in range(programmes):
        name = f"de.synthetic-{number}"
        _write(folder / "programmes" / f"{name}.yaml", _programme(name, draw))


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML too


def _fact(kind: str, number: int) -> str:
    return f"{kind}_{number}"


def _programme(name: str, draw: random.Random) -> dict[str, object]:
    facts = draw.sample([(kind, number) for kind, count in FACTS.items() for number in range(count)], CRITERIA)
    criteria = {
        f"criterion_{index}": {"when": {_fact(kind, number): TESTS[kind](draw)}, "cite": CITE}
        for index, (kind, number) in enumerate(facts)
    }
    return {
        "id": name,
        **dict.fromkeys(("name", "summary", "authority"), name),
        "kind": "grant",
        "selection": "entitlement",
        "window": "continuous",
        "sources": SOURCES,
        "requires": criteria,
        "award": _award(draw),
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
