"""What still follows when only some of the given answers are kept.

An answer that is left out is unknown, and nothing is worked out in its place: it may stand over what other answers
would work out, and a definition put back in its place could then say the opposite. So more kept answers never take
anything back.
"""

from typing import Protocol

from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.profile import Profile, answer_bounds
from eligibility.engine.reference import Reference
from eligibility.engine.worked_out import behind
from eligibility.language.award import Award
from eligibility.language.condition import Condition
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

Answers = int
"""Some of the given answers, as bits: the first answer in the order of the rulebook is bit 0."""


class Test(Protocol):
    """Something that holds or not by the answers."""

    def facts(self) -> frozenset[str]: ...
    def judge(self, reference: Reference) -> Judgement: ...


class Met:
    """Whether the condition of a criterion holds."""

    __slots__ = ("condition",)

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def facts(self) -> frozenset[str]:
        """Return the facts and definitions that it reads."""
        return self.condition.facts()

    def judge(self, reference: Reference) -> Judgement:
        """Judge it."""
        judgement: Judgement = self.condition.interpret(reference)
        return judgement


class Enough:
    """Whether an award reaches its minimum."""

    __slots__ = ("award",)

    def __init__(self, award: Award) -> None:
        self.award = award

    def facts(self) -> frozenset[str]:
        """Return the facts and definitions that it reads."""
        return self.award.facts()

    def judge(self, reference: Reference) -> Judgement:
        """Judge it."""
        enough: Judgement | None = self.award.interpret(reference).enough
        assert enough is not None
        return enough


class Kept:
    """Judges tests by some of the answers of a profile, and remembers what it found."""

    def __init__(self, rulebook: Rulebook, profile: Profile) -> None:
        self.rulebook = rulebook
        self.profile = profile
        order = (*rulebook.facts, *rulebook.definitions)
        self.names = tuple(name for name in order if profile.given(name) is not None)
        self._bits = {name: 1 << place for place, name in enumerate(self.names)}
        self._read: dict[str, Answers] = {}
        self.defined: dict[tuple[str, Answers], Judgement | Quantity | Options] = {}
        self.judged = 0

    def read_by(self, names: frozenset[str]) -> Answers:
        """Return the answers that some facts and definitions rest on."""
        read = 0
        for name in names:
            read |= self.behind(name)
        return read

    def behind(self, name: str) -> Answers:
        """Return the answers that a fact or definition rests on: its own, else those it is worked out from."""
        if name in self._bits:
            return self._bits[name]
        if name not in self._read:
            self._read[name] = self.read_by(behind(self.rulebook.subject(name)))
        return self._read[name]

    def truth(self, test: Test, kept: Answers) -> Truth:
        """Return what is known of a test by the answers that are kept."""
        self.judged += 1
        return test.judge(_Partly(self, kept)).truth

    def listed(self, answers: Answers) -> tuple[str, ...]:
        """Return the facts and definitions of some answers in the order of the rulebook."""
        return tuple(self.names[place] for place in places(answers))


class _Partly(Reference):
    """The reference evaluator on the answers that are kept."""

    def __init__(self, whole: Kept, kept: Answers) -> None:
        values = {name: whole.profile.values[name] for name in whole.listed(kept)}
        super().__init__(whole.rulebook, Profile(values, {}))
        self._whole = whole
        self._kept = kept

    def number(self, name: str) -> Quantity:
        """Return what is known of a number; an answer for a definition may lie below what its rules can give."""
        if name in self.rulebook.definitions and self._is_left_out(name):
            return Quantity(Interval(answer_bounds(self.rulebook.subject(name))[0], None), frozenset({name}))
        return super().number(name)

    def _is_left_out(self, name: str) -> bool:
        return self._whole.profile.given(name) is not None and self.profile.given(name) is None

    def _definition(self, name: str) -> Judgement | Quantity | Options | None:
        if self._is_left_out(name):
            return None
        definition = self.rulebook.definitions.get(name)
        if definition is None:
            return self._instead(name)
        # Most subsets differ in answers that a definition does not read.
        key = (name, self._kept & self._whole.behind(name))
        found = self._whole.defined.get(key)
        if found is None:
            found = self._whole.defined[key] = self._work_out(definition)
        return found


def places(answers: Answers) -> list[int]:
    """Return the places of the answers in the order of the rulebook."""
    found: list[int] = []
    while answers:
        lowest = answers & -answers
        found.append(lowest.bit_length() - 1)
        answers ^= lowest
    return found
