"""Trees -> shapes: pydantic's errors become problems with a place, a cause and a hint."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from eligibility.language.linking import nearest, quoted
from eligibility.rulebook.tree import AnyDocument
from eligibility.values.problem import Problem, in_order

S = TypeVar("S", bound=BaseModel)
_KINDS = {
    "string_type": ("a single value", ""),
    "tuple_type": ("a list", "write `[…]`, or entries that begin with `- `"),
}


def shaped(document: AnyDocument, shape: type[S]) -> tuple[S | None, list[Problem]]:
    """Check a document against a shape; return what it is, or what is wrong with it."""
    try:
        return shape.model_validate(document.tree), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems = [_problem(document, details, shape) for details in found if not _follows(details, found)]
        return None, sorted(problems, key=in_order)


def _follows(details: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Tell whether a list is only too short because its entries are wrong."""
    path = details["loc"]
    return details["type"] == "too_short" and any(
        other["loc"][: len(path)] == path and len(other["loc"]) > len(path) for other in others
    )


def _problem(document: AnyDocument, details: ErrorDetails, shape: type[BaseModel]) -> Problem:
    path = details["loc"]
    kind = details["type"]
    context: Mapping[str, Any] = details.get("ctx") or {}
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem("missing-key", f"`{name}` is missing", document.place(path[:-1]))
    if kind == "extra_forbidden":
        known = _fields(shape, path[:-1])
        hint = nearest(name, known) or f"known here: {', '.join(known)}"
        return Problem("unknown-key", f"{quoted(name)} is not known here", document.place(path, key=True), hint)
    if kind == "literal_error" and not isinstance(details["input"], str):
        return Problem("wrong-shape", "a single value is expected here", document.place(path))
    if kind == "literal_error":
        hint = nearest(details["input"], _quoted(str(context.get("expected", ""))))
        message = f"{quoted(details['input'])} is not one of {context.get('expected', '')}"
        return Problem("unknown-value", message, document.place(path), hint)
    if kind in ("string_type", "dict_type", "tuple_type", "model_type", "model_attributes_type"):
        wanted, hint = _KINDS.get(kind, ("a map", "write `key: value` in it"))
        return Problem("wrong-shape", f"{wanted} is expected here", document.place(path), hint)
    if kind == "too_short":
        return Problem("empty-list", "at least one entry is expected here", document.place(path))
    place = document.place(path, key=bool(context.get("at_key")))
    return Problem(kind.replace("_", "-"), details["msg"], place, str(context.get("hint", "")))


def _quoted(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]


def _fields(shape: type[BaseModel], path: Iterable[int | str]) -> list[str]:
    """Return the keys known at a path, following the shapes down as far as they tell."""
    for step in path:
        inner = _inner(shape, step)
        if inner is None:
            continue
        shape = inner
    return [field.alias or name for name, field in shape.model_fields.items()]


def _inner(shape: type[BaseModel], step: int | str) -> type[BaseModel] | None:
    field = shape.model_fields.get(str(step))
    if field is None:
        return None
    return _first_model(field.annotation)


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _first_model(argument)
        if found is not None:
            return found
    return None
