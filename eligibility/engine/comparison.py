"""Tests that compare several unknown facts with each other: in diagrams they are variables of their own."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine import formula as f
from eligibility.engine.formula import Formula, Line
from eligibility.engine.reference import Reference
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test on several facts at once: that `left` is at most `right`, or where the business year of a date ended."""

    left: Formula
    right: Formula
    ended: tuple[str, str, tuple[Range[date], ...]] | None = None

    def facts(self) -> frozenset[str]:
        """Return the facts that it compares."""
        if self.ended is not None:
            return frozenset(self.ended[:2])
        return frozenset((*f.names_in(self.left), *f.names_in(self.right)))

    def truth(self, reference: Reference) -> Truth:
        """Return what is known of it."""
        if self.ended is not None:
            return reference.business_year_end(*self.ended).truth
        left, right = (
            f.interval_of(side, lambda name: reference.number(name).interval) for side in (self.left, self.right)
        )
        return left.at_most(right)


def comparison_of(form: Line) -> Comparison:
    """Return the test that a form is at most 0; the same test however it was written."""
    unit = abs(form.factors[0][1])
    sides: tuple[list[Formula], list[Formula]] = ([], [])
    for name, factor in form.factors:
        sides[factor < 0].append(f.made(f.PRODUCT, (abs(factor) / unit, f.of(name))))
    sides[form.constant < 0].append(abs(form.constant) / unit)
    left, right = (f.made(f.SUM, side or [f.ZERO]) for side in sides)
    return Comparison(left, right)
