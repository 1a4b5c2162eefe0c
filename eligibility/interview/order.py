"""The order of questions: what is expected to settle most, topic by topic.

A programme that is ruled out needs no further question. So a question is worth the programmes that its answer is
expected to rule out, and it costs nothing where it has to be asked anyway. Within a topic all open questions are asked
before the next topic begins. An answer may open further ones and so lead back to a topic: those that rule nothing out
wait until they are probably needed, and what an award is worked out from waits until the verdict is settled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eligibility.interview.chances import Chances
from eligibility.interview.plan import Plan, Standing
from eligibility.rulebook.rulebook import Rulebook

LEAST_COST = 0.02
"""What a question costs that is needed anyway; a question that is needed by nobody costs 1 more."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What can be asked next: for each fact the programmes that want it; where all programmes stand, by which plan."""

    wanted_by: Mapping[str, Sequence[str]]
    standings: Mapping[str, Standing]
    plan: Plan


LIKELY = 0.5
"""From which chance to be needed anyway a question that rules nothing out is open."""
MONEY = 0.5
"""What the largest award in its currency adds to the weight of a programme, which is 1 otherwise."""

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

    def place(fact: str) -> tuple[float, float, float, int]:
        # What rules nothing out is asked if it is needed, then for the money that is still open.
        money = sum(candidates.plan.stakes[programme] for programme in candidates.wanted_by[fact])
        return -worth[fact].settles, -worth[fact].needed, -money, rank[fact]

    inside = [fact for fact in candidates.wanted_by if topic_of(rulebook, fact) == topic]
    first, *others = rulebook.topics
    if inside and others and topic == first:
        return min(inside, key=place)
    opened = [fact for fact in candidates.wanted_by if worth[fact].is_open] or list(candidates.wanted_by)
    return min([fact for fact in inside if fact in opened] or opened, key=place)


def worths(candidates: Candidates, chances: Chances) -> Mapping[str, Worth]:
    """Return for each fact how many programmes its answer is expected to rule out, by what the question costs.

    A programme counts once, and up to `MONEY` more for the largest award that it can give. A question is needed where
    the verdict of a programme depends on it and it does not rule the programme out.
    """
    excluded = dict.fromkeys(candidates.wanted_by, 0.0)
    spared = dict.fromkeys(candidates.wanted_by, 1.0)
    for programme, standing in candidates.standings.items():
        wanted = [fact for fact in standing.wanted if fact in excluded]
        if standing.verdict is not None or not standing.left:
            spared.update(dict.fromkeys(wanted, 0.0))
            continue
        expected = chances.of_verdict(*standing.left[0])
        weight = 1 + MONEY * candidates.plan.stakes[programme]
        for fact in wanted:
            excluding = expected.excluding.get(fact, 0.0)
            excluded[fact] += excluding * weight
            spared[fact] *= 1 - min(1.0, expected.mattering.get(fact, 0.0)) * (1 - excluding)
    return {
        fact: Worth(excluded[fact] / (LEAST_COST + spared[fact]), 1 - spared[fact]) for fact in candidates.wanted_by
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
