"""Reduced ordered decision diagrams with many values and any leaves.

A node asks for one variable and has a child for each part of a partition of its values; a leaf holds a value. Nodes are
numbers, each function is stored once, and the variables on every path come in one order. So a function depends on a
variable exactly if the variable still appears in its diagram, and two functions are the same exactly if their numbers
are. (The `dd` library keeps two-valued functions of two-valued variables only, and takes longer to import than the
whole wizard; the tests hold the diagrams of verdicts against its.)
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from eligibility.engine.partition import Keys, left_of, merged, places, reduced
from eligibility.engine.profile import Value

LEAF = 1 << 30
"""The place of leaves in the order: behind every variable."""


class TooLarge(Exception):
    """A diagram would have more nodes than are allowed."""


class Variable(NamedTuple):
    """Something that a node can ask for: its name and the kind of its partitions."""

    name: str
    kind: str


class Node(NamedTuple):
    """A node: the place of its variable in the order, the keys of its partition, and a child for each part."""

    place: int
    keys: Keys
    children: tuple[int, ...]


class Combination(NamedTuple):
    """An operation on the leaves of several functions.

    Where one of them is `absorbing`, so is the result; of two, one that is `neutral` leaves the other as it is. With
    `choices` the first function chooses: its leaf is mapped to the place of the function that the result then is, and
    where all the others are the same, so is the result.
    """

    name: str
    operation: Callable[..., Hashable]
    absorbing: Hashable = None
    neutral: Hashable = None
    choices: Mapping[Hashable, int] | None = None


class Diagrams:
    """A store of diagrams over one order of variables. A function is the number of its root.

    What is `known` of variables from the start is never asked for. `room` is how many nodes may still be made;
    combining raises TooLarge when it is used up.
    """

    def __init__(self, variables: Sequence[Variable], known: Mapping[str, Value] = MappingProxyType({})) -> None:
        self.variables = list(variables)
        self.places = {variable.name: place for place, variable in enumerate(variables)}
        self.known = known
        self.nodes: list[Node] = []
        self.values: dict[int, Hashable] = {}
        self.room = LEAF
        self._numbers: dict[Hashable, int] = {}
        self._combined: dict[Hashable, int] = {}

    def add(self, variable: Variable) -> None:
        """Add a variable at the end of the order, unless it is there."""
        if variable.name not in self.places:
            self.places[variable.name] = len(self.variables)
            self.variables.append(variable)

    def leaf(self, value: Hashable) -> int:
        """Return the function that is always this value."""
        number = self._numbers.get((LEAF, value))
        if number is None:
            number = self._new(Node(LEAF, (), ()), (LEAF, value))
            self.values[number] = value
        return number

    def is_leaf(self, function: int) -> bool:
        """Tell whether a function is constant."""
        return self.nodes[function].place == LEAF

    def test(self, name: str, keys: Keys, children: Sequence[int]) -> int:
        """Return the function that takes the value of a child by the part in which a variable lies."""
        place = self.places[name]
        if name in self.known:
            keys, kept = left_of(self.variables[place].kind, keys, self.known[name])
            children = [children[part] for part in kept]
        if all(self.nodes[child].place > place for child in children):
            return self._node(place, keys, children)
        choosing = self._node(place, keys, [self.leaf(("part", number)) for number in range(len(children))])
        return self._choose(choosing, children)

    def combine(self, how: Combination, functions: Sequence[int]) -> int:
        """Return the function whose leaves are made of those of others."""
        return self._combine(how, tuple(functions))

    def bind(self, how: Hashable, function: int, step: Callable[[Hashable], int]) -> int:
        """Replace each leaf by the function that `step` makes of its value; `how` names the step."""
        known = self._combined.get((how, function))
        if known is not None:
            return known
        node = self.nodes[function]
        if node.place == LEAF:
            found = step(self.values[function])
        else:
            children = [self.bind(how, child, step) for child in node.children]
            found = self.test(self.variables[node.place].name, node.keys, children)
        self._combined[how, function] = found
        return found

    def restrict(self, function: int, known: Mapping[int, Value], done: dict[int, int]) -> int:
        """Return the function once some variables (by their places) are known; `done` keeps what was worked out."""
        found = done.get(function)
        if found is not None:
            return found
        node = self.nodes[function]
        if node.place == LEAF:
            return function
        keys, parts = node.keys, node.children
        if node.place in known:
            keys, kept = left_of(self.variables[node.place].kind, keys, known[node.place])
            parts = tuple(node.children[part] for part in kept)
        children = [self.restrict(child, known, done) for child in parts]
        found = done[function] = self._node(node.place, keys, children)
        return found

    def below(self, function: int) -> list[int]:
        """Return all nodes of a diagram, each before its children."""
        seen, waiting = {function}, [function]
        while waiting:
            for child in self.nodes[waiting.pop()].children:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return sorted(seen, key=lambda number: self.nodes[number].place)

    def _node(self, place: int, keys: Keys, children: Sequence[int]) -> int:
        first = children[0]
        if all(child == first for child in children):
            return first
        node = Node(place, *reduced(self.variables[place].kind, keys, children))
        number = self._numbers.get(node)
        return self._new(node, node) if number is None else number

    def _new(self, node: Node, key: Hashable) -> int:
        if self.room <= 0:
            raise TooLarge
        self.room -= 1
        self.nodes.append(node)
        self._numbers[key] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def _choose(self, choosing: int, functions: Sequence[int]) -> int:
        """Return the function that a chooser with leaves `("part", n)` points to."""
        key = ("choose", choosing, *functions)
        known = self._combined.get(key)
        if known is not None:
            return known
        if self.is_leaf(choosing):
            return functions[self._part_of(choosing)]
        place = min(self.nodes[function].place for function in (choosing, *functions))
        keys, parts = self.split(place, (choosing, *functions))
        found = self._node(place, keys, [self._choose(first, rest) for first, *rest in parts])
        self._combined[key] = found
        return found

    def _part_of(self, leaf: int) -> int:
        part = self.values[leaf]
        assert isinstance(part, tuple)
        return int(part[1])

    def _combine(self, how: Combination, functions: tuple[int, ...]) -> int:
        key = (how.name, functions)
        known = self._combined.get(key)
        if known is not None:
            return known
        found = self._short(how, functions)
        if found is None:
            place = min(self.nodes[function].place for function in functions)
            if place == LEAF:
                found = self.leaf(how.operation(*(self.values[function] for function in functions)))
            else:
                keys, parts = self.split(place, functions)
                found = self._node(place, keys, [self._combine(how, part) for part in parts])
        self._combined[key] = found
        return found

    def _short(self, how: Combination, functions: tuple[int, ...]) -> int | None:
        """Return the result where one of the functions alone decides it."""
        if how.choices is not None:
            first, second, *others = functions
            if all(other == second for other in others):
                return second
            chosen = how.choices.get(self.values.get(first))
            return None if chosen is None else functions[chosen]
        if how.absorbing is None:
            return None
        leaves = [self.values.get(function) for function in functions]
        if how.absorbing in leaves:
            return functions[leaves.index(how.absorbing)]
        # What is no leaf has no value either.
        if len(functions) == 2 and how.neutral is not None and how.neutral in leaves:
            return functions[1 - leaves.index(how.neutral)]
        return None

    def split(self, place: int, functions: Sequence[int]) -> tuple[Keys, list[tuple[int, ...]]]:
        """Return the parts of a variable that the functions tell apart, and what is left of each function in them."""
        nodes = [self.nodes[function] for function in functions]
        keys: Keys = ()
        for node in nodes:
            if node.place == place:
                keys = merged(keys, node.keys) if keys else node.keys
        kind = self.variables[place].kind
        columns = [
            [node.children[part] for part in places(kind, node.keys, keys)]
            if node.place == place
            else [function] * (len(keys) + 1)
            for function, node in zip(functions, nodes, strict=True)
        ]
        return keys, list(zip(*columns, strict=True))
