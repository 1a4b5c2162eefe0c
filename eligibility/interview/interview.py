"""An interview over a rulebook: each step returns a new interview, nothing is ever changed in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from eligibility.engine.assess import assess_profile, assess_programmes
from eligibility.engine.assessment import Assessed, Verdict
from eligibility.engine.priors import Likelihoods, Priors
from eligibility.engine.profile import Profile, read_answer, read_profile
from eligibility.interview.order import Candidates, Order, by_settling, topic_of
from eligibility.interview.plan import Plan, Standing, is_exact
from eligibility.interview.question import Question as Question
from eligibility.interview.question import Stake, halves_of, lies_in
from eligibility.interview.settled import settled
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem

NO_PRIORS = Priors({})


@dataclass(frozen=True, slots=True)
class Step:
    """One answered question.

    `answer` is `None` for "I do not know"; `kept`: a range or coarse code, and nothing more exact is known.
    """

    fact: str
    answer: object
    kept: bool = False


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
    matters to closed programmes alone. `priors` and `choose` decide the order; `memory` is the plan of the interview
    before.
    """

    rulebook: Rulebook
    given: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    left: Mapping[str, object] = field(default_factory=dict)
    asking: str | None = None
    only_open: bool = False
    priors: Likelihoods = NO_PRIORS
    choose: Order = by_settling
    memory: Plan | None = field(default=None, repr=False, compare=False)

    @cached_property
    def plan(self) -> Plan:
        """Return the diagrams, shared with the interviews that came from this one."""
        return Plan(self.rulebook, self.priors) if self.memory is None else self.memory

    @cached_property
    def answers(self) -> Mapping[str, object]:
        """Return all answers known so far; a valid answers file."""
        answers = {fact: answer for fact, answer in self.given.items() if answer is not None}
        for step in self.steps:
            answers.pop(step.fact, None)
            if step.answer is not None:
                answers[step.fact] = step.answer
        return answers

    @cached_property
    def skipped(self) -> frozenset[str]:
        """Return the facts that were answered with "I do not know"."""
        return frozenset(step.fact for step in self.steps if step.fact not in self.answers)

    @cached_property
    def profile(self) -> Profile:
        """Return the answers so far, as read."""
        return read_profile(self.rulebook, self.answers)

    @cached_property
    def assessed(self) -> Assessed:
        """Return the assessment of the answers so far; what no answer can change any more is told as settled."""
        assessed = assess_profile(self.rulebook, self.profile)
        return settled(assessed, self._all_standings)

    @cached_property
    def question(self) -> Question | None:
        """Return the next question, or `None` when nothing can change any more (or nothing is left to ask)."""
        if self.asking is not None:
            return self._question(self.asking, self._why(self.asking))
        # Closed programmes are looked at only when nothing is left to ask for the others.
        return self._chosen(self._open_standings) or self._chosen(self._closed_standings)

    @property
    def count(self) -> Count:
        """Return how many programmes are possible, ruled out and open."""
        verdicts = [standing.verdict for standing in self._all_standings.values()]
        possible = sum(verdict in (Verdict.ELIGIBLE, Verdict.LIKELY) for verdict in verdicts)
        ruled_out = verdicts.count(Verdict.NOT_ELIGIBLE)
        return Count(possible, ruled_out, len(verdicts) - possible - ruled_out)

    @cached_property
    def aside(self) -> Mapping[str, object]:
        """Return the answers that change no verdict and no award beside the others; the last given come first."""
        standings = self._all_standings
        profile = self.profile
        aside: dict[str, object] = {}
        for fact in reversed(list(self.answers)):
            values = {name: value for name, value in profile.values.items() if name != fact}
            without = Profile(values, profile.answers)
            if not any(self._matters(fact, name, standing, without) for name, standing in standings.items()):
                profile = without
                aside[fact] = self.answers[fact]
        return aside

    def answer(self, value: object) -> "Interview":
        """Answer the question.

        Raises:
            AnswerError: the value cannot be read, or lies outside of what is known so far; there is no question.
        """
        question = self._asked()
        try:
            read = read_answer(self.rulebook, question.fact, value)
        except Misread as error:
            raise AnswerError(Problem(error.code, error.message, None, error.hint)) from None
        known = None if self._changes(question.fact) else self.profile.given(question.fact)
        if known is not None and not lies_in(read, known):
            before = self.answers[question.fact]
            hint = "if that was wrong, change the answer given before"
            raise AnswerError(Problem("outside", f"`{value}` does not lie in `{before}`, as known so far", None, hint))
        kept = known is not None and not is_exact(read) and str(value) not in (question.halves or ())
        return self._step(Step(question.fact, value, kept or (known is not None and read == known)))

    def skip(self) -> "Interview":
        """Answer the question with "I do not know"; a follow-up leaves what is known as it is."""
        fact = self._asked().fact
        if fact in self.answers and not self._changes(fact):
            return self._step(Step(fact, self.answers[fact], kept=True))
        return self._step(Step(fact, None))

    def back(self) -> "Interview":
        """Return to the question before; its answer is remembered, no longer used. At the start nothing changes.

        While a fact is being changed this gives the change up instead.
        """
        if self.asking is not None and self._changes(self.asking):
            return self._next(asking=None)
        if not self.steps:
            return self
        last = self.steps[-1]
        return self._next(steps=self.steps[:-1], left={**self.left, last.fact: last.answer}, asking=last.fact)

    def change(self, fact: str) -> "Interview":
        """Ask this fact again; the others stay as they are.

        Raises:
            AnswerError: there is no such fact, or it cannot be asked.
        """
        known = fact in self.rulebook.facts or fact in self.rulebook.definitions
        if not known or self.rulebook.subject(fact).wording.question is None:
            raise AnswerError(Problem("unknown-fact", f"`{fact}` cannot be asked"))
        left = {other: answer for other, answer in self.left.items() if other != fact}
        return self._next(left=left, asking=fact)

    # Inside.

    def _next(self, **changed: Any) -> "Interview":
        return replace(self, memory=self.plan, **changed)

    def _asked(self) -> Question:
        if self.question is None:
            raise AnswerError(Problem("no-question", "there is no question left to answer"))
        return self.question

    def _changes(self, fact: str) -> bool:
        """Tell whether this fact is asked again from the answers, and not because of a step back."""
        return self.asking == fact and fact not in self.left

    def _step(self, step: Step) -> "Interview":
        left = {fact: answer for fact, answer in self.left.items() if fact != step.fact}
        if not self._changes(step.fact):
            return self._next(steps=(*self.steps, step), left=left, asking=None)
        # Changed in its place, so that the interview goes on where it was.
        places = [place for place, other in enumerate(self.steps) if other.fact == step.fact]
        kept = [other for other in self.steps if other.fact != step.fact]
        kept.insert(places[0] if places else 0, step)
        return self._next(steps=tuple(kept), left=left, asking=None)

    def _chosen(self, standings: Mapping[str, Standing]) -> Question | None:
        wanted_by = self._wanted(standings)
        if not wanted_by:
            return None
        topic = topic_of(self.rulebook, self.steps[-1].fact) if self.steps else None
        candidates = Candidates(wanted_by, standings, self.plan)
        fact = self.choose(self.rulebook, candidates, self.plan.chances(self.profile), topic)
        return self._question(fact, tuple(wanted_by[fact]))

    def _question(self, fact: str, why: tuple[str, ...]) -> Question:
        subject, known = self.rulebook.subject(fact), self.profile.given(fact)
        before = self.left.get(fact, self.answers.get(fact))
        threshold = halves = None
        narrows = known is not None and not self._changes(fact)
        if narrows and isinstance(known, Interval):
            threshold = self.plan.threshold(fact, [self._standing(name) for name in why])
            halves = None if threshold is None else halves_of(subject, known, threshold)
        return Question(fact, subject, why, before, narrows, threshold, halves, self._stakes)

    def _stakes(self, why: Sequence[str]) -> tuple[Stake, ...]:
        sums: dict[str, Fraction] = {}
        for result in assess_programmes(self.rulebook, self.profile, why):
            amount = None if result.award is None else result.award.amount
            if result.award is not None and result.award.currency and amount is not None and amount.high:
                sums[result.award.currency] = sums.get(result.award.currency, Fraction(0)) + Fraction(amount.high)
        return tuple(sorted(sums.items()))

    def _names(self, *, closed: bool) -> Iterator[str]:
        day = self.rulebook.as_of
        for name, programme in self.rulebook.programmes.items():
            if (programme.window.status(day) == "closed") is closed:
                yield name

    @cached_property
    def _open_standings(self) -> Mapping[str, Standing]:
        return {name: self._standing(name) for name in self._names(closed=False)}

    @cached_property
    def _closed_standings(self) -> Mapping[str, Standing]:
        return {} if self.only_open else {name: self._standing(name) for name in self._names(closed=True)}

    @property
    def _all_standings(self) -> Mapping[str, Standing]:
        return {**self._open_standings, **self._closed_standings}

    def _standing(self, programme: str) -> Standing:
        return self.plan.standing(programme, self.profile, self._asked_for)

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        """Return the definitions to ask for because nobody knows (more exactly) the facts behind them."""
        return self.plan.lacking(self.profile, self._exhausted) if self._exhausted else frozenset()

    def _wanted(self, standings: Mapping[str, Standing]) -> Mapping[str, Sequence[str]]:
        wanted_by: dict[str, list[str]] = {}
        for name, standing in standings.items():
            for fact in standing.wanted:
                if fact in wanted_by:
                    wanted_by[fact].append(name)
                elif self._can_be_asked(fact):
                    wanted_by[fact] = [name]
        return wanted_by

    def _can_be_asked(self, fact: str) -> bool:
        if fact in self._exhausted:
            return False
        if fact in self.rulebook.facts:
            return True
        return fact in self.answers or self.plan.asks_for(fact, self.profile, self._exhausted)

    @cached_property
    def _exhausted(self) -> frozenset[str]:
        """Return the facts of which no more can become known: skipped, or known as exactly as anybody can say."""
        return self.skipped.union(step.fact for step in self.steps if step.kept)

    def _why(self, fact: str) -> tuple[str, ...]:
        """Return the programmes that a fact which is asked again can change."""
        values = {name: value for name, value in self.profile.values.items() if name != fact}
        if not self._changes(fact):
            values = dict(self.profile.values)
        without = Profile(values, self.profile.answers)
        names = [*self._names(closed=False), *([] if self.only_open else self._names(closed=True))]
        found = (name for name in names if self._wants(name, fact, without))
        # Whoever changes an answer that matters to closed programmes alone is told of those.
        return tuple(found) or tuple(name for name, reads in self.rulebook.reads.items() if fact in reads)

    def _matters(self, fact: str, programme: str, standing: Standing, without: Profile) -> bool:
        if fact not in self.rulebook.reads[programme]:
            return False
        if standing.verdict is None:
            return True
        return self._wants(programme, fact, without)

    def _wants(self, programme: str, fact: str, without: Profile) -> bool:
        """Tell whether a programme wants a fact, or a definition whatever could be worked out for it."""
        stated = frozenset({fact}) if fact in self.rulebook.definitions else frozenset()
        return fact in self.plan.standing(programme, without, self._asked_for, stated).wanted
