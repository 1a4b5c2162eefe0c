"""The rulebook: facts, definitions, tables and programmes, linked, checked and fixed at a date."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    definitions that each programme reads, also through definitions.
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

    def subject(self, name: str) -> Fact | Definition:
        """Return the fact or definition of this id."""
        return self.facts[name] if name in self.facts else self.definitions[name]


def reads_of(programme: Programme, definitions: Mapping[str, Definition]) -> frozenset[str]:
    """Return the ids of all facts and definitions that a programme reads, directly or through definitions."""
    read = [criterion.condition.facts() for criterion in programme.criteria if criterion.condition is not None]
    if programme.award is not None:
        read.append(programme.award.facts())
    waiting = list(frozenset().union(*read))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            if name in definitions:
                waiting.extend(definitions[name].facts())
    return frozenset(found)
