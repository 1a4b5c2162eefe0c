"""The rate of an award: a percentage, bands by one number, or another amount; it may be dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.amount import Amount, link_amount
from eligibility.language.amount import _check_written as check_amount
from eligibility.language.bands import Bands, link_bands
from eligibility.language.cite import Cite, CiteShape, _check_cite, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.dated import check_days, in_force, is_dated
from eligibility.language.decide import Decide, LineShape, link_decide
from eligibility.language.linking import Path, Scope
from eligibility.language.shape import Days, Percent, Shape, Text


def _check_rate(written: object) -> object:
    """Accept an amount, or a map with `by`, `decide` or `rate` and their `cite`; dates may stand around any of them."""
    if is_dated(written) and isinstance(written, Mapping):
        check_days(written)
        return {day: _check_rate(value) for day, value in written.items()}
    if not isinstance(written, Mapping) or not ({"by", "cite", "decide"} & set(written)):
        return check_amount(written)
    rate: dict[str, Any] = dict(written)
    cite = rate.pop("cite", None)
    checked: dict[str, Any] = {} if cite is None else {"cite": _check_cite(cite)}
    if "decide" in rate:
        lines = rate.pop("decide")
        checked["decide"] = tuple(LineShape.model_validate(line) for line in lines)
    if "by" in rate:
        checked["by"] = rate.pop("by")
        checked["bands"] = _check_bands(rate)
    elif rate:
        checked["amount"] = check_amount(rate.pop("rate") if set(rate) == {"rate"} else rate)
    return checked


def _check_bands(written: Mapping[str, Any]) -> dict[str, Any]:
    if not is_dated(written):
        return {key: check_amount(value) for key, value in written.items()}
    check_days(written)
    if not all(isinstance(bands, Mapping) for bands in written.values()):
        raise PydanticCustomError("not-bands", "each date stands for a map of bands such as `{..50: 50 %}`")
    return {day: {key: check_amount(value) for key, value in bands.items()} for day, bands in written.items()}


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
    return None if value is None else Rate(value, cites)


def _link_value(written: Mapping[str, Any], path: Path, scope: Scope) -> Amount | Bands | Decide | None:
    if "decide" in written:
        return link_decide(_RATE, written["decide"], (*path, "decide"), scope)
    if "by" not in written:
        return link_amount(written.get("amount"), path, scope, "percent")
    by = scope.subject(str(written["by"]), (*path, "by"))
    bands = written["bands"]
    if is_dated(bands):
        day, bands = in_force(bands, scope.rule_date)
        path = (*path, day)
    return None if by is None else link_bands(by, bands, path, scope, "percent")


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
    from eligibility.language.amount import Constant

    if written.in_force is not None and scope.rule_date not in written.in_force:
        return None
    when = link_dated_condition(written.when, (*path, "when"), scope)
    cites = link_cite(written.cite, (*path, "cite"), scope)
    return None if when is None else Bonus(name, Constant(written.points, "percent"), when, written.text, cites)
