"""How likely the values of facts are, and what follows for programmes: which answers would rule them out.

Chances only order the questions; no verdict and no amount depends on them, so they may be floats.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p

from eligibility.engine.cells import Cells
from eligibility.engine.diagram import LEAF, Node, Variable
from eligibility.engine.partition import CUTS, NAMES, Keys, left_of, places
from eligibility.engine.priors import Likelihoods, Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class VerdictChances:
    """The chance that a programme is not ruled out, and two chances for each fact.

    `excluding`: that its value alone rules the programme out; only a fact on every path to another leaf than no can do
    that. `mattering`: that the verdict depends on it once all others are known, so that it has to be asked.
    """

    stays: float
    excluding: Mapping[str, float]
    mattering: Mapping[str, float]


class Chances:
    """The chances of the parts of facts in one country (`None`: not known yet)."""

    def __init__(self, rulebook: Rulebook, priors: Likelihoods, country: str | None) -> None:
        self.rulebook = rulebook
        self.priors = priors
        self.country = country
        self._parts: dict[tuple[str, Keys], tuple[float, ...]] = {}
        self._of_verdicts: dict[tuple[Cells, int], VerdictChances] = {}
        self._codes: dict[str, _Codes] = {}

    def of_parts(self, name: str, kind: str, keys: Keys) -> tuple[float, ...]:
        """Return the chance of each part of a partition; they add up to 1."""
        found = self._parts.get((name, keys))
        if found is None:
            found = self._parts[name, keys] = self._weighed(name, kind, keys)
        return found

    def of_verdict(self, cells: Cells, function: int) -> VerdictChances:
        """Return what the chances of values mean for a truth: that of a verdict."""
        key = (cells, function)
        found = self._of_verdicts.get(key)
        if found is None:
            found = self._of_verdicts[key] = self._weighed_up(cells, function)
        return found

    def _weighed_up(self, cells: Cells, function: int) -> VerdictChances:
        diagrams = cells.diagrams
        no = diagrams.leaf(Truth.NO)
        stays: dict[int, float] = {}
        on_all_paths: dict[int, int] = {}
        by_place: dict[int, list[Node]] = {}
        below = diagrams.below(function)
        for number in reversed(below):
            node = diagrams.nodes[number]
            if node.place == LEAF:
                stays[number], on_all_paths[number] = float(number != no), 0
                continue
            parts = self.of_parts(*diagrams.variables[node.place], node.keys)
            stays[number] = sum(part * stays[child] for part, child in zip(parts, node.children, strict=True))
            places = -1
            for child in node.children:
                if child != no:
                    places &= on_all_paths[child]
            on_all_paths[number] = places | 1 << node.place
            by_place.setdefault(node.place, []).append(node)
        excluding = {
            diagrams.variables[place].name: self._chance_of_no(diagrams.variables[place], nodes, no)
            for place, nodes in by_place.items()
            if on_all_paths[function] >> place & 1
        }
        return VerdictChances(stays[function], excluding, self._mattering(cells, below, stays))

    def _mattering(self, cells: Cells, below: list[int], stays: Mapping[int, float]) -> Mapping[str, float]:
        diagrams = cells.diagrams
        reached = {below[0]: 1.0}
        no = diagrams.leaf(Truth.NO)
        # That one of them is no and another is not, is the chance of the other to stay: nearly all nodes are such.
        differing = {frozenset({no, number}): stays[number] for number in below}
        differing[frozenset({no})] = 0.0
        found: dict[str, float] = {}
        for number in below:
            node = diagrams.nodes[number]
            if node.place == LEAF:
                continue
            variable = diagrams.variables[node.place]
            for chance, child in zip(self.of_parts(*variable, node.keys), node.children, strict=True):
                reached[child] = reached.get(child, 0.0) + reached[number] * chance
            matters = reached[number] * self._differing(cells, frozenset(node.children), differing)
            comparison = cells.comparisons.get(variable.name)
            # A comparison matters through the facts behind it.
            for name in (variable.name,) if comparison is None else comparison.facts():
                found[name] = found.get(name, 0.0) + matters
        return found

    def _differing(self, cells: Cells, functions: frozenset[int], known: dict[frozenset[int], float]) -> float:
        """Return the chance that functions do not all have the same value."""
        if len(functions) == 1:
            return 0.0
        if functions not in known:
            diagrams = cells.diagrams
            place = min(diagrams.nodes[function].place for function in functions)
            if place == LEAF:
                known[functions] = 1.0
            else:
                keys, parts = diagrams.split(place, tuple(functions))
                chances = self.of_parts(*diagrams.variables[place], keys)
                known[functions] = sum(
                    chance * self._differing(cells, frozenset(part), known)
                    for chance, part in zip(chances, parts, strict=True)
                )
        return known[functions]

    def _chance_of_no(self, variable: Variable, nodes: Sequence[Node], no: int) -> float:
        if len(nodes) == 1:
            [node] = nodes
            chances = self.of_parts(*variable, node.keys)
            return sum(chance for chance, child in zip(chances, node.children, strict=True) if child == no)
        name, kind = variable
        finest = tuple(sorted({key for node in nodes for key in node.keys}))
        columns = [[node.children[part] == no for part in places(kind, node.keys, finest)] for node in nodes]
        chances = self.of_parts(name, kind, finest)
        return sum(chance for part, chance in enumerate(chances) if all(column[part] for column in columns))

    def _weighed(self, name: str, kind: str, keys: Keys) -> tuple[float, ...]:
        if name not in self.rulebook.facts and name not in self.rulebook.definitions:
            # A comparison of several facts: nothing is known of it.
            return (1 / (len(keys) + 1),) * (len(keys) + 1)
        subject, rows = self.rulebook.subject(name), self.priors.rows(name, self.country)
        if kind == CUTS:
            weights = _of_cuts(rows, keys)
        elif kind == NAMES:
            weights = _of_names(rows, keys, len(subject.choices) or 2)
        else:
            if name not in self._codes:
                self._codes[name] = _Codes(rows, subject.names)
            weights = self._codes[name].of_parts(keys)
        total = sum(weights)
        return tuple(weight / total for weight in weights) if total else (1 / len(weights),) * len(weights)


def _of_names(rows: Rows, keys: Keys, choices: int) -> list[float]:
    shares = {value: float(share) for value, share in rows}
    rest = max(0.0, 1 - sum(shares.values())) / max(1, choices - len(shares))
    weights = [shares.get(key, rest) for key in keys]
    return [max(0.0, 1 - sum(weights)), *weights]


def _of_cuts(rows: Rows, keys: Keys) -> list[float]:
    weights = [0.0] * (len(keys) + 1)
    rest = 1.0
    for value, share in rows:
        assert isinstance(value, Interval)
        inner, parts = left_of(CUTS, keys, value)
        for part, width in zip(parts, _widths(value, inner), strict=True):
            weights[part] += float(share) * width
        rest -= float(share)
    return [weight + max(0.0, rest) / len(weights) for weight in weights]


def _widths(band: Interval, cuts: Keys) -> list[float]:
    """Return how much of a band lies in each part that cuts make of it, on a logarithmic scale."""
    if not cuts:
        return [1.0]
    low = float(band.low or 0)
    high = float(band.high) if band.high is not None else max(float(cuts[-1][0]), low) * 10 + 1
    ends = [low, *(float(value) for value, _ in cuts), high]
    scale = [_scaled(end, low) for end in ends]
    whole = scale[-1] - scale[0]
    if whole <= 0:
        return [1 / len(ends[1:])] * len(ends[1:])
    return [(after - before) / whole for before, after in pairwise(scale)]


def _scaled(end: float, low: float) -> float:
    # Days and negative numbers are far from 0 or beyond it: there the scale is nearly straight.
    return log1p(end) if low >= 0 else end - low


class _Codes:
    """The shares of the finest codes of a fact, added up in their order, so that those under a prefix are a stretch."""

    def __init__(self, rows: Rows, named: Iterable[str]) -> None:
        codes = sorted({*named, *(str(code) for code, _ in rows)})
        self.codes = [code for code, after in pairwise([*codes, ""]) if not after.startswith(code)]
        weights = [0.0] * len(self.codes)
        for code, share in rows:
            first, last = self._stretch(str(code))
            for place in range(first, last):
                weights[place] += float(share) / (last - first)
        left = max(0.0, 1 - sum(weights)) / max(1, len(weights))
        self.sums = [0.0, *accumulate(weight + left for weight in weights)]

    def of_parts(self, keys: Keys) -> list[float]:
        """Return the weight of each part of a partition."""
        weights = [self.sums[-1], *(self._under(code) for code in keys)]
        above: list[tuple[str, int]] = [("", 0)]
        for part, code in enumerate(keys, 1):
            while not code.startswith(above[-1][0]):
                above.pop()
            weights[above[-1][1]] -= self._under(code)
            above.append((code, part))
        return [max(0.0, weight) for weight in weights]

    def _under(self, code: str) -> float:
        first, last = self._stretch(code)
        return self.sums[last] - self.sums[first]

    def _stretch(self, code: str) -> tuple[int, int]:
        return bisect_left(self.codes, code), bisect_left(self.codes, code + _LAST_LETTER)
