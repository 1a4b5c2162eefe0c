"""An interview over a rulebook: each step returns a new interview, nothing is ever changed in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from eligibility.engine.assess import assess_profile, assess_programmes
from eligibility.engine.assessment import Assessed, Verdict
from eligibility.engine.priors import Likelihoods, Priors
from eligibility.engine.profile import Finding, Profile, read_answer
from eligibility.engine.worked_out import completed
from eligibility.interview.draft import Draft
from eligibility.interview.grouping import GROUP_FACTS, OWN_FIGURES, Basis, Grouping
from eligibility.interview.order import Candidates, Order, by_settling, topic_of
from eligibility.interview.plan import Plan, Standing, is_exact
from eligibility.interview.question import Question as Question
from eligibility.interview.question import Stake, halves_of, lies_in
from eligibility.interview.settled import settled
from eligibility.interview.told import Step as Step
from eligibility.interview.told import Told
from eligibility.interview.working_out import WorkingOut, needed, worked_out_of
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem

NO_PRIORS = Priors({})


@dataclass(frozen=True, slots=True)
class Count:
    """How many programmes are possible (eligible or likely), ruled out, and still open."""

    possible: int
    ruled_out: int
    open: int


@dataclass(frozen=True)
class Interview(Told):
    """The state of an interview.

    Beside what has been told, `left` are answers taken back (shown again when their question returns, never used),
    `asking` is a fact to be asked again, `working_out` are the facts that are being worked out, each for the one before
    it. `only_open` asks nothing that matters to closed programmes alone. `priors` and `choose` decide the order;
    `memory` is the plan of the interview before.
    """

    left: Mapping[str, object] = field(default_factory=dict)
    asking: str | None = None
    working_out: tuple[WorkingOut, ...] = ()
    only_open: bool = False
    priors: Likelihoods = NO_PRIORS
    choose: Order = by_settling
    memory: Plan | None = field(default=None, repr=False, compare=False)

    @cached_property
    def plan(self) -> Plan:
        """Return the diagrams, shared with the interviews that came from this one."""
        return Plan(self.rulebook, self.priors) if self.memory is None else self.memory

    @cached_property
    def asks_for_group(self) -> bool:
        """Whether it comes before the question to tell what group there is: nothing is known of one so far."""
        if self.group is not None or self.asking is not None or self.question is None:
            return False
        known = (*self.findings, *self.answers, *self.skipped)
        return self.question.fact in GROUP_FACTS and GROUP_FACTS.isdisjoint(known)

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
        if self._active:
            fact = self._active[-1].fact
            # Where nothing more can be found out, the fact itself is asked.
            return self._question(next(iter(self._needed(fact)), fact), self._why(fact))
        # Closed programmes are looked at only when nothing is left to ask for the others.
        return self._chosen(self._open_standings) or self._chosen(self._closed_standings)

    @property
    def is_working_out(self) -> bool:
        """Whether a fact is being worked out, so that this can be left."""
        return bool(self._active)

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
            without = _without(profile, fact)
            meant, known = self._meant_with(fact), completed(self.rulebook, without)
            readers = (name for name in standings if not meant.isdisjoint(self.rulebook.reads[name]))
            if not any(standings[name].verdict is None or self._wants(name, fact, meant, known) for name in readers):
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
            before = self.told[question.fact]
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

    def work_out(self) -> "Interview":
        """Work the fact of the question out instead of answering it: what its definition lacks is asked next.

        Raises:
            AnswerError: there is no question, or its fact cannot be worked out any further.
        """
        question = self._asked()
        if question.worked_out_by is None:
            raise AnswerError(Problem("not-worked-out", f"`{question.fact}` cannot be worked out from other facts"))
        fact, answers = question.fact, self.answers
        # An answer given before would stand.
        steps = tuple(step for step in self.steps if step.fact != fact)
        given = {name: answer for name, answer in self.given.items() if name != fact}
        stack = (*self._active, WorkingOut(fact, len(steps)))
        left = {**self.left, fact: answers[fact]} if fact in answers else self.left
        return self._next(steps=steps, given=given, left=left, asking=None, working_out=stack)

    def leave(self) -> "Interview":
        """Stop working a fact out: it is asked itself, and what was answered meanwhile is kept.

        Raises:
            AnswerError: nothing is being worked out.
        """
        if not self._active:
            raise AnswerError(Problem("not-worked-out", "nothing is being worked out"))
        *rest, last = self._active
        left = {**self.left, last.fact: self.left.get(last.fact)}
        return self._next(left=left, asking=last.fact, working_out=tuple(rest))

    def back(self) -> "Interview":
        """Return to the question before; its answer is remembered, no longer used. At the start nothing changes.

        While a fact is being changed this gives the change up instead; at the first question that works a fact out it
        leads back to that fact. What was said of the group is taken back in its turn.
        """
        if self.asking is not None and self._changes(self.asking):
            return self._next(asking=None)
        if self._active and len(self.steps) <= self._active[-1].since:
            return self.leave()
        if self.group is not None and self.group.after == self.last_fact:
            return self._next(group=None, asking=None)
        if not self.steps:
            return self
        last = self.steps[-1]
        left = {**self.left, last.fact: last.answer}
        return self._next(steps=self.steps[:-1], left=left, asking=last.fact, working_out=last.within)

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

    def with_group(
        self, basis: Basis, draft: Draft | None = None, findings: Mapping[str, Finding] | None = None
    ) -> "Interview":
        """Tell what group there is; `findings` is what was worked out from the `draft`."""
        grouping = Grouping(basis, self.last_fact, {} if findings is None else findings)
        return self._next(group=grouping, draft=self.draft if draft is None else draft, asking=None)

    def drafted(self, draft: Draft | None) -> "Interview":
        """Keep the enterprises of the group as far as they have been named; nothing is worked out of them yet."""
        return self._next(draft=draft, group=None)

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

    @cached_property
    def _active(self) -> tuple[WorkingOut, ...]:
        """Return what is still being worked out; what is asked for a fact that is settled is done with it.

        So it is once no programme wants to know the fact any more.
        """
        done = self._exhausted | self.known.values.keys()
        facts = [one.fact for one in self.working_out]
        ended = (place for place, fact in enumerate(facts) if fact in done or not self._wanted_by(fact))
        return self.working_out[: next(ended, None)]

    @property
    def _being_worked_out(self) -> tuple[str, ...]:
        """Return the facts that are being worked out, the one that was begun last first."""
        return tuple(one.fact for one in reversed(self._active))

    def _needed(self, fact: str) -> tuple[str, ...]:
        """Return what can be asked to work a fact out."""
        found = needed(self.rulebook, self.known, fact, self._exhausted)
        return tuple(name for name in found if name not in self._being_worked_out)

    def _step(self, step: Step) -> "Interview":
        step = replace(step, within=self._active)
        left = {fact: answer for fact, answer in self.left.items() if fact != step.fact}
        if not self._changes(step.fact):
            return self._next(steps=(*self.steps, step), left=left, asking=None, working_out=self._active)
        # Changed in its place, so that the interview goes on where it was.
        places = [place for place, other in enumerate(self.steps) if other.fact == step.fact]
        kept = [other for other in self.steps if other.fact != step.fact]
        kept.insert(places[0] if places else 0, step)
        return self._next(steps=tuple(kept), left=left, asking=None, working_out=self._active)

    def _chosen(self, standings: Mapping[str, Standing]) -> Question | None:
        wanted_by = self._wanted(standings)
        if not wanted_by:
            return None
        topic = topic_of(self.rulebook, self.steps[-1].fact) if self.steps else None
        candidates = Candidates(wanted_by, standings, self.plan)
        fact = self.choose(self.rulebook, candidates, self.plan.chances(self.known), topic)
        return self._question(fact, tuple(wanted_by[fact]))

    def _question(self, fact: str, why: tuple[str, ...]) -> Question:
        subject, known = self.rulebook.subject(fact), self.profile.given(fact)
        before = self.left.get(fact, self.told.get(fact))
        threshold = halves = None
        narrows = known is not None and not self._changes(fact)
        if narrows and isinstance(known, Interval):
            threshold = self.plan.threshold(fact, [self._standing(name) for name in why])
            halves = None if threshold is None else halves_of(subject, known, threshold)
        changes = fact == self.asking and self._changes(fact)
        meant_for = None if changes else next((one for one in self._being_worked_out if one != fact), None)
        offered = self._offered(fact)
        more = (offered, meant_for, self.worded(fact), self._stakes)
        return Question(fact, subject, why, before, narrows, threshold, halves, *more)

    def _offered(self, fact: str) -> str | None:
        """Return the definition that can work a fact out, if something can be asked for that."""
        matters = self._needed(fact) and self._wanted_by(fact)
        return self.rulebook.facts[fact].worked_out_by if matters else None

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
        return self.plan.standing(programme, self.known, self._asked_for)

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        """Return the definitions to ask for because nobody knows (more exactly) the facts behind them."""
        return self.plan.lacking(self.known, self._exhausted) if self._exhausted else frozenset()

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
        return fact in self.answers or self.plan.asks_for(fact, self.known, self._exhausted)

    @cached_property
    def _exhausted(self) -> frozenset[str]:
        """Return the facts of which no more can become known: skipped, or known as exactly as anybody can say."""
        known = self.skipped.union(step.fact for step in self.steps if step.kept)
        if self.group is None or self.group.basis is not Basis.ALONE:
            return known
        # The own figure and that of the group are one question.
        return known.union(*({own, group} for group, own in OWN_FIGURES.items() if own in known or group in known))

    def _why(self, fact: str) -> tuple[str, ...]:
        """Return the programmes that a fact which is asked again, or what it works out, can change."""
        # Whoever changes an answer that matters to closed programmes alone is told of those.
        meant, read_by = self._meant_with(fact), self.rulebook.reads
        return self._wanted_by(fact) or tuple(name for name, reads in read_by.items() if not meant.isdisjoint(reads))

    def _wanted_by(self, fact: str) -> tuple[str, ...]:
        without = _without(self.profile, fact) if self._changes(fact) else self.profile
        without = completed(self.rulebook, without)
        meant = self._meant_with(fact)
        names = [*self._names(closed=False), *([] if self.only_open else self._names(closed=True))]
        return tuple(name for name in names if self._wants(name, fact, meant, without))

    def _meant_with(self, fact: str) -> frozenset[str]:
        """Return a fact or definition together with the facts that it helps to work out."""
        return worked_out_of(self.rulebook, fact) | {fact}

    def _wants(self, programme: str, fact: str, meant: frozenset[str], without: Profile) -> bool:
        """Tell whether a programme wants what is meant with a fact, or a definition whatever would be worked out."""
        stated = frozenset({fact}) if fact in self.rulebook.definitions else frozenset()
        return not meant.isdisjoint(self.plan.standing(programme, without, self._asked_for, stated).wanted)


def _without(profile: Profile, fact: str) -> Profile:
    values = {name: value for name, value in profile.values.items() if name != fact}
    return Profile(values, profile.answers, profile.findings)
