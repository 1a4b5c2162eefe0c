"""Digital Jetzt alone: companies that may well qualify, and what our reference evaluator says of one of them.

With companies drawn as for whole catalogues eleven criteria would leave nobody, and engines that stop at the first no
would be measured at stopping. So every criterion is met by some 95 % of those who answer.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from benchmarks.companies import SEED
from eligibility.engine.assess import assess
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

ID = "de.digital-jetzt"
AS_OF = date(2021, 3, 1)
MOSTLY = 0.95
NO = ("nonprofit", "in_formation", "insolvent", "in_difficulty", "project_started")
EITHER = ("value_chain_project", "it_security_project", "structurally_weak_region")
FORMS = ("limited_company", "sole_trader", "partnership", "stock_company", "cooperative")
BARRED = ("association", "foundation", "public_body", "religious_body")
CRITERIA = (
    "site",
    "headcount",
    "public_share",
    "legal_form",
    "nonprofit",
    "in_formation",
    "insolvent",
    "in_difficulty",
    "plan",
    "not_started",
    "de_minimis",
    "minimum_award",
)
# What the amount before caps depends on.
AWARD = ("group_employees", *EITHER, "digital_investment_cost", "training_cost")
SCHEMA = {
    "site_country": pl.String,
    "legal_form": pl.String,
    "group_employees": pl.Int64,
    "public_shareholding": pl.Int64,
    **dict.fromkeys((*NO, "digitalisation_plan", *EITHER), pl.Boolean),
    **dict.fromkeys(("de_minimis_received", "digital_investment_cost", "training_cost"), pl.Float64),
}


Row = Mapping[str, Any]


class Answer(NamedTuple):
    """What is said of one company; `failed` and `missing` are empty where an engine gives no reasons."""

    verdict: str
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    amount: float | None


def rulebook() -> Rulebook:
    """Return the bundled rules with this programme alone."""
    return load([bundled_rules()], AS_OF, [ID])


def companies(rows: int, unknown: float) -> pl.DataFrame:
    """Return companies as typed columns, money in euros, that share of the answers unknown."""
    draw = random.Random(SEED)
    drawn = [_company(draw) for _ in range(min(rows, 50_000))]
    for company in drawn:
        for fact in company:
            if draw.random() < unknown:
                company[fact] = None
    frame = pl.DataFrame(drawn, schema=SCHEMA)
    return pl.concat([frame] * -(-rows // frame.height)).head(rows).rechunk()


def _company(draw: random.Random) -> dict[str, Any]:
    def mostly(usual: Any, otherwise: Any) -> Any:
        return usual if draw.random() < MOSTLY else otherwise

    return {
        "site_country": mostly("DE", "FR"),
        "legal_form": mostly(draw.choice(FORMS), draw.choice(BARRED)),
        "group_employees": mostly(draw.randrange(3, 500), draw.choice((1, 2, 500, 3_000))),
        "public_shareholding": mostly(0, 25),
        **{fact: mostly(False, True) for fact in NO},
        "digitalisation_plan": mostly(True, False),
        **{fact: draw.random() < 0.5 for fact in EITHER},
        "de_minimis_received": mostly(draw.randrange(20_000_000) / 100, 250_000.0),
        "digital_investment_cost": mostly(draw.randrange(2_000_000, 40_000_000) / 100, 0.0),
        "training_cost": draw.randrange(4_000_000) / 100,
    }


def reference(rules: Rulebook, company: Row) -> Answer:
    """Return what the reference evaluator says."""
    given = {fact: str(value) if isinstance(value, float) else value for fact, value in company.items()}
    result = assess(rules, given).programmes[0]
    failed = tuple(criterion.id for criterion in result.criteria if criterion.outcome.value == "not_met")
    amount = None if result.award is None or result.award.amount is None else result.award.amount
    known = None if amount is None or not amount.is_point or amount.low is None else float(amount.low)
    return Answer(result.verdict.value, failed, tuple(sorted(result.missing)), known)


def answered(row: Row, said: Sequence[Any]) -> Answer:
    """Return the answer that row engines have told as a truth for each criterion and the amount."""
    failed = tuple(name for name, truth in zip(CRITERIA, said, strict=False) if truth is False)
    if failed:
        return Answer("not_eligible", failed, (), None)
    missing = tuple(sorted(fact for fact in SCHEMA if row[fact] is None))
    amount = None if said[-1] is None else float(said[-1])
    return Answer("undetermined" if None in said[:-1] else "eligible", (), missing, amount)
