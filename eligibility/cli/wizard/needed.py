"""Where a programme needs a fact: the criteria that wait for it, else the rules of the award that read it."""

from collections.abc import Iterable, Iterator

from eligibility.engine.assessment import CriterionResult, ProgrammeResult
from eligibility.language.award import Award, Limit
from eligibility.language.cite import Cite
from eligibility.language.condition import Condition
from eligibility.language.definition import Definition
from eligibility.language.fact import Fact
from eligibility.rulebook.rulebook import Rulebook


def waiting_for(rulebook: Rulebook, result: ProgrammeResult, fact: str) -> list[CriterionResult]:
    """Return the criteria that lack a fact; where it is known already, those that read it, also through definitions."""
    lacking = [criterion for criterion in result.criteria if fact in criterion.missing]
    return lacking or [criterion for criterion in result.criteria if fact in _behind(rulebook, criterion.facts)]


def cites_of_award(rulebook: Rulebook, award: Award, fact: str) -> tuple[Cite, ...]:
    """Return where the rules of an award that read a fact are written; of all its rules where none does."""
    rules = list(_rules(award))
    reading = [cites for read, cites in rules if fact in _behind(rulebook, read)]
    return tuple(cite for cites in reading or [cites for _, cites in rules] for cite in cites)


def _rules(award: Award) -> Iterator[tuple[frozenset[str], tuple[Cite, ...]]]:
    """Yield each rule of an award by what it reads, with its citations."""
    for rate in (award.rate, award.ceiling):
        if rate is not None:
            yield rate.value.facts(), rate.cites
    for bonus in award.bonuses:
        yield bonus.when.facts(), bonus.cites
    for part in award.parts:
        own = frozenset() if part.rate is None else part.rate.value.facts()
        yield part.amount.facts() | _facts_of(part.when) | own, part.cites
    limits: list[Limit] = [*award.at_least, *award.at_most, *([award.within] if award.within else [])]
    for limit in limits:
        yield limit.amount.facts() | _facts_of(limit.when), limit.cites


def _facts_of(when: Condition | None) -> frozenset[str]:
    return frozenset() if when is None else when.facts()


def _behind(rulebook: Rulebook, names: Iterable[str]) -> set[str]:
    """Return facts and definitions with all that the definitions read, and those that work a fact out."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            subject = rulebook.subject(name)
            by = subject.worked_out_by if isinstance(subject, Fact) else None
            waiting.extend(subject.facts() if isinstance(subject, Definition) else filter(None, [by]))
    return found
