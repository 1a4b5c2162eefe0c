"""Costs that may partly be the same money: that a fact names only amounts of its own currency."""

from eligibility.language.fact import FactShape
from eligibility.language.linking import Scope, nearest
from eligibility.rulebook.rules import Rules, Written

FIELD = "overlaps"


def check_overlaps(name: str, written: Written[FactShape], rules: Rules, scope: Scope) -> None:
    """Record a problem for each name under `overlaps` that is no other amount of money in the same currency."""
    for index, other in enumerate(written.shape.overlaps):
        path = (*written.path, FIELD, index)
        if other not in rules.facts:
            if not scope.is_broken(other, "facts"):
                hint = nearest(other, rules.facts) or "`eligibility facts` lists them"
                scope.problem(path, "unknown-fact", f"there is no fact `{other}`", hint)
            continue
        _, found = rules.facts[other]
        if other == name or written.shape.currency is None or found.shape.currency != written.shape.currency:
            message = f"`{name}` and `{other}` are not two amounts of money in one currency"
            scope.problem(path, "wrong-type", message, "name a cost that may partly be the same money")
