"""Formulas: what an amount is once every condition is decided, as the leaves of diagrams hold it.

A formula is an exact number, or a tuple of an operation and its parts. Formulas without unknown facts are worked out at
once, so that equal amounts are equal values.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eligibility.values.interval import Interval, greatest, least

Formula = Fraction | tuple[Any, ...]
OF, SUM, DIFFERENCE, PRODUCT, QUOTIENT, LEAST, GREATEST = "of", "sum", "difference", "product", "quotient", "min", "max"
UP_TO, EITHER = "up to", "either"
OPEN: Formula = ("open",)
"""A number that the rules leave open."""
ZERO = Fraction(0)
_LOOSE = (UP_TO, EITHER, "open")


def of(name: str) -> Formula:
    """Return the number given for a fact."""
    return (OF, name)


def made(operation: str, parts: Sequence[Formula]) -> Formula:
    """Return a formula, worked out if all its parts are numbers."""
    if operation in (LEAST, GREATEST):
        return _extreme(operation, parts)
    if operation == EITHER:
        return parts[0] if parts[0] == parts[1] else (EITHER, *parts)
    if operation == PRODUCT:
        if ZERO in parts:
            return ZERO
        parts = [part for part in parts if part != 1] or [Fraction(1)]
        if len(parts) == 1:
            return parts[0]
    if operation == SUM:
        parts = [part for part in parts if part != ZERO] or [ZERO]
        if len(parts) == 1:
            return parts[0]
    if operation != UP_TO and all(isinstance(part, Fraction) for part in parts):
        return _number(operation, [part for part in parts if isinstance(part, Fraction)])
    return ZERO if operation == UP_TO and parts[0] == ZERO else (operation, *parts)


def _number(operation: str, parts: Sequence[Fraction]) -> Fraction:
    first, *rest = parts
    for part in rest:
        if operation == SUM:
            first += part
        elif operation == DIFFERENCE:
            first -= part
        elif operation == PRODUCT:
            first *= part
        else:
            first /= part
    return first


def _extreme(operation: str, parts: Sequence[Formula]) -> Formula:
    numbers = [part for part in parts if isinstance(part, Fraction)]
    others: list[Formula] = sorted({part for part in parts if not isinstance(part, Fraction)}, key=repr)
    if numbers:
        extreme = min(numbers) if operation == LEAST else max(numbers)
        others.insert(0, extreme)
    return others[0] if len(others) == 1 else (operation, *others)


def names_in(formula: Formula) -> Iterator[str]:
    """Yield the facts that a formula still needs."""
    if not isinstance(formula, Fraction):
        if formula[0] == OF:
            yield formula[1]
        else:
            for part in formula[1:]:
                yield from names_in(part)


def interval_of(formula: Formula, number: Callable[[str], Interval]) -> Interval:
    """Return what is known of a formula from what is known of its facts."""
    if isinstance(formula, Fraction):
        return Interval.point(formula)
    operation, *parts = formula
    if operation == OF:
        return number(parts[0])
    inside = [interval_of(part, number) for part in parts]
    return _JOINED[operation](inside)


def _joined(step: Callable[[Interval, Interval], Interval]) -> Callable[[list[Interval]], Interval]:
    def join(parts: list[Interval]) -> Interval:
        first, *rest = parts
        for part in rest:
            first = step(first, part)
        return first

    return join


_JOINED: Mapping[str, Callable[[list[Interval]], Interval]] = {
    SUM: _joined(lambda left, right: left + right),
    DIFFERENCE: _joined(lambda left, right: left - right),
    PRODUCT: _joined(lambda left, right: left * right),
    QUOTIENT: lambda parts: parts[0].divided_by(Fraction(parts[1].low or 1)),
    LEAST: least,
    GREATEST: greatest,
    UP_TO: lambda parts: Interval(ZERO, parts[0].high),
    EITHER: _joined(lambda left, right: left.hull(right)),
    "open": lambda parts: Interval(),
}


def ends(formula: Formula) -> tuple[Formula | None, Formula | None]:
    """Return the least and the greatest that a formula can be when all facts are known; `None` where there is none."""
    if isinstance(formula, Fraction) or not _is_loose(formula):
        return formula, formula
    operation, *parts = formula
    if operation == "open":
        return None, None
    lows, highs = zip(*(ends(part) for part in parts), strict=True)
    if operation == UP_TO:
        return ZERO, highs[0]
    if operation == DIFFERENCE:
        lows, highs = (lows[0], highs[1]), (highs[0], lows[1])
    elif operation == EITHER:
        return _all(LEAST, lows), _all(GREATEST, highs)
    elif operation == LEAST:
        return _all(LEAST, lows), _present(LEAST, highs)
    elif operation == GREATEST:
        return _present(GREATEST, lows), _all(GREATEST, highs)
    elif operation == PRODUCT:
        lows = tuple(ZERO if low is None else low for low in lows)
    return _all(operation, lows), _all(operation, highs)


def _is_loose(formula: Formula) -> bool:
    if isinstance(formula, Fraction) or formula[0] == OF:
        return False
    return formula[0] in _LOOSE or any(_is_loose(part) for part in formula[1:])


def _all(operation: str, parts: Sequence[Formula | None]) -> Formula | None:
    present = [part for part in parts if part is not None]
    return made(operation, present) if len(present) == len(parts) else None


def _present(operation: str, parts: Sequence[Formula | None]) -> Formula | None:
    present = [part for part in parts if part is not None]
    return made(operation, present) if present else None


@dataclass(frozen=True, slots=True)
class Line:
    """A linear form: numbers times facts, sorted by fact, and a constant."""

    factors: tuple[tuple[str, Fraction], ...]
    constant: Fraction


@dataclass(frozen=True, slots=True)
class Pick:
    """The least or the greatest (`operation`) of several forms."""

    operation: str
    parts: tuple["Line | Pick", ...]


Form = Line | Pick
_OTHER = {LEAST: GREATEST, GREATEST: LEAST}


def form_of(formula: Formula) -> Form | None:
    """Return a formula as linear forms under `min` and `max`; `None` where facts are multiplied."""
    if isinstance(formula, Fraction):
        return Line((), formula)
    operation, *parts = formula
    if operation == OF:
        return Line(((parts[0], Fraction(1)),), ZERO)
    forms = [form_of(part) for part in parts]
    known = [form for form in forms if form is not None]
    if len(known) < len(forms) or not known:
        return None
    if operation in _OTHER:
        return Pick(operation, tuple(known))
    if operation == SUM:
        return _added(known)
    if operation == DIFFERENCE:
        return _added([known[0], scaled(known[1], Fraction(-1))])
    return _multiplied(operation, known)


def _multiplied(operation: str, forms: Sequence[Form]) -> Form | None:
    if operation == QUOTIENT:
        divisor = forms[1]
        return scaled(forms[0], 1 / divisor.constant) if isinstance(divisor, Line) else None
    factor, others = Fraction(1), []
    for form in forms:
        if isinstance(form, Line) and not form.factors:
            factor *= form.constant
        else:
            others.append(form)
    return scaled(others[0], factor) if len(others) == 1 else None


def difference(left: Formula, right: Formula) -> Form | None:
    """Return left less right as forms; `None` where facts are multiplied."""
    first, second = form_of(left), form_of(right)
    return None if first is None or second is None else _added([first, scaled(second, Fraction(-1))])


def scaled(form: Form, factor: Fraction) -> Form:
    """Multiply a form by a number."""
    if isinstance(form, Line):
        factors = tuple((name, own * factor) for name, own in form.factors if factor)
        return Line(factors, form.constant * factor)
    operation = form.operation if factor >= 0 else _OTHER[form.operation]
    return Pick(operation, tuple(scaled(part, factor) for part in form.parts))


def _added(forms: Sequence[Form]) -> Form:
    first, *rest = forms
    for form in rest:
        first = _sum(first, form)
    return first


def _sum(left: Form, right: Form) -> Form:
    if isinstance(left, Pick):
        return Pick(left.operation, tuple(_sum(part, right) for part in left.parts))
    if isinstance(right, Pick):
        return Pick(right.operation, tuple(_sum(left, part) for part in right.parts))
    factors = dict(left.factors)
    for name, factor in right.factors:
        factors[name] = factors.get(name, ZERO) + factor
    kept = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
    return Line(kept, left.constant + right.constant)
