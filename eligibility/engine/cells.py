"""The rules on cells: what a programme says, as one decision diagram over its facts.

Every test compares a fact with written values, so it cuts what the fact can be into cells that no rule tells apart. An
interpreter of the rule language that works on diagrams therefore sees all profiles at once. Where a test compares
several unknown facts with each other, it becomes a variable of its own (a `Comparison`), which is taken to be free:
that can only make more facts matter, never fewer.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from eligibility.engine import formula as f
from eligibility.engine import leaves
from eligibility.engine.comparison import Comparison, comparison_of
from eligibility.engine.diagram import Combination, Diagrams, TooLarge, Variable
from eligibility.engine.formula import Formula, Line
from eligibility.engine.partition import KIND_OF, NAMES
from eligibility.engine.profile import Profile, Subject, answer_bounds
from eligibility.engine.reference import Reference
from eligibility.language.award import Award
from eligibility.language.programme import Programme
from eligibility.language.rows import Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

Function = int
NOTHING_KNOWN = Profile({}, {})
MOST_NODES = 5_000
"""How many nodes the diagram of one programme may take; larger programmes are planned by Kleene logic."""


class Cells:
    """An algebra of the rule language whose truths, numbers and choices are diagrams.

    `stated` are definitions that are taken as given (or asked for) instead of being worked out; what a `profile` knows
    is put in from the start.
    """

    def __init__(
        self, rulebook: Rulebook, stated: frozenset[str] = frozenset(), profile: Profile = NOTHING_KNOWN
    ) -> None:
        self.rulebook = rulebook
        self.stated = stated
        self.profile = profile
        self.reference = Reference(rulebook, profile)
        subjects: list[Subject] = [*rulebook.facts.values(), *rulebook.definitions.values()]
        self.diagrams = Diagrams([Variable(subject.id, KIND_OF[subject.type]) for subject in subjects], profile.values)
        self.comparisons: dict[str, Comparison] = {}
        self._names: dict[Comparison, str] = {}
        self._defined: dict[str, Function] = {}
        self._truths = {truth: self.diagrams.leaf(truth) for truth in Truth}

    def verdict(self, programme: Programme) -> Function | None:
        """Return whether all criteria of a programme are met, its minimum award among them; `None` if too large."""
        self.diagrams.room = MOST_NODES
        try:
            return self._verdict(programme)
        except TooLarge:
            return None

    def award(self, programme: Programme) -> tuple[Function, ...] | None:
        """Return what the award of a programme that is not ruled out depends on: functions with formulas as leaves.

        These are rate and amount. An amount that would be too large is taken apart: each part, minimum and cap is a
        function of its own, so that a fact may seem to matter which a later step makes indifferent. `None` if even
        those are too large.
        """
        award = programme.award
        if award is None:
            return ()
        self.diagrams.room = MOST_NODES
        try:
            reading = award.interpret(self)
        except TooLarge:
            return self._steps(award)
        amount = None if award.currency is None else reading.amount
        return tuple(part for part in (reading.rate, amount) if part is not None)

    def _steps(self, award: Award) -> tuple[Function, ...] | None:
        single = replace(award, at_least=(), at_most=(), within=None)
        parts: Iterable[Award] = (
            replace(single, parts=()),
            *(replace(single, parts=(part,)) for part in award.parts),
            *(
                replace(single, parts=(replace(award.parts[0], way="fixed", amount=limit.amount, when=limit.when),))
                for limit in (*award.at_most, *([award.within] if award.within else []))
            ),
        )
        self.diagrams.room = MOST_NODES
        try:
            readings = [part.interpret(self) for part in parts]
        except TooLarge:
            return None
        steps = [step for reading in readings for step in (reading.rate, reading.total)]
        return tuple(dict.fromkeys(step for step in steps if step is not None))

    def _verdict(self, programme: Programme) -> Function:
        conditions = [criterion.condition for criterion in programme.criteria if criterion.condition is not None]
        truths = [condition.interpret(self) for condition in conditions]
        if programme.award is not None and programme.award.at_least:
            enough = programme.award.interpret(self).enough
            truths.extend([] if enough is None else [enough])
        return self.all(truths)

    # What is known of a fact or definition.

    def is_true(self, name: str) -> Function:
        """Return the diagram of a truth."""
        defined = self._definition(name)
        return self.asked(name) if defined is None else defined

    def number(self, name: str) -> Function:
        """Return the diagram of a number: its formulas."""
        defined = self._definition(name)
        return self.diagrams.leaf(self._given_number(name)) if defined is None else defined

    def options(self, name: str) -> Function:
        """Return the diagram of a choice: the options that are left."""
        defined = self._definition(name)
        return self.unknown_options(name) if defined is None else defined

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> Function:
        """Tell whether a number lies in one of the ranges."""
        number = self.number(name)
        return self.any([self._in_range(number, wanted) for wanted in ranges])

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> Function:
        """Tell whether a date lies in one of the ranges."""
        day = self.diagrams.leaf(self._given_number(name))
        return self.any([self._in_range(day, _numbered(wanted)) for wanted in ranges])

    def one_of(self, name: str, values: frozenset[str]) -> Function:
        """Tell whether a choice is one of the values."""
        defined = self._definition(name)
        if defined is not None:
            every = values.issuperset(self.rulebook.definitions[name].choices)
            return self.diagrams.bind(("one of", values, every), defined, lambda left: self._among(left, values, every))
        first, *others = self._choices(name)
        truths = [self._truths[Truth.of(choice in values)] for choice in (first, *others)]
        return self.diagrams.test(name, tuple(others), truths)

    def under(self, name: str, codes: Sequence[str]) -> Function:
        """Tell whether a code lies under one of the codes."""
        keys = tuple(sorted(set(codes)))
        yes, no = self._truths[Truth.YES], self._truths[Truth.NO]
        return self.diagrams.test(name, keys, (no, *(yes for _ in keys)))

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> Function:
        """Tell whether the business year in which a date lies ended in one of the ranges."""
        return self._compared(Comparison(f.of(name), f.of(closing), (name, closing, tuple(ranges))))

    # Truths.

    def constant_truth(self, value: bool | None) -> Function:
        """Return a truth that needs no fact."""
        return self._truths[Truth.of(value)]

    def negation(self, part: Function) -> Function:
        """Return the opposite."""
        return self.diagrams.combine(leaves.NOT, (part,))

    def all(self, parts: Sequence[Function]) -> Function:
        """Return whether all hold."""
        return self._joined(leaves.ALL, parts, Truth.YES)

    def any(self, parts: Sequence[Function]) -> Function:
        """Return whether one holds."""
        return self._joined(leaves.ANY, parts, Truth.NO)

    def asked(self, name: str) -> Function:
        """Return a truth that the user can be asked for."""
        return self.diagrams.test(name, (True,), (self._truths[Truth.NO], self._truths[Truth.YES]))

    def at_most(self, left: Function, right: Function) -> Function:
        """Tell whether the left number is at most the right one."""
        return self.diagrams.bind("at most", self.diagrams.combine(leaves.PAIR, (left, right)), self._at_most)

    def below(self, left: Function, right: Function) -> Function:
        """Tell whether the left number is below the right one."""
        return self.negation(self.at_most(right, left))

    # Numbers.

    def constant(self, value: Fraction) -> Function:
        """Return a written number."""
        return self.diagrams.leaf(Fraction(value))

    def unknown_number(self, name: str | None) -> Function:
        """Return a number that is asked for, or that the rules leave open."""
        return self.diagrams.leaf(f.OPEN if name is None else self._given_number(name))

    def sum(self, parts: Sequence[Function]) -> Function:
        """Add up."""
        return self._folded(f.SUM, parts)

    def difference(self, left: Function, right: Function) -> Function:
        """Subtract."""
        return self._folded(f.DIFFERENCE, (left, right))

    def product(self, parts: Sequence[Function]) -> Function:
        """Multiply."""
        return self._folded(f.PRODUCT, parts)

    def quotient(self, part: Function, divisor: Fraction) -> Function:
        """Divide by a written number."""
        return self._folded(f.QUOTIENT, (part, self.diagrams.leaf(divisor)))

    def least(self, parts: Sequence[Function]) -> Function:
        """Return the smallest."""
        return self._folded(f.LEAST, parts)

    def greatest(self, parts: Sequence[Function]) -> Function:
        """Return the greatest."""
        return self._folded(f.GREATEST, parts)

    def up_to(self, part: Function) -> Function:
        """Return a number between 0 and this one."""
        return self.diagrams.combine(leaves.UP_TO, (part,))

    # Decision lists.

    def decide_truth(self, lines: Sequence[tuple[Function, Function]], otherwise: Function) -> Function:
        """Return the truth of the first line that holds."""
        return self._decided(leaves.TRUTH_BY, lines, otherwise)

    def decide_number(self, lines: Sequence[tuple[Function, Function]], otherwise: Function | None) -> Function:
        """Return the number of the first line that holds; without `otherwise` one of the lines is taken to hold."""
        if otherwise is None:
            *lines, (_, otherwise) = lines
        return self._decided(leaves.NUMBER_BY, lines, otherwise)

    def decide_options(self, lines: Sequence[tuple[Function, Function]], otherwise: Function) -> Function:
        """Return the options of the first line that holds."""
        return self._decided(leaves.OPTIONS_BY, lines, otherwise)

    def constant_options(self, value: str) -> Function:
        """Return a written choice."""
        return self.diagrams.leaf(frozenset({value}))

    def unknown_options(self, name: str | None) -> Function:
        """Return a choice that is asked for, or that the rules leave open."""
        if name is None:
            return self.diagrams.leaf(None)
        first, *others = self._choices(name)
        chosen = [self.diagrams.leaf(frozenset({choice})) for choice in (first, *others)]
        return self.diagrams.test(name, tuple(others), chosen)

    # Reference tables.

    def look_up_truth(self, key: str, rows: Rows, asked: str | None) -> Function:
        """Return the truth at the longest prefix of a code."""
        rest = self._truths[Truth.UNKNOWN] if asked is None else self.asked(asked)
        return self._looked_up(key, rows, rest, lambda value: self._truths[Truth.of(bool(value))])

    def look_up_number(self, key: str, rows: Rows, asked: str | None) -> Function:
        """Return the number at the longest prefix of a code."""
        return self._looked_up(key, rows, self.unknown_number(asked), lambda value: self.diagrams.leaf(Fraction(value)))

    # Inside.

    def _looked_up(self, key: str, rows: Rows, rest: Function, leaf: Any) -> Function:
        keys = tuple(sorted(rows.values))
        return self.diagrams.test(key, keys, (rest, *(leaf(rows.values[code]) for code in keys)))

    def _definition(self, name: str) -> Function | None:
        definition = self.rulebook.definitions.get(name)
        if definition is None or name in self.stated:
            return None
        if name not in self._defined:
            self._defined[name] = definition.interpret(self)
        return self._defined[name]

    def _choices(self, name: str) -> list[str]:
        """Return the choices with the one first that stands for all without a key: the last one listed."""
        *others, last = self.rulebook.subject(name).choices
        return [last, *sorted(others)]

    def _joined(self, how: Combination, parts: Iterable[Function], neutral: Truth) -> Function:
        # From the last variables to the first: so a part on top is only put there.
        whole = self._truths[neutral]
        for part in sorted(parts, key=lambda part: -self.diagrams.nodes[part].place):
            whole = self.diagrams.combine(how, (part, whole))
        return whole

    def _folded(self, operation: str, parts: Sequence[Function]) -> Function:
        whole, *rest = parts
        for part in rest:
            whole = self.diagrams.combine(leaves.ARITHMETIC[operation], (whole, part))
        return whole

    def _decided(self, how: Combination, lines: Sequence[tuple[Function, Function]], otherwise: Function) -> Function:
        decided = otherwise
        for condition, value in reversed(lines):
            if condition == self._truths[Truth.YES]:
                decided = value
            elif condition != self._truths[Truth.NO] and value != decided:
                decided = self.diagrams.combine(how, (condition, value, decided))
        return decided

    def _among(self, left: Hashable, values: frozenset[str], every: bool) -> Function:
        if left is None:
            return self._truths[Truth.YES if every else Truth.UNKNOWN]
        assert isinstance(left, frozenset)
        if left <= values:
            return self._truths[Truth.YES]
        return self._truths[Truth.UNKNOWN if left & values else Truth.NO]

    def _in_range(self, number: Function, wanted: Range[Fraction]) -> Function:
        parts = []
        if wanted.low is not None:
            low = self.diagrams.leaf(wanted.low)
            parts.append(self.below(low, number) if wanted.low_open else self.at_most(low, number))
        if wanted.high is not None:
            high = self.diagrams.leaf(wanted.high)
            parts.append(self.below(number, high) if wanted.high_open else self.at_most(number, high))
        return self.all(parts)

    def _at_most(self, pair: Hashable) -> Function:
        assert isinstance(pair, tuple)
        left: Formula = pair[0]
        right: Formula = pair[1]
        (least, most), (floor, ceiling) = f.ends(left), f.ends(right)
        surely = self._truths[Truth.NO] if most is None or floor is None else self._is_at_most(most, floor)
        if (least, most, floor, ceiling) == (left, left, right, right):
            return surely
        maybe = self._truths[Truth.YES] if least is None or ceiling is None else self._is_at_most(least, ceiling)
        return self.diagrams.combine(leaves.SURELY, (surely, maybe))

    def _is_at_most(self, left: Formula, right: Formula) -> Function:
        form = f.difference(left, right)
        return self._compared(Comparison(left, right)) if form is None else self._at_most_nothing(form)

    def _at_most_nothing(self, form: f.Form) -> Function:
        """Tell whether a form is at most 0."""
        if not isinstance(form, Line):
            parts = [self._at_most_nothing(part) for part in form.parts]
            return self.any(parts) if form.operation == f.LEAST else self.all(parts)
        if not form.factors:
            return self._truths[Truth.of(form.constant <= 0)]
        if len(form.factors) > 1:
            return self._compared(comparison_of(form))
        ((name, factor),) = form.factors
        return self._cut(name, -form.constant / factor, rising=factor > 0)

    def _cut(self, name: str, value: Fraction, *, rising: bool) -> Function:
        """Tell whether a fact is at most (`rising`), or at least, a value."""
        subject = self.rulebook.subject(name)
        above = rising
        if subject.type == "date":
            # Between two days there is none.
            day = value.numerator // value.denominator
            value, above = Fraction(day + 1 if rising or value != day else day), False
        low, high = self._truths[Truth.of(rising)], self._truths[Truth.of(not rising)]
        least, most = answer_bounds(subject)
        if least is not None and (value < least or (value == least and not above)):
            return high
        if most is not None and (value > most or (value == most and above)):
            return low
        # Whole numbers are found and compared much faster than fractions.
        key = value.numerator if value.denominator == 1 else value
        return self.diagrams.test(name, ((key, int(above)),), (low, high))

    def _given_number(self, name: str) -> Formula:
        known = self.profile.given(name)
        return f.of(name) if not isinstance(known, Interval) or not known.is_point else Fraction(known.low or 0)

    def _compared(self, comparison: Comparison) -> Function:
        truth = comparison.truth(self.reference)
        if truth is not Truth.UNKNOWN:
            return self._truths[truth]
        name = self._names.get(comparison)
        if name is None:
            name = self._names[comparison] = f"comparison {len(self._names)}"
            self.comparisons[name] = comparison
            self.diagrams.add(Variable(name, NAMES))
        return self.asked(name)


def _numbered(days: Range[date]) -> Range[Fraction]:
    low, high = (None if end is None else Fraction(end.toordinal()) for end in (days.low, days.high))
    return Range(low, high, days.low_open, days.high_open)
