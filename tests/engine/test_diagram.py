"""Decision diagrams against the plain functions that they stand for, on every point of a small space."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.diagram import Combination, Diagrams, TooLarge, Variable
from eligibility.engine.partition import CUTS, NAMES, PREFIXES
from eligibility.values.interval import Interval
from tests.engine.plain_diagrams import leaf_of, part_of, support

VARIABLES = [Variable("n", CUTS), Variable("c", NAMES), Variable("k", PREFIXES)]
VALUES: dict[str, list[Any]] = {
    "n": [Fraction(0), Fraction(1), Fraction(3, 2), Fraction(2)],
    "c": ["a", "b", "z"],
    "k": ["0", "1", "11", "12", "2"],
}
# On these keys every two values lie in parts of their own.
FINEST: dict[str, tuple[Any, ...]] = {
    "n": ((Fraction(1), 0), (Fraction(1), 1), (Fraction(2), 0)),
    "c": ("a", "b"),
    "k": ("1", "11", "12", "2"),
}
POINTS = [dict(zip(VALUES, point, strict=True)) for point in product(*VALUES.values())]
ADD = Combination("add", lambda left, right: (left + right) % 3)
LEAST = Combination("least", min, 0)
MOST = Combination("most", max, 2, 0)
COMBINED = {how.name: how for how in (ADD, LEAST, MOST)}
Point = Mapping[str, Any]
Function = tuple[Any, ...]
"""A function as drawn: a leaf, a test, a combination, or leaves replaced by functions."""


def functions(names: Sequence[str] = tuple(VALUES), depth: int = 3) -> st.SearchStrategy[Function]:
    return _functions(tuple(names), depth)


@cache
def _functions(names: tuple[str, ...], depth: int) -> st.SearchStrategy[Function]:
    leaves: st.SearchStrategy[Function] = st.tuples(st.just("leaf"), st.integers(0, 2))
    if not depth:
        return leaves
    inner = _functions(names, depth - 1)
    return st.one_of(
        leaves, _tests(names, inner), st.tuples(st.sampled_from(sorted(COMBINED)), inner, inner), _bound(inner)
    )


@st.composite
def _tests(draw: st.DrawFn, names: tuple[str, ...], inner: st.SearchStrategy[Function]) -> Function:
    name = draw(st.sampled_from(names))
    keys = tuple(sorted(draw(st.sets(st.sampled_from(FINEST[name]), min_size=1))))
    return "test", name, keys, tuple(draw(inner) for _ in range(len(keys) + 1))


@st.composite
def _bound(draw: st.DrawFn, inner: st.SearchStrategy[Function]) -> Function:
    return "bind", draw(inner), tuple(draw(inner) for _ in range(3))


def plain(function: Function, point: Point) -> int:
    """What a drawn function says of a point."""
    operation, *parts = function
    if operation == "leaf":
        return int(parts[0])
    if operation == "test":
        name, keys, children = parts
        kind = next(variable.kind for variable in VARIABLES if variable.name == name)
        return plain(children[part_of(kind, keys, point[name])], point)
    if operation == "bind":
        return plain(parts[1][plain(parts[0], point)], point)
    first, second = (plain(part, point) for part in parts)
    return {"add": (first + second) % 3, "least": min(first, second), "most": max(first, second)}[operation]


def built(diagrams: Diagrams, function: Function) -> int:
    """The same as a diagram."""
    operation, *parts = function
    if operation == "leaf":
        return diagrams.leaf(parts[0])
    if operation == "test":
        return diagrams.test(parts[0], parts[1], [built(diagrams, child) for child in parts[2]])
    if operation == "bind":
        return diagrams.bind(
            function, built(diagrams, parts[0]), lambda leaf: built(diagrams, parts[1][int(str(leaf))])
        )
    return diagrams.combine(COMBINED[operation], [built(diagrams, part) for part in parts])


def tabled(diagrams: Diagrams, says: Callable[[Point], int], point: Point | None = None) -> int:
    """A function built from what it says of every point, one variable inside the other."""
    known = point or {}
    rest = [variable for variable in diagrams.variables if variable.name not in known]
    if not rest:
        return diagrams.leaf(says(known))
    name, kind = rest[0]
    keys = FINEST[name]
    holding = {part_of(kind, keys, value): value for value in VALUES[name]}
    children = [tabled(diagrams, says, {**known, name: holding[part]}) for part in range(len(keys) + 1)]
    return diagrams.test(name, keys, children)


@given(function=functions(), order=st.permutations(VARIABLES))
def test_a_diagram_says_what_the_function_says(function: Function, order: list[Variable]) -> None:
    diagrams = Diagrams(order)
    made = built(diagrams, function)
    for point in POINTS:
        assert leaf_of(diagrams, made, point.__getitem__) == plain(function, point)


@given(function=functions(), order=st.permutations(VARIABLES))
def test_the_same_function_is_the_same_number(function: Function, order: list[Variable]) -> None:
    diagrams = Diagrams(order)
    made = built(diagrams, function)
    assert tabled(diagrams, lambda point: plain(function, point)) == made
    assert built(diagrams, function) == made
    # Added to its own opposite nothing is left.
    opposite = diagrams.combine(Combination("minus", lambda leaf: -leaf % 3), [made])
    assert diagrams.combine(ADD, [made, opposite]) == diagrams.leaf(0)


@given(function=functions())
def test_a_diagram_holds_the_variables_that_matter(function: Function) -> None:
    diagrams = Diagrams(VARIABLES)
    says = {tuple(point.items()): plain(function, point) for point in POINTS}
    matter = {
        name
        for name, values in VALUES.items()
        for point in POINTS
        if len({says[tuple({**point, name: value}.items())] for value in values}) > 1
    }
    assert support(diagrams, built(diagrams, function)) == matter


@given(function=functions(), data=st.data())
def test_what_is_known_leaves_the_function_on_the_rest(function: Function, data: st.DataObject) -> None:
    diagrams = Diagrams(VARIABLES)
    known: dict[str, Any] = {}
    left: dict[str, list[Any]] = dict(VALUES)
    for name in data.draw(st.sets(st.sampled_from(list(VALUES)))):
        first, last = (data.draw(st.sampled_from(VALUES[name])) for _ in range(2))
        if name == "n":
            low, high = min(first, last), data.draw(st.sampled_from([max(first, last), None]))
            known[name] = Interval(low, high)
            left[name] = [value for value in VALUES[name] if low <= value and (high is None or value <= high)]
        else:
            known[name] = first
            left[name] = [
                value for value in VALUES[name] if value == first or (name == "k" and value.startswith(first))
            ]
    made = built(diagrams, function)
    restricted = diagrams.restrict(made, {diagrams.places[name]: value for name, value in known.items()}, {})
    says = {point: plain(function, dict(zip(left, point, strict=True))) for point in product(*left.values())}
    for point, value in says.items():
        assert leaf_of(diagrams, restricted, dict(zip(left, point, strict=True)).__getitem__) == value
    matter = {
        name
        for place, (name, values) in enumerate(left.items())
        for point in says
        if len({says[(*point[:place], value, *point[place + 1 :])] for value in values}) > 1
    }
    assert support(diagrams, restricted) == matter
    # Known from the start it makes the same diagram.
    smaller = Diagrams(VARIABLES, known)
    first = built(smaller, function)
    assert support(smaller, first) == matter
    for point, value in says.items():
        assert leaf_of(smaller, first, dict(zip(left, point, strict=True)).__getitem__) == value


@given(function=functions())
def test_below_goes_down_from_the_root(function: Function) -> None:
    diagrams = Diagrams(VARIABLES)
    root = built(diagrams, function)
    below = diagrams.below(root)
    assert below[0] == root
    assert len(below) == len(set(below))
    for place, number in enumerate(below):
        assert all(child in below[place + 1 :] for child in diagrams.nodes[number].children)


def test_a_variable_is_added_at_the_end_once() -> None:
    diagrams = Diagrams(VARIABLES)
    for _ in range(2):
        diagrams.add(Variable("t", NAMES))
    assert [variable.name for variable in diagrams.variables] == ["n", "c", "k", "t"]
    outer = diagrams.test(
        "t", (True,), (diagrams.leaf(0), diagrams.test("c", ("a",), [diagrams.leaf(1), diagrams.leaf(2)]))
    )
    assert diagrams.variables[diagrams.nodes[outer].place].name == "c", "what was added stays below"
    assert leaf_of(diagrams, outer, {"t": True, "c": "a"}.__getitem__) == 2


def test_what_absorbs_is_not_looked_behind() -> None:
    diagrams = Diagrams(VARIABLES)
    asked: list[tuple[int, int]] = []

    def least(left: int, right: int) -> int:
        asked.append((left, right))
        return min(left, right)

    test = diagrams.test("c", ("a",), (diagrams.leaf(1), diagrams.leaf(2)))
    assert diagrams.combine(Combination("watched", least, 0), [diagrams.leaf(0), test]) == diagrams.leaf(0)
    assert asked == []


def test_there_is_an_end_to_growing() -> None:
    diagrams = Diagrams(VARIABLES)
    functions = [
        diagrams.test(name, FINEST[name], [diagrams.leaf(n) for n in range(len(FINEST[name]) + 1)]) for name in "nck"
    ]
    whole = Combination("pair", lambda left, right: (left, right))
    diagrams.room = 10
    with pytest.raises(TooLarge):
        diagrams.combine(whole, [diagrams.combine(whole, functions[:2]), functions[2]])
    assert diagrams.room == 0
    diagrams.room = 1000
    all_three = diagrams.combine(whole, [diagrams.combine(whole, functions[:2]), functions[2]])
    for point in POINTS:
        parts = [part_of(variable.kind, FINEST[variable.name], point[variable.name]) for variable in VARIABLES]
        assert leaf_of(diagrams, all_three, point.__getitem__) == ((parts[0], parts[1]), parts[2])
