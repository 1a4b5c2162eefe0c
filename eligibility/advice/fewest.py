"""How many facts have to be changed at least: a bound read off the diagram of a verdict, which spares a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eligibility.engine.cells import Cells, Function
from eligibility.engine.diagram import Node
from eligibility.engine.partition import left_of
from eligibility.engine.profile import Value
from eligibility.values.truth import Truth

NEVER = 1_000


@dataclass(frozen=True, slots=True)
class Fewest:
    """A number of changes below which a verdict cannot be brought away from no; `NEVER` if it cannot at all.

    `current` are the values as they are now, `free` the facts that may still be changed, `loose` what may come to be
    known by that. With `surely` the verdict has to be yes whatever is unknown; without, it is enough that it may be.
    """

    cells: Cells
    current: Mapping[str, Value]
    free: frozenset[str]
    loose: frozenset[str]
    surely: bool
    done: dict[Function, int] = field(default_factory=dict)

    def of(self, function: Function) -> int:
        """Return it for the diagram of a verdict."""
        found = self.done.get(function)
        if found is None:
            diagrams = self.cells.diagrams
            if diagrams.is_leaf(function):
                truth = diagrams.values[function]
                found = 0 if truth is Truth.YES or (truth is Truth.UNKNOWN and not self.surely) else NEVER
            else:
                found = self._of_node(diagrams.nodes[function])
            self.done[function] = found
        return found

    def _of_node(self, node: Node) -> int:
        name, kind = self.cells.diagrams.variables[node.place]
        costs = [self.of(child) for child in node.children]
        comparison = self.cells.comparisons.get(name)
        if comparison is not None:
            # Which of its sides can be had is not known here: the bound must not be too high.
            return self._whatever(costs) if comparison.facts().isdisjoint(self.current) else min(costs)
        value = self.current.get(name)
        if value is None:
            return min(costs) if name in self.loose else self._whatever(costs)
        _, parts = left_of(kind, node.keys, value)
        stays = self._whatever([costs[part] for part in parts])
        return min(stays, 1 + min(costs)) if name in self.free else stays

    def _whatever(self, costs: Sequence[int]) -> int:
        return max(costs) if self.surely else min(costs)
