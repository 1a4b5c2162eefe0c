"""`sum`, `difference`, `product`, `quotient`, `min`, `max` of amounts."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Amount, Bounds, Constant
from eligibility.language.linking import Path, Scope
from eligibility.language.speech import Speech
from eligibility.values.interval import Interval, greatest, least


@dataclass(frozen=True, slots=True)
class _Operation:
    parts: tuple[Amount, ...]
    unit: str
    template: ClassVar[str] = ""
    binds: ClassVar[int] = 0
    """How closely its words hold together: what binds less stands in brackets inside it."""

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset().union(*(part.facts() for part in self.parts))

    def show(self, speech: Speech) -> str:
        """Put the amount into words."""
        first, *rest = (self._inside(index, part, speech) for index, part in enumerate(self.parts))
        for part in rest:
            first = speech.say(self.template, left=first, right=part)
        return first

    def _inside(self, index: int, part: Amount, speech: Speech) -> str:
        told = part.show(speech)
        if not isinstance(part, _Operation):
            return told
        loose = part.binds < self.binds or (part.binds == self.binds and (index > 0 or self.binds == 0))
        return f"({told})" if loose else told

    def _known(self) -> list[Interval]:
        return [Interval(*part.bounds) for part in self.parts]


class Sum(_Operation):
    """The parts added up."""

    __slots__ = ()
    template: ClassVar[str] = "{left} + {right}"
    binds: ClassVar[int] = 1

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        first, *rest = self._known()
        for interval in rest:
            first = first + interval
        return _bounds(first)

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.sum([part.interpret(algebra) for part in self.parts])


class Difference(_Operation):
    """The first part less the second."""

    __slots__ = ()
    template: ClassVar[str] = "{left} - {right}"
    binds: ClassVar[int] = 1

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        left, right = self._known()
        return _bounds(left - right)

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        left, right = self.parts
        return algebra.difference(left.interpret(algebra), right.interpret(algebra))


class Product(_Operation):
    """The parts multiplied; none of them can be negative."""

    __slots__ = ()
    template: ClassVar[str] = "{left} x {right}"
    binds: ClassVar[int] = 2

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        first, *rest = self._known()
        for interval in rest:
            first = first * interval
        return _bounds(first)

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.product([part.interpret(algebra) for part in self.parts])


class Quotient(_Operation):
    """The first part divided by a written number above 0."""

    __slots__ = ()
    template: ClassVar[str] = "{left} / {right}"
    binds: ClassVar[int] = 2

    @property
    def divisor(self) -> Fraction:
        """Return the number that it divides by."""
        divisor = self.parts[1]
        assert isinstance(divisor, Constant)
        return divisor.value

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        return _bounds(self._known()[0].divided_by(self.divisor))

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.quotient(self.parts[0].interpret(algebra), self.divisor)


class Least(_Operation):
    """The smallest of the parts."""

    __slots__ = ()
    template: ClassVar[str] = "the smaller of {left} and {right}"

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        return _bounds(least(self._known()))

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.least([part.interpret(algebra) for part in self.parts])


class Greatest(_Operation):
    """The greatest of the parts."""

    __slots__ = ()
    template: ClassVar[str] = "the greater of {left} and {right}"

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that it never leaves."""
        return _bounds(greatest(self._known()))

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.greatest([part.interpret(algebra) for part in self.parts])


def _bounds(interval: Interval) -> Bounds:
    low, high = interval.low, interval.high
    return None if low is None else Fraction(low), None if high is None else Fraction(high)


def combined(operation: str, parts: tuple[Amount, ...], path: Path, scope: Scope) -> Amount | None:
    """Make one operation of linked parts; parts that do not go together are a problem."""
    return _LINKERS[operation](parts, path, scope)


def _same_unit(make: type[_Operation]) -> Callable[[tuple[Amount, ...], Path, Scope], Amount | None]:
    def link(parts: tuple[Amount, ...], path: Path, scope: Scope) -> Amount | None:
        units = sorted({part.unit for part in parts})
        if len(units) > 1:
            scope.problem(path, "mixed-units", f"these amounts are in different units: {', '.join(units)}")
            return None
        return make(parts, units[0])  # type: ignore[return-value]  # every operation is an amount

    return link


def _link_difference(parts: tuple[Amount, ...], path: Path, scope: Scope) -> Amount | None:
    if len(parts) != 2:
        scope.problem(
            path,
            "not-two-parts",
            "`difference` takes exactly two amounts",
            "add the later ones up: `{difference: [a, {sum: [b, c]}]}`",
        )
        return None
    return _same_unit(Difference)(parts, path, scope)


def _link_product(parts: tuple[Amount, ...], path: Path, scope: Scope) -> Amount | None:
    if any(part.bounds[0] is None or part.bounds[0] < 0 for part in parts):
        hint = "wrap it: `{max: [0 EUR, …]}`"
        scope.problem(path, "may-be-negative", "a product takes only amounts that cannot be negative", hint)
        return None
    units = [part.unit for part in parts if part.unit not in ("number", "percent")]
    if len(units) > 1:
        scope.problem(path, "mixed-units", f"amounts of money cannot be multiplied: {', '.join(units)}")
        return None
    percentages = all(part.unit == "percent" for part in parts)
    return Product(parts, units[0] if units else "percent" if percentages else "number")


def _link_quotient(parts: tuple[Amount, ...], path: Path, scope: Scope) -> Amount | None:
    divisor = parts[1] if len(parts) == 2 else None
    if not isinstance(divisor, Constant) or divisor.value <= 0:
        hint = "compare with a product instead: `{cost: {at_least: {product: [2 %, turnover]}}}`"
        scope.problem(path, "not-a-divisor", "a quotient divides one amount by a written number above 0", hint)
        return None
    return Quotient(parts, parts[0].unit)


_LINKERS: dict[str, Callable[[tuple[Amount, ...], Path, Scope], Amount | None]] = {
    "sum": _same_unit(Sum),
    "difference": _link_difference,
    "product": _link_product,
    "quotient": _link_quotient,
    "min": _same_unit(Least),
    "max": _same_unit(Greatest),
}
OPERATIONS = tuple(_LINKERS)
