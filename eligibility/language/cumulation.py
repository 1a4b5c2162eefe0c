"""Cumulation: with which other public money an award may, or may not, be combined.

Lines are told and kept as data for whoever plans several programmes at once; they decide no verdict.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.cite import Cite, CiteShape, link_cite
from eligibility.language.linking import Path, Scope, nearest
from eligibility.language.shape import ANY_SCALAR, Days, Flag, Percent, Scalar, Shape, Text, listed

ANY = "any"
KINDS = ("grant", "loan", "tax_credit", "voucher", "service", "certification", "equity")


# One name may stand for a list of one.
_OTHERS = {"anyOf": [ANY_SCALAR, {"type": "array", "items": ANY_SCALAR, "minItems": 1}]}
Others = Annotated[tuple[Scalar, ...], BeforeValidator(listed), WithJsonSchema(_OTHERS)]


class CumulationShape(Shape):
    """A line on combining, as written: `other` (written `with`) is `any`, kinds of programmes or ids of programmes."""

    other: Others = Field(alias="with", min_length=1)
    on: Literal["same_costs", "same_project", "company"]
    allowed: Flag
    at_most: Percent | None = None
    text: Text | None = None
    cite: CiteShape
    in_force: Days | None = None

    @model_validator(mode="after")
    def _ceiling_of_what_is_allowed(self) -> Self:
        if self.at_most is not None and not self.allowed:
            raise PydanticCustomError("nothing-allowed", "`at_most` says how far combining is allowed: not with `no`")
        return self


@dataclass(frozen=True, slots=True)
class Cumulation:
    """A linked line; `at_most` is the highest share of the costs that all aid together may reach, as a ratio."""

    other: tuple[str, ...]
    on: str
    allowed: bool
    at_most: Fraction | None
    text: Text | None
    cites: tuple[Cite, ...]


def link_cumulation(written: tuple[CumulationShape, ...], scope: Scope) -> tuple[Cumulation, ...]:
    """Link the lines in force on the rule date."""
    return tuple(
        Cumulation(
            line.other,
            line.on,
            line.allowed,
            line.at_most,
            line.text,
            link_cite(line.cite, ("cumulation", index, "cite"), scope),
        )
        for index, line in enumerate(written)
        if line.in_force is None or scope.rule_date in line.in_force
    )


def check_others(written: tuple[CumulationShape, ...], programmes: Collection[str], scope: Scope) -> None:
    """Record a problem for each name that is neither `any` nor a kind nor a programme."""
    for index, line in enumerate(written):
        for place, name in enumerate(line.other):
            known = name == ANY or name in KINDS or name in programmes
            if not known and not scope.is_broken(name, "programmes"):
                path: Path = ("cumulation", index, "with", place)
                hint = (
                    nearest(name, [ANY, *KINDS, *programmes]) or f"`{ANY}`, a kind such as `grant`, or a programme's id"
                )
                scope.problem(path, "unknown-programme", f"there is no programme `{name}`", hint)
