"""The award: rate and bonuses, the parts that are paid, minimum, cap and budget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Amount
from eligibility.language.cite import Cite, CiteShape, link_cite
from eligibility.language.condition import Condition, DatedCondition, link_dated_condition
from eligibility.language.linking import Path, Scope
from eligibility.language.rate import Bonus, BonusShape, Rate, RateShape, link_bonus, link_rate
from eligibility.language.shape import Days, Scalar, Shape, Text
from eligibility.language.written_amount import AmountShape, link_amount

ZERO = Fraction(0)
WAYS = ("share_of", "fixed", "up_to")


class PartShape(Shape):
    """A part of the award: a share of a cost, a fixed sum, or a sum up to which the authority decides."""

    share_of: AmountShape | None = None
    fixed: AmountShape | None = None
    up_to: AmountShape | None = None
    rate: RateShape | None = None
    when: DatedCondition | None = None
    text: Text | None = None
    cite: CiteShape
    in_force: Days | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "PartShape":
        if sum(getattr(self, way) is not None for way in WAYS) != 1:
            raise PydanticCustomError("one-way", "a part has exactly one of `share_of`, `fixed`, `up_to`")
        if self.rate is not None and self.share_of is None:
            raise PydanticCustomError("rate-without-share", "only a part with `share_of` has a rate of its own")
        return self


class LimitShape(Shape):
    """A minimum, a cap or a budget."""

    amount: AmountShape
    when: DatedCondition | None = None
    text: Text | None = None
    cite: CiteShape


class CeilingShape(Shape):
    """A ceiling of rate and bonuses together."""

    rate: RateShape
    cite: CiteShape


class BenefitShape(Shape):
    """A benefit without a sum."""

    text: Text
    cite: CiteShape
    in_force: Days | None = None


class AwardShape(Shape):
    """An award as written."""

    rate: RateShape | None = None
    bonuses: dict[Scalar, BonusShape] = Field(default_factory=dict)
    rate_at_most: CeilingShape | None = None
    pays: dict[Scalar, PartShape] = Field(default_factory=dict)
    at_least: tuple[LimitShape, ...] = ()
    at_most: tuple[LimitShape, ...] = ()
    within: LimitShape | None = None
    in_kind: tuple[BenefitShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A linked part; `way` is `share_of`, `fixed` or `up_to`."""

    id: str
    way: str
    amount: Amount
    rate: Rate | None
    when: Condition | None
    text: Text | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A linked minimum, cap or budget; without a condition it always holds."""

    amount: Amount
    when: Condition | None
    text: Text | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class AwardReading(Generic[T, N]):
    """What an algebra makes of an award, step by step; money in units of the currency, not yet rounded."""

    base: N | None
    bonuses: tuple[T, ...]
    rate: N | None
    parts: tuple[N, ...]
    total: N | None
    required: N | None
    enough: T | None
    capped: N | None
    amount: N | None


@dataclass(frozen=True, slots=True)
class Award:
    """A linked award; `currency` is `None` where no money is given."""

    currency: str | None
    rate: Rate | None
    bonuses: tuple[Bonus, ...]
    ceiling: Rate | None
    parts: tuple[Part, ...]
    at_least: tuple[Limit, ...]
    at_most: tuple[Limit, ...]
    within: Limit | None
    in_kind: tuple[tuple[Text, tuple[Cite, ...]], ...]

    def facts(self) -> frozenset[str]:
        """Return the ids that it reads."""
        rates = [rate for rate in (self.rate, self.ceiling, *(part.rate for part in self.parts)) if rate is not None]
        limits = (*self.at_least, *self.at_most, *([self.within] if self.within else []))
        whens = (
            [bonus.when for bonus in self.bonuses]
            + [part.when for part in self.parts]
            + [limit.when for limit in limits]
        )
        amounts = [part.amount for part in self.parts] + [limit.amount for limit in limits]
        return frozenset().union(
            *(rate.value.facts() for rate in rates),
            *(when.facts() for when in whens if when is not None),
            *(amount.facts() for amount in amounts),
        )

    def interpret(self, algebra: Algebra[T, N, O]) -> AwardReading[T, N]:
        """Work the award out: rate, parts, minimum, cap, budget, in this order."""
        base = None if self.rate is None else _value(self.rate, algebra)
        bonuses = tuple(bonus.when.interpret(algebra) for bonus in self.bonuses)
        rate = None if base is None else self._rate(base, bonuses, algebra)
        parts = tuple(_part(part, rate, algebra) for part in self.parts)
        if not parts:
            return AwardReading(base, bonuses, rate, (), None, None, None, None, None)
        total = algebra.sum(parts) if len(parts) > 1 else parts[0]
        required = enough = None
        if self.at_least:
            lines = [(_when(limit, algebra), limit.amount.interpret(algebra)) for limit in self.at_least]
            required = algebra.decide_number(lines, algebra.constant(ZERO))
            enough = algebra.at_most(required, total)
        capped = self._capped(total, algebra)
        amount = capped
        if self.within is not None:
            amount = algebra.least([capped, self.within.amount.interpret(algebra)])
        return AwardReading(base, bonuses, rate, parts, total, required, enough, capped, amount)

    def _rate(self, base: N, bonuses: Sequence[T], algebra: Algebra[T, N, O]) -> N:
        none = algebra.constant(ZERO)
        points = [
            algebra.decide_number([(holds, bonus.points.interpret(algebra))], none)
            for bonus, holds in zip(self.bonuses, bonuses, strict=True)
        ]
        rate = algebra.sum([base, *points]) if points else base
        return rate if self.ceiling is None else algebra.least([rate, _value(self.ceiling, algebra)])

    def _capped(self, total: N, algebra: Algebra[T, N, O]) -> N:
        if not self.at_most:
            return total
        lines = [
            (_when(limit, algebra), algebra.least([total, limit.amount.interpret(algebra)])) for limit in self.at_most
        ]
        return algebra.decide_number(lines, total)


def _value(rate: Rate, algebra: Algebra[T, N, O]) -> N:
    return rate.value.interpret(algebra)  # type: ignore[return-value]  # a rate is a number


def _when(limit: Limit, algebra: Algebra[T, N, O]) -> T:
    return algebra.constant_truth(True) if limit.when is None else limit.when.interpret(algebra)


def _part(part: Part, rate: N | None, algebra: Algebra[T, N, O]) -> N:
    amount = part.amount.interpret(algebra)
    if part.way == "share_of":
        own = rate if part.rate is None else _value(part.rate, algebra)
        assert own is not None
        amount = algebra.product([own, amount])
    elif part.way == "up_to":
        amount = algebra.up_to(amount)
    if part.when is None:
        return amount
    return algebra.decide_number([(part.when.interpret(algebra), amount)], algebra.constant(ZERO))


def link_award(written: AwardShape, path: Path, scope: Scope) -> Award | None:
    """Link the award as in force on the rule date."""
    rate = None if written.rate is None else link_rate(written.rate, (*path, "rate"), scope)
    bonuses = [link_bonus(name, bonus, (*path, "bonuses", name), scope) for name, bonus in written.bonuses.items()]
    ceiling = None
    if written.rate_at_most is not None:
        ceiling = link_rate(written.rate_at_most.rate, (*path, "rate_at_most", "rate"), scope)
        cites = link_cite(written.rate_at_most.cite, (*path, "rate_at_most", "cite"), scope)
        ceiling = None if ceiling is None else replace(ceiling, cites=(*ceiling.cites, *cites))
    linked = [
        _link_part(name, shape, (*path, "pays", name), scope, written.rate is not None)
        for name, shape in written.pays.items()
        if shape.in_force is None or scope.rule_date in shape.in_force
    ]
    parts = [part for part in linked if part is not None]
    units = sorted({_unit(part) for part in parts})
    if len(units) > 1:
        message = f"the parts of an award are in one currency, not in {' and '.join(units)}"
        scope.problem((*path, "pays"), "mixed-units", message, key=True)
        return None
    if len(parts) < len(linked):
        return None
    currency = units[0] if units else None
    return _with_limits(
        written,
        path,
        scope,
        Award(
            currency,
            rate,
            tuple(bonus for bonus in bonuses if bonus),
            ceiling,
            tuple(parts),
            (),
            (),
            None,
            _benefits(written, path, scope),
        ),
    )


def _unit(part: Part) -> str:
    return part.amount.unit


def _benefits(written: AwardShape, path: Path, scope: Scope) -> tuple[tuple[Text, tuple[Cite, ...]], ...]:
    return tuple(
        (benefit.text, link_cite(benefit.cite, (*path, "in_kind", index, "cite"), scope))
        for index, benefit in enumerate(written.in_kind)
        if benefit.in_force is None or scope.rule_date in benefit.in_force
    )


def _link_part(name: str, written: PartShape, path: Path, scope: Scope, has_rate: bool) -> Part | None:
    way = next(way for way in WAYS if getattr(written, way) is not None)
    if way == "share_of" and written.rate is None and not has_rate:
        message = f"`{name}` is a share of a cost, but neither it nor the award has a `rate`"
        scope.problem(path, "no-rate", message, "write `rate: 50 %` for the award", key=True)
    amount = link_amount(getattr(written, way), (*path, way), scope)
    rate = None if written.rate is None else link_rate(written.rate, (*path, "rate"), scope)
    when = None if written.when is None else link_dated_condition(written.when, (*path, "when"), scope)
    cites = link_cite(written.cite, (*path, "cite"), scope)
    if amount is None or (written.when is not None and when is None) or (written.rate is not None and rate is None):
        return None
    if amount.bounds[0] is None or amount.bounds[0] < 0:
        message = "an award cannot be worked out from an amount that may be negative"
        scope.problem((*path, way), "may-be-negative", message, "wrap it: `{max: [0 EUR, …]}`")
        return None
    if amount.unit in ("number", "percent"):
        message = f"an award is money, this is a {'number' if amount.unit == 'number' else 'percentage'}"
        scope.problem((*path, way), "not-money", message, "write the currency, as in `500 EUR`")
        return None
    return Part(name, way, amount, rate, when, written.text, cites)


def _with_limits(written: AwardShape, path: Path, scope: Scope, award: Award) -> Award | None:
    at_least = _link_limits(written.at_least, (*path, "at_least"), scope, award.currency)
    at_most = _link_limits(written.at_most, (*path, "at_most"), scope, award.currency)
    within = None
    if written.within is not None:
        within = _link_limit(written.within, (*path, "within"), scope, award.currency)
    if (at_least or at_most or within) and not written.pays:
        message = "a minimum, cap or budget needs parts under `pays`"
        scope.problem(path, "no-parts", message, "say there what is paid", key=True)
        return None
    return replace(award, at_least=at_least, at_most=at_most, within=within)


def _link_limits(written: Sequence[LimitShape], path: Path, scope: Scope, currency: str | None) -> tuple[Limit, ...]:
    limits = [_link_limit(limit, (*path, index), scope, currency) for index, limit in enumerate(written)]
    for index, limit in enumerate(written[:-1]):
        if limit.when is None:
            scope.problem(
                (*path, index),
                "unreachable",
                "a line without `when` always holds: the lines after it are never read",
                "put it last",
            )
    return tuple(limit for limit in limits if limit)


def _link_limit(written: LimitShape, path: Path, scope: Scope, currency: str | None) -> Limit | None:
    amount = link_amount(written.amount, (*path, "amount"), scope, currency)
    when = None if written.when is None else link_dated_condition(written.when, (*path, "when"), scope)
    cites = link_cite(written.cite, (*path, "cite"), scope)
    if amount is None or (written.when is not None and when is None):
        return None
    if amount.bounds[0] is None or amount.bounds[0] < 0:
        message = "a minimum, cap or budget must not become negative"
        scope.problem((*path, "amount"), "may-be-negative", message, f"wrap it: `{{max: [0 {currency or ''}, …]}}`")
        return None
    return Limit(amount, when, written.text, cites)
