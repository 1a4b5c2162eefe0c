"""Trees -> shapes: pydantic's errors become problems with a place, a cause and a hint."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from eligibility.language.linking import nearest
from eligibility.rulebook.tree import Document, plain
from eligibility.values.problem import Problem

S = TypeVar("S", bound=BaseModel)


def shaped(document: Document, shape: type[S]) -> tuple[S | None, list[Problem]]:
    """Check a document against a shape; return what it is, or what is wrong with it."""
    try:
        return shape.model_validate(plain(document.root)), []
    except ValidationError as error:
        return None, [_problem(document, details, shape) for details in error.errors(include_url=False)]


def _problem(document: Document, details: ErrorDetails, shape: type[BaseModel]) -> Problem:
    path = details["loc"]
    kind = details["type"]
    context: Mapping[str, Any] = details.get("ctx") or {}
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem("missing-key", f"`{name}` is missing", document.place(path[:-1]))
    if kind == "extra_forbidden":
        hint = nearest(name, _fields(shape, path[:-1])) or f"known here: {', '.join(_fields(shape, path[:-1]))}"
        return Problem("unknown-key", f"`{name}` is not known here", document.place(path, key=True), hint)
    if kind == "literal_error":
        hint = nearest(str(details["input"]), _quoted(str(context.get("expected", ""))))
        message = f"`{details['input']}` is not one of {context.get('expected', '')}"
        return Problem("unknown-value", message, document.place(path), hint)
    if kind in ("string_type", "dict_type", "tuple_type", "model_type", "model_attributes_type"):
        wanted = {"string_type": "a single value", "tuple_type": "a list"}.get(kind, "a map")
        return Problem("wrong-shape", f"{wanted} is expected here", document.place(path))
    return Problem(kind.replace("_", "-"), details["msg"], document.place(path), str(context.get("hint", "")))


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
