"""Number columns: intervals of exact integers.

A number is an integer divided by `scale`. Ends are terms, plain integers, or `None` where that side is open in every
row; a NULL in an end means open in that row. `largest` bounds the integers, so that nothing can leave 64 bits unseen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor, lcm

from eligibility.engine.kleene import Flag, Kleene, all_kleene, any_kleene, is_no, merged, opposite, three_valued
from eligibility.engine.term import Sheet, Term, greatest_of, if_then_else, least_of, when
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import Problem, RuleError
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

End = Term | int | None
LARGEST = 2**63 - 1
SCALES = {"number": 10**6, "percent": 10**4}


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """An interval for each row.

    `low_open`, `high_open`: whether that end can be NULL; `point`: where it is exactly known.
    """

    low: End
    high: End
    scale: int
    largest: int
    low_open: bool = False
    high_open: bool = False
    point: Flag | None = None
    missing: Mapping[str, Flag] = field(default_factory=dict)

    def is_point(self) -> Flag:
        """Return where the number is exactly known."""
        if self.point is not None:
            return self.point
        if self.low is None or self.high is None:
            return False
        if self.low is self.high:
            return True if isinstance(self.low, int) else ~self.low.is_null()
        if isinstance(self.low, int):
            return False if isinstance(self.high, int) else self.high.equals(self.low).or_else(False)
        return self.low.equals(self.high).or_else(False)


UNKNOWN = NumberColumn(None, None, 1, 0, low_open=True, high_open=True)


def scale_of(type_: str, currency: str | None) -> int:
    """Return by which number a fact is multiplied to be a whole number in its column."""
    return 10 ** MINOR_UNITS[currency] if currency else SCALES[type_]


def constant(value: Fraction) -> NumberColumn:
    """Return a written number."""
    end, largest = value.numerator, checked(abs(value.numerator))
    return NumberColumn(end, end, value.denominator, largest, point=True)


def checked(largest: int) -> int:
    """Return the bound, or refuse rules whose numbers could leave 64 bits.

    Raises:
        RuleError: code `amount-too-large`.
    """
    if largest > LARGEST:
        message = "an amount of these rules could become too large to be worked out exactly in tables"
        hint = "narrow the `range` of the facts that are multiplied"
        raise RuleError(Problem("amount-too-large", message, None, hint))
    return largest


def as_term(end: End, sheet: Sheet) -> Term:
    """Return an end as a term; an open one is NULL."""
    return end if isinstance(end, Term) else sheet.number(end)


def aligned(numbers: Sequence[NumberColumn]) -> list[NumberColumn]:
    """Return the numbers with one common scale."""
    scale = lcm(*(number.scale for number in numbers))
    return [_rescaled(number, scale) for number in numbers]


def _rescaled(number: NumberColumn, scale: int) -> NumberColumn:
    factor = scale // number.scale
    if factor == 1:
        return number
    low, high = (times(end, factor) for end in (number.low, number.high))
    return replace(number, low=low, high=high, scale=scale, largest=checked(number.largest * factor))


def times(end: End, factor: End) -> End:
    """Multiply two ends; open stays open."""
    if end is None or factor is None:
        return None
    if factor == 1 and isinstance(factor, int):
        return end
    return factor * end if isinstance(end, int) and isinstance(factor, Term) else end * factor  # type: ignore[operator]


def plus(left: End, right: End) -> End:
    """Add two ends; open stays open."""
    if left is None or right is None:
        return None
    return right + left if isinstance(left, int) and isinstance(right, Term) else left + right  # type: ignore[operator]


def minus(left: End, right: End) -> End:
    """Subtract two ends; open stays open."""
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, Term):
        return right * -1 + left
    return left - right  # type: ignore[operator]  # an integer less a term is treated above


def compared(left: NumberColumn, right: NumberColumn) -> Kleene:
    """Return where left is at most right."""
    left, right = aligned((left, right))
    return three_valued(_at_most(left.high, right.low), _below(right.high, left.low))


def _at_most(left: End, right: End) -> Kleene:
    if left is None or right is None:
        return Truth.NO
    if isinstance(left, int):
        return Truth.of(left <= right) if isinstance(right, int) else right >= left
    return left <= right


def _below(left: End, right: End) -> Kleene:
    if left is None or right is None:
        return Truth.NO
    if isinstance(left, int):
        return Truth.of(left < right) if isinstance(right, int) else right > left
    return left < right


def closed(wanted: Range[Fraction], scale: int) -> tuple[int | None, int | None]:
    """Return the first and last scaled integer of a range."""
    low = high = None
    if wanted.low is not None:
        low = floor(wanted.low * scale) + 1 if wanted.low_open else ceil(wanted.low * scale)
    if wanted.high is not None:
        high = ceil(wanted.high * scale) - 1 if wanted.high_open else floor(wanted.high * scale)
    return low, high


def inside(number: NumberColumn, wanted: Range[Fraction]) -> Kleene:
    """Return where a number lies in a range."""
    low, high = closed(wanted, number.scale)
    above = Truth.YES if low is None else _at_most(low, number.low)
    beneath = Truth.YES if high is None else _at_most(number.high, high)
    too_low = Truth.NO if low is None else _below(number.high, low)
    too_high = Truth.NO if high is None else _below(high, number.low)
    return three_valued(all_kleene((above, beneath)), any_kleene((too_low, too_high)))


Pick = Callable[..., Term]
Fold = Callable[[Sequence[int]], int]


def least(numbers: Sequence[NumberColumn]) -> NumberColumn:
    """Return the smallest of numbers with one scale; what it lacks is told apart."""
    low_open = any(number.low_open for number in numbers)
    low = _tight(least_of, min, [number.low for number in numbers], low_open)
    high = _loose(least_of, min, [number.high for number in numbers])
    high_open = all(number.high_open for number in numbers)
    return _picked(numbers, low, high, low_open, high_open)


def greatest(numbers: Sequence[NumberColumn]) -> NumberColumn:
    """Return the greatest of numbers with one scale; what it lacks is told apart."""
    high_open = any(number.high_open for number in numbers)
    high = _tight(greatest_of, max, [number.high for number in numbers], high_open)
    low = _loose(greatest_of, max, [number.low for number in numbers])
    low_open = all(number.low_open for number in numbers)
    return _picked(numbers, low, high, low_open, high_open)


def _picked(numbers: Sequence[NumberColumn], low: End, high: End, low_open: bool, high_open: bool) -> NumberColumn:
    largest = max(number.largest for number in numbers)
    return NumberColumn(low, high, numbers[0].scale, largest, low is None or low_open, high is None or high_open)


def _tight(pick: Pick, fold: Fold, ends: Sequence[End], nullable: bool) -> End:
    """Pick one of the ends; where one is open the result is open."""
    if any(end is None for end in ends):
        return None
    picked = _loose(pick, fold, ends)
    terms = [end for end in ends if isinstance(end, Term)]
    if not nullable or not isinstance(picked, Term) or len(ends) == 1:
        return picked
    gap = terms[0].is_null()
    for term in terms[1:]:
        gap = gap | term.is_null()
    return when(~gap, picked)


def _loose(pick: Pick, fold: Fold, ends: Sequence[End]) -> End:
    """Pick one of the ends; open ones are passed over."""
    known = [end for end in ends if isinstance(end, int)]
    terms = [end for end in ends if isinstance(end, Term)]
    if not terms:
        return fold(known) if known else None
    return pick(*terms, *([terms[0].sheet.number(fold(known))] if known else []))


def chosen(condition: Kleene, yes: NumberColumn, no: NumberColumn | None) -> NumberColumn:
    """Return `yes` where the condition holds, else `no`, and their hull where it is unknown.

    Without `no` the condition is taken to hold unless it surely does not.
    """
    if condition is Truth.YES or (no is None and condition is Truth.UNKNOWN):
        return yes
    if no is None:
        return UNKNOWN if condition is Truth.NO else _unless(condition, yes)
    if condition is Truth.NO:
        return no
    yes, no = aligned((yes, no))
    low_open, high_open = yes.low_open or no.low_open, yes.high_open or no.high_open
    low = _tight(least_of, min, (yes.low, no.low), low_open)
    high = _tight(greatest_of, max, (yes.high, no.high), high_open)
    if isinstance(condition, Term):
        low = _switch(condition, yes.low, no.low, low)
        high = _switch(condition, yes.high, no.high, high)
    return _picked((yes, no), low, high, low_open, high_open)


def _unless(condition: Kleene, number: NumberColumn) -> NumberColumn:
    surely_not = is_no(condition)
    assert isinstance(surely_not, Term)
    sheet = surely_not.sheet
    low, high = (None if end is None else when(~surely_not, as_term(end, sheet)) for end in (number.low, number.high))
    return NumberColumn(low, high, number.scale, number.largest, low_open=True, high_open=True)


def _switch(condition: Term, yes: End, no: End, unsure: End) -> End:
    if yes is None and no is None:
        return None
    if isinstance(yes, int) and isinstance(no, int) and yes == no:
        return yes
    sheet = condition.sheet
    inner = if_then_else(~condition, as_term(no, sheet), as_term(unsure, sheet))
    return if_then_else(condition, as_term(yes, sheet), inner)


def multiplied(left: NumberColumn, right: NumberColumn) -> NumberColumn:
    """Multiply two numbers that are not negative; nothing times an open end is nothing."""
    low = times(_from_zero(left), _from_zero(right))
    high = times(left.high, right.high)
    is_open = left.high_open or right.high_open
    nothing = any_kleene((_is_zero(left), _is_zero(right))) if is_open else Truth.NO
    if nothing is Truth.YES:
        high, is_open = 0, False
    elif isinstance(nothing, Term):
        high = if_then_else(nothing, nothing.sheet.number(0), as_term(high, nothing.sheet))
    largest = checked(left.largest * right.largest)
    return NumberColumn(low, high, left.scale * right.scale, largest, high_open=high is None or is_open)


def _from_zero(number: NumberColumn) -> End:
    if number.low is None:
        return 0
    return number.low.or_else(0) if number.low_open and isinstance(number.low, Term) else number.low


def _is_zero(number: NumberColumn) -> Kleene:
    if number.high is None:
        return Truth.NO
    return Truth.of(number.high == 0) if isinstance(number.high, int) else number.high.equals(0).or_else(False)


def below_end(left: End, right: End) -> Flag:
    """Return where one end is below another; where either is open it may be."""
    below = _below(left, right) if left is not None and right is not None else Truth.YES
    return below is Truth.YES if isinstance(below, Truth) else below.or_else(True)


def rounded(number: NumberColumn, decimals: int) -> tuple[End, End]:
    """Return both ends rounded half up to so many decimals, as integers of the smallest unit.

    Raises:
        RuleError: the numbers could leave 64 bits on the way.
    """
    factor = Fraction(10**decimals, number.scale)
    up, down = factor.numerator, factor.denominator
    if down == 1:
        checked(number.largest * up)
        return times(number.low, up), times(number.high, up)
    checked(number.largest * 2 * up + down)
    low, high = (None if end is None else (end * (2 * up) + down) // (2 * down) for end in (number.low, number.high))
    return low, high


def lacking(number: NumberColumn, parts: Sequence[Mapping[str, Flag]]) -> dict[str, Flag]:
    """Return what a number lacks where it is not exactly known."""
    return merged(parts, opposite(number.is_point()))
