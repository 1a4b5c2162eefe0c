"""All that is advised on one assessment, as one value that a report can be made from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.change import Change
from eligibility.advice.changes import changes
from eligibility.advice.explain import explained
from eligibility.advice.explanation import Explanations
from eligibility.advice.funding_plan import funding_plans
from eligibility.advice.plan import FundingPlan
from eligibility.engine.assessment import Assessed

# Who asks for so few programmes wants to know all of them, closed ones too.
FEW = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """Why each programme stands where it stands, what would change it (both by its id), and the plan per currency.

    `also` are the facts that were to be considered for a change besides those that are marked changeable.
    """

    explanations: Explanations
    changes: Mapping[str, tuple[Change, ...]]
    plans: tuple[FundingPlan, ...]
    also: frozenset[str] = frozenset()


def advise(assessed: Assessed, also: Collection[str] = (), chances: Mapping[str, Fraction] | None = None) -> Advice:
    """Work out all advice on an assessment.

    `also` are facts to consider for a change besides those that are marked changeable; `chances` tell by programme how
    likely it is granted, 1 if left out.
    """
    programmes = assessed.rulebook.programmes
    only = tuple(programmes) if len(programmes) <= FEW else None
    plans = funding_plans(assessed, chances)
    return Advice(explained(assessed, only), changes(assessed, also, only), plans, frozenset(also))
