"""How amounts are written and linked: a value, a fact or definition, an operation on amounts, or dated ones."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.amount import Amount, Constant, of_subject
from eligibility.language.arithmetic import OPERATIONS, combined
from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.linking import Path, Scope, nearest
from eligibility.language.placing import at_key, checked
from eligibility.values.misread import Misread
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent


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


def link_operation(
    operation: str, written: Sequence[object], path: Path, scope: Scope, unit: str | None
) -> Amount | None:
    """Link one operation and all its parts."""
    wanted = unit if operation in ("sum", "difference", "min", "max") else None
    parts: list[Amount] = []
    for index, part in enumerate(written):
        number = "number" if operation == "quotient" and index == 1 else wanted
        linked = link_amount(part, (*path, index), scope, number)
        if linked is not None:
            parts.append(linked)
    return combined(operation, tuple(parts), path, scope) if len(parts) == len(written) else None
