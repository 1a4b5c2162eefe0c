"""Number columns: intervals of exact integers on Narwhals expressions.

A number is an integer divided by `scale`. Ends are expressions, plain integers, or `None` where that side is open
in every row; a NULL in an end means open in that row. `largest` bounds the integers, so that nothing can leave 64
bits unseen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, lcm

import narwhals as nw

from eligibility.engine.kleene import Flag, Kleene, all_kleene, any_kleene, is_no, merged
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import Problem, RuleError
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

End = nw.Expr | int | None
LARGEST = 2**63 - 1


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
        if isinstance(self.low, int) and isinstance(self.high, int):
            return self.low == self.high
        same = as_column(self.low) == as_column(self.high)
        return same.fill_null(False) if self.low_open or self.high_open else same


UNKNOWN = NumberColumn(None, None, 1, 0, low_open=True, high_open=True)
NULL = nw.lit(None, dtype=nw.Int64)
SCALES = {"number": 10**6, "percent": 10**4}


def scale_of(type_: str, currency: str | None) -> int:
    """Return by which number a fact is multiplied to be a whole number in its column."""
    return 10 ** MINOR_UNITS[currency] if currency else SCALES[type_]


def as_column(end: End) -> nw.Expr:
    """Return an end as a column."""
    if end is None:
        return NULL
    return nw.lit(end, dtype=nw.Int64) if isinstance(end, int) else end


def constant(value: Fraction) -> NumberColumn:
    """Return a written number."""
    return NumberColumn(value.numerator, value.numerator, value.denominator, checked(abs(value.numerator)), point=True)


def checked(largest: int) -> int:
    """Return the bound, or refuse rules whose numbers could leave 64 bits.

    Raises:
        RuleError: code `amount-too-large`.
    """
    if largest > LARGEST:
        message = "an amount of these rules could become too large to be worked out exactly in tables"
        raise RuleError(
            Problem("amount-too-large", message, None, "narrow the `range` of the facts that are multiplied")
        )
    return largest


def rescaled(number: NumberColumn, scale: int) -> NumberColumn:
    """Return the same number with a multiple of its scale."""
    factor = scale // number.scale
    if factor == 1:
        return number
    low, high = (times(end, factor) for end in (number.low, number.high))
    largest = checked(number.largest * factor)
    return NumberColumn(low, high, scale, largest, number.low_open, number.high_open, number.point, number.missing)


def aligned(numbers: Sequence[NumberColumn]) -> list[NumberColumn]:
    """Return the numbers with one common scale."""
    scale = lcm(*(number.scale for number in numbers))
    return [rescaled(number, scale) for number in numbers]


def times(end: End, factor: End) -> End:
    """Multiply two ends; open stays open."""
    if end is None or factor is None:
        return None
    if isinstance(end, int) and not isinstance(factor, int):
        return factor * end
    return end * factor


def plus(left: End, right: End) -> End:
    """Add two ends; open stays open."""
    if left is None or right is None:
        return None
    return right + left if isinstance(left, int) else left + right


def minus(left: End, right: End) -> End:
    """Subtract two ends; open stays open."""
    if left is None or right is None:
        return None
    if isinstance(right, int):
        return left - right
    return as_column(left) - right


def tight(
    pick: Callable[..., nw.Expr], fold: Callable[[Sequence[int]], int], ends: Sequence[End], nullable: bool
) -> End:
    """Pick the least or greatest of ends where an open one leaves the result open."""
    if any(end is None for end in ends):
        return None
    known = [end for end in ends if isinstance(end, int)]
    columns = [end for end in ends if isinstance(end, nw.Expr)]
    if not columns:
        return fold(known)
    picked = pick(*columns, *([nw.lit(fold(known), dtype=nw.Int64)] if known else []))
    if not nullable:
        return picked
    gap = columns[0].is_null()
    for column in columns[1:]:
        gap = gap | column.is_null()
    return nw.when(~gap).then(picked)


def loose(pick: Callable[..., nw.Expr], fold: Callable[[Sequence[int]], int], ends: Sequence[End]) -> End:
    """Pick the least or greatest of ends where an open one is passed over."""
    known = [end for end in ends if isinstance(end, int)]
    columns = [end for end in ends if isinstance(end, nw.Expr)]
    if not columns:
        return fold(known) if known else None
    if len(columns) == 1 and not known:
        return columns[0]
    return pick(*columns, *([nw.lit(fold(known), dtype=nw.Int64)] if known else []))


def compared(left: NumberColumn, right: NumberColumn) -> Kleene:
    """Return where left is at most right."""
    left, right = aligned((left, right))
    yes = _at_most(left.high, right.low)
    no = _below(right.high, left.low)
    return three_valued(yes, no)


def three_valued(yes: Kleene, no: Kleene) -> Kleene:
    """Make a truth of "surely so" and "surely not so"; NULL counts as not sure."""
    if yes is Truth.YES:
        return Truth.YES
    if no is Truth.YES:
        return Truth.NO
    if yes is Truth.NO and no is Truth.NO:
        return Truth.UNKNOWN
    unknown = nw.lit(None, dtype=nw.Boolean)
    if yes is Truth.NO and isinstance(no, nw.Expr):
        return nw.when(no).then(nw.lit(False)).otherwise(unknown)
    if no is Truth.NO and isinstance(yes, nw.Expr):
        return nw.when(yes).then(nw.lit(True)).otherwise(unknown)
    assert isinstance(yes, nw.Expr)
    assert isinstance(no, nw.Expr)
    return nw.when(yes).then(nw.lit(True)).otherwise(nw.when(no).then(nw.lit(False)).otherwise(unknown))


def _at_most(left: End, right: End) -> Kleene:
    if left is None or right is None:
        return Truth.NO
    if isinstance(left, int) and isinstance(right, int):
        return Truth.of(left <= right)
    return as_column(left) <= as_column(right)


def _below(left: End, right: End) -> Kleene:
    if left is None or right is None:
        return Truth.NO
    if isinstance(left, int) and isinstance(right, int):
        return Truth.of(left < right)
    return as_column(left) < as_column(right)


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
    yes = [
        Truth.YES if low is None else _at_most(low, number.low),
        Truth.YES if high is None else _at_most(number.high, high),
    ]
    no = [
        Truth.NO if low is None else _below(number.high, low),
        Truth.NO if high is None else _below(high, number.low),
    ]
    return three_valued(all_kleene(yes), any_kleene(no))


def chosen(condition: Kleene, yes: NumberColumn, no: NumberColumn | None) -> NumberColumn:
    """Return `yes` where the condition holds, else `no`, and their hull where it is unknown.

    Without `no` the condition is taken to hold unless it surely does not.
    """
    if condition is Truth.YES:
        return yes
    if no is None:
        if condition is Truth.UNKNOWN:
            return yes
        return UNKNOWN if condition is Truth.NO else _unless(condition, yes)
    if condition is Truth.NO:
        return no
    yes, no = aligned((yes, no))
    largest = max(yes.largest, no.largest)
    low_open, high_open = yes.low_open or no.low_open, yes.high_open or no.high_open
    low = tight(nw.min_horizontal, min, (yes.low, no.low), low_open)
    high = tight(nw.max_horizontal, max, (yes.high, no.high), high_open)
    if isinstance(condition, nw.Expr):
        low = _pick(condition, yes.low, no.low, low)
        high = _pick(condition, yes.high, no.high, high)
    return NumberColumn(low, high, yes.scale, largest, low is None or low_open, high is None or high_open)


def _unless(condition: Kleene, number: NumberColumn) -> NumberColumn:
    surely_not = is_no(condition)
    assert isinstance(surely_not, nw.Expr)
    low, high = (
        None if end is None else nw.when(~surely_not).then(as_column(end)) for end in (number.low, number.high)
    )
    return NumberColumn(low, high, number.scale, number.largest, low_open=True, high_open=True)


def _pick(condition: nw.Expr, yes: End, no: End, unsure: End) -> End:
    if yes is None and no is None and unsure is None:
        return None
    if isinstance(yes, int) and isinstance(no, int) and yes == no:
        return yes
    inner = nw.when(~condition).then(as_column(no)).otherwise(as_column(unsure))
    return nw.when(condition).then(as_column(yes)).otherwise(inner)


def rounded(end: End, scale: int, decimals: int) -> End:
    """Return an end rounded half up to so many decimals, as an integer of the smallest unit."""
    factor = Fraction(10**decimals, scale)
    up, down = factor.numerator, factor.denominator
    if end is None or down == 1:
        return times(end, up)
    if isinstance(end, int):
        return (2 * end * up + down) // (2 * down)
    return (end * (2 * up) + down) // (2 * down)


def lacking(number: NumberColumn, parts: Sequence[Mapping[str, Flag]]) -> dict[str, Flag]:
    """Return what a number lacks where it is not exactly known."""
    known = number.is_point()
    gate: Flag = not known if isinstance(known, bool) else ~known
    return merged(parts, gate)


def multiplied(left: NumberColumn, right: NumberColumn) -> NumberColumn:
    """Multiply two numbers that are not negative; nothing times an open end is nothing."""
    low = times(_from_zero(left), _from_zero(right))
    high = times(left.high, right.high)
    open_ = left.high_open or right.high_open
    if open_ and not (left.high is None and right.high is None):
        nothing = any_kleene([_is_zero(left), _is_zero(right)])
        if nothing is Truth.YES:
            high = 0
        elif isinstance(nothing, nw.Expr):
            high = nw.when(nothing).then(nw.lit(0, dtype=nw.Int64)).otherwise(as_column(high))
    return NumberColumn(
        low,
        high,
        left.scale * right.scale,
        checked(left.largest * right.largest),
        high_open=high is None or open_,
    )


def _from_zero(number: NumberColumn) -> End:
    if number.low is None:
        return 0
    return number.low.fill_null(0) if number.low_open and isinstance(number.low, nw.Expr) else number.low


def _is_zero(number: NumberColumn) -> Kleene:
    if number.high is None:
        return Truth.NO
    return Truth.of(number.high == 0) if isinstance(number.high, int) else (number.high == 0).fill_null(False)


def below_end(left: End, right: End) -> Flag:
    """Return where one end is below another; where either is open it may be."""
    if left is None or right is None:
        return True
    if isinstance(left, int) and isinstance(right, int):
        return left < right
    return (as_column(left) < as_column(right)).fill_null(True)
