"""Amounts: a written value, a fact or definition, or arithmetic on amounts. Exact; unknown facts make intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Protocol

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.in_range import unit_of
from eligibility.language.linking import Path, Scope, Subject, nearest
from eligibility.language.placing import at_key, checked
from eligibility.language.speech import Speech
from eligibility.values.misread import Misread
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent

Bounds = tuple[Fraction | None, Fraction | None]
NUMERIC = ("number", "money", "percent")


class Amount(Protocol):
    """A linked amount: its unit (`number`, `percent` or a currency) and the bounds that it can never leave."""

    @property
    def unit(self) -> str: ...
    @property
    def bounds(self) -> Bounds: ...
    def interpret(self, algebra: Algebra[T, N, O]) -> N: ...
    def facts(self) -> frozenset[str]: ...
    def show(self, speech: Speech) -> str: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """A written value; money in units of the currency, a percentage as a ratio."""

    value: Fraction
    unit: str

    @property
    def bounds(self) -> Bounds:
        """Return the value twice."""
        return self.value, self.value

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.constant(self.value)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads: none."""
        return frozenset()

    def show(self, speech: Speech) -> str:
        """Put the amount into words."""
        return speech.quantity(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Of:
    """The number given or worked out for a fact or definition."""

    subject: str
    unit: str
    bounds: Bounds

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the amount its meaning."""
        return algebra.number(self.subject)

    def facts(self) -> frozenset[str]:
        """Return the id it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the amount into words."""
        return speech.label(self.subject)


OPERATIONS = ("sum", "difference", "product", "quotient", "min", "max")


def check_amount(written: object) -> object:
    """Accept a scalar, a map of one operation, or dated amounts; anything else is refused with its place."""
    if isinstance(written, str):
        return written
    if is_dated(written):
        return check_dated(written, check_amount)
    if isinstance(written, Mapping) and len(written) == 1:
        operation, parts = next(iter(written.items()))
        return {operation: checked([(operation, parts)], partial(_check_operation, str(operation)))[0]}
    raise PydanticCustomError("not-an-amount", "an amount is a value, a fact, or one operation such as `sum: [a, b]`")


def _check_operation(operation: str, parts: object) -> tuple[object, ...]:
    if operation not in OPERATIONS:
        hint = nearest(operation, OPERATIONS) or f"one of {', '.join(OPERATIONS)}"
        raise at_key("unknown-operation", "`{name}` is not an operation on amounts", name=operation, hint=hint)
    if isinstance(parts, list | tuple) and len(parts) >= 2:
        return tuple(checked(enumerate(parts), check_amount))
    raise PydanticCustomError("not-a-list", "`{name}` takes a list of at least two amounts", {"name": operation})


AmountShape = Annotated[
    Any,
    BeforeValidator(check_amount),
    WithJsonSchema({"$ref": "#/$defs/Amount"}),
]
AMOUNT_SCHEMA = {
    "title": "Amount",
    "description": "a value, the id of a fact or definition, one operation on amounts, or dated amounts",
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {
                name: {"type": "array", "items": {"$ref": "#/$defs/Amount"}, "minItems": 2} for name in OPERATIONS
            },
            "additionalProperties": False,
            "maxProperties": 1,
        },
        {"type": "object", "patternProperties": {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": {"$ref": "#/$defs/Amount"}}},
    ],
}


def link_amount(written: object, path: Path, scope: Scope, unit: str | None = None) -> Amount | None:
    """Link an amount as written; `unit` is the one expected where the place fixes it."""
    if isinstance(written, str):
        amount = _link_scalar(written, path, scope, unit)
    elif is_dated(written) and isinstance(written, Mapping):
        day, value = in_force(written, scope.rule_date)
        return link_amount(value, (*path, day), scope, unit)
    elif isinstance(written, Mapping):
        from eligibility.language.arithmetic import link_operation

        operation, parts = next(iter(written.items()))
        amount = link_operation(operation, parts, (*path, operation), scope, unit)
    else:
        raise TypeError(f"not an amount: {written!r}")
    if amount is not None and unit is not None and amount.unit != unit:
        message = f"{_in_words(unit)} is expected here, this is {_in_words(amount.unit)}"
        scope.problem(path, "wrong-unit", message)
        return None
    return amount


def _in_words(unit: str) -> str:
    return {"number": "a number", "percent": "a percentage"}.get(unit, f"an amount in {unit}")


def _link_scalar(text: str, path: Path, scope: Scope, unit: str | None) -> Amount | None:
    if text in scope.subjects:
        return of_subject(scope.subjects[text], path, scope)
    if text[:1].isalpha() and " " not in text:
        scope.subject(text, path)
        return None
    try:
        return _constant(text, unit)
    except Misread as error:
        scope.problem(path, error.code, error.message, error.hint)
        return None


def _constant(text: str, unit: str | None) -> Constant:
    if text.rstrip().endswith("%") or unit == "percent":
        return Constant(parse_percent(text), "percent")
    if unit == "number" or (unit is None and text.strip()[-1:].isdigit()):
        return Constant(parse_number(text), "number")
    value, currency = parse_money(text, unit)
    return Constant(value, currency)


def of_subject(subject: Subject, path: Path, scope: Scope) -> Of | None:
    """Return the amount of a fact or definition; it must be a number, an amount of money or a percentage."""
    if subject.type not in NUMERIC:
        scope.problem(path, "not-an-amount", f"`{subject.id}` is a {subject.type}, not an amount")
        return None
    return Of(subject.id, unit_of(subject), (subject.low, subject.high))
