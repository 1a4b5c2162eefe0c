"""Where amounts that depend on one number change their course: thresholds that stand in no rule as a written value."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations

from eligibility.engine import formula as f
from eligibility.engine.comparison import Comparison
from eligibility.engine.formula import Form, Formula, Line
from eligibility.language.business_year import year_end
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range

Known = Callable[[str], Interval]
"""What is known of a number."""


def turning_points(formulas: Iterable[Formula], fact: str, known: Known) -> Iterator[Fraction]:
    """Yield the values of a fact at which the greatest or least of several amounts becomes another one."""
    for formula in formulas:
        both = f.ends(_known_but(formula, fact, known))
        yield from _crossings(_lines(end) for end in both)


def comparison_points(comparison: Comparison, fact: str, before: Interval, known: Known) -> Iterator[Fraction]:
    """Yield the values of a fact at which a comparison, or what is known of it, turns.

    Where a business year ended turns with its closing day every year: of that day those near the one `before` are told.
    """
    if comparison.ended is not None:
        yield from _ends_of_years(comparison.ended, fact, before, known)
        return
    left, right = (f.ends(_known_but(side, fact, known)) for side in (comparison.left, comparison.right))
    for pair in zip(left, reversed(right), strict=True):
        yield from _crossings([[line for end in pair for line in _lines(end)]])


def _ends_of_years(
    ended: tuple[str, str, tuple[Range[date], ...]], fact: str, before: Interval, known: Known
) -> Iterator[Fraction]:
    name, closing, ranges = ended
    told = [end for wanted in ranges for end in (wanted.low, wanted.high) if end is not None]
    if fact == name:
        days, years = _days(known(closing)), [day.year for day in told]
    else:
        days, years = [*told, *_days(known(name))], [day.year for day in _days(before)]
    for day in days:
        for year in sorted({year + more for year in years for more in (-1, 0, 1)}):
            yield Fraction(year_end(date(year, 1, 1), day).toordinal())


def _days(interval: Interval) -> list[date]:
    return [date.fromordinal(int(end)) for end in (interval.low, interval.high) if end is not None]


def _known_but(formula: Formula, fact: str, known: Known) -> Formula:
    """Return a formula with all that is known put in, but of one fact."""
    if isinstance(formula, Fraction) or formula == f.OPEN:
        return formula
    operation, *parts = formula
    if operation == f.OF:
        return formula if parts[0] == fact else _loose(known(parts[0]))
    return f.made(operation, [_known_but(part, fact, known) for part in parts])


def _loose(interval: Interval) -> Formula:
    """Return a number that may be anything in an interval."""
    low, high = (None if end is None else Fraction(end) for end in (interval.low, interval.high))
    if low is None or high is None:
        bounded = f.OPEN if low is None else f.made(f.GREATEST, (low, f.OPEN))
        return bounded if high is None else f.made(f.LEAST, (high, f.OPEN))
    return f.made(f.EITHER, (low, high))


def _lines(formula: Formula | None) -> list[Line]:
    form = None if formula is None else f.form_of(formula)
    return [] if form is None else list(_flat(form))


def _flat(form: Form) -> Iterator[Line]:
    if isinstance(form, Line):
        yield form
    else:
        for part in form.parts:
            yield from _flat(part)


def _crossings(groups: Iterable[list[Line]]) -> Iterator[Fraction]:
    for lines in groups:
        for one, other in combinations(dict.fromkeys(lines), 2):
            slope = _slope(one) - _slope(other)
            if slope:
                yield (other.constant - one.constant) / slope


def _slope(line: Line) -> Fraction:
    return sum((factor for _, factor in line.factors), Fraction(0))
