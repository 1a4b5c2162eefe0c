"""`bands:` - values by one number, each band up to and including its upper end."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pydantic import ConfigDict, ModelWrapValidatorHandler, model_validator
from pydantic_core import PydanticCustomError

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import NUMERIC, Amount, Bounds
from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.in_range import InRange, unit_of, value_parser
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.placing import checked
from eligibility.language.shape import Scalar, Shape
from eligibility.language.written_amount import AmountShape, check_amount, link_amount
from eligibility.values.misread import Misread
from eligibility.values.ranges import Range, parse_range


def check_bands(written: object) -> object:
    """Accept bands, or a map of dates with bands under each."""
    if not isinstance(written, Mapping):
        raise PydanticCustomError("not-bands", "bands are a map from upper ends to values, such as `{..50: 50 %}`")
    if is_dated(written):
        return check_dated(written, check_bands)
    return dict(zip(written, checked(written.items(), check_amount), strict=True))


class BandsShape(Shape):
    """Bands as written: `by` a fact, then `..50: 50 %` and so on, or dates with such bands under each."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, AmountShape]

    by: Scalar

    @model_validator(mode="wrap")
    @classmethod
    def _dated(cls, written: object, validate: ModelWrapValidatorHandler["BandsShape"]) -> "BandsShape":
        # What stands under dates are bands, not amounts, and is checked as such.
        if not isinstance(written, Mapping) or not is_dated({key: "" for key in written if key != "by"}):
            return validate(written)
        shape = validate({key: value for key, value in written.items() if key == "by"})
        bands = check_bands({key: value for key, value in written.items() if key != "by"})
        return cls.model_construct(by=shape.by, **bands)  # type: ignore[arg-type]  # a map of texts


@dataclass(frozen=True, slots=True)
class Band:
    """One band: its test and its value."""

    test: InRange
    value: Amount


@dataclass(frozen=True, slots=True)
class Bands:
    """Linked bands; above the last upper end there is no value.

    `whole`: the fact cannot lie above it, or a criterion would fail; otherwise such a value has to be reckoned with.
    """

    bands: tuple[Band, ...]
    unit: str
    whole: bool

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the bands their meaning."""
        lines = [(band.test.interpret(algebra), band.value.interpret(algebra)) for band in self.bands]
        return algebra.decide_number(lines, None if self.whole else algebra.unknown_number(None))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset().union(*(band.test.facts() | band.value.facts() for band in self.bands))

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that the values never leave."""
        lows = [band.value.bounds[0] for band in self.bands]
        highs = [band.value.bounds[1] for band in self.bands]
        if not self.whole:
            return None, None
        low = None if None in lows else min(value for value in lows if value is not None)
        return low, None if None in highs else max(value for value in highs if value is not None)


def link_bands(by: Subject, written: Mapping[str, Any], path: Path, scope: Scope, unit: str | None) -> Bands | None:
    """Link the bands in force on the rule date; their upper ends must rise."""
    if is_dated(written):
        day, written = in_force(written, scope.rule_date)
        path = (*path, day)
    if by.type not in NUMERIC:
        scope.problem((*path, "by"), "not-a-number", f"bands are by a number; `{by.id}` is a {by.type}")
        return None
    if not written:
        scope.problem(path, "no-bands", "there is no band", "write one as `..50: 50 %`", key=True)
        return None
    amounts = [link_amount(value, (*path, key), scope, unit) for key, value in written.items()]
    ends = [_upper_end(key, by, (*path, key), scope) for key in written]
    for key, earlier, later in zip(list(written)[1:], ends, ends[1:], strict=False):
        if earlier is not None and later is not None and earlier >= later:
            scope.problem((*path, key), "bands-not-rising", "the upper ends of bands must rise", key=True)
            return None
    bands = [
        Band(InRange(by.id, (Range(None, end),), unit_of(by)), amount)
        for end, amount in zip(ends, amounts, strict=True)
        if end is not None and amount is not None
    ]
    if len(bands) != len(written):
        return None
    highest = min((high for high in (by.high, scope.limits.get(by.id)) if high is not None), default=None)
    whole = highest is not None and ends[-1] is not None and ends[-1] >= highest
    return Bands(tuple(bands), bands[0].value.unit, whole)


def _upper_end(key: str, by: Subject, path: Path, scope: Scope) -> Fraction | None:
    how = "a band is written by its upper end, such as `..50`"
    if key.strip(" ") == "..":
        scope.problem(path, "not-a-band", how, f"for the rest name the largest `{by.id}` that there can be", key=True)
        return None
    try:
        wanted = parse_range(key, value_parser(by))
    except Misread as error:
        scope.problem(path, error.code, error.message, error.hint or how, key=True)
        return None
    if wanted.low is not None or wanted.high_open or wanted.high is None:
        scope.problem(path, "not-a-band", how, "it begins where the band before it ends", key=True)
        return None
    return wanted.high
