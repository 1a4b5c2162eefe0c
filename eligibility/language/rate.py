"""The rate of an award: a percentage, bands by one number, or another amount; it may be dated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.amount import Amount, Constant
from eligibility.language.bands import Bands, check_bands, link_bands
from eligibility.language.cite import Cite, CiteShape, check_cite, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.decide import Decide, LineShape, Open, SameAs, link_decide
from eligibility.language.linking import Path, Scope
from eligibility.language.placing import checked
from eligibility.language.shape import Days, Percent, Shape, Text
from eligibility.language.written_amount import check_amount, link_amount


def _check_rate(written: object) -> object:
    """Accept an amount, or a map with `by`, `decide` or a value and their `cite`; each may be dated."""
    if not isinstance(written, Mapping) or not ({"by", "cite", "decide"} & set(written)):
        return check_dated(written, _check_rate) if is_dated(written) else check_amount(written)
    rate: dict[str, Any] = dict(written)
    parts: dict[str, Callable[[object], object]] = {"cite": check_cite, "by": _check_by, "decide": _check_lines}
    named = {key: rate.pop(key) for key in tuple(rate) if key in parts}
    if {"by", "decide"} <= set(named) or ("decide" in named and rate):
        raise PydanticCustomError("one-rate", "a rate has either `by` with bands, or `decide`, or one value")
    shape: dict[str, Any] = {key: checked([(key, named[key])], parts[key])[0] for key in named}
    if "by" in named:
        shape["bands"] = check_bands(rate)
    elif "decide" not in named:
        if not rate:
            raise PydanticCustomError(
                "no-rate", "there is a citation but no rate", {"hint": "write `rate: 50 %` beside it"}
            )
        # `rate: {rate: 50 %, cite: …}` is one value; `rate: {2020-01-01: …, cite: …}` are dated ones.
        inner = [("rate", rate["rate"])] if set(rate) == {"rate"} else []
        shape["amount"] = checked(inner, check_amount)[0] if inner else check_amount(rate)
    return shape


def _check_by(written: object) -> str:
    if not isinstance(written, str):
        raise PydanticCustomError("not-a-scalar", "`by` names one fact or definition")
    return written


def _check_lines(written: object) -> tuple[LineShape, ...]:
    if not isinstance(written, list) or not written:
        raise PydanticCustomError("not-a-list", "`decide` takes a list of lines")
    return tuple(checked(enumerate(written), LineShape.model_validate))


RateShape = Annotated[
    Any,
    BeforeValidator(_check_rate),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "object"}]}),
]


@dataclass(frozen=True, slots=True)
class Rate:
    """A linked rate: how it is worked out, and where it is written."""

    value: Amount | Bands | Decide
    cites: tuple[Cite, ...]


def link_rate(written: object, path: Path, scope: Scope) -> Rate | None:
    """Link the rate in force on the rule date."""
    if is_dated(written) and isinstance(written, dict):
        day, value = in_force(written, scope.rule_date)
        return link_rate(value, (*path, day), scope)
    if isinstance(written, dict) and {"by", "decide", "cite"} & set(written):
        cites = link_cite(written.get("cite"), (*path, "cite"), scope)
        value = _link_value(written, path, scope)
    else:
        cites, value = (), link_amount(written, path, scope, "percent")
    if value is None:
        return None
    if any(amount.bounds[0] is None or amount.bounds[0] < 0 for amount in _amounts(value)):
        scope.problem(path, "may-be-negative", "a rate must not become negative", "wrap it: `{max: [0 %, …]}`")
        return None
    return Rate(value, cites)


def _amounts(value: Amount | Bands | Decide) -> list[Amount]:
    if isinstance(value, Bands):
        return [band.value for band in value.bands]
    if isinstance(value, Decide):
        return [line.value for line in value.lines if not isinstance(line.value, bool | str | SameAs | Open)]
    return [value]


def _link_value(written: Mapping[str, Any], path: Path, scope: Scope) -> Amount | Bands | Decide | None:
    if "decide" in written:
        return link_decide(_RATE, written["decide"], (*path, "decide"), scope)
    if "by" not in written:
        amount = written["amount"]
        # The words `amount` and `rate` are not both in the file; the value stands under the latter, if under any.
        return link_amount(amount, path if is_dated(amount) else (*path, "rate"), scope, "percent")
    by = scope.subject(str(written["by"]), (*path, "by"))
    return None if by is None else link_bands(by, written["bands"], path, scope, "percent")


@dataclass(frozen=True, slots=True)
class _RateSubject:
    id: str = "rate"
    type: str = "percent"
    currency: str | None = None
    choices: tuple[str, ...] = ()
    form: str | None = None
    low: None = None
    high: None = None


_RATE = _RateSubject()


class BonusShape(Shape):
    """Percentage points added to the rate when a condition holds."""

    points: Percent
    when: DatedCondition
    text: Text | None = None
    cite: CiteShape
    in_force: Days | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """A linked bonus; `points` is a ratio (10 points are 1/10)."""

    id: str
    points: Amount
    when: Condition
    text: Text | None
    cites: tuple[Cite, ...]


def link_bonus(name: str, written: BonusShape, path: Path, scope: Scope) -> Bonus | None:
    """Link a bonus; `None` where it is not in force."""
    if written.in_force is not None and scope.rule_date not in written.in_force:
        return None
    when = link_dated_condition(written.when, (*path, "when"), scope)
    cites = link_cite(written.cite, (*path, "cite"), scope)
    return None if when is None else Bonus(name, Constant(written.points, "percent"), when, written.text, cites)
