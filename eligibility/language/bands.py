"""`bands:` - values by one number, each band up to and including its upper end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.amount import Amount, AmountShape, Bounds, link_amount
from eligibility.language.in_range import InRange, unit_of, value_parser
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.shape import Scalar, Shape
from eligibility.values.misread import Misread
from eligibility.values.ranges import parse_range


class BandsShape(Shape):
    """Bands as written: `by` a fact, then `..50: 50 %` and so on."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, AmountShape]

    by: Scalar


@dataclass(frozen=True, slots=True)
class Band:
    """One band: its test and its value."""

    test: InRange
    value: Amount


@dataclass(frozen=True, slots=True)
class Bands:
    """Linked bands; above the last upper end there is no value."""

    bands: tuple[Band, ...]
    unit: str

    def interpret(self, algebra: Algebra[T, N, O]) -> N:
        """Give the bands their meaning."""
        lines = [(band.test.interpret(algebra), band.value.interpret(algebra)) for band in self.bands]
        return algebra.decide_number(lines, None)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset().union(*(band.test.facts() | band.value.facts() for band in self.bands))

    @property
    def bounds(self) -> Bounds:
        """Return the bounds that the values never leave."""
        lows = [band.value.bounds[0] for band in self.bands]
        highs = [band.value.bounds[1] for band in self.bands]
        low = None if None in lows else min(value for value in lows if value is not None)
        return low, None if None in highs else max(value for value in highs if value is not None)


def link_bands(by: Subject, written: Mapping[str, Any], path: Path, scope: Scope, unit: str | None) -> Bands | None:
    """Link bands; their upper ends must rise."""
    parse = value_parser(by)
    bands: list[Band] = []
    for key, value in written.items():
        amount = link_amount(value, (*path, key), scope, unit)
        try:
            wanted = parse_range(key, parse)
        except Misread as error:
            scope.problem((*path, key), error.code, error.message, error.hint)
            return None
        if wanted.low is not None or wanted.high_open:
            scope.problem(
                (*path, key),
                "not-a-band",
                "a band is written by its upper end, such as `..50`; the last may be open: `..`",
            )
            return None
        if bands and not _rises(bands[-1], wanted.high):
            scope.problem((*path, key), "bands-not-rising", "the upper ends of bands must rise")
            return None
        if amount is None:
            return None
        bands.append(Band(InRange(by.id, (wanted,), unit_of(by)), amount))
    if not bands:
        scope.problem(path, "no-bands", "there is no band")
        return None
    return Bands(tuple(bands), bands[0].value.unit)


def _rises(last: Band, high: object) -> bool:
    previous = last.test.ranges[0].high
    return previous is not None and high is not None and high > previous  # type: ignore[operator]  # both are fractions
