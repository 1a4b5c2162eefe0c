"""`decide:` - a decision list: the value of the first line that holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import NUMERIC, Amount, Bounds
from eligibility.language.cite import Cite, CiteShape, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.linking import Path, Scope, Subject, quoted
from eligibility.language.one_of import near_choice
from eligibility.language.shape import ANY_SCALAR, Shape
from eligibility.language.written_amount import check_amount, link_amount
from eligibility.values.misread import Misread
from eligibility.values.truth import parse_truth

UNKNOWN, ASKED = "unknown", "asked"


def _check_value(written: object) -> object:
    if isinstance(written, dict) and "same_as" in written:
        if set(written) == {"same_as"} and isinstance(written["same_as"], str):
            return written
        raise PydanticCustomError("not-a-value", "`same_as` stands alone and names a fact or definition")
    return check_amount(written)


class LineShape(Shape):
    """One line of a decision list as written."""

    value: Annotated[Any, BeforeValidator(_check_value), WithJsonSchema({"anyOf": [ANY_SCALAR, {"type": "object"}]})]
    when: DatedCondition | None = None
    cite: CiteShape | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Its condition (`None`: always) and its value; a value is a truth, a choice, an amount or a reference.
    """

    when: Condition | None
    value: "bool | str | Amount | SameAs | Open"
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class SameAs:
    """The value of another fact or definition."""

    subject: str


@dataclass(frozen=True, slots=True)
class Open:
    """No value: `asked` names the definition to ask the user for; otherwise the rules leave it open."""

    asked: str | None


@dataclass(frozen=True, slots=True)
class Decide:
    """A linked decision list of one type."""

    type: str
    lines: tuple[Line, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T | N | O:
        """Give the list its meaning: a truth, a number or options, by its type."""
        conditions = [
            algebra.constant_truth(True) if line.when is None else line.when.interpret(algebra) for line in self.lines
        ]
        values = [line.value for line in self.lines]
        if self.type == "truth":
            truths = [_truth(value, algebra) for value in values]
            return algebra.decide_truth(list(zip(conditions, truths, strict=True)), algebra.constant_truth(None))
        if self.type in NUMERIC:
            numbers = [_number(value, algebra) for value in values]
            return algebra.decide_number(list(zip(conditions, numbers, strict=True)), algebra.unknown_number(None))
        options = [_options(value, algebra) for value in values]
        return algebra.decide_options(list(zip(conditions, options, strict=True)), algebra.unknown_options(None))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        read = [line.when.facts() for line in self.lines if line.when is not None]
        for line in self.lines:
            if isinstance(line.value, SameAs):
                read.append(frozenset({line.value.subject}))
            elif not isinstance(line.value, bool | str | Open):
                read.append(line.value.facts())
        return frozenset().union(*read)

    @property
    def bounds(self) -> Bounds:
        """Return the bounds of a list of numbers."""
        bounds = [line.value.bounds for line in self.lines if not isinstance(line.value, bool | str | SameAs | Open)]
        open_line = any(isinstance(line.value, Open) for line in self.lines) or self.lines[-1].when is not None
        lows = [None] if open_line else [low for low, _ in bounds]
        highs = [None] if open_line else [high for _, high in bounds]
        low = None if None in lows else min((low for low in lows if low is not None), default=None)
        return low, None if None in highs else max((high for high in highs if high is not None), default=None)


def _truth(value: object, algebra: Algebra[T, N, O]) -> T:
    if isinstance(value, bool):
        return algebra.constant_truth(value)
    if isinstance(value, SameAs):
        return algebra.is_true(value.subject)
    assert isinstance(value, Open)
    return algebra.constant_truth(None) if value.asked is None else algebra.asked(value.asked)


def _number(value: object, algebra: Algebra[T, N, O]) -> N:
    if isinstance(value, Open):
        return algebra.unknown_number(value.asked)
    assert not isinstance(value, bool | str | SameAs)
    amount: Amount = value  # type: ignore[assignment]  # what is left of the union
    return amount.interpret(algebra)


def _options(value: object, algebra: Algebra[T, N, O]) -> O:
    if isinstance(value, str):
        return algebra.constant_options(value)
    if isinstance(value, SameAs):
        return algebra.options(value.subject)
    assert isinstance(value, Open)
    return algebra.unknown_options(value.asked)


def link_decide(owner: Subject, written: Sequence[LineShape], path: Path, scope: Scope) -> Decide | None:
    """Link a decision list whose values have the type of `owner`."""
    lines: list[Line] = []
    for index, shape in enumerate(written):
        here = (*path, index)
        if shape.when is None and index < len(written) - 1:
            scope.problem(
                here,
                "unreachable",
                "a line without `when` always holds: the lines after it are never read",
                "put it last",
            )
        when = None if shape.when is None else link_dated_condition(shape.when, (*here, "when"), scope)
        value = _link_value(owner, shape.value, (*here, "value"), scope)
        if value is None or (shape.when is not None and when is None):
            continue
        lines.append(Line(when, value, link_cite(shape.cite, (*here, "cite"), scope)))
    return Decide(owner.type, tuple(lines)) if lines and len(lines) == len(written) else None


def _link_value(
    owner: Subject, written: object, path: Path, scope: Scope
) -> "bool | str | Amount | SameAs | Open | None":
    if written == UNKNOWN:
        return Open(None)
    if written == ASKED:
        return Open(owner.id)
    if owner.type in NUMERIC:
        reference = written["same_as"] if isinstance(written, dict) and "same_as" in written else written
        return link_amount(reference, path, scope, owner.currency or owner.type)
    if isinstance(written, dict):
        return _link_reference(owner, str(written.get("same_as", "")), path, scope)
    return _link_constant(owner, str(written), path, scope)


def _link_reference(owner: Subject, name: str, path: Path, scope: Scope) -> SameAs | None:
    other = scope.subject(name, path)
    if other is None:
        return None
    if other.type != owner.type or other.choices != owner.choices:
        scope.problem(path, "wrong-type", f"`{name}` does not have the same type and choices as `{owner.id}`")
        return None
    return SameAs(name)


def _link_constant(owner: Subject, text: str, path: Path, scope: Scope) -> bool | str | None:
    if owner.type == "truth":
        try:
            return parse_truth(text)
        except Misread as error:
            scope.problem(path, error.code, error.message, error.hint)
            return None
    if text not in owner.choices:
        scope.problem(
            path, "unknown-choice", f"{quoted(text)} is not a choice of `{owner.id}`", near_choice(text, owner)
        )
        return None
    return text
