"""Partitions, diagrams and formulas once more, as plainly as can be: one value at a time, everything spelt out."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from eligibility.engine.diagram import Diagrams
from eligibility.engine.formula import Formula, Line
from eligibility.engine.partition import CUTS, NAMES

Ends = tuple[Fraction | None, Fraction | None]


def part_of(kind: str, keys: tuple[Any, ...], value: Any) -> int:
    """The part of a partition in which a value lies."""
    if kind == CUTS:
        return sum(value > cut or (value == cut and not above) for cut, above in keys)
    if kind == NAMES:
        return keys.index(value) + 1 if value in keys else 0
    holding = [key for key in keys if value.startswith(key)]
    return keys.index(max(holding, key=len)) + 1 if holding else 0


def leaf_of(diagrams: Diagrams, function: int, value: Callable[[str], Any]) -> Any:
    """What a function says of one point; `value` gives what each variable is."""
    (found,) = leaves_of(diagrams, function, lambda name: (value(name),))
    return found


def leaves_of(diagrams: Diagrams, function: int, values: Callable[[str], tuple[Any, ...]]) -> set[Any]:
    """All that a function says where variables may be any of several values; none given: any at all."""
    node = diagrams.nodes[function]
    if diagrams.is_leaf(function):
        return {diagrams.values[function]}
    variable = diagrams.variables[node.place]
    known = values(variable.name)
    parts = {part_of(variable.kind, node.keys, value) for value in known} or range(len(node.children))
    return {leaf for part in parts for leaf in leaves_of(diagrams, node.children[part], values)}


def support(diagrams: Diagrams, function: int) -> set[str]:
    """The names of the variables that stand in a diagram."""
    asked = {diagrams.nodes[number].place for number in diagrams.below(function) if not diagrams.is_leaf(number)}
    return {diagrams.variables[place].name for place in asked}


def ends_of(formula: Formula, numbers: Mapping[str, Fraction]) -> Ends:
    """The least and the greatest that a formula can be, with every fact known exactly; `None`: no end."""
    if isinstance(formula, Fraction):
        return formula, formula
    operation, *parts = formula
    if operation == "of":
        return numbers[parts[0]], numbers[parts[0]]
    if operation == "open":
        return None, None
    ends = [ends_of(part, numbers) for part in parts]
    if operation == "difference":
        (low, high), (least, most) = ends
        return _both(lambda a, b: a - b, low, most), _both(lambda a, b: a - b, high, least)
    first, *rest = ends
    for other in rest:
        first = _PLAIN[operation](first, other)
    return (Fraction(0), first[1]) if operation == "up to" else first


def _both(step: Callable[[Any, Any], Any], left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else step(left, right)


def _sum(left: Ends, right: Ends) -> Ends:
    return _both(lambda a, b: a + b, left[0], right[0]), _both(lambda a, b: a + b, left[1], right[1])


def _product(left: Ends, right: Ends) -> Ends:
    # No number that rules multiply is negative.
    low = (left[0] or Fraction(0)) * (right[0] or Fraction(0))
    return low, Fraction(0) if 0 in (left[1], right[1]) else _both(lambda a, b: a * b, left[1], right[1])


def _quotient(left: Ends, right: Ends) -> Ends:
    return _both(lambda a, b: a / b, left[0], right[0]), _both(lambda a, b: a / b, left[1], right[1])


def _least(left: Ends, right: Ends) -> Ends:
    highs = [end for end in (left[1], right[1]) if end is not None]
    return _both(min, left[0], right[0]), min(highs, default=None)


def _greatest(left: Ends, right: Ends) -> Ends:
    lows = [end for end in (left[0], right[0]) if end is not None]
    return max(lows, default=None), _both(max, left[1], right[1])


def _either(left: Ends, right: Ends) -> Ends:
    return _both(min, left[0], right[0]), _both(max, left[1], right[1])


_PLAIN: Mapping[str, Callable[[Ends, Ends], Ends]] = {
    "sum": _sum,
    "product": _product,
    "quotient": _quotient,
    "min": _least,
    "max": _greatest,
    "either": _either,
}


def form_value(form: Any, numbers: Mapping[str, Fraction]) -> Fraction:
    """What a form is worth."""
    if isinstance(form, Line):
        return form.constant + sum((factor * numbers[name] for name, factor in form.factors), Fraction(0))
    pick = {"min": min, "max": max}[form.operation]
    return pick(form_value(part, numbers) for part in form.parts)
