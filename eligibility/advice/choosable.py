"""Which facts a change may touch: what a company can still choose for its project, and what it asks for itself."""

from collections.abc import Collection, Iterable, Iterator

from eligibility.engine.assessment import Assessed
from eligibility.engine.profile import Profile, Value
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError, Problem

_OF_THE_PROJECT = frozenset({"size", "place", "date", "order", "plan", "modules"})


class Choosable:
    """The facts of one profile that may be changed: known ones, marked as changeable or named by the user (`also`)."""

    def __init__(self, assessed: Assessed, also: Collection[str]) -> None:
        self.rulebook: Rulebook = assessed.rulebook
        self.profile: Profile = assessed.profile
        _check(self.rulebook, also)
        self.facts = frozenset(
            name
            for name, value in self.profile.values.items()
            if name in also or _may_be_proposed(self.rulebook, name, value)
        )
        self._behind: dict[str, frozenset[str]] = {}

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Return the facts that may be changed among these, and among those from which these are worked out."""
        return self.behind(names) & self.facts

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """Return these facts and definitions, and all from which those without an answer are worked out."""
        return frozenset().union(*(self._behind_one(name) for name in names))

    def in_order(self, names: Collection[str]) -> Iterator[str]:
        """Yield names in the order of asking."""
        yield from (name for name in (*self.rulebook.facts, *self.rulebook.definitions) if name in names)

    def _behind_one(self, name: str) -> frozenset[str]:
        found = self._behind.get(name)
        if found is None:
            found = self._behind[name] = frozenset({name}) | self.behind(self._worked_out_from(name))
        return found

    def _worked_out_from(self, name: str) -> Collection[str]:
        if self.profile.given(name) is not None:
            return ()
        if name in self.rulebook.definitions:
            return self.rulebook.definitions[name].facts()
        by = self.rulebook.facts[name].worked_out_by
        return () if by is None else (by,)


def _check(rulebook: Rulebook, also: Collection[str]) -> None:
    known = [*rulebook.facts, *rulebook.definitions]
    problems = [
        Problem("unknown-fact", f"there is no fact `{name}` that could be changed", None, nearest(name, known))
        for name in also
        if name not in rulebook.facts and name not in rulebook.definitions
    ]
    if problems:
        raise AnswerError(*problems)


def _may_be_proposed(rulebook: Rulebook, name: str, value: Value) -> bool:
    fact = rulebook.facts.get(name)
    if fact is None or fact.changeable not in _OF_THE_PROJECT:
        return False
    return fact.changeable != "date" or is_to_come(rulebook, value)


def is_to_come(rulebook: Rulebook, value: Value) -> bool:
    """Tell whether a day surely lies ahead: what has happened cannot be put off."""
    return isinstance(value, Interval) and value.low is not None and value.low > rulebook.as_of.toordinal()
