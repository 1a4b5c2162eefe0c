"""`group_employees: 3..499` - a number, amount, percentage or date lies in one of some ranges."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech, show_range
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent
from eligibility.values.ranges import Range, parse_range

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class InRange:
    """Test that a number lies in one of the ranges; `unit` is `number`, `percent` or a currency."""

    subject: str
    ranges: tuple[Range[Fraction], ...]
    unit: str

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.in_ranges(self.subject, self.ranges)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""

        def end(value: Fraction | None) -> str:
            return "" if value is None else speech.quantity(value, self.unit)

        shown = [show_range(speech, wanted, (end(wanted.low), end(wanted.high))) for wanted in self.ranges]
        return speech.say("{what}: {value}", what=speech.label(self.subject), value=speech.join(shown, either=True))


@dataclass(frozen=True, slots=True)
class InDays:
    """Test that a date lies in one of the ranges."""

    subject: str
    ranges: tuple[Range[date], ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.in_days(self.subject, self.ranges)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""

        def end(value: date | None) -> str:
            return "" if value is None else speech.day(value)

        shown = [show_range(speech, wanted, (end(wanted.low), end(wanted.high))) for wanted in self.ranges]
        return speech.say("{what}: {value}", what=speech.label(self.subject), value=speech.join(shown, either=True))


def value_parser(subject: Subject) -> Callable[[str], Fraction]:
    """Return the parser of written values of this number, amount or percentage."""
    if subject.type == "money":
        return lambda text: parse_money(text, subject.currency)[0]
    return parse_percent if subject.type == "percent" else parse_number


def unit_of(subject: Subject) -> str:
    """Return `number`, `percent` or the currency."""
    return subject.currency or subject.type


def link_range(subject: Subject, written: tuple[str, ...], path: Path, scope: Scope) -> InRange | None:
    """Read ranges of numbers, amounts or percentages."""
    ranges = _parse_all(written, value_parser(subject), path, scope)
    return InRange(subject.id, ranges, unit_of(subject)) if ranges else None


def link_days(subject: Subject, written: tuple[str, ...], path: Path, scope: Scope) -> InDays | None:
    """Read ranges of dates."""
    ranges = _parse_all(written, parse_date, path, scope)
    return InDays(subject.id, ranges) if ranges else None


def _parse_all(written: tuple[str, ...], parse: Callable[[str], V], path: Path, scope: Scope) -> tuple[Range[V], ...]:
    ranges: list[Range[V]] = []
    for index, text in enumerate(written):
        try:
            ranges.append(parse_range(text, parse))
        except Misread as error:
            scope.problem((*path, index), error.code, error.message, error.hint)
    return tuple(ranges) if len(ranges) == len(written) else ()
