"""Criteria: what a programme requires, or a `manual` clause that only the authority can decide."""

from dataclasses import dataclass

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.cite import Cite, CiteShape, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.linking import Path, Scope
from eligibility.language.shape import Days, Shape, Text


class CriterionShape(Shape):
    """A criterion as written: `when` a condition, or `manual` a sentence."""

    when: DatedCondition | None = None
    manual: Text | None = None
    text: Text | None = None
    cite: CiteShape
    in_force: Days | None = None

    @model_validator(mode="after")
    def _one(self) -> "CriterionShape":
        if (self.when is None) == (self.manual is None):
            raise PydanticCustomError("when-or-manual", "a criterion has either `when` or `manual`")
        return self


@dataclass(frozen=True, slots=True)
class Criterion:
    """A linked criterion; `condition` is `None` for a manual clause. `text` is its sentence if the file has one."""

    id: str
    condition: Condition | None
    text: Text | None
    cites: tuple[Cite, ...]


def link_criterion(name: str, written: CriterionShape, path: Path, scope: Scope) -> Criterion | None:
    """Link the criterion as in force on the rule date; `None` where it is not in force."""
    if written.in_force is not None and scope.rule_date not in written.in_force:
        return None
    cites = link_cite(written.cite, (*path, "cite"), scope)
    if written.when is None:
        return Criterion(name, None, written.manual, cites)
    condition = link_dated_condition(written.when, (*path, "when"), scope)
    return None if condition is None else Criterion(name, condition, written.text, cites)
