"""What the rules compare each fact with: the values at which answers are worth trying."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from eligibility.language.fact import Fact
from eligibility.language.rows import Rows
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.money import MINOR_UNITS
from eligibility.values.ranges import Range

ONE_DAY = timedelta(days=1)
# A step is the finest difference that an answer can have.
STEPS = {
    "number": Fraction(1, 10**6),
    "percent": Fraction(1, 10**4),
    **{currency: Fraction(1, 10**decimals) for currency, decimals in MINOR_UNITS.items()},
}
FINE = {"nace": ("A0111", "C2811", "J6201"), "ksic": ("A0111", "C2611", "G4610"), "region": ("01056", "14999", "KR-11")}


class Mentioned(NamedTuple):
    """A number as far as it matters here: the facts that it is made of and the constants beside them."""

    facts: frozenset[str] = frozenset()
    constants: frozenset[Fraction] = frozenset()


class Thresholds:
    """An algebra that works nothing out and notes what each fact is compared with."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.numbers: dict[str, set[Fraction]] = {}
        self.days: dict[str, set[date]] = {}
        self.values: dict[str, set[str]] = {}
        for definition in rulebook.definitions.values():
            definition.interpret(self)
        for programme in rulebook.programmes.values():
            for criterion in programme.criteria:
                if criterion.condition is not None:
                    criterion.condition.interpret(self)
            if programme.award is not None:
                programme.award.interpret(self)

    def answers(self, fact: Fact, *, fine: bool = False) -> list[object]:
        """Return answers on, just below and just above every threshold; `fine`: only codes that nothing lies under."""
        if fact.type == "truth":
            return [False, True]
        if fact.type == "choice":
            tested = sorted(self.values.get(fact.id, ()))
            return [*tested, *[choice for choice in fact.choices if choice not in tested][:2]]
        if fact.type == "code":
            return [*self._codes(fact, fine)]
        if fact.type == "date":
            near = {day + step for day in self.days.get(fact.id, ()) for step in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)}
            return [*sorted(near | {date(2018, 6, 30)})]
        assert fact.low is not None
        assert fact.high is not None
        step = STEPS[fact.currency or fact.type]
        numbers = self.numbers.get(fact.id, set()) | {fact.low, fact.low + 7}
        found = {number + move for number in numbers for move in (-step, Fraction(0), step)}
        scale = 100 if fact.type == "percent" else 1
        ok = sorted(x for x in found if fact.low <= x <= fact.high and (x / step).denominator == 1)
        return [number * scale for number in ok]

    def _codes(self, fact: Fact, fine: bool) -> list[str]:
        tested = {code for code in self.values.get(fact.id, ()) if code}
        codes = tested | set(FINE[fact.form or ""])
        if fact.form == "region":
            codes = {code for code in codes if code.startswith("KR-") or (code.isdigit() and len(code) in (2, 5))}
        else:
            codes |= {code[:1] for code in codes}
        if fine:
            codes = {code for code in codes if not any(other.startswith(code) and other != code for other in codes)}
        return sorted(codes)

    # What facts are compared with.

    def number(self, name: str) -> Mentioned:
        if name in self.rulebook.facts:
            return Mentioned(frozenset({name}))
        found = self.rulebook.definitions[name].interpret(self)
        return found if isinstance(found, Mentioned) else Mentioned()

    def in_ranges(self, name: str, ranges: Sequence[Range[Fraction]]) -> None:
        for fact in self.number(name).facts:
            ends = {end for wanted in ranges for end in (wanted.low, wanted.high) if end is not None}
            self.numbers.setdefault(fact, set()).update(ends)

    def in_days(self, name: str, ranges: Sequence[Range[date]]) -> None:
        ends = {end for wanted in ranges for end in (wanted.low, wanted.high) if end is not None}
        self.days.setdefault(name, set()).update(ends)

    def business_year_end(self, name: str, closing: str, ranges: Sequence[Range[date]]) -> None:
        self.in_days(name, ranges)
        self.in_days(closing, ranges)

    def one_of(self, name: str, values: frozenset[str]) -> None:
        self.values.setdefault(name, set()).update(values)

    def under(self, name: str, codes: Sequence[str]) -> None:
        self.values.setdefault(name, set()).update(codes)

    def look_up_truth(self, key: str, rows: Rows, asked: str | None) -> None:
        self.under(key, sorted(rows.values))

    def look_up_number(self, key: str, rows: Rows, asked: str | None) -> Mentioned:
        self.under(key, sorted(rows.values))
        return Mentioned(constants=frozenset(Fraction(limit) for limit in rows.values.values()))

    def at_most(self, left: Mentioned, right: Mentioned) -> None:
        for facts, constants in ((left.facts, right.constants), (right.facts, left.constants)):
            for fact in facts:
                self.numbers.setdefault(fact, set()).update(constants)

    below = at_most

    # Truths and choices: nothing to note.

    def is_true(self, name: str) -> None: ...
    def options(self, name: str) -> None: ...
    def constant_truth(self, value: bool | None) -> None: ...
    def negation(self, part: None) -> None: ...
    def all(self, parts: Sequence[None]) -> None: ...
    def any(self, parts: Sequence[None]) -> None: ...
    def asked(self, name: str) -> None: ...
    def decide_truth(self, lines: Sequence[tuple[None, None]], otherwise: None) -> None: ...
    def decide_options(self, lines: Sequence[tuple[None, None]], otherwise: None) -> None: ...
    def constant_options(self, value: str) -> None: ...
    def unknown_options(self, name: str | None) -> None: ...

    # Numbers: what they are made of.

    def constant(self, value: Fraction) -> Mentioned:
        return Mentioned(constants=frozenset({value}))

    def unknown_number(self, name: str | None) -> Mentioned:
        return Mentioned()

    def sum(self, parts: Sequence[Mentioned]) -> Mentioned:
        facts, constants = (frozenset().union(*ends) for ends in zip(*parts, strict=True))
        return Mentioned(facts, constants)

    product = least = greatest = sum

    def difference(self, left: Mentioned, right: Mentioned) -> Mentioned:
        return self.sum((left, right))

    def quotient(self, part: Mentioned, divisor: Fraction) -> Mentioned:
        return part

    def up_to(self, part: Mentioned) -> Mentioned:
        return part

    def decide_number(self, lines: Sequence[tuple[None, Mentioned]], otherwise: Mentioned | None) -> Mentioned:
        return self.sum([Mentioned(), *(line for _, line in lines), *([otherwise] if otherwise else [])])
