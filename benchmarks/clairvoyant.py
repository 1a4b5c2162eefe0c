"""A floor for the number of questions: how few facts settle all programmes if one knew the answers beforehand.

No order of questions can ask less than `least`. `few` is what an order that knows all answers would ask, found by
greedy search: the fewest lie between the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import Profile, Value
from eligibility.interview.plan import Plan, Standing

Values = Mapping[str, Value]


class Floor(NamedTuple):
    """How many facts have to be asked at least, and how many an order that knows the answers asks."""

    least: int
    few: int


class Clairvoyant:
    """Looks for the fewest facts of a complete profile that settle all programmes; `asked`: some that do."""

    def __init__(self, plan: Plan, programmes: Sequence[str], full: Values, asked: Iterable[str]) -> None:
        self.plan = plan
        self.programmes = programmes
        self.full = full
        self.asked = frozenset(asked)
        self._behind: dict[str, frozenset[str]] = {}

    def floor(self) -> Floor:
        """Return the floor."""
        needed = {fact for fact in self.asked if not self._is_settled(self._without(self.full, fact))}
        least = len(needed) + _disjoint(self._open(self._chosen(needed)).values())
        greedy = self._fewer(self._settling(needed), needed)
        return Floor(least, min(len(greedy), len(self._fewer(self.asked, needed))))

    def _settling(self, needed: Iterable[str]) -> frozenset[str]:
        """Return facts that settle everything: those that must be asked, then what settles most each time."""
        chosen = set(needed)
        while left := self._open(self._chosen(chosen)):
            wanted = {fact for standing in left.values() for fact in standing.wanted if fact in self.full} - chosen
            askable = [fact for fact in wanted if self._behind_of(fact) <= chosen]
            settled = {fact: self._settled_by(fact, chosen, left) for fact in sorted(askable)}
            chosen.add(max(settled, key=lambda fact: settled[fact]))
        return frozenset(chosen)

    def _settled_by(self, fact: str, chosen: set[str], left: Mapping[str, Standing]) -> tuple[int, int]:
        """Return how many programmes one fact more settles, and how many that stay possible want it."""
        profile = Profile(self._chosen(chosen | {fact}), {})
        wanting = [name for name, standing in left.items() if fact in standing.wanted]
        after = [self.plan.standing(name, profile) for name in wanting]
        settled = sum(not standing.wanted for standing in after)
        return settled, sum(standing.verdict is not Verdict.NOT_ELIGIBLE for standing in after)

    def _fewer(self, chosen: Iterable[str], needed: Iterable[str]) -> frozenset[str]:
        """Return the facts without those that turn out to be superfluous."""
        kept = frozenset(chosen)
        for fact in sorted(kept - frozenset(needed)):
            values = self._without(self._chosen(kept), fact)
            if self._is_settled(values):
                kept = frozenset(values)
        return kept

    def _chosen(self, names: Iterable[str]) -> Values:
        return {name: self.full[name] for name in names}

    def _without(self, values: Values, fact: str) -> Values:
        """Leave out a fact, and the definitions that are asked for only when it is known."""
        return {name: value for name, value in values.items() if name != fact and fact not in self._behind_of(name)}

    def _is_settled(self, values: Values) -> bool:
        profile = Profile(values, {})
        return not any(self.plan.standing(name, profile).wanted for name in self.programmes)

    def _open(self, values: Values) -> Mapping[str, Standing]:
        profile = Profile(values, {})
        standings = {name: self.plan.standing(name, profile) for name in self.programmes}
        return {name: standing for name, standing in standings.items() if standing.wanted}

    def _behind_of(self, name: str) -> frozenset[str]:
        """Return the facts that a definition is worked out from, however far back; none for a fact."""
        definition = self.plan.rulebook.definitions.get(name)
        if definition is None:
            return frozenset()
        if name not in self._behind:
            direct = frozenset(definition.facts())
            further = (self._behind_of(other) for other in direct)
            found = direct.union(*further)
            self._behind[name] = frozenset(other for other in found if other in self.plan.rulebook.facts)
        return self._behind[name]


def _disjoint(standings: Iterable[Standing]) -> int:
    """Return how many programmes can be found that want no fact in common: each costs a question of its own."""
    taken: set[str] = set()
    count = 0
    for standing in sorted(standings, key=lambda standing: (len(standing.wanted), sorted(standing.wanted))):
        if taken.isdisjoint(standing.wanted):
            taken |= standing.wanted
            count += 1
    return count
