"""Checks of parts inside a validator: each problem keeps its part, and one bad part does not hide the next."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType

from eligibility.language.linking import nearest

T = TypeVar("T")
Step = str | int
_OWN_TYPES = frozenset(get_args(ErrorType))


def checked(parts: Iterable[tuple[Step, object]], check: Callable[[object], T]) -> list[T]:
    """Check every part and return what they are.

    Raises:
        ValidationError: with the problems of all parts, each under the step that leads to its part.
    """
    good: list[T] = []
    wrong: list[InitErrorDetails] = []
    for step, part in parts:
        try:
            good.append(check(part))
        except PydanticCustomError as error:
            wrong.append({"type": error, "loc": (step,), "input": part})
        except ValidationError as error:
            wrong.extend(_under(step, details, check) for details in error.errors(include_url=False))
    if wrong:
        raise ValidationError.from_exception_data("parts", wrong)
    return good


def at_key(code: str, message: str, **context: str) -> PydanticCustomError:
    """Build a problem that is about the key of a part, not about its value."""
    values: dict[str, Any] = {**context, "at_key": True}
    return PydanticCustomError(code, message, values)


def _under(step: Step, details: ErrorDetails, check: Callable[..., Any]) -> InitErrorDetails:
    context: dict[str, Any] = details.get("ctx") or {}
    kind: Any = details["type"]
    shape = getattr(check, "__self__", None)
    if (
        kind == "extra_forbidden"
        and isinstance(shape, type)
        and issubclass(shape, BaseModel)
        and len(details["loc"]) == 1
    ):
        name = str(details["loc"][0])
        known = [field.alias or field_name for field_name, field in shape.model_fields.items()]
        hint = nearest(name, known) or f"known here: {', '.join(known)}"
        kind = at_key("unknown-key", "`{name}` is not known here", name=name, hint=hint)
    elif kind not in _OWN_TYPES:
        # The message is finished already; its own braces must not be filled in again.
        kind = PydanticCustomError(kind, "{text}", {**context, "text": details["msg"]})
    return {"type": kind, "loc": (step, *details["loc"]), "input": details["input"], "ctx": context}
