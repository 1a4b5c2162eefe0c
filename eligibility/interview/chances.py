"""How likely the values of facts are, and what follows for programmes: which answers would rule them out.

Chances only order the questions; no verdict and no amount depends on them, so they may be floats.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log1p

from eligibility.engine.cells import Cells
from eligibility.engine.diagram import LEAF, Node, Variable
from eligibility.engine.partition import CUTS, NAMES, Keys, left_of, places
from eligibility.engine.priors import Priors, Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth


class Chances:
    """The chances of the parts of facts in one country (`None`: not known yet)."""

    def __init__(self, rulebook: Rulebook, priors: Priors, country: str | None) -> None:
        self.rulebook = rulebook
        self.priors = priors
        self.country = country
        self._parts: dict[tuple[str, Keys], tuple[float, ...]] = {}
        self._excluding: dict[tuple[int, int], Mapping[str, float]] = {}
        self._staying: dict[tuple[int, int], float] = {}

    def of_parts(self, name: str, kind: str, keys: Keys) -> tuple[float, ...]:
        """Return the chance of each part of a partition; they add up to 1."""
        found = self._parts.get((name, keys))
        if found is None:
            found = self._parts[name, keys] = self._weighed(name, kind, keys)
        return found

    def excluding(self, cells: Cells, function: int) -> Mapping[str, float]:
        """Return for each variable the chance that its value alone makes a truth no, whatever the others are.

        Only variables on every path to another leaf than no can do that.
        """
        key = (id(cells), function)
        found = self._excluding.get(key)
        if found is None:
            found = self._excluding[key] = self._excluded(cells, function)
        return found

    def of_staying(self, cells: Cells, function: int) -> float:
        """Return the chance that a truth is not no."""
        key = (id(cells), function)
        found = self._staying.get(key)
        if found is None:
            found = self._staying[key] = self._stays(cells, function)
        return found

    def _stays(self, cells: Cells, function: int) -> float:
        diagrams = cells.diagrams
        no = diagrams.leaf(Truth.NO)
        chances: dict[int, float] = {}
        for number in reversed(diagrams.below(function)):
            place, keys, children = diagrams.nodes[number]
            if place == LEAF:
                chances[number] = float(number != no)
            else:
                name, kind = diagrams.variables[place]
                parts = self.of_parts(name, kind, keys)
                chances[number] = sum(part * chances[child] for part, child in zip(parts, children, strict=True))
        return chances[function]

    def _excluded(self, cells: Cells, function: int) -> Mapping[str, float]:
        diagrams = cells.diagrams
        no = diagrams.leaf(Truth.NO)
        below = diagrams.below(function)
        on_all_paths: dict[int, int] = {}
        for number in reversed(below):
            place, _, children = diagrams.nodes[number]
            places = -1
            for child in children:
                if child != no:
                    places &= on_all_paths[child]
            on_all_paths[number] = 0 if place == LEAF else places | 1 << place
        nodes: dict[int, list[Node]] = {}
        for number in below:
            node = diagrams.nodes[number]
            if node.place != LEAF and on_all_paths[function] >> node.place & 1:
                nodes.setdefault(node.place, []).append(node)
        variables = diagrams.variables
        return {variables[place].name: self._chance_of_no(variables[place], own, no) for place, own in nodes.items()}

    def _chance_of_no(self, variable: Variable, nodes: Sequence[Node], no: int) -> float:
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
            weights = _of_prefixes(rows, keys, list(subject.names))
        total = sum(weights)
        return tuple(weight / total for weight in weights)


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


def _of_prefixes(rows: Rows, keys: Keys, named: Sequence[str]) -> list[float]:
    own = {key: place for place, key in enumerate(keys, 1)}
    weights = [0.0] * (len(keys) + 1)
    for code, share in rows:
        assert isinstance(code, str)
        inside = [name for name in named if name.startswith(code)] or [code]
        finest = [name for name in inside if not any(other != name and other.startswith(name) for other in inside)]
        for name in finest:
            place = next((own[name[:end]] for end in range(len(name), 0, -1) if name[:end] in own), 0)
            weights[place] += float(share) / len(finest)
    rest = 1 - sum(weights)
    weights[0] += max(0.0, rest)
    return weights
