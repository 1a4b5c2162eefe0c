"""Three firms assessed by the small rulebook beside this file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from eligibility.advice.advice import Advice, advise
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

AS_OF = date(2021, 3, 1)
FIRMS: Mapping[str, Mapping[str, object]] = {
    "german": {"site_country": "DE", "staff": 50, "insolvent": False, "region": "05366", "cost": 60000},
    "korean": {"site_country": "KR", "staff": "40..60", "founded": "2018-05-01"},
    "large": {
        "site_country": "DE",
        "staff": 300,
        "weak_region": True,
        "public_share": "30",
        "cost": "10000..20000",
        "insolvent": False,
    },
    "nothing": {},
}


@cache
def rulebook(as_of: date = AS_OF) -> Rulebook:
    """The rulebook, with a version and digest that do not change with it."""
    loaded = load([Path(__file__).parent / "rules"], as_of)
    return replace(loaded, version="1.2.3", digest="sha256:" + "0123456789abcdef" * 4)


def assessed(firm: str, as_of: date = AS_OF) -> Assessed:
    return assess(rulebook(as_of), FIRMS[firm])


@cache
def advice(firm: str) -> Advice:
    """What is advised to the firm, which could choose the cost, the region and the state of its project otherwise."""
    return advise(assessed(firm), ("cost", "region"))
