"""The reference evaluator: the meaning of the rules on one profile, written to be read.

Strong Kleene logic on truths, intervals on numbers, sets of options on choices. Speed is the business of `columns`;
tests hold the two equal.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from eligibility.engine.known import Judgement, Options, Quantity, judged, measured
from eligibility.engine.profile import Profile
from eligibility.language.business_year import year_end
from eligibility.language.definition import Definition
from eligibility.language.rows import Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.codes import covers
from eligibility.values.interval import Interval, Number, greatest, least
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth, all_of, any_of


class Reference:
    """An algebra over what is known of one profile. Definitions are worked out once each, when first needed."""

    def __init__(self, rulebook: Rulebook, profile: Profile) -> None:
        self.rulebook = rulebook
        self.profile = profile
        self._defined: dict[str, Judgement | Quantity | Options] = {}

    # What is known of a fact or definition.

    def known(self, name: str) -> Judgement | Quantity | Options:
        """Return what is known of a truth, a choice or a number, by its type."""
        kind = self.rulebook.subject(name).type
        if kind == "truth":
            return self.is_true(name)
        return self.options(name) if kind == "choice" else self.number(name)

    def is_true(self, name: str) -> Judgement:
        """Return what is known of a truth."""
        given = self.profile.given(name)
        if given is not None:
            return Judgement(Truth.of(given is True))
        defined = self._definition(name)
        return defined if isinstance(defined, Judgement) else Judgement(Truth.UNKNOWN, frozenset({name}))

    def number(self, name: str) -> Quantity:
        """Return what is known of a number; one that nobody gave still lies above its lowest value."""
        defined = self._defined_number(name)
        if defined is not None:
            return defined
        interval = self._given_interval(name)
        low = self.rulebook.subject(name).low if interval.is_unknown else None
        return Quantity(interval.clamped(low, None), self._lacking(name, interval))

    def interval_of(self, name: str) -> Interval:
        """Return what is known of a number or date (as day number), given or worked out."""
        defined = self._defined_number(name)
        return self._given_interval(name) if defined is None else defined.interval

    def options(self, name: str) -> Options:
        """Return what is known of a choice."""
        given = self.profile.given(name)
        if isinstance(given, str):
            return Options(frozenset({given}))
        defined = self._definition(name)
        return defined if isinstance(defined, Options) else Options(None, frozenset({name}))

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> Judgement:
        """Tell whether a number lies in one of the ranges."""
        defined = self._defined_number(name)
        interval = self._given_interval(name) if defined is None else defined.interval
        truth = any_of(interval.inside(wanted) for wanted in ranges)
        return judged(truth, missing=self._lacking(name, interval) if defined is None else defined.missing)

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> Judgement:
        """Tell whether a date lies in one of the ranges."""
        interval = self._given_interval(name)
        truth = any_of(interval.inside(_ordinal(wanted)) for wanted in ranges)
        return judged(truth, missing=self._lacking(name, interval))

    def one_of(self, name: str, values: frozenset[str]) -> Judgement:
        """Tell whether a choice is one of the values."""
        options = self.options(name)
        if options.values is None:
            definition = self.rulebook.definitions.get(name)
            truth = Truth.of(True if definition is not None and values.issuperset(definition.choices) else None)
        elif options.values <= values:
            truth = Truth.YES
        else:
            truth = Truth.UNKNOWN if options.values & values else Truth.NO
        return judged(truth, missing=options.missing)

    def under(self, name: str, codes: Sequence[str]) -> Judgement:
        """Tell whether a code lies under one of the codes; a code coarser than one of them leaves it open."""
        given = self.profile.given(name)
        if not isinstance(given, str):
            return Judgement(Truth.UNKNOWN, frozenset({name}))
        if any(covers(code, given) for code in codes):
            return Judgement(Truth.YES)
        coarse = any(covers(given, code) for code in codes)
        return judged(Truth.UNKNOWN if coarse else Truth.NO, missing=frozenset({name}))

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> Judgement:
        """Tell whether the business year in which a date lies ended in one of the ranges."""
        day, end = self._given_interval(name), self._given_interval(closing)
        lacking = self._lacking(name, day) | self._lacking(closing, end)
        if not end.is_point:
            return Judgement(Truth.UNKNOWN, lacking)
        # A later day never lies in a business year that ends earlier.
        low, high = (
            None if bound is None else year_end(_date(bound), _date(end.low)).toordinal()
            for bound in (day.low, day.high)
        )
        ended = Interval(low, high)
        return judged(any_of(ended.inside(_ordinal(wanted)) for wanted in ranges), missing=lacking)

    # Truths.

    def constant_truth(self, value: bool | None) -> Judgement:
        """Return a truth that needs no fact."""
        return Judgement(Truth.of(value))

    def negation(self, part: Judgement) -> Judgement:
        """Return the opposite."""
        return judged(~part.truth, (part,))

    def all(self, parts: Sequence[Judgement]) -> Judgement:
        """Return whether all hold."""
        return judged(all_of(part.truth for part in parts), parts)

    def any(self, parts: Sequence[Judgement]) -> Judgement:
        """Return whether one holds."""
        return judged(any_of(part.truth for part in parts), parts)

    def asked(self, name: str) -> Judgement:
        """Return an unknown truth that the user can be asked for."""
        return Judgement(Truth.UNKNOWN, frozenset({name}))

    def at_most(self, left: Quantity, right: Quantity) -> Judgement:
        """Tell whether the left number is at most the right one."""
        return judged(left.interval.at_most(right.interval), missing=left.missing | right.missing)

    def below(self, left: Quantity, right: Quantity) -> Judgement:
        """Tell whether the left number is below the right one."""
        return self.negation(self.at_most(right, left))

    # Numbers.

    def constant(self, value: Fraction) -> Quantity:
        """Return a written number."""
        return Quantity(Interval.point(value))

    def unknown_number(self, name: str | None) -> Quantity:
        """Return a number of which nothing is known; `name` if the user can be asked for it."""
        return Quantity(Interval(), frozenset() if name is None else frozenset({name}))

    def sum(self, parts: Sequence[Quantity]) -> Quantity:
        """Add up."""
        total = parts[0].interval
        for part in parts[1:]:
            total = total + part.interval
        return measured(total, parts)

    def difference(self, left: Quantity, right: Quantity) -> Quantity:
        """Subtract."""
        return measured(left.interval - right.interval, (left, right))

    def product(self, parts: Sequence[Quantity]) -> Quantity:
        """Multiply numbers that are not negative."""
        total = parts[0].interval
        for part in parts[1:]:
            total = total * part.interval
        return measured(total, parts)

    def quotient(self, part: Quantity, divisor: Fraction) -> Quantity:
        """Divide by a written number above 0."""
        return measured(part.interval.divided_by(divisor), (part,))

    def least(self, parts: Sequence[Quantity]) -> Quantity:
        """Return the smallest; a part that cannot be it is not missed."""
        result = least([part.interval for part in parts])
        return measured(result, [part for part in parts if _may_be_least(part.interval, result)])

    def greatest(self, parts: Sequence[Quantity]) -> Quantity:
        """Return the greatest; a part that cannot be it is not missed."""
        result = greatest([part.interval for part in parts])
        return measured(result, [part for part in parts if _may_be_greatest(part.interval, result)])

    def up_to(self, part: Quantity) -> Quantity:
        """Return a number between 0 and this one."""
        return Quantity(Interval(Fraction(0), part.interval.high), part.missing)

    # Decision lists.

    def decide_truth(self, lines: Sequence[tuple[Judgement, Judgement]], otherwise: Judgement) -> Judgement:
        """Return the truth of the first line that holds."""
        reached = list(_reached(lines, otherwise))
        truths = {value.truth for _, value in reached}
        truth = truths.pop() if len(truths) == 1 else Truth.UNKNOWN
        return judged(truth, [part for line in reached for part in line])

    def decide_number(self, lines: Sequence[tuple[Judgement, Quantity]], otherwise: Quantity | None) -> Quantity:
        """Return the number of the first line that holds; without `otherwise` one of the lines is taken to hold."""
        reached = list(_reached(lines, otherwise))
        if not reached:
            return self.unknown_number(None)
        interval = reached[0][1].interval
        for _, value in reached[1:]:
            interval = interval.hull(value.interval)
        conditions = frozenset().union(*(holds.missing for holds, _ in reached))
        return measured(interval, [value for _, value in reached], conditions)

    def decide_options(self, lines: Sequence[tuple[Judgement, Options]], otherwise: Options) -> Options:
        """Return the options of the first line that holds."""
        reached = list(_reached(lines, otherwise))
        left = [value.values for _, value in reached]
        values = None if None in left else frozenset().union(*(found for found in left if found is not None))
        if values is not None and len(values) == 1:
            return Options(values)
        lacking = [holds.missing | value.missing for holds, value in reached]
        return Options(values, frozenset().union(*lacking))

    def constant_options(self, value: str) -> Options:
        """Return a written choice."""
        return Options(frozenset({value}))

    def unknown_options(self, name: str | None) -> Options:
        """Return a choice of which nothing is known; `name` if the user can be asked for it."""
        return Options(None, frozenset() if name is None else frozenset({name}))

    # Reference tables.

    def look_up_truth(self, key: str, rows: Rows, asked: str | None) -> Judgement:
        """Return the truth at the longest prefix of a code."""
        found = self._look_up(key, rows, asked)
        if isinstance(found, frozenset):
            return Judgement(Truth.UNKNOWN, found)
        low, high = found
        return Judgement(
            Truth.of(bool(low)) if low == high else Truth.UNKNOWN,
            frozenset() if low == high else frozenset({key}),
        )

    def look_up_number(self, key: str, rows: Rows, asked: str | None) -> Quantity:
        """Return the number at the longest prefix of a code."""
        found = self._look_up(key, rows, asked)
        if isinstance(found, frozenset):
            return Quantity(Interval(), found)
        interval = Interval(*found)
        return Quantity(interval, frozenset() if interval.is_point else frozenset({key}))

    def _look_up(
        self, key: str, rows: Rows, asked: str | None
    ) -> tuple[Fraction | bool, Fraction | bool] | frozenset[str]:
        """Return smallest and largest value at a code, or what is missing to tell."""
        code = self.profile.given(key)
        if not isinstance(code, str):
            return frozenset({key})
        if code in rows.coarse:
            return rows.coarse[code] or frozenset({key})
        prefix = rows.prefix(code)
        if prefix is None:
            return frozenset() if asked is None else frozenset({asked})
        return rows.values[prefix], rows.values[prefix]

    # Inside.

    def _definition(self, name: str) -> Judgement | Quantity | Options | None:
        definition = self.rulebook.definitions.get(name)
        if definition is None:
            return self._instead(name)
        if name not in self._defined:
            self._defined[name] = self._work_out(definition)
        return self._defined[name]

    def _instead(self, name: str) -> Judgement | Quantity | Options | None:
        """Return what stands for a fact that nobody answered; `None` as long as its definition is not settled."""
        fact = self.rulebook.facts.get(name)
        if fact is None or fact.worked_out_by is None:
            return None
        known = self.known(fact.worked_out_by)
        if isinstance(known, Judgement):
            return known if known.truth is not Truth.UNKNOWN else None
        return known if isinstance(known, Options) and known.value is not None else None

    def _work_out(self, definition: Definition) -> Judgement | Quantity | Options:
        worked_out: Judgement | Quantity | Options = definition.interpret(self)
        return worked_out

    def _defined_number(self, name: str) -> Quantity | None:
        if self.profile.given(name) is not None:
            return None
        defined = self._definition(name)
        return defined if isinstance(defined, Quantity) else None

    def _given_interval(self, name: str) -> Interval:
        given = self.profile.given(name)
        return given if isinstance(given, Interval) else Interval()

    def _lacking(self, name: str, interval: Interval) -> frozenset[str]:
        return frozenset() if interval.is_point else frozenset({name})


V = TypeVar("V", Judgement, Quantity, Options)


def _reached(lines: Sequence[tuple[Judgement, V]], otherwise: V | None) -> Iterator[tuple[Judgement, V]]:
    """Yield the lines that may be the first to hold, up to the one that surely does."""
    for holds, value in lines:
        if holds.truth is not Truth.NO:
            yield holds, value
        if holds.truth is Truth.YES:
            return
    if otherwise is not None:
        yield Judgement(Truth.YES), otherwise


def _may_be_least(interval: Interval, result: Interval) -> bool:
    return result.high is None or interval.low is None or interval.low < result.high


def _may_be_greatest(interval: Interval, result: Interval) -> bool:
    return result.low is None or interval.high is None or interval.high > result.low


def _ordinal(wanted: Range[date]) -> Range[Number]:
    low = None if wanted.low is None else wanted.low.toordinal()
    high = None if wanted.high is None else wanted.high.toordinal()
    return Range(low, high, wanted.low_open, wanted.high_open)


def _date(ordinal: Number | None) -> date:
    assert ordinal is not None
    return date.fromordinal(int(ordinal))
