"""The rulebook: facts, definitions, tables and programmes, linked, checked and fixed at a date."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from eligibility.language.definition import Definition
from eligibility.language.fact import Fact
from eligibility.language.linking import Table
from eligibility.language.programme import Programme
from eligibility.language.shape import Text


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that is needed to assess a profile on a day.

    `facts` are in the order of asking, `definitions` in an order in which each comes after those it reads.
    `version` is that of the program, `digest` that of all rule files together. `reads` are the facts and
    definitions that each programme reads, also through definitions. `replaced` are the ids that a directory took over
    from those before it.
    """

    as_of: date
    version: str
    digest: str
    topics: Mapping[str, Text]
    facts: Mapping[str, Fact]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    papers: Mapping[str, Text]
    programmes: Mapping[str, Programme]
    reads: Mapping[str, frozenset[str]]
    replaced: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        """Tell whether there is a fact or definition of this id."""
        return name in self.facts or name in self.definitions

    def subject(self, name: str) -> Fact | Definition:
        """Return the fact or definition of this id."""
        return self.facts[name] if name in self.facts else self.definitions[name]


def together(before: Rulebook, after: Rulebook) -> Rulebook:
    """Return the later rules with the facts and definitions of both, so that all names of either are known."""
    facts = {**before.facts, **after.facts}
    definitions = {**before.definitions, **after.definitions}
    return replace(
        after, facts=facts, definitions={name: one for name, one in definitions.items() if name not in facts}
    )


def reads_of(
    programmes: Mapping[str, Programme], definitions: Mapping[str, Definition]
) -> Mapping[str, frozenset[str]]:
    """Return the ids of all facts and definitions that each programme reads, directly or through definitions.

    `definitions` are in an order in which each comes after those it reads.
    """
    behind: dict[str, frozenset[str]] = {}
    for name, definition in definitions.items():
        behind[name] = _with_those_behind(definition.facts(), behind)
    return {name: _with_those_behind(_read_by(programme), behind) for name, programme in programmes.items()}


def _with_those_behind(read: frozenset[str], behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return read.union(*(behind[name] for name in read if name in behind))


def _read_by(programme: Programme) -> frozenset[str]:
    read = [criterion.condition.facts() for criterion in programme.criteria if criterion.condition is not None]
    return frozenset().union(*read, () if programme.award is None else programme.award.facts())
