"""The order of questions: what is expected to settle most, topic by topic.

A programme that is ruled out needs no further question. So a question is worth the programmes that its answer is
expected to rule out, and it costs nothing where it has to be asked anyway. Within a topic all open questions are asked
before the next topic begins. An answer may open further ones and so lead back to a topic: those that rule nothing out
wait until they are probably needed, and what an award is worked out from waits until the verdict is settled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.interview.chances import Chances
from eligibility.interview.plan import Plan, Standing
from eligibility.rulebook.rulebook import Rulebook

LEAST_COST = 0.02
"""What a question costs that is needed anyway; a question that is needed by nobody costs 1 more."""
LIKELY = 0.5
"""From which chance to be needed anyway a question that rules nothing out is open."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What can be asked next: for each fact the programmes that want it; where all programmes stand, by which plan."""

    wanted_by: Mapping[str, Sequence[str]]
    standings: Mapping[str, Standing]
    plan: Plan


Order = Callable[[Rulebook, Candidates, Chances, str | None], str]
"""Chooses the next fact; the last argument is the topic of the question before, if there was one."""


@dataclass(frozen=True, slots=True)
class Worth:
    """How much a question is expected to settle by what it costs, and the chance that it has to be asked anyway."""

    settles: float
    needed: float

    @property
    def is_open(self) -> bool:
        """Tell whether it rules something out or will probably be needed; else later answers may spare it."""
        return self.settles > 0 or self.needed >= LIKELY


def by_settling(rulebook: Rulebook, candidates: Candidates, chances: Chances, topic: str | None) -> str:
    """Choose the fact that is expected to settle most, in the topic that was begun if something is open in it.

    The first of several topics comes first, and in one piece: everybody expects to be asked first where the firm is.
    """
    rank = ranks(rulebook)
    if topic is None:
        return min(candidates.wanted_by, key=rank.__getitem__)
    worth = worths(candidates, chances)
    pool = [fact for fact in candidates.wanted_by if topic_of(rulebook, fact) == topic]
    first, *others = rulebook.topics
    if not (pool and others and topic == first):
        opened = [fact for fact in candidates.wanted_by if worth[fact].is_open] or list(candidates.wanted_by)
        pool = [fact for fact in opened if fact in pool] or opened
    if any(worth[fact].settles for fact in pool):
        return min(pool, key=lambda fact: (-worth[fact].settles, -worth[fact].needed, rank[fact]))
    # What rules nothing out is asked if it is needed, then for the money that is still open.
    money = _money(candidates)
    return min(pool, key=lambda fact: (-worth[fact].needed, -money[fact], rank[fact]))


def worths(candidates: Candidates, chances: Chances) -> Mapping[str, Worth]:
    """Return for each fact how many programmes its answer is expected to rule out, by what the question costs.

    A question is needed where the verdict of a programme depends on it and it does not rule the programme out.
    """
    excluded = dict.fromkeys(candidates.wanted_by, 0.0)
    spared = dict.fromkeys(candidates.wanted_by, 1.0)
    for standing in candidates.standings.values():
        wanted = [fact for fact in standing.wanted if fact in excluded]
        if standing.verdict is not None or not standing.left:
            spared.update(dict.fromkeys(wanted, 0.0))
            continue
        expected = chances.of_verdict(*standing.left[0])
        for fact in wanted:
            excluding = expected.excluding.get(fact, 0.0)
            excluded[fact] += excluding
            spared[fact] *= 1 - min(1.0, expected.mattering.get(fact, 0.0)) * (1 - excluding)
    return {
        fact: Worth(excluded[fact] / (LEAST_COST + spared[fact]), 1 - spared[fact]) for fact in candidates.wanted_by
    }


def _money(candidates: Candidates) -> Mapping[str, Fraction]:
    """Return what is at stake for each fact: the largest awards, as shares of the largest one in their currency."""
    wanting = frozenset().union(*candidates.wanted_by.values())
    awards = {programme: candidates.plan.largest_award(programme) for programme in wanting}
    largest: dict[str, Fraction] = {}
    for currency, amount in filter(None, awards.values()):
        largest[currency] = max(largest.get(currency, amount), amount)
    shares = {
        programme: Fraction(0) if award is None else award[1] / largest[award[0]] for programme, award in awards.items()
    }
    return {
        fact: sum((shares[programme] for programme in programmes), Fraction(0))
        for fact, programmes in candidates.wanted_by.items()
    }


def by_file(rulebook: Rulebook, candidates: Candidates, chances: Chances, topic: str | None) -> str:
    """Choose the fact that stands first in the fact files."""
    return min(candidates.wanted_by, key=ranks(rulebook).__getitem__)


def by_occurrence(rulebook: Rulebook, candidates: Candidates, chances: Chances, topic: str | None) -> str:
    """Choose the fact that most programmes want."""
    rank = ranks(rulebook)
    return min(candidates.wanted_by, key=lambda fact: (-len(candidates.wanted_by[fact]), rank[fact]))


def ranks(rulebook: Rulebook) -> Mapping[str, int]:
    """Return the places of facts and definitions in the files."""
    names = [*rulebook.facts, *rulebook.definitions]
    return {name: place for place, name in enumerate(names)}


def topic_of(rulebook: Rulebook, name: str) -> str:
    """Return the topic of a fact; a definition belongs to that of the first fact behind it."""
    while name in rulebook.definitions:
        name = min(rulebook.definitions[name].facts(), default="")
    return rulebook.facts[name].topic if name in rulebook.facts else ""
