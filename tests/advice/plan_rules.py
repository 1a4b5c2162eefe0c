"""Rulebooks of several small programmes that pay for the same few costs."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from eligibility.advice.funding_plan import funding_plans
from eligibility.advice.plan import FundingPlan
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.random_conditions import Subject
from tests.engine.random_rules import HARMLESS_CASE, SOURCES, Source, fact_file

DAY = date(2026, 6, 1)
LEFT = {"max": ["0 EUR", {"difference": ["200000 EUR", "de_minimis_received"]}]}
FACTS = [
    *(Subject(name, "money", "EUR", {"currency": "EUR"}) for name in ("machines", "training", "advice")),
    Subject("software", "money", "EUR", {"currency": "EUR", "overlaps": ["machines"]}),
    Subject("de_minimis_received", "money", "EUR", {"currency": "EUR"}),
    Subject("won_cost", "money", "KRW", {"currency": "KRW"}),
    Subject("project_started", "truth"),
    Subject("willing", "truth"),
]
DEFINITIONS = {
    "de_minimis_headroom": {"type": "money", "currency": "EUR", "label": "left", "amount": LEFT, "cite": "s 3"},
    "both": {"type": "money", "currency": "EUR", "label": "both", "amount": {"sum": ["machines", "training"]}},
}


def line(other: object, on: str, allowed: bool, at_most: str | None = None, **extra: object) -> dict[str, object]:
    """A line of `cumulation`."""
    limit = {} if at_most is None else {"at_most": at_most}
    return {"with": other, "on": on, "allowed": "yes" if allowed else "no", "cite": "s 9", **limit, **extra}


def share(rate: int, *costs: str, **award: object) -> dict[str, object]:
    """An award that pays a share of some costs."""
    pays = {f"part_{cost}": {"share_of": cost, "cite": "s 1"} for cost in costs}
    return {"rate": {"decide": [{"value": f"{rate} %"}], "cite": "s 1"}, "pays": pays, **award}


def fixed(amount: str, **award: object) -> dict[str, object]:
    """An award of a fixed sum that asks for no cost."""
    return {"pays": {"sum": {"fixed": amount, "cite": "s 1"}}, **award}


def up_to(amount: object, **award: object) -> dict[str, object]:
    """An award whose height the authority decides."""
    return {"pays": {"sum": {"up_to": amount, "cite": "s 1"}}, **award}


def rules(programmes: Mapping[str, Mapping[str, Any]], on: date = DAY) -> Rulebook:
    """A rulebook of these programmes (`award`, `cumulation`, `kind` and so on by id) over the fixed facts."""
    files: dict[str, object] = {
        "facts/all.yaml": fact_file(FACTS),
        "definitions/all.yaml": {"sources": SOURCES, "definitions": DEFINITIONS},
        "papers/all.yaml": {"papers": {"plan": "Plan", "budget": "Budget"}},
    }
    for name, written in programmes.items():
        files[f"programmes/{name}.yaml"] = {
            "id": name,
            **dict.fromkeys(("name", "summary", "authority"), name),
            "kind": "grant",
            "selection": "entitlement",
            "window": "continuous",
            "sources": SOURCES,
            "requires": {},
            "cases": [HARMLESS_CASE],
            **written,
        }
    return Source(files, on).rulebook()


def assessed(programmes: Mapping[str, Mapping[str, Any]], on: date = DAY, **answers: object) -> Assessed:
    """What these programmes say of a company."""
    return assess(rules(programmes, on), {"de_minimis_received": 0, **answers})


def plan(
    programmes: Mapping[str, Mapping[str, Any]], chances: Mapping[str, Fraction] | None = None, **answers: object
) -> FundingPlan:
    """The plan in euros."""
    (found,) = (one for one in funding_plans(assessed(programmes, **answers), chances) if one.currency == "EUR")
    return found


def money(found: FundingPlan) -> dict[str, Fraction | int | None]:
    """What each programme of the best combination brings at most."""
    return {one.programme: one.money.high for one in found.best.applications}
