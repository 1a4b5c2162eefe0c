"""Working a fact out instead of answering it: what its definition still needs, asked one by one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from eligibility.engine.known import Judgement
from eligibility.engine.profile import Profile
from eligibility.engine.reference import Reference
from eligibility.interview.order import ranks
from eligibility.language.decide import Decide
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.truth import Truth


@dataclass(frozen=True, slots=True)
class WorkingOut:
    """A fact that is being worked out; `since` counts the steps taken before that began."""

    fact: str
    since: int


def needed(rulebook: Rulebook, profile: Profile, fact: str, exhausted: Collection[str]) -> tuple[str, ...]:
    """Return what can be asked to work a fact out, in the order of the lines of its definition; nothing if it has none.

    `exhausted` are facts of which no more can become known.
    """
    definition = None if fact not in rulebook.facts else rulebook.facts[fact].worked_out_by
    if definition is None:
        return ()
    found = dict.fromkeys(_missing(rulebook, Reference(rulebook, profile), definition))
    return tuple(name for name in found if name not in exhausted and rulebook.subject(name).askable)


def _missing(rulebook: Rulebook, reference: Reference, definition: str) -> Iterator[str]:
    """Yield what a definition lacks: its lines are read from above, and the first to hold may settle it."""
    rank = ranks(rulebook)
    body = rulebook.definitions[definition].body
    every = reference.known(definition).missing
    if isinstance(body, Decide) and reference.profile.given(definition) is None:
        for line in body.lines:
            holds: Judgement = reference.constant_truth(True) if line.when is None else line.when.interpret(reference)
            yield from sorted(holds.missing & every, key=rank.__getitem__)
            if holds.truth is Truth.YES:
                break
    yield from sorted(every, key=rank.__getitem__)


def worked_out_of(rulebook: Rulebook, name: str) -> frozenset[str]:
    """Return the facts that this fact or definition helps to work out, also through definitions."""
    found = {name}
    # Each definition comes after what it reads, and before what reads the fact that it works out.
    for definition in rulebook.definitions.values():
        if not found.isdisjoint({definition.id, *definition.facts()}):
            found.add(definition.id)
            found.update(fact.id for fact in rulebook.facts.values() if fact.worked_out_by == definition.id)
    return frozenset(other for other in found if other in rulebook.facts and other != name)
