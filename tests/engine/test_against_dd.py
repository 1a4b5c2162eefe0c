"""The diagrams of verdicts against those of the `dd` library, which knows two-valued functions of bits only.

A fact whose cells are 0 to n is written with n bits: cell k has k leading ones, all other bits stand for no cell.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product
from operator import is_
from typing import Any

from dd.autoref import BDD
from hypothesis import given, settings

from eligibility.engine.cells import Cells
from eligibility.engine.diagram import Combination, Diagrams
from eligibility.engine.partition import Keys, merged, places
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.truth import Truth
from tests.engine.plain_diagrams import part_of, support
from tests.interview.plain_rules import plain_rulebooks, tried


class Bits:
    """The cells that a diagram tells apart, as bits of `dd`."""

    def __init__(self, diagrams: Diagrams, function: int) -> None:
        self.keys: dict[str, Keys] = {}
        self.kinds = {variable.name: variable.kind for variable in diagrams.variables}
        for number in diagrams.below(function):
            node = diagrams.nodes[number]
            if not diagrams.is_leaf(number):
                name = diagrams.variables[node.place].name
                self.keys[name] = merged(self.keys.get(name, ()), node.keys)
        self.bdd = BDD()
        self.bdd.declare(*(bit for name in self.keys for bit in self.of(name)))

    def of(self, name: str) -> list[str]:
        return [f"{name}_{number}" for number in range(len(self.keys[name]))]

    def cell(self, name: str, cell: int) -> Any:
        """That a fact lies in a cell."""
        bits = {bit: number < cell for number, bit in enumerate(self.of(name))}
        return self.bdd.cube(bits)

    def combinations(self) -> Iterator[tuple[int, ...]]:
        return product(*(range(len(keys) + 1) for keys in self.keys.values()))

    def point(self, values: dict[str, Any]) -> Any:
        """That every fact lies in the cell of its value."""
        both = self.bdd.true
        for name, keys in self.keys.items():
            both &= self.cell(name, part_of(self.kinds[name], keys, values[name]))
        return both

    def cells_of(self, formula: Any) -> set[tuple[int, ...]]:
        """The combinations of cells that satisfy a formula."""
        every = [bit for name in self.keys for bit in self.of(name)]
        found: set[tuple[int, ...]] = set()
        for chosen in self.bdd.pick_iter(formula, care_vars=every):
            cells = []
            for name in self.keys:
                ones = [bool(chosen[bit]) for bit in self.of(name)]
                assert ones == sorted(ones, reverse=True), "leading ones only"
                cells.append(sum(ones))
            found.add(tuple(cells))
        return found


def facts_that_matter(bits: Bits, formula: Any) -> set[str]:
    """The facts for which two cells, put in, leave different formulas."""
    found = set()
    for name, keys in bits.keys.items():
        left = []
        for cell in range(len(keys) + 1):
            values = {bit: number < cell for number, bit in enumerate(bits.of(name))}
            left.append(bits.bdd.let(values, formula))
        if any(other != left[0] for other in left):
            found.add(name)
    return found


@given(rulebook=plain_rulebooks())
@settings(max_examples=settings().max_examples // 5)
def test_dd_finds_the_same_facts_and_the_same_cells(rulebook: Rulebook) -> None:
    cells = Cells(rulebook)
    function = cells.verdict(rulebook.programmes["de.a"])
    assert function is not None
    diagrams = cells.diagrams
    bits, everything = Bits(diagrams, function), tried(rulebook)
    for wanted, verdicts in ((Truth.NO, {"not_eligible"}), (Truth.YES, {"eligible", "likely"})):
        # Built from what the assessment says of each combination of cells, not from the diagram.
        formula = bits.bdd.false
        for point, (verdict, _) in everything.said.items():
            if verdict in verdicts:
                formula |= bits.point({name: plain(value) for name, value in zip(everything.names, point, strict=True)})
        own = {cells for cells in bits.combinations() if walked(diagrams, function, bits, cells) is wanted}
        assert bits.cells_of(formula) == own
        assert bits.bdd.count(formula, len(bits.bdd.vars)) == len(own)
        only = diagrams.combine(Combination(f"only {wanted}", partial(is_, wanted)), [function])
        assert facts_that_matter(bits, formula) == support(diagrams, only)


def plain(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def walked(diagrams: Diagrams, function: int, bits: Bits, cells: tuple[int, ...]) -> Any:
    """The leaf for a combination of the cells."""
    lies = dict(zip(bits.keys, cells, strict=True))
    while not diagrams.is_leaf(function):
        node = diagrams.nodes[function]
        name = diagrams.variables[node.place].name
        function = node.children[places(bits.kinds[name], node.keys, bits.keys[name])[lies[name]]]
    return diagrams.values[function]
