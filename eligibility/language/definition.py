"""Definitions: facts that are worked out from others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Amount
from eligibility.language.bands import Bands, BandsShape, link_bands
from eligibility.language.case import CaseShape
from eligibility.language.cite import Cite, CiteShape, SourceShape, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.decide import Decide, LineShape, link_decide
from eligibility.language.fact import SubjectShape, check_type, names_of
from eligibility.language.linking import Path, Scope, Table, check_id
from eligibility.language.lookup import Lookup, LookupShape, link_lookup
from eligibility.language.shape import Scalar, Shape, Text
from eligibility.language.written_amount import AmountShape, link_amount

BODIES = ("when", "amount", "decide", "bands", "lookup")
Body = Condition | Amount | Decide | Bands | Lookup


class DefinitionShape(SubjectShape):
    """A definition as written: exactly one of its bodies."""

    when: DatedCondition | None = None
    amount: AmountShape | None = None
    decide: Annotated[tuple[LineShape, ...], Field(min_length=1)] | None = None
    bands: BandsShape | None = None
    lookup: LookupShape | None = None
    cite: CiteShape | None = None
    cases: tuple[CaseShape, ...] = ()

    @model_validator(mode="after")
    def _one_body(self) -> "DefinitionShape":
        written = [name for name in BODIES if getattr(self, name) is not None]
        if len(written) != 1:
            names: dict[str, Any] = {"names": ", ".join(f"`{name}`" for name in BODIES)}
            raise PydanticCustomError("one-body", "a definition has exactly one of {names}", names)
        return self


class DefinitionsShape(Shape):
    """A file of definitions."""

    sources: dict[Scalar, SourceShape] = Field(default_factory=dict)
    definitions: dict[Scalar, DefinitionShape]


@dataclass(frozen=True, slots=True)
class Definition:
    """A linked definition; `body` is `None` only while it is being linked."""

    id: str
    type: str
    currency: str | None
    choices: tuple[str, ...]
    form: str | None
    low: Fraction | None
    high: Fraction | None
    wording: SubjectShape
    names: Mapping[str, Text]
    spellings: Mapping[str, tuple[str, ...]]
    body: Body | None
    cites: tuple[Cite, ...]

    @property
    def askable(self) -> bool:
        """Whether the interview can ask for it."""
        return self.wording.question is not None

    def interpret(self, algebra: Algebra[T, N, O]) -> T | N | O:
        """Give the definition its meaning: a truth, a number or options, by its type."""
        assert self.body is not None
        return self.body.interpret(algebra)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset() if self.body is None else self.body.facts()


def link_definition(
    name: str, written: DefinitionShape, tables: Mapping[str, Table], path: Path, scope: Scope
) -> Definition | None:
    """Link a definition whose own references are linked already."""
    check_id(name, path, scope)
    if written.type in ("date", "code"):
        message = f"`{name}`: a {written.type} can only be asked, not worked out"
        scope.problem((*path, "type"), "wrong-type", message, "a definition is a truth, a choice or a number")
        return None
    check_type(name, written, path, scope)
    choices, names, spellings = names_of(written, tables, path, scope)
    cites = link_cite(written.cite, (*path, "cite"), scope)
    low = Fraction(0) if written.type in ("number", "money", "percent") else None
    draft = Definition(
        name, written.type, written.currency, choices, written.form, low, None, written, names, spellings, None, cites
    )
    body = _link_body(draft, written, path, scope)
    if body is None:
        return None
    if _asks(body) and written.question is None:
        scope.problem(path, "no-question", f"`{name}` asks the user in some cases and so needs a `question`", key=True)
    bounds = getattr(body, "bounds", (None, None))
    return replace(draft, body=body, low=bounds[0], high=bounds[1])


def _asks(body: Body) -> bool:
    if isinstance(body, Lookup):
        return body.asked
    return isinstance(body, Decide) and any(getattr(line.value, "asked", None) for line in body.lines)


def _link_body(draft: Definition, written: DefinitionShape, path: Path, scope: Scope) -> Body | None:
    unit = draft.currency or draft.type
    if written.when is not None:
        if draft.type != "truth":
            scope.problem((*path, "when"), "wrong-type", f"`when` defines a truth; `{draft.id}` is a {draft.type}")
            return None
        return link_dated_condition(written.when, (*path, "when"), scope)
    if written.decide is not None:
        return link_decide(draft, written.decide, (*path, "decide"), scope)
    if written.lookup is not None:
        return link_lookup(draft, written.lookup, (*path, "lookup"), scope)
    if draft.type not in ("number", "money", "percent"):
        field = "amount" if written.amount is not None else "bands"
        scope.problem((*path, field), "wrong-type", f"`{field}` defines a number; `{draft.id}` is a {draft.type}")
        return None
    if written.amount is not None:
        return link_amount(written.amount, (*path, "amount"), scope, unit)
    assert written.bands is not None
    by = scope.subject(written.bands.by, (*path, "bands", "by"))
    extra = written.bands.__pydantic_extra__ or {}
    return None if by is None else link_bands(by, extra, (*path, "bands"), scope, unit)
