"""The order of questions: what is expected to settle most, topic by topic.

A programme that is ruled out needs no further question. So a question is worth the programmes that its answer is
expected to rule out, and it costs nothing where a programme that stays possible needs it anyway. Within a topic all
questions are asked before the next topic begins; what an award is worked out from is asked once the verdict is settled:
the answer that settles it opens those questions, and may lead back to a topic.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from eligibility.interview.chances import Chances
from eligibility.interview.plan import Standing
from eligibility.rulebook.rulebook import Rulebook

LEAST_COST = 0.02
"""What a question costs that is needed anyway; a question that is needed by nobody costs 1 more."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What can be asked next: for each fact the programmes that want it; where all programmes stand; their stakes."""

    wanted_by: Mapping[str, Sequence[str]]
    standings: Mapping[str, Standing]
    stakes: Mapping[str, float]


MONEY = 0.5
"""What the largest award in its currency adds to the weight of a programme, which is 1 otherwise."""

Order = Callable[[Rulebook, Candidates, Chances, str | None], str]
"""Chooses the next fact; the last argument is the topic of the question before, if there was one."""


def by_settling(rulebook: Rulebook, candidates: Candidates, chances: Chances, topic: str | None) -> str:
    """Choose the fact that is expected to settle most, in the topic that was begun if something is left in it."""
    rank = ranks(rulebook)
    if topic is None:
        # Everybody expects to be asked first where the firm is; the files begin with that.
        return min(candidates.wanted_by, key=rank.__getitem__)
    inside = [fact for fact in candidates.wanted_by if topic_of(rulebook, fact) == topic]
    worth = worths(candidates, chances)
    # What rules nothing out is asked for the money that is still open.
    money = {
        fact: sum(candidates.stakes[programme] for programme in programmes)
        for fact, programmes in candidates.wanted_by.items()
    }
    return min(inside or candidates.wanted_by, key=lambda fact: (-worth[fact], -money[fact], rank[fact]))


def worths(candidates: Candidates, chances: Chances) -> Mapping[str, float]:
    """Return for each fact how many programmes its answer is expected to settle, by what the question costs.

    A programme counts once, and up to `MONEY` more for the largest award that it can give.
    """
    excluded = dict.fromkeys(candidates.wanted_by, 0.0)
    stays: dict[str, float] = {}
    for programme, standing in candidates.standings.items():
        stays[programme] = 1.0
        if standing.verdict is None and standing.left:
            cells, function = standing.left[0]
            expected = chances.of_verdict(cells, function)
            stays[programme] = expected.stays
            weight = 1 + MONEY * candidates.stakes[programme]
            for fact, chance in expected.excluding.items():
                if fact in excluded:
                    excluded[fact] += chance * weight
    return {
        fact: excluded[fact] / (LEAST_COST + prod(1 - stays[programme] for programme in programmes))
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
