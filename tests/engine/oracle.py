"""The meaning of the rule language once more, as simply as can be: complete profiles, plain bool, Fraction and str.

Taken from docs/language.md, not from the evaluators. Tables, business years and awards are worked out here on their
own; everything else is walked through as an algebra. Rules must be closed:
whatever stays open is `OPEN` and cannot be used.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from eligibility.language.award import Award, Limit, Part
from eligibility.language.condition import Condition
from eligibility.language.definition import Definition, DefinitionShape
from eligibility.language.lookup import LookupShape
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.ranges import Range

OPEN: Any = None


class Said(NamedTuple):
    """What the oracle says of a programme; `enough` as for a criterion, the amount rounded."""

    failed: tuple[str, ...]
    manual: bool
    rate: Fraction | None
    amount: Fraction | None

    @property
    def verdict(self) -> str:
        """The verdict in the words of the contract."""
        return "not_eligible" if self.failed else "likely" if self.manual else "eligible"


class Oracle:
    """An algebra over one complete profile; `decided` is the share of each `up_to` that the authority grants."""

    def __init__(self, rulebook: Rulebook, answers: Mapping[str, object], decided: Fraction) -> None:
        self.rulebook = rulebook
        self.decided = decided
        self.known: dict[str, Any] = {name: self._read(name, answer) for name, answer in answers.items()}

    def _read(self, name: str, answer: Any) -> Any:
        return answer / 100 if self.rulebook.subject(name).type == "percent" else answer

    def value(self, name: str) -> Any:
        """The answer to a fact or definition, or what the definition works out."""
        if name not in self.known:
            fact = self.rulebook.facts.get(name)
            by = None if fact is None else fact.worked_out_by
            self.known[name] = self._define(self.rulebook.definitions[name]) if by is None else self.value(by)
        return self.known[name]

    def _define(self, definition: Definition) -> Any:
        assert isinstance(definition.wording, DefinitionShape)
        if definition.wording.lookup is not None:
            return self._look_up(definition.wording.lookup)
        return definition.interpret(self)

    def _look_up(self, written: LookupShape) -> Any:
        """The cell of the row with the longest key that the code begins with, valid on the day."""
        code = self.value(written.key)
        day = self.rulebook.as_of if written.on is None else self.value(written.on)
        fitting = [
            row
            for row in self.rulebook.tables[written.table].rows
            if code.startswith(row.key)
            and (row.valid_from is None or row.valid_from <= day)
            and (row.valid_to is None or day <= row.valid_to)
            and written.column in row.values
        ]
        return max(fitting, key=lambda row: len(row.key)).values[written.column]

    # Programmes.

    def says(self, programme: Programme) -> Said:
        """Go through the criteria and the award."""
        tested = [(criterion.id, criterion.condition) for criterion in programme.criteria]
        failed = [name for name, condition in tested if condition is not None and not self._holds(condition)]
        manual = any(condition is None for _, condition in tested)
        if programme.award is None:
            return Said(tuple(failed), manual, None, None)
        rate = self._rate(programme.award)
        if not programme.award.parts:
            return Said(tuple(failed), manual, rate, None)
        total = sum((self._part(part, rate) for part in programme.award.parts), Fraction(0))
        if total < self._first(programme.award.at_least, total):
            failed.append("minimum_award")
        amount = min(total, self._first(programme.award.at_most, total))
        if programme.award.within is not None:
            amount = min(amount, self._number(programme.award.within))
        return Said(tuple(failed), manual, rate, _half_up(amount, programme.award.currency or ""))

    def _holds(self, condition: Condition | None) -> bool:
        return condition is None or bool(condition.interpret(self))

    def _number(self, element: Part | Limit) -> Fraction:
        found: Fraction = element.amount.interpret(self)
        return found

    def _rate(self, award: Award) -> Fraction | None:
        if award.rate is None:
            return None
        rate: Any = award.rate.value.interpret(self)
        for bonus in award.bonuses:
            rate += bonus.points.interpret(self) if self._holds(bonus.when) else 0
        if award.ceiling is not None:
            ceiling: Any = award.ceiling.value.interpret(self)
            rate = min(rate, ceiling)
        return Fraction(rate)

    def _part(self, part: Part, rate: Fraction | None) -> Fraction:
        if not self._holds(part.when):
            return Fraction(0)
        factor: Any = {"fixed": Fraction(1), "up_to": self.decided, "share_of": rate}[part.way]
        if part.rate is not None:
            factor = part.rate.value.interpret(self)
        return Fraction(factor * self._number(part))

    def _first(self, limits: Sequence[Limit], otherwise: Fraction) -> Fraction:
        return next((self._number(limit) for limit in limits if self._holds(limit.when)), otherwise)

    # Tests.

    def is_true(self, name: str) -> bool:
        return bool(self.value(name))

    def number(self, name: str) -> Fraction:
        return Fraction(self.value(name))

    def options(self, name: str) -> str:
        return str(self.value(name))

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> bool:
        return any(_lies_in(self.value(name), wanted) for wanted in ranges)

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> bool:
        return any(_lies_in(self.value(name), wanted) for wanted in ranges)

    def one_of(self, name: str, values: frozenset[str]) -> bool:
        return self.value(name) in values

    def under(self, name: str, codes: Sequence[str]) -> bool:
        return str(self.value(name)).startswith(tuple(codes))

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> bool:
        end, closes = self.value(name), self.value(closing)
        while not _closes_on(end, closes):
            end += timedelta(days=1)
        return any(_lies_in(end, wanted) for wanted in ranges)

    def at_most(self, left: Fraction, right: Fraction) -> bool:
        return left <= right

    def below(self, left: Fraction, right: Fraction) -> bool:
        return left < right

    # Truths and decision lists.

    def constant_truth(self, value: bool | None) -> Any:
        return value

    def negation(self, part: bool) -> bool:
        return not part

    def all(self, parts: Sequence[bool]) -> bool:
        return all(parts)

    def any(self, parts: Sequence[bool]) -> bool:
        return any(parts)

    def asked(self, name: str) -> Any:
        return OPEN

    def decide_truth(self, lines: Sequence[tuple[bool, Any]], otherwise: Any) -> Any:
        return next((line for holds, line in lines if holds), otherwise)

    decide_number = decide_options = decide_truth

    def constant_options(self, value: str) -> str:
        return value

    def unknown_options(self, name: str | None) -> Any:
        return OPEN

    # Numbers.

    def constant(self, value: Fraction) -> Fraction:
        return value

    def unknown_number(self, name: str | None) -> Any:
        return OPEN

    def sum(self, parts: Sequence[Fraction]) -> Fraction:
        return sum(parts, Fraction(0))

    def difference(self, left: Fraction, right: Fraction) -> Fraction:
        return left - right

    def product(self, parts: Sequence[Fraction]) -> Fraction:
        result = Fraction(1)
        for part in parts:
            result *= part
        return result

    def quotient(self, part: Fraction, divisor: Fraction) -> Fraction:
        return part / divisor

    def least(self, parts: Sequence[Fraction]) -> Fraction:
        return min(parts)

    def greatest(self, parts: Sequence[Fraction]) -> Fraction:
        return max(parts)

    def up_to(self, part: Fraction) -> Any:
        raise AssertionError("awards are worked out here")

    def look_up_truth(self, key: str, rows: object, asked: str | None) -> Any:
        raise AssertionError("tables are looked up here")

    look_up_number = look_up_truth


def _lies_in(value: Any, wanted: Range[Any]) -> bool:
    after = wanted.low is None or value > wanted.low or (value == wanted.low and not wanted.low_open)
    before = wanted.high is None or value < wanted.high or (value == wanted.high and not wanted.high_open)
    return after and before


def _closes_on(day: date, closes: date) -> bool:
    """Whether a business year ends on a day; one that ends on 29 February ends on the 28th in a common year."""
    next_day = day + timedelta(days=1)
    if (closes.month, closes.day) == (2, 29):
        return day.month == 2 and next_day.month == 3
    return (day.month, day.day) == (closes.month, closes.day)


def _half_up(amount: Fraction, currency: str) -> Fraction:
    unit = Fraction(1) if currency == "KRW" else Fraction(1, 100)
    return floor(amount / unit + Fraction(1, 2)) * unit
