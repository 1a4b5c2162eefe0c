"""A question of the interview, and the follow-up that narrows a known range."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial

from eligibility.engine.profile import Subject, Value, beside
from eligibility.language.fact import SubjectShape
from eligibility.values.interval import Interval, Number
from eligibility.values.number import shortest
from eligibility.values.ranges import Range, range_text

Stake = tuple[str, Fraction]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value that rules compare a fact with; `above`: the value itself still belongs to the lower side."""

    value: Number
    above: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next.

    `why` are the ids of the programmes that it can still change; `before` the answer as last left. `narrows`: something
    is known already, but not exactly enough. Where a range is known that a `threshold` divides, `halves` are the two
    answers that say on which side of it the fact lies. `worked_out_by` is the definition that can work the fact out
    from what can be asked instead, `meant_for` the fact that is being worked out by this question. `worded` is the fact
    whose words ask for it: of a company that stands alone, its own figure.
    """

    fact: str
    subject: Subject
    why: tuple[str, ...]
    before: object = None
    narrows: bool = False
    threshold: Threshold | None = None
    halves: tuple[str, str] | None = None
    worked_out_by: str | None = None
    meant_for: str | None = None
    worded: Subject | None = None
    stakes: Callable[[Sequence[str]], tuple[Stake, ...]] = field(default=lambda why: (), repr=False, compare=False)

    @property
    def wording(self) -> SubjectShape:
        """Return the words in which it is asked for."""
        return (self.subject if self.worded is None else self.worded).wording

    def text(self, language: str) -> str:
        """Return the question in `de`, `en` or `ko`."""
        question = self.wording.question
        assert question is not None
        return question.in_(language)

    @property
    def at_stake(self) -> tuple[Stake, ...]:
        """Return for each currency the sum of the largest awards of the programmes in `why`, where they are bounded."""
        return self.stakes(self.why)


def halves_of(subject: Subject, known: Interval, threshold: Threshold) -> tuple[str, str]:
    """Return the two answers into which a threshold divides a known range, as an answers file holds them."""
    under, over = beside(subject, threshold.value, above=threshold.above)
    lower: Range[Number] = Range(known.low, under)
    upper: Range[Number] = Range(over, known.high)
    return range_text(lower, partial(_written, subject)), range_text(upper, partial(_written, subject))


def lies_in(answer: Value, known: Value) -> bool:
    """Tell whether an answer lies in what is known already: within a range, or under a coarse code."""
    if isinstance(answer, Interval) and isinstance(known, Interval):
        above = known.low is None or (answer.low is not None and answer.low >= known.low)
        return above and (known.high is None or (answer.high is not None and answer.high <= known.high))
    return answer.startswith(known) if isinstance(answer, str) and isinstance(known, str) else answer == known


def _written(subject: Subject, end: Number) -> str:
    if subject.type == "date":
        return date.fromordinal(int(end)).isoformat()
    return shortest(Fraction(end) * (100 if subject.type == "percent" else 1))
