"""An interview over a rulebook: each step returns a new interview, nothing is ever changed in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.engine.profile import Subject, read_answer
from eligibility.interview.order import next_fact
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next.

    `why` are the ids of the programmes that it can still change; `before` the answer as last left.
    """

    fact: str
    subject: Subject
    why: tuple[str, ...]
    before: object = None

    def text(self, language: str) -> str:
        """Return the question in `de`, `en` or `ko`."""
        question = self.subject.wording.question
        assert question is not None
        return question.in_(language)


@dataclass(frozen=True, slots=True)
class Step:
    """One answered question; `answer` is `None` for "I do not know"."""

    fact: str
    answer: object


@dataclass(frozen=True, slots=True)
class Count:
    """How many programmes are possible (eligible or likely), ruled out, and still open."""

    possible: int
    ruled_out: int
    open: int


@dataclass(frozen=True)
class Interview:
    """The state of an interview.

    `given` are answers known from the start, `steps` the questions answered since, `left` answers taken back (shown
    again when their question returns, never used), `asking` a fact to be asked again. `only_open` asks nothing that
    matters to closed programmes alone.
    """

    rulebook: Rulebook
    given: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    left: Mapping[str, object] = field(default_factory=dict)
    asking: str | None = None
    only_open: bool = False

    @property
    def answers(self) -> dict[str, object]:
        """Return all answers known so far; a valid answers file."""
        answers = {fact: answer for fact, answer in self.given.items() if answer is not None}
        for step in self.steps:
            answers.pop(step.fact, None)
            if step.answer is not None:
                answers[step.fact] = step.answer
        return answers

    @property
    def skipped(self) -> frozenset[str]:
        """Return the facts that were answered with "I do not know"."""
        return frozenset(step.fact for step in self.steps if step.answer is None)

    @cached_property
    def assessed(self) -> Assessed:
        """Return the assessment of the answers so far."""
        return assess(self.rulebook, self.answers)

    @property
    def question(self) -> Question | None:
        """Return the next question, or `None` when nothing can change any more (or nothing is left to ask)."""
        fact = self.asking or next_fact(self.assessed, self.skipped, self.only_open)
        if fact is None:
            return None
        before = self.left.get(fact, self.answers.get(fact))
        return Question(fact, self.rulebook.subject(fact), self._why(fact), before)

    @property
    def count(self) -> Count:
        """Return how many programmes are possible, ruled out and open."""
        verdicts = [result.verdict for result in self._considered()]
        possible = sum(verdict in (Verdict.ELIGIBLE, Verdict.LIKELY) for verdict in verdicts)
        ruled_out = verdicts.count(Verdict.NOT_ELIGIBLE)
        return Count(possible, ruled_out, len(verdicts) - possible - ruled_out)

    def answer(self, value: object) -> "Interview":
        """Answer the question.

        Raises:
            AnswerError: the value cannot be read, or there is no question.
        """
        fact = self._asked()
        try:
            read_answer(self.rulebook, fact, value)
        except Misread as error:
            raise AnswerError(Problem(error.code, error.message, None, error.hint)) from None
        return self._step(Step(fact, value))

    def skip(self) -> "Interview":
        """Answer the question with "I do not know"."""
        return self._step(Step(self._asked(), None))

    def back(self) -> "Interview":
        """Return to the question before; its answer is remembered, no longer used. At the start nothing changes.

        While a fact is being changed this gives the change up instead.
        """
        if self.asking is not None and self.asking not in self.left:
            return replace(self, asking=None)
        if not self.steps:
            return self
        last = self.steps[-1]
        return replace(self, steps=self.steps[:-1], left={**self.left, last.fact: last.answer}, asking=last.fact)

    def change(self, fact: str) -> "Interview":
        """Ask this fact again; the others stay as they are.

        Raises:
            AnswerError: there is no such fact, or it cannot be asked.
        """
        known = fact in self.rulebook.facts or fact in self.rulebook.definitions
        if not known or self.rulebook.subject(fact).wording.question is None:
            raise AnswerError(Problem("unknown-fact", f"`{fact}` cannot be asked"))
        left = {other: answer for other, answer in self.left.items() if other != fact}
        return replace(self, left=left, asking=fact)

    def _asked(self) -> str:
        question = self.question
        if question is None:
            raise AnswerError(Problem("no-question", "there is no question left to answer"))
        return question.fact

    def _step(self, step: Step) -> "Interview":
        kept = tuple(other for other in self.steps if other.fact != step.fact)
        left = {fact: answer for fact, answer in self.left.items() if fact != step.fact}
        return replace(self, steps=(*kept, step), left=left, asking=None)

    def _considered(self) -> Sequence[ProgrammeResult]:
        results = self.assessed.programmes
        return [result for result in results if result.window != "closed"] if self.only_open else results

    def _why(self, fact: str) -> tuple[str, ...]:
        results = self._considered()
        direct = tuple(result.id for result in results if fact in result.missing)
        if direct:
            return direct
        return tuple(result.id for result in results if fact in self.rulebook.reads[result.id])
