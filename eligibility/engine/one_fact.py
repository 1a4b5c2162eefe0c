"""What the rules say as one fact varies and everything else stays as it is: known, or unknown.

The diagrams of `Cells` leave all facts free, and take what compares several unknown ones to be free as well. With a
single free fact everything else is a constant in the sense of the reference evaluator, so the thresholds found here are
exactly those at which that evaluator changes its mind.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from eligibility.engine import formula as f
from eligibility.engine.cells import Cells, Function
from eligibility.engine.comparison import Comparison
from eligibility.engine.diagram import Combination, Diagrams
from eligibility.engine.formula import Formula
from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.reference import Reference
from eligibility.engine.worked_out import behind
from eligibility.language.business_year import year_end
from eligibility.language.rows import Rows
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

_NO_LINE: Formula = ("no line",)
_LONGEST_YEAR = 366
_OPERATIONS = frozenset({f.SUM, f.DIFFERENCE, f.PRODUCT, f.QUOTIENT, f.LEAST, f.GREATEST, f.UP_TO, f.EITHER})


class Blurred(Exception):
    """The fact cannot be cut into cells here: it decides otherwise than by thresholds, choices or codes."""


class OneFact(Cells):
    """An algebra of the rule language whose truths, numbers and choices are functions of one fact.

    The fact is taken as answered, also where a definition could work it out. An interpretation raises Blurred where
    the fact has no cells.
    """

    def __init__(self, reference: Reference, fact: str) -> None:
        super().__init__(reference.rulebook, frozenset({fact}), reference.profile)
        self.diagrams = _Folding(self.diagrams.variables, reference.profile.values)
        self._truths = {truth: self.diagrams.leaf(truth) for truth in Truth}
        self.reference = reference
        self.fact = fact
        self.place = self.diagrams.places[fact]
        self._dependent = {fact: True}

    def depends(self, name: str) -> bool:
        """Tell whether what is known of a fact or definition can depend on the free fact."""
        found = self._dependent.get(name)
        if found is None:
            given = self.profile.given(name) is not None
            sources = frozenset() if given else behind(self.rulebook.subject(name))
            found = self._dependent[name] = any(self.depends(source) for source in sources)
        return found

    # What is known of a fact or definition.

    def is_true(self, name: str) -> Function:
        """Return the truth of a fact or definition."""
        if name == self.fact:
            return self.asked(name)
        return self._worked_out(name) if self.depends(name) else self._truth(self.reference.is_true(name))

    def number(self, name: str) -> Function:
        """Return the number of a fact or definition."""
        if name == self.fact:
            return self.diagrams.leaf(f.of(name))
        return self._worked_out(name) if self.depends(name) else self._quantity(self.reference.number(name))

    def options(self, name: str) -> Function:
        """Return the options of a fact or definition."""
        if name == self.fact:
            return super().unknown_options(name)
        return self._worked_out(name) if self.depends(name) else self._left(self.reference.options(name))

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> Function:
        """Tell whether a number lies in one of the ranges."""
        return super().in_ranges(name, ranges) if self.depends(name) else self._known(name, "in_ranges", ranges)

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> Function:
        """Tell whether a date lies in one of the ranges."""
        return super().in_days(name, ranges) if self.depends(name) else self._known(name, "in_days", ranges)

    def one_of(self, name: str, values: frozenset[str]) -> Function:
        """Tell whether a choice is one of the values."""
        if name == self.fact:
            return super().one_of(name, values)
        if not self.depends(name):
            return self._known(name, "one_of", values)
        definition = self.rulebook.definitions.get(name)
        every = definition is not None and values.issuperset(definition.choices)
        options = self._worked_out(name)
        return self.diagrams.bind(("one of", values, every), options, lambda left: self._among(left, values, every))

    def under(self, name: str, codes: Sequence[str]) -> Function:
        """Tell whether a code lies under one of the codes."""
        return super().under(name, codes) if name == self.fact else self._known(name, "under", codes)

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> Function:
        """Tell whether the business year in which a date lies ended in one of the ranges."""
        if self.fact not in (name, closing):
            return self._truth(self.reference.business_year_end(name, closing, ranges))
        end = self.reference.interval_of(closing)
        if self.fact == closing or not end.is_point:
            raise Blurred
        assert end.low is not None
        day = date.fromordinal(int(end.low))
        return self.any([self._ended(name, day, wanted) for wanted in ranges])

    def asked(self, name: str) -> Function:
        """Return a truth that the user can be asked for."""
        return super().asked(name) if name == self.fact else self._truths[Truth.UNKNOWN]

    def unknown_number(self, name: str | None) -> Function:
        """Return a number that is asked for, or that the rules leave open."""
        return self.diagrams.leaf(f.of(name) if name == self.fact and name is not None else f.OPEN)

    def unknown_options(self, name: str | None) -> Function:
        """Return a choice that is asked for, or that the rules leave open."""
        return super().unknown_options(name if name == self.fact else None)

    def decide_number(self, lines: Sequence[tuple[Function, Function]], otherwise: Function | None) -> Function:
        """Return the number of the first line that holds; without `otherwise` and such a line nothing is known."""
        if otherwise is not None:
            return super().decide_number(lines, otherwise)
        decided = self._decided(_BY_LINE, lines, self.diagrams.leaf(_NO_LINE))
        return self.diagrams.combine(_FILLED, (decided,))

    def look_up_truth(self, key: str, rows: Rows, asked: str | None) -> Function:
        """Return the truth at the longest prefix of a code."""
        if key == self.fact:
            return super().look_up_truth(key, rows, asked)
        return self._truth(self.reference.look_up_truth(key, rows, asked))

    def look_up_number(self, key: str, rows: Rows, asked: str | None) -> Function:
        """Return the number at the longest prefix of a code."""
        if key == self.fact:
            return super().look_up_number(key, rows, asked)
        return self._quantity(self.reference.look_up_number(key, rows, asked))

    # Inside.

    def _worked_out(self, name: str) -> Function:
        """Return what a definition makes of the free fact; for a fact, what stands instead of an answer."""
        if name not in self._defined:
            definition = self.rulebook.definitions.get(name)
            self._defined[name] = self._instead(name) if definition is None else definition.interpret(self)
        return self._defined[name]

    def _definition(self, name: str) -> Function | None:
        return self._worked_out(name) if name in self.rulebook.definitions and name != self.fact else None

    def _instead(self, name: str) -> Function:
        fact = self.rulebook.facts[name]
        assert fact.worked_out_by is not None
        if fact.type == "truth":
            return self.is_true(fact.worked_out_by)
        return self.diagrams.combine(_SINGLE, (self.options(fact.worked_out_by),))

    def _known(self, name: str, test: str, wanted: Any) -> Function:
        return self._truth(getattr(self.reference, test)(name, wanted))

    def _truth(self, judgement: Judgement) -> Function:
        return self._truths[judgement.truth]

    def _quantity(self, quantity: Quantity) -> Function:
        return self.diagrams.leaf(_loose(quantity.interval))

    def _left(self, options: Options) -> Function:
        return self.diagrams.leaf(options.values)

    def _ended(self, name: str, closing: date, wanted: Range[date]) -> Function:
        parts = []
        if wanted.low is not None:
            first = _first_day(closing, wanted.low, after=wanted.low_open)
            parts.append(self._cut(name, Fraction(first), rising=False))
        if wanted.high is not None:
            first = _first_day(closing, wanted.high, after=not wanted.high_open)
            parts.append(self._cut(name, Fraction(first - 1), rising=True))
        return self.all(parts)

    def _compared(self, comparison: Comparison) -> Function:
        raise Blurred


class _Folding(Diagrams):
    """Diagrams whose formulas are worked out to an interval where the free fact is no part of them."""

    def leaf(self, value: Hashable) -> int:
        """Return the function that is always this value."""
        if isinstance(value, tuple) and value[0] in _OPERATIONS and not any(f.names_in(value)):
            return super().leaf(_loose(f.interval_of(value, lambda _: Interval())))
        return super().leaf(value)


def _loose(interval: Interval) -> Formula:
    """Return a formula that can be everything in an interval."""
    low, high = (None if end is None else Fraction(end) for end in (interval.low, interval.high))
    if low is not None and high is not None:
        return f.made(f.EITHER, (low, high))
    if low is not None:
        return f.made(f.GREATEST, (low, f.OPEN))
    return f.OPEN if high is None else f.made(f.LEAST, (high, f.OPEN))


def _first_day(closing: date, end: date, *, after: bool) -> int:
    """Return the first day (as day number) whose business year ends on a day or later; `after`: later than that day."""
    wanted = end.toordinal() + after
    days = range(wanted - _LONGEST_YEAR, wanted + 1)
    return days[bisect_left(days, wanted, key=lambda day: year_end(date.fromordinal(day), closing).toordinal())]


def _by_line(condition: Truth, yes: Formula, no: Formula) -> Formula:
    if condition is Truth.UNKNOWN:
        return yes if no == _NO_LINE else f.made(f.EITHER, (yes, no))
    return yes if condition is Truth.YES else no


def _filled(number: Formula) -> Formula:
    return f.OPEN if number == _NO_LINE else number


def _single(options: Hashable) -> Hashable:
    return options if isinstance(options, frozenset) and len(options) == 1 else None


_BY_LINE = Combination("number by line", _by_line, choices={Truth.YES: 1, Truth.NO: 2})
_FILLED = Combination("filled", _filled)
_SINGLE = Combination("single", _single)
