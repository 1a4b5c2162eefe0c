"""`{at_most: X}`, `{below: X}`, `{at_least: X}`, `{above: X}` - a number is compared with an amount."""

from dataclasses import dataclass

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Amount, of_subject
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech
from eligibility.language.written_amount import link_amount

COMPARISONS = ("at_most", "below", "at_least", "above")
_WORDS = {
    "at_most": "at most {high}",
    "below": "under {high}",
    "at_least": "at least {low}",
    "above": "over {low}",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Test that one amount stands in a relation to another."""

    left: Amount
    relation: str
    right: Amount

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        left, right = self.left.interpret(algebra), self.right.interpret(algebra)
        if self.relation == "at_most":
            return algebra.at_most(left, right)
        if self.relation == "at_least":
            return algebra.at_most(right, left)
        if self.relation == "below":
            return algebra.below(left, right)
        return algebra.below(right, left)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return self.left.facts() | self.right.facts()

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        other = self.right.show(speech)
        value = speech.say(_WORDS[self.relation], low=other, high=other)
        return speech.say("{what}: {value}", what=self.left.show(speech), value=value)


def link_comparison(subject: Subject, relation: str, written: object, path: Path, scope: Scope) -> Compared | None:
    """Link a comparison; both sides are in the unit of the fact."""
    left = of_subject(subject, path, scope)
    if left is None:
        return None
    right = link_amount(written, (*path, relation), scope, left.unit)
    return Compared(left, relation, right) if right is not None else None
