"""The numbers and days that can be answered, between the thresholds of the rules."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from eligibility.engine.partition import Keys
from eligibility.engine.profile import Subject, answer_bounds, answer_step
from eligibility.values.interval import Interval, Number

Span = tuple[Number | None, Number | None]
"""The first and the last number of a cell that can be answered; `None`: it has no such end."""


def step_of(subject: Subject) -> Fraction:
    """Return the least difference of two answers: a ratio for percentages, 1 for days."""
    if subject.type == "date":
        return Fraction(1)
    return answer_step(subject) / (100 if subject.type == "percent" else 1)


def spans(subject: Subject, keys: Keys, earliest: int | None = None) -> Iterator[Span]:
    """Yield the cells that thresholds make of what can be answered; `earliest` is the first day that may be told."""
    step = step_of(subject)
    least, most = (None, None) if subject.type == "date" else answer_bounds(subject)
    least = least if earliest is None else Fraction(earliest)
    cuts = [None, *(_last_below(value, above, step) for value, above in keys), None]
    for below, last in pairwise(cuts):
        first = None if below is None else below + step
        low = _tighter(first, least, max)
        high = _tighter(last, most, min)
        if low is None or high is None or low <= high:
            yield low, high


def _last_below(value: Number, above: int, step: Fraction) -> Fraction:
    """Return the last answer on the lower side of a cut."""
    steps = Fraction(value) / step
    whole = steps.numerator // steps.denominator
    return (whole if above or whole != steps else whole - 1) * step


def _tighter(
    end: Fraction | None, bound: Fraction | None, tighter: Callable[[Fraction, Fraction], Fraction]
) -> Fraction | None:
    if end is None or bound is None:
        return bound if end is None else end
    return tighter(end, bound)


def ends(cells: Iterable[Span], before: Interval) -> Sequence[Number]:
    """Return the first and the last number of each cell, the nearest to an answer first."""
    found = {end for cell in cells for end in cell if end is not None and _is_outside(end, before)}
    return sorted(found, key=lambda end: (distance(end, before), end))


def nearest_ends(cells: Iterable[Span], before: Interval) -> Sequence[Number]:
    """Return of each cell that holds nothing of an answer the number next to it, the nearest first."""
    found = {end for cell in cells if (end := _next_to(cell, before)) is not None}
    return sorted(found, key=lambda end: (distance(end, before), end))


def distance(number: Number, before: Interval) -> Number:
    """Return how far a number lies from an answer; 0 within a range."""
    if before.low is not None and number < before.low:
        return before.low - number
    return 0 if before.high is None or number <= before.high else number - before.high


def _is_outside(number: Number, before: Interval) -> bool:
    return distance(number, before) > 0


def _next_to(cell: Span, before: Interval) -> Number | None:
    first, last = cell
    if before.high is not None and first is not None and first > before.high:
        return first
    return last if before.low is not None and last is not None and last < before.low else None
