"""Facts that nobody answered and that the definition behind them settles: their values, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from eligibility.engine.assessment import Derived, Reason
from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.profile import Profile, Value
from eligibility.engine.reference import Reference
from eligibility.language.condition import Condition
from eligibility.language.decide import Decide, Line
from eligibility.language.definition import Definition
from eligibility.language.fact import Fact
from eligibility.language.lookup import Lookup
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.truth import Truth

_ASKED_ONLY = ("date", "code")


def completed(rulebook: Rulebook, profile: Profile) -> Profile:
    """Return a profile with the values of the facts that were worked out; its answers stay as they were given."""
    reference = Reference(rulebook, profile)
    values = {name: _value(known) for name, known in _settled(reference)}
    return replace(profile, values={**profile.values, **values}) if values else profile


def worked_out_facts(reference: Reference) -> Mapping[str, Derived]:
    """Return the facts that nobody answered but a definition settles, each with the reason."""
    return {name: Derived(known, False, (), _reason(name, reference)) for name, known in _settled(reference)}


def _settled(reference: Reference) -> Iterator[tuple[str, Judgement | Options | Quantity]]:
    for name, fact in reference.rulebook.facts.items():
        if fact.worked_out_by is not None and reference.profile.given(name) is None:
            known = reference.known(name)
            if not known.missing:
                yield name, known


def _value(known: Judgement | Options | Quantity) -> Value:
    if isinstance(known, Judgement):
        return known.truth is Truth.YES
    assert isinstance(known, Options)
    assert known.value is not None
    return known.value


def _reason(name: str, reference: Reference) -> Reason:
    by = reference.rulebook.facts[name].worked_out_by
    assert by is not None
    definition = reference.rulebook.definitions[by]
    if reference.profile.given(by) is not None:
        return Reason(by, None, False, (by,), ())
    body = definition.body
    if isinstance(body, Decide):
        return _by_line(body, definition, reference)
    facts = _known_of(definition.facts(), reference)
    if isinstance(body, Lookup) or body is None:
        return Reason(by, None, False, facts, definition.cites)
    # What is no decision list and no row of a table defines a truth by a condition, for nothing else works out a fact.
    condition = cast(Condition, body)
    return Reason(by, condition, reference.is_true(by).truth is not Truth.YES, facts, definition.cites)


def _by_line(body: Decide, definition: Definition, reference: Reference) -> Reason:
    line = next(line for line in body.lines if _holds(line, reference))
    judged_by = [line] if line.when is not None else body.lines
    read = frozenset().union(*(one.when.facts() for one in judged_by if one.when is not None))
    facts = _known_of(read, reference)
    return Reason(definition.id, line.when, line.when is None, facts, line.cites or definition.cites)


def _holds(line: Line, reference: Reference) -> bool:
    if line.when is None:
        return True
    judgement: Judgement = line.when.interpret(reference)
    return judgement.truth is Truth.YES


def _known_of(names: frozenset[str], reference: Reference) -> tuple[str, ...]:
    """Return what is known of these names in the order of the rulebook; a truth is told by what stands behind it."""
    rulebook = reference.rulebook
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        subject = rulebook.subject(name)
        if reference.profile.given(name) is not None:
            found.add(name)
        elif subject.type == "truth":
            left |= behind(subject)
        elif subject.type not in _ASKED_ONLY and not reference.known(name).missing:
            found.add(name)
    return tuple(name for name in (*rulebook.facts, *rulebook.definitions) if name in found)


def behind(subject: Fact | Definition) -> frozenset[str]:
    """Return what a fact or definition without an answer is worked out from at once; nothing where it is only asked."""
    if isinstance(subject, Definition):
        return subject.facts()
    return frozenset() if subject.worked_out_by is None else frozenset({subject.worked_out_by})
