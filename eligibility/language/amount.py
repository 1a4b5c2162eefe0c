"""Amounts: written values, and what is given or worked out for a fact or definition. Operations are in `arithmetic`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.in_range import unit_of
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech

Bounds = tuple[Fraction | None, Fraction | None]
NUMERIC = ("number", "money", "percent")


class Amount(Protocol):
    """A linked amount: its unit (`number`, `percent` or a currency) and the bounds that it can never leave."""

    @property
    def unit(self) -> str: ...
    @property
    def bounds(self) -> Bounds: ...
    def interpret(self, algebra: Algebra[T, N, O]) -> N: ...
    def facts(self) -> frozenset[str]: ...
    def show(self, speech: Speech) -> str: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """A written value; money in units of the currency, a percentage as a ratio."""

    value: Fraction
    unit: str

    @property
    def bounds(self) -> Bounds:
        """Return the value twice."""
        return self.value, self.value

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.constant(self.value)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads: none."""
        return frozenset()

    def show(self, speech: Speech) -> str:
        """Put the amount into words."""
        return speech.quantity(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Of:
    """The number given or worked out for a fact or definition."""

    subject: str
    unit: str
    bounds: Bounds

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.number(self.subject)

    def facts(self) -> frozenset[str]:
        """Return the id it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the amount into words."""
        return speech.label(self.subject)


def of_subject(subject: Subject, path: Path, scope: Scope) -> Of | None:
    """Return the amount of a fact or definition; it must be a number, an amount of money or a percentage."""
    if subject.type not in NUMERIC:
        scope.problem(path, "not-an-amount", f"`{subject.id}` is a {subject.type}, not an amount")
        return None
    return Of(subject.id, unit_of(subject), (subject.low, subject.high))
