"""Conditions: maps from facts to tests, combined by `all`, `any` and `none`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.age import link_age
from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import NUMERIC
from eligibility.language.business_year import link_business_year
from eligibility.language.compared import COMPARISONS, link_comparison
from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.in_range import link_days, link_range
from eligibility.language.is_true import link_truth
from eligibility.language.linking import Path, Scope, Subject, nearest
from eligibility.language.one_of import link_choice, link_code
from eligibility.language.placing import checked
from eligibility.language.shape import ANY_SCALAR, Shape
from eligibility.language.speech import Speech
from eligibility.language.written_amount import check_amount

MAP_TESTS = (*COMPARISONS, "age", "business_year_end")


class Condition(Protocol):
    """A linked condition."""

    def interpret(self, algebra: Algebra[T, N, O]) -> T: ...
    def facts(self) -> frozenset[str]: ...
    def show(self, speech: Speech) -> str: ...


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; without parts it holds."""

    parts: tuple[Condition, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the condition its meaning."""
        return algebra.all([part.interpret(algebra) for part in self.parts])

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return _facts(self.parts)

    def show(self, speech: Speech) -> str:
        """Put the condition into words."""
        return speech.join([part.show(speech) for part in self.parts], either=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold."""

    parts: tuple[Condition, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the condition its meaning."""
        return algebra.any([part.interpret(algebra) for part in self.parts])

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return _facts(self.parts)

    def show(self, speech: Speech) -> str:
        """Put the condition into words."""
        return speech.join([part.show(speech) for part in self.parts], either=True)


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part may hold."""

    parts: tuple[Condition, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the condition its meaning."""
        return algebra.negation(algebra.any([part.interpret(algebra) for part in self.parts]))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return _facts(self.parts)

    def show(self, speech: Speech) -> str:
        """Put the condition into words."""
        shown = speech.join([part.show(speech) for part in self.parts], either=True)
        return speech.say("none of these: {parts}", parts=shown)


def _facts(parts: tuple[Condition, ...]) -> frozenset[str]:
    return frozenset().union(*(part.facts() for part in parts))


def _check_test(written: object) -> object:
    if isinstance(written, str):
        return (written,)
    if isinstance(written, list | tuple):
        if written and all(isinstance(entry, str) for entry in written):
            return tuple(written)
        raise PydanticCustomError(
            "not-a-test", "a test is a value, a list of values, or a map such as `age: ..10 years`"
        )
    assert isinstance(written, Mapping)
    relation, value = next(iter(written.items()), ("", None))
    if len(written) == 1 and relation in COMPARISONS:
        return {relation: checked([(relation, value)], check_amount)[0]}
    if len(written) == 1 and relation in MAP_TESTS:
        return written
    hint = nearest(str(relation), MAP_TESTS) if len(written) == 1 else "write each test as an entry under `all:`"
    context: dict[str, Any] = {"names": ", ".join(MAP_TESTS), "hint": hint}
    raise PydanticCustomError("not-a-test", "a test written as a map has exactly one of: {names}", context)


TestShape = Annotated[
    Any,
    BeforeValidator(_check_test),
    WithJsonSchema(
        {
            "anyOf": [
                ANY_SCALAR,
                {"type": "array", "items": ANY_SCALAR, "minItems": 1},
                {
                    "type": "object",
                    "properties": {name: {} for name in MAP_TESTS},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class ConditionShape(Shape):
    """A condition as written."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, TestShape]

    all_: tuple["ConditionShape", ...] | None = Field(default=None, alias="all")
    any_: tuple["ConditionShape", ...] | None = Field(default=None, alias="any")
    none_: tuple["ConditionShape", ...] | None = Field(default=None, alias="none")

    @model_validator(mode="before")
    @classmethod
    def _not_empty(cls, written: object) -> object:
        if not isinstance(written, Mapping) or not written:
            raise PydanticCustomError("not-a-condition", "a condition is a map from facts to tests, and not empty")
        for name in ("all", "any", "none"):
            if name in written and not (isinstance(written[name], list) and written[name]):
                raise PydanticCustomError("not-a-list", "`{name}` takes a list of conditions", {"name": name})
        return written


def _dated_or_plain(written: object) -> object:
    if is_dated(written):
        return check_dated(written, ConditionShape.model_validate)
    return ConditionShape.model_validate(written)


DatedCondition = Annotated[Any, BeforeValidator(_dated_or_plain), WithJsonSchema({"$ref": "#/$defs/ConditionShape"})]


def link_dated_condition(written: object, path: Path, scope: Scope) -> Condition | None:
    """Link the condition in force on the rule date."""
    if isinstance(written, dict):
        day, written = in_force(written, scope.rule_date)
        path = (*path, day)
    assert isinstance(written, ConditionShape)
    return link_condition(written, path, scope)


def link_condition(written: ConditionShape, path: Path, scope: Scope) -> Condition | None:
    """Link a condition and all its parts; problems are recorded and the rest goes on."""
    parts: list[Condition | None] = []
    for name, test in (written.__pydantic_extra__ or {}).items():
        subject = scope.subject(name, (*path, name), key=True)
        parts.append(_link_test(subject, test, (*path, name), scope) if subject else None)
    for name, listed, make in (
        ("all", written.all_, AllOf),
        ("any", written.any_, AnyOf),
        ("none", written.none_, NoneOf),
    ):
        if listed is not None:
            linked = [link_condition(part, (*path, name, index), scope) for index, part in enumerate(listed)]
            parts.append(None if None in linked else make(tuple(part for part in linked if part)))
    if None in parts:
        return None
    whole = tuple(part for part in parts if part is not None)
    return whole[0] if len(whole) == 1 else AllOf(whole)


_Linker = Callable[[Subject, tuple[str, ...], Path, Scope], Condition | None]
_LINKERS: dict[str, _Linker] = {
    "truth": link_truth,
    "date": link_days,
    "choice": link_choice,
    "code": link_code,
    **dict.fromkeys(NUMERIC, link_range),
}


def _link_test(subject: Subject, written: Any, path: Path, scope: Scope) -> Condition | None:
    if isinstance(written, tuple):
        return _LINKERS[subject.type](subject, written, path, scope)
    relation, value = next(iter(written.items()))
    if relation in COMPARISONS:
        return link_comparison(subject, relation, value, path, scope)
    if subject.type != "date":
        scope.problem((*path, relation), "not-a-date", f"`{relation}` tests a date; `{subject.id}` is a {subject.type}")
        return None
    if relation == "age" and isinstance(value, str):
        return link_age(subject, value, (*path, relation), scope)
    if relation == "business_year_end" and isinstance(value, Mapping) and set(value) == {"closing", "age"}:
        closing, age = value["closing"], value["age"]
        if isinstance(closing, str) and isinstance(age, str):
            return link_business_year(subject, closing, age, (*path, relation), scope)
    scope.problem(
        (*path, relation),
        "not-a-test",
        "write `age: RANGE` or `business_year_end: {closing: FACT, age: RANGE}`",
    )
    return None
