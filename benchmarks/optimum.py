"""The best order there is, by exhaustive search, for rulebooks so small that this is possible.

Facts are taken to be independent, each with the finitely many cells that the rules tell apart, as likely as the priors
say. Then the expected number of questions of an order is a sum over cells, and the least one follows from the end
backwards: over all that can be known.
"""

import random
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.profiles import Sampler
from benchmarks.rulebooks import write_small_rules
from eligibility.engine.cells import Cells
from eligibility.engine.diagram import LEAF
from eligibility.engine.formula import names_in
from eligibility.engine.partition import CUTS, KIND_OF, NAMES, Keys, merged
from eligibility.engine.priors import COUNTRY_FACT, Likelihoods, Priors, Rows
from eligibility.engine.profile import Profile, Subject, Value, read_profile
from eligibility.interview.chances import Chances
from eligibility.interview.order import Candidates, Order, topic_of
from eligibility.interview.plan import Plan, Standing
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

MOST_FACTS = 7
LEAST_FACTS = 4
MOST_CELLS = 12
BANDS = tuple(Interval(*ends) for ends in ((0, 3), (3, 30), (30, 500), (500, 5_000_000), (5_000_000, 10**9)))
Values = Mapping[str, Value]
Load = Callable[[Sequence[str]], Rulebook]


class Cell(NamedTuple):
    """A cell of a fact: one value in it, and how likely it is."""

    value: Value
    chance: float


@dataclass(frozen=True)
class Situation:
    """A rulebook with what is given, and the cells of the facts that still matter."""

    plan: Plan
    given: Values
    cells: Mapping[str, Sequence[Cell]]

    def least(self) -> float:
        """Return the expected number of questions of the best order."""
        known: dict[Hashable, float] = {}

        def left(values: Values) -> float:
            standings = self._standings(values)
            wanted = self._wanted(standings)
            if not wanted:
                return 0.0
            state = _state(standings)
            if state not in known:
                known[state] = min(1 + self._mean(values, fact, left) for fact in wanted)
            return known[state]

        return left(self.given)

    def expected(self, choose: Order) -> float:
        """Return the expected number of questions of an order, all programmes alike."""
        known: dict[Hashable, float] = {}
        rulebook = self.plan.rulebook

        def left(values: Values, topic: str | None) -> float:
            standings = self._standings(values)
            wanted = self._wanted(standings)
            if not wanted:
                return 0.0
            state = (topic, _state(standings))
            if state not in known:
                chances = self.plan.chances(Profile(values, {}))
                fact = choose(rulebook, Candidates(wanted, standings, self.plan), chances, topic)
                begun = topic_of(rulebook, fact)
                known[state] = 1 + self._mean(values, fact, lambda after: left(after, begun))
            return known[state]

        return left(self.given, None)

    def _mean(self, values: Values, fact: str, left: Callable[[Values], float]) -> float:
        return sum(cell.chance * left({**values, fact: cell.value}) for cell in self.cells[fact])

    def _standings(self, values: Values) -> Mapping[str, Standing]:
        profile = Profile(values, {})
        return {name: self.plan.standing(name, profile) for name in self.plan.rulebook.programmes}

    def _wanted(self, standings: Mapping[str, Standing]) -> Mapping[str, Sequence[str]]:
        wanted: dict[str, list[str]] = {}
        for name, standing in standings.items():
            for fact in standing.wanted:
                wanted.setdefault(fact, []).append(name)
        return wanted


def _state(standings: Mapping[str, Standing]) -> Hashable:
    # Diagrams are reduced, so that the same numbers are the same functions, with the same future.
    return tuple((name, standing.left) for name, standing in standings.items() if standing.wanted)


class Situations:
    """Finds situations of one rulebook."""

    def __init__(self, rulebook: Rulebook, priors: Likelihoods) -> None:
        self.rulebook = rulebook
        self.plan = Plan(rulebook, priors)

    def after(self, given: Values) -> Situation | None:
        """Return the situation after what is given.

        `None` if it cannot be searched: facts are compared with each other, or too many of them matter.
        """
        profile = Profile(given, {})
        cells = Cells(self.rulebook, profile=profile)
        keys: dict[str, Keys] = {}
        for name, programme in self.rulebook.programmes.items():
            if self.plan.standing(name, profile).wanted:
                verdict, award = cells.verdict(programme), cells.award(programme)
                if verdict is None or award is None:
                    return None
                for function in (verdict, *award):
                    _collect(cells, function, given, keys)
        if len(keys) > MOST_FACTS or any(name not in self.rulebook.facts for name in keys):
            return None
        chances = self.plan.chances(profile)
        return Situation(self.plan, given, {name: self._cells(name, own, chances) for name, own in keys.items()})

    def _cells(self, name: str, keys: Keys, chances: Chances) -> Sequence[Cell]:
        subject = self.rulebook.facts[name]
        kind = KIND_OF[subject.type]
        parts = zip(_values(subject, kind, keys), chances.of_parts(name, kind, keys), strict=True)
        found = [(value, chance) for value, chance in parts if value is not None and chance > 0]
        whole = sum(chance for _, chance in found)
        return [Cell(value, chance / whole) for value, chance in found]


def _collect(cells: Cells, function: int, given: Values, keys: dict[str, Keys]) -> None:
    """Add the facts that a function depends on, with the keys by which it tells their values apart."""
    diagrams = cells.diagrams
    for number in diagrams.below(function):
        place, own, _ = diagrams.nodes[number]
        if place != LEAF:
            name = diagrams.variables[place].name
            keys[name] = merged(keys.get(name, ()), own)
            continue
        value = diagrams.values[number]
        if isinstance(value, tuple):
            for name in names_in(value):
                if name not in given:
                    keys.setdefault(name, ())


def _values(subject: Subject, kind: str, keys: Keys) -> Iterator[Value | None]:
    """Yield a value in each part of a partition; `None` where there is none."""
    if kind == CUTS:
        yield from _numbers(subject, keys)
    elif kind == NAMES:
        choices: Sequence[Value] = (True, False) if subject.type == "truth" else subject.choices
        yield next((choice for choice in choices if choice not in keys), None)
        yield from keys
    else:
        finest_first = sorted(subject.names, key=lambda code: (-len(code), code))
        yield next((code for code in finest_first if not code.startswith(keys)), None)
        # Under a code, yet under none of those below it.
        yield from (f"{key}#" for key in keys)


def _numbers(subject: Subject, keys: Keys) -> Iterator[Value]:
    low = keys[0][0] - 2 if keys else Fraction(1_000)
    high = keys[-1][0] + 2 if keys else low
    if subject.low is not None:
        low = max(low, subject.low)
    if subject.high is not None:
        low, high = min(low, subject.high), min(high, subject.high)
    for below, above in pairwise([low, *(value for value, _ in keys), high]):
        yield Interval.point(Fraction(below + above) / 2)


def catalogue_situations(
    rulebook: Rulebook, priors: Likelihoods, loaded: Load, count: int, seed: int
) -> Iterator[Situation]:
    """Yield so many situations of one to three programmes of a catalogue that take applications.

    `loaded` loads the rulebook with some programmes alone. Of a drawn company all is given but for a few facts.
    """
    sampler, draw = Sampler(rulebook, priors), random.Random(seed)
    day = rulebook.as_of
    names = [name for name, one in rulebook.programmes.items() if one.window.status(day) != "closed"]
    found = 0
    while found < count:
        first = draw.choice(names)
        country = "KR" if first.startswith("kr.") else "DE"
        near = [name for name in names if name != first and name.startswith("kr.") == (country == "KR")]
        own = loaded(sorted([first, *draw.sample(near, draw.randrange(3))]))
        answers = {**sampler.profile(draw), COUNTRY_FACT: country}
        values = read_profile(own, {name: answer for name, answer in answers.items() if name in own.facts}).values
        one = _opened(Situations(own, priors), values, draw)
        if one is not None:
            found += 1
            yield one


def _opened(situations: Situations, values: Values, draw: random.Random) -> Situation | None:
    """Take answers back, one after the other, as long as few facts matter; `None` if very few do."""
    kept, best = dict(values), None
    reads = frozenset().union(*situations.rulebook.reads.values())
    read = sorted(name for name in reads if name in values and name != COUNTRY_FACT)
    for name in draw.sample(read, len(read)):
        without = {other: value for other, value in kept.items() if other != name}
        one = situations.after(without)
        if one is not None and all(len(cells) <= MOST_CELLS for cells in one.cells.values()):
            kept, best = without, one
    return best if best is not None and len(best.cells) >= LEAST_FACTS else None


def small_situations(folder: Path, as_of: date, count: int, seed: int) -> Iterator[Situation]:
    """Yield so many situations in which nothing is given, of synthetic rulebooks with chances drawn at random."""
    for number in range(seed, seed + count):
        rules = folder / f"small-{number}"
        write_small_rules(rules, number)
        rulebook = load([rules], as_of)
        one = Situations(rulebook, drawn_priors(rulebook, random.Random(number))).after({})
        assert one is not None
        yield one


def drawn_priors(rulebook: Rulebook, draw: random.Random) -> Priors:
    """Return priors with shares drawn at random for every value, and for bands of numbers."""
    listed: dict[tuple[str, str], Rows] = {}
    for fact in rulebook.facts.values():
        values: Sequence[Value] = BANDS
        if fact.type in ("truth", "choice"):
            values = (True, False) if fact.type == "truth" else fact.choices
        weights = [draw.randrange(1, 100) for _ in values]
        listed[fact.id, ""] = tuple(
            (value, Fraction(weight, sum(weights))) for value, weight in zip(values, weights, strict=True)
        )
    return Priors(listed)
