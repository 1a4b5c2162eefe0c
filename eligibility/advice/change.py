"""The smallest change of what a company can still choose that brings a programme within reach or raises its award."""

from dataclasses import dataclass
from fractions import Fraction

from eligibility.engine.assessment import AwardResult, Verdict
from eligibility.engine.profile import Value


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact with its answer before (`None`: not answered) and after."""

    fact: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """What a programme says once some facts are changed: exactly this, when the changed answers are assessed.

    `gain` is by how much the least (first) and greatest (second) amount of the award rise, in units of `currency`;
    `None` where an end is not bounded or there is no sum.
    """

    programme: str
    changed: tuple[Changed, ...]
    verdict: Verdict
    award: AwardResult | None
    gain: tuple[Fraction | None, Fraction | None]
    currency: str | None
