"""What has been told in an interview, and what follows from it without the rules of any programme."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from eligibility.engine.profile import Finding, Profile, Subject, read_profile
from eligibility.engine.worked_out import completed
from eligibility.interview.draft import Draft
from eligibility.interview.grouping import OWN_FIGURES, Basis, Grouping, alone
from eligibility.interview.working_out import WorkingOut
from eligibility.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Step:
    """One answered question.

    `answer` is `None` for "I do not know"; `kept`: a range or coarse code, and nothing more exact is known. `within`
    are the facts that were being worked out.
    """

    fact: str
    answer: object
    kept: bool = False
    within: tuple[WorkingOut, ...] = ()


@dataclass(frozen=True)
class Told:
    """What has been told.

    `given` are answers known from the start, `steps` the questions answered since. `findings` is what other sources
    than answers say of facts, `group` what was said of the group, `draft` its enterprises as far as they have been
    named.
    """

    rulebook: Rulebook
    given: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)
    group: Grouping | None = None
    draft: Draft | None = None

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
    def found(self) -> Mapping[str, Finding]:
        """Return what other sources say of facts without an answer."""
        group = {} if self.group is None else self.group.findings
        if self.group is not None and self.group.basis is Basis.ALONE:
            group = {**group, **alone(self.rulebook, self.answers)}
        # What was told of the group decides which aid is that of its undertaking, too.
        return {fact: one for fact, one in {**self.findings, **group}.items() if fact not in self.answers}

    @cached_property
    def told(self) -> Mapping[str, object]:
        """Return the answers together with what was found otherwise, in the notation of answers."""
        return {**{fact: one.answer for fact, one in self.found.items()}, **self.answers}

    @cached_property
    def profile(self) -> Profile:
        """Return the answers so far, and what was found otherwise, as read."""
        group = {} if self.group is None else self.group.findings
        return read_profile(self.rulebook, self.answers, {**self.findings, **group, **self.found})

    @cached_property
    def known(self) -> Profile:
        """Return the answers so far with the facts that they work out."""
        return completed(self.rulebook, self.profile)

    @property
    def last_fact(self) -> str:
        """Return the fact of the last question answered; empty at the beginning."""
        return self.steps[-1].fact if self.steps else ""

    def worded(self, fact: str) -> Subject | None:
        """Return the own figure of a company that stands alone, in the words of which the group's is asked for."""
        own = OWN_FIGURES.get(fact) if self.group is not None and self.group.basis is Basis.ALONE else None
        return None if own is None else self.rulebook.facts.get(own)
