"""`nonprofit: no` - a truth is, or is not, so."""

from dataclasses import dataclass

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech
from eligibility.values.misread import Misread
from eligibility.values.truth import parse_truth


@dataclass(frozen=True, slots=True)
class IsTrue:
    """Test that a truth has the wanted value."""

    subject: str
    wanted: bool

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        found = algebra.is_true(self.subject)
        return found if self.wanted else algebra.negation(found)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        answer = speech.say("yes") if self.wanted else speech.say("no")
        return speech.say("{what}: {value}", what=speech.label(self.subject), value=answer)


def link_truth(subject: Subject, written: tuple[str, ...], path: Path, scope: Scope) -> IsTrue | None:
    """Read `yes` or `no`."""
    if len(written) != 1:
        scope.problem(path, "not-a-truth", f"`{subject.id}` is tested with `yes` or `no`, not with a list")
        return None
    try:
        return IsTrue(subject.id, parse_truth(written[0]))
    except Misread as error:
        scope.problem(path, error.code, error.message, error.hint)
        return None
