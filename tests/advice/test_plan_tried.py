"""Funding plans of drawn rulebooks: no choice brings more than what is told."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from eligibility.advice.funding_plan import funding_plans
from tests.advice.plan_rules import assessed, fixed, line, share, up_to
from tests.advice.tried_plans import greatest

FOUR = ("machines", "training", "advice", "software")


def random_programmes(random: Random) -> dict[str, Any]:
    names = [f"de.p{index}" for index in range(random.randint(1, 5))]
    return {name: random_programme(random, name, names) for name in names}


def random_programme(random: Random, name: str, names: list[str]) -> dict[str, Any]:
    rate, cap = random.randint(1, 100), {"amount": f"{random.choice([300, 2500, 40000])} EUR", "cite": "s 2"}
    limit = {"at_most": [cap]} if random.random() < 0.4 else {}
    costs = random.sample(["machines", "training", "advice", "software"], random.randint(1, 2))
    award = random.choice([share(rate, *costs, **limit), up_to(random.choice(costs), **limit), fixed("1234.56 EUR")])
    others = ["any", "grant", "voucher", *(other for other in names if other != name)]
    lines = []
    for _ in range(random.choice([0, 0, 1, 2])):
        allowed = random.random() < 0.6
        at_most = f"{random.randint(10, 100)} %" if allowed and random.random() < 0.6 else None
        on = random.choice(["same_costs", "same_costs", "same_project", "company"])
        lines.append(line(random.choice(others), on, allowed, at_most))
    regime = random.choice([{}, {"regime": "de_minimis"}])
    return {"award": award, "cumulation": lines, "kind": random.choice(["grant", "voucher", "tax_credit"]), **regime}


def against_trying(seeds: range) -> None:
    for seed in seeds:
        random = Random(seed)
        costs = {name: random.choice([0, 100.01, 5000, 99999, 10**7]) for name in FOUR}
        found = assessed(random_programmes(random), **costs, de_minimis_received=random.choice([0, 150000, 199000.5]))
        chances = {one.id: Fraction(random.randint(0, 10), 10) for one in found.programmes if random.random() < 0.4}
        (planned, *_) = [one.best.expected for one in funding_plans(found, chances)] or [Fraction(0)]
        assert planned == greatest(found, "EUR", chances), seed


def test_no_choice_brings_more() -> None:
    against_trying(range(20))


@pytest.mark.slow
def test_no_choice_brings_more_in_many_rulebooks() -> None:
    against_trying(range(20, 300))
