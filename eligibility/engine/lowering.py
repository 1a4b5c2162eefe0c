"""The column algebra: the meaning of the rules on a whole table at once, as a graph of column terms."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from eligibility.engine.code_columns import Found, found_truth, looked_up, under_codes
from eligibility.engine.days import between, closed_days, ended_in
from eligibility.engine.fact_columns import above_lowest, absent, ranged, valued
from eligibility.engine.given import Known, overridden, settled_options
from eligibility.engine.kleene import (
    Flag,
    Kleene,
    OptionColumns,
    TruthColumn,
    agreed,
    all_kleene,
    any_kleene,
    both,
    either,
    if_else,
    is_no,
    is_unknown,
    is_yes,
    merged,
    negated,
    opposite,
)
from eligibility.engine.spans import (
    UNKNOWN,
    NumberColumn,
    aligned,
    below_end,
    checked,
    chosen,
    closed,
    compared,
    constant,
    greatest,
    inside,
    lacking,
    least,
    minus,
    multiplied,
    plus,
    scale_of,
    times,
)
from eligibility.engine.term import Sheet, Term
from eligibility.language.rows import Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth


class Columns:
    """An algebra over the columns of a table.

    `given` are the facts and definitions that the table has; `ranged` those of them whose cells may be known ranges of
    numbers, with a column for each end; `reasons` adds what is missing. Algebras on one `sheet` make equal terms the
    same object.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        given: Collection[str],
        *,
        ranged: Collection[str] = (),
        reasons: bool,
        sheet: Sheet | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.given = frozenset(given)
        self.ranged = frozenset(ranged)
        self.reasons = reasons
        self.sheet = Sheet() if sheet is None else sheet
        self._defined: dict[str, Known] = {}

    # What is known of a fact or definition.

    def is_true(self, name: str) -> TruthColumn:
        """Return a truth."""
        if name in self.rulebook.definitions:
            defined = self._definition(name)
            assert isinstance(defined, TruthColumn)
            return defined
        by = self.rulebook.facts[name].worked_out_by
        return self._leaf(name, lambda column: column, Truth.UNKNOWN if by is None else self.is_true(by).value)

    def number(self, name: str) -> NumberColumn:
        """Return a number; where nobody gave it, it still lies above its lowest value."""
        if name in self.rulebook.definitions:
            defined = self._definition(name)
            assert isinstance(defined, NumberColumn)
            return defined
        fact = self.rulebook.facts[name]
        if name in self.ranged:
            number = ranged(self.sheet, fact)
            return self._reasoned(replace(number, low=above_lowest(self.sheet, fact)))
        return self._reasoned(valued(self.sheet, fact) if name in self.given else absent(fact))

    def options(self, name: str) -> OptionColumns:
        """Return what is known of a choice."""
        if name in self.rulebook.definitions:
            defined = self._definition(name)
            assert isinstance(defined, OptionColumns)
            return defined
        settled = self._settled(name)
        if name not in self.given and not settled:
            return self.unknown_options(name)
        truths = {choice: self._is(name, choice, settled) for choice in self.rulebook.facts[name].choices}
        values: dict[str, Kleene] = {choice: truth.value for choice, truth in truths.items()}
        return OptionColumns(values, Truth.NO, merged([truth.missing for truth in truths.values()]))

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> TruthColumn:
        """Tell where a number lies in one of the ranges."""
        if name in self.rulebook.definitions:
            number = self.number(name)
            value = any_kleene([inside(number, wanted) for wanted in ranges])
            return TruthColumn(value, merged([number.missing], is_unknown(value)))
        subject = self.rulebook.facts[name]
        if name in self.ranged:
            number = self._reasoned(ranged(self.sheet, subject))
            value = any_kleene([inside(number, wanted) for wanted in ranges])
            return TruthColumn(value, merged([number.missing], is_unknown(value)))
        ends = [closed(wanted, scale_of(subject.type, subject.currency)) for wanted in ranges]
        return self._leaf(name, lambda column: between(column, ends))

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> TruthColumn:
        """Tell where a date lies in one of the ranges."""
        if any(wanted.low is None and wanted.high is None for wanted in ranges):
            return TruthColumn(Truth.YES)
        ends = [closed_days(wanted) for wanted in ranges]
        return self._leaf(name, lambda column: between(column, ends))

    def one_of(self, name: str, values: frozenset[str]) -> TruthColumn:
        """Tell where a choice is one of the values."""
        if name not in self.rulebook.definitions:
            settled = self._settled(name)
            instead = any_kleene([settled[choice] for choice in settled if choice in values] or [Truth.UNKNOWN])
            return self._leaf(name, lambda column: column.is_in(tuple(sorted(values))), instead)
        options = self.options(name)
        choices = self.rulebook.definitions[name].choices
        inner = any_kleene([options.is_(choice) for choice in choices if choice in values])
        outer = any_kleene([options.is_(choice) for choice in choices if choice not in values])
        value = agreed(inner, negated(outer))
        return TruthColumn(value, merged([options.missing], is_unknown(value)))

    def under(self, name: str, codes: Sequence[str]) -> TruthColumn:
        """Tell where a code lies under one of the codes; a code coarser than one of them leaves it open."""
        return self._leaf(name, lambda column: under_codes(column, codes))

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> TruthColumn:
        """Tell where the business year in which a date lies ended in one of the ranges."""
        missing = merged([self._leaf(fact, lambda column: column).missing for fact in (name, closing)])
        if name not in self.given or closing not in self.given:
            return TruthColumn(Truth.UNKNOWN, missing)
        value = any_kleene([ended_in(self.sheet.column(name), self.sheet.column(closing), wanted) for wanted in ranges])
        return TruthColumn(value, missing)

    # Truths.

    def constant_truth(self, value: bool | None) -> TruthColumn:
        """Return a truth that needs no fact."""
        return TruthColumn(Truth.of(value))

    def negation(self, part: TruthColumn) -> TruthColumn:
        """Return the opposite."""
        return TruthColumn(negated(part.value), part.missing)

    def all(self, parts: Sequence[TruthColumn]) -> TruthColumn:
        """Return where all hold."""
        value = all_kleene([part.value for part in parts])
        return TruthColumn(value, merged([part.missing for part in parts], is_unknown(value)))

    def any(self, parts: Sequence[TruthColumn]) -> TruthColumn:
        """Return where one holds."""
        value = any_kleene([part.value for part in parts])
        return TruthColumn(value, merged([part.missing for part in parts], is_unknown(value)))

    def asked(self, name: str) -> TruthColumn:
        """Return an unknown truth that the user can be asked for."""
        return TruthColumn(Truth.UNKNOWN, self._missing(name, True))

    def at_most(self, left: NumberColumn, right: NumberColumn) -> TruthColumn:
        """Tell where the left number is at most the right one."""
        value = compared(left, right)
        return TruthColumn(value, merged([left.missing, right.missing], is_unknown(value)))

    def below(self, left: NumberColumn, right: NumberColumn) -> TruthColumn:
        """Tell where the left number is below the right one."""
        return self.negation(self.at_most(right, left))

    # Numbers.

    def constant(self, value: Fraction) -> NumberColumn:
        """Return a written number."""
        return constant(value)

    def unknown_number(self, name: str | None) -> NumberColumn:
        """Return a number of which nothing is known; `name` if the user can be asked for it."""
        return UNKNOWN if name is None else replace(UNKNOWN, missing=self._missing(name, True))

    def sum(self, parts: Sequence[NumberColumn]) -> NumberColumn:
        """Add up."""
        total, *rest = aligned(parts)
        for part in rest:
            total = NumberColumn(
                plus(total.low, part.low),
                plus(total.high, part.high),
                total.scale,
                checked(total.largest + part.largest),
                total.low_open or part.low_open,
                total.high_open or part.high_open,
            )
        return self._measured(total, parts)

    def difference(self, left: NumberColumn, right: NumberColumn) -> NumberColumn:
        """Subtract."""
        first, second = aligned((left, right))
        result = NumberColumn(
            minus(first.low, second.high),
            minus(first.high, second.low),
            first.scale,
            checked(first.largest + second.largest),
            first.low_open or second.high_open,
            first.high_open or second.low_open,
        )
        return self._measured(result, (left, right))

    def product(self, parts: Sequence[NumberColumn]) -> NumberColumn:
        """Multiply numbers that are not negative."""
        total, *rest = parts
        for part in rest:
            total = multiplied(total, part)
        return self._measured(total, parts)

    def quotient(self, part: NumberColumn, divisor: Fraction) -> NumberColumn:
        """Divide by a written number above 0."""
        factor = divisor.denominator
        result = replace(
            part,
            low=times(part.low, factor),
            high=times(part.high, factor),
            scale=part.scale * divisor.numerator,
            largest=checked(part.largest * factor),
        )
        return self._measured(result, (part,))

    def least(self, parts: Sequence[NumberColumn]) -> NumberColumn:
        """Return the smallest; a part that cannot be it is not missed."""
        numbers = aligned(parts)
        result = least(numbers)
        return self._relevant(result, numbers, [below_end(number.low, result.high) for number in numbers])

    def greatest(self, parts: Sequence[NumberColumn]) -> NumberColumn:
        """Return the greatest; a part that cannot be it is not missed."""
        numbers = aligned(parts)
        result = greatest(numbers)
        return self._relevant(result, numbers, [below_end(result.low, number.high) for number in numbers])

    def up_to(self, part: NumberColumn) -> NumberColumn:
        """Return a number between 0 and this one."""
        return replace(part, low=0, low_open=False, point=None)

    # Decision lists.

    def decide_truth(self, lines: Sequence[tuple[TruthColumn, TruthColumn]], otherwise: TruthColumn) -> TruthColumn:
        """Return the truth of the first line that holds."""
        value = _first([(holds, line.value) for holds, line in lines], otherwise.value)
        return TruthColumn(value, self._line_missing(lines, otherwise, is_unknown(value)))

    def decide_number(
        self, lines: Sequence[tuple[TruthColumn, NumberColumn]], otherwise: NumberColumn | None
    ) -> NumberColumn:
        """Return the number of the first line that holds; without `otherwise` one of the lines is taken to hold."""
        result = otherwise
        for holds, line in reversed(lines):
            result = chosen(holds.value, line, result)
        if result is None:
            return UNKNOWN
        return replace(result, missing=self._line_missing(lines, otherwise, opposite(result.is_point())))

    def decide_options(
        self, lines: Sequence[tuple[TruthColumn, OptionColumns]], otherwise: OptionColumns
    ) -> OptionColumns:
        """Return the options of the first line that holds."""
        values: dict[str, Kleene] = {}
        for name in sorted(set(otherwise.values).union(*(line.values for _, line in lines))):
            values[name] = _first([(holds, line.is_(name)) for holds, line in lines], otherwise.is_(name))
        rest = _first([(holds, line.rest) for holds, line in lines], otherwise.rest)
        settled: Flag = False
        for value in values.values():
            settled = either(settled, is_yes(value))
        return OptionColumns(values, rest, self._line_missing(lines, otherwise, opposite(settled)))

    def constant_options(self, value: str) -> OptionColumns:
        """Return a written choice."""
        return OptionColumns({value: Truth.YES}, Truth.NO)

    def unknown_options(self, name: str | None) -> OptionColumns:
        """Return a choice of which nothing is known; `name` if the user can be asked for it."""
        return OptionColumns({}, Truth.UNKNOWN, {} if name is None else self._missing(name, True))

    # Reference tables.

    def look_up_truth(self, key: str, rows: Rows, asked: str | None) -> TruthColumn:
        """Return the truth at the longest prefix of a code."""
        if key not in self.given:
            return self.asked(key)
        found = looked_up(self.sheet.column(key), rows)
        value = found_truth(found)
        return TruthColumn(value, self._lookup_missing(key, found, asked))

    def look_up_number(self, key: str, rows: Rows, asked: str | None) -> NumberColumn:
        """Return the number at the longest prefix of a code."""
        if key not in self.given:
            return self.unknown_number(key)
        found = looked_up(self.sheet.column(key), rows)
        missing = self._lookup_missing(key, found, asked)
        return NumberColumn(
            found.low, found.high, found.scale, found.largest, low_open=True, high_open=True, missing=missing
        )

    # Inside.

    def _reasoned(self, number: NumberColumn) -> NumberColumn:
        return number if self.reasons else replace(number, missing={})

    def _missing(self, name: str, flag: Flag) -> dict[str, Flag]:
        return {name: flag} if self.reasons else {}

    def _leaf(self, name: str, test: Callable[[Term], Term], instead: Kleene = Truth.UNKNOWN) -> TruthColumn:
        """Return the test of a fact's column, and `instead` where it is empty or the table lacks it."""
        value = agreed(test(self.sheet.column(name)) if name in self.given else Truth.UNKNOWN, instead)
        return TruthColumn(value, self._missing(name, is_unknown(value)))

    def _is(self, name: str, choice: str, settled: Mapping[str, Kleene]) -> TruthColumn:
        return self._leaf(name, lambda column: column.equals(choice), settled.get(choice, Truth.UNKNOWN))

    def _settled(self, name: str) -> Mapping[str, Kleene]:
        """Return for each choice of a fact what its definition settles; nothing if it has none."""
        by = self.rulebook.facts[name].worked_out_by
        return {} if by is None else settled_options(self.options(by), self.rulebook.facts[name].choices)

    def _measured(self, number: NumberColumn, parts: Sequence[NumberColumn]) -> NumberColumn:
        return replace(number, missing=lacking(number, [part.missing for part in parts]))

    def _relevant(self, result: NumberColumn, parts: Sequence[NumberColumn], may_be: Sequence[Flag]) -> NumberColumn:
        missing = [merged([part.missing], flag) for part, flag in zip(parts, may_be, strict=True)]
        return replace(result, missing=lacking(result, missing))

    def _line_missing(
        self, lines: Sequence[tuple[TruthColumn, "Known"]], otherwise: "Known | None", gate: Flag
    ) -> dict[str, Flag]:
        """Return what the lines lack that may be the first to hold."""
        reached: Flag = True
        parts: list[dict[str, Flag]] = []
        for holds, line in lines:
            parts.append(merged([holds.missing, line.missing], both(reached, opposite(is_no(holds.value)))))
            reached = both(reached, opposite(is_yes(holds.value)))
        if otherwise is not None:
            parts.append(merged([otherwise.missing], reached))
        return merged(parts, gate)

    def _lookup_missing(self, key: str, found: Found, asked: str | None) -> dict[str, Flag]:
        if not self.reasons:
            return {}
        missing: dict[str, Flag] = {key: found.undecided}
        if asked is not None:
            missing[asked] = found.no_row
        return missing

    def _definition(self, name: str) -> Known:
        """Work a definition out once; where the table gives it, that stands."""
        found = self._defined.get(name)
        if found is None:
            definition = self.rulebook.definitions[name]
            found = definition.interpret(self)
            if name in self.given:
                found = overridden(definition, found, self.sheet.column(name))
            self._defined[name] = found
        return found


def _first(lines: Sequence[tuple[TruthColumn, Kleene]], otherwise: Kleene) -> Kleene:
    """Return the truth of the first line that holds."""
    value = otherwise
    for holds, truth in reversed(lines):
        value = if_else(holds.value, truth, value)
    return value
