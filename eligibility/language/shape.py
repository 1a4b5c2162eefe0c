"""What all shapes share: frozen, closed models, and the scalar types of the rule language.

Every YAML scalar arrives as text.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread
from eligibility.values.percent import parse_percent
from eligibility.values.ranges import Range, parse_range
from eligibility.values.truth import parse_truth

T = TypeVar("T")
LANGUAGES = ("de", "en", "ko")

ANY_SCALAR = {"type": ["string", "number", "boolean"]}


class Shape(BaseModel):
    """A part of a rule file as written: no unknown keys, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Text(Shape):
    """A sentence or name in the three languages."""

    de: str
    en: str
    ko: str

    @model_validator(mode="before")
    @classmethod
    def _same_in_all(cls, written: object) -> object:
        return dict.fromkeys(LANGUAGES, written) if isinstance(written, str) else written

    def in_(self, language: str) -> str:
        """Return the text in `de`, `en` or `ko`."""
        return str(getattr(self, language))


def reading(parse: Callable[[str], T]) -> Callable[[object], T]:
    """Turn a parser of texts into a pydantic validator that reports its message and hint."""

    def read(written: object) -> T:
        if not isinstance(written, str):
            kind = "a map" if isinstance(written, Mapping) else "a list"
            raise PydanticCustomError("not-a-scalar", "a single value is expected here, not {kind}", {"kind": kind})
        return understood(parse, written)

    return read


def understood(parse: Callable[[str], T], text: str) -> T:
    """Parse a text; a misreading becomes pydantic's kind of error."""
    try:
        return parse(text)
    except Misread as error:
        context: dict[str, Any] = {"text": error.message, "hint": error.hint}
        raise PydanticCustomError(error.code, "{text}", context) from None


def parse_date_range(text: str) -> Range[date]:
    """Read a range of days such as `2020-09-07..2023-12-31`."""
    return parse_range(text, parse_date)


Percent = Annotated[Fraction, BeforeValidator(reading(parse_percent)), WithJsonSchema(ANY_SCALAR)]
Flag = Annotated[bool, BeforeValidator(reading(parse_truth)), WithJsonSchema({"type": ["string", "boolean"]})]
Day = Annotated[date, BeforeValidator(reading(parse_date)), WithJsonSchema({"type": "string", "format": "date"})]
Days = Annotated[Range[date], BeforeValidator(reading(parse_date_range)), WithJsonSchema({"type": "string"})]
Scalar = Annotated[str, WithJsonSchema(ANY_SCALAR)]


def listed(written: object) -> object:
    """Let a single entry stand for a list of one."""
    return written if isinstance(written, list | tuple) else [written]


Names = Annotated[
    tuple[Scalar, ...],
    BeforeValidator(listed),
    WithJsonSchema({"anyOf": [ANY_SCALAR, {"type": "array", "items": ANY_SCALAR}]}),
]
