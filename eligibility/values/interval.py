"""Closed intervals of exact numbers: what is known of an amount. An open side is `None`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

Number = Fraction | int


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; `Interval()` is every number, that is: unknown."""

    low: Number | None = None
    high: Number | None = None

    @classmethod
    def point(cls, value: Number) -> "Interval":
        """Return the interval that holds only this number."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether the number is known exactly."""
        return self.low is not None and self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known."""
        return self.low is None and self.high is None

    def clamped(self, low: Number | None, high: Number | None) -> "Interval":
        """Return the interval with its ends moved inside the given bounds."""
        inner_low = low if self.low is None else self.low if low is None else max(self.low, low)
        inner_high = high if self.high is None else self.high if high is None else min(self.high, high)
        return Interval(inner_low, inner_high)

    def hull(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def __add__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def __sub__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Interval(low, high)

    def __mul__(self, other: "Interval") -> "Interval":
        """Multiply two intervals that hold no negative number (the rule language admits no others)."""
        low = (self.low or 0) * (other.low or 0)
        if self.high == 0 or other.high == 0:
            return Interval(low, 0)
        high = None if self.high is None or other.high is None else self.high * other.high
        return Interval(low, high)

    def divided_by(self, divisor: Fraction) -> "Interval":
        """Divide by a positive number."""
        low = None if self.low is None else Fraction(self.low) / divisor
        high = None if self.high is None else Fraction(self.high) / divisor
        return Interval(low, high)

    def at_most(self, other: "Interval") -> Truth:
        """Tell whether this number is at most the other one."""
        if self.high is not None and other.low is not None and self.high <= other.low:
            return Truth.YES
        if self.low is not None and other.high is not None and self.low > other.high:
            return Truth.NO
        return Truth.UNKNOWN

    def inside(self, wanted: Range[Number]) -> Truth:
        """Tell whether this number lies in the range."""
        if not _may_be_inside(self, wanted):
            return Truth.NO
        return Truth.YES if _is_inside(self, wanted) else Truth.UNKNOWN


def least(intervals: Sequence[Interval]) -> Interval:
    """Return what is known of the smallest of several numbers."""
    lows = [interval.low for interval in intervals]
    highs = [interval.high for interval in intervals if interval.high is not None]
    low = None if None in lows else min(_present(lows))
    return Interval(low, min(highs, default=None))


def greatest(intervals: Sequence[Interval]) -> Interval:
    """Return what is known of the greatest of several numbers."""
    highs = [interval.high for interval in intervals]
    lows = [interval.low for interval in intervals if interval.low is not None]
    high = None if None in highs else max(_present(highs))
    return Interval(max(lows, default=None), high)


def _present(numbers: Iterable[Number | None]) -> list[Number]:
    return [number for number in numbers if number is not None]


def _is_inside(interval: Interval, wanted: Range[Number]) -> bool:
    ends = (
        (wanted.low is None or interval.low is not None),
        (wanted.high is None or interval.high is not None),
    )
    # Between two ends that lie inside a range everything lies inside it.
    return all(ends) and all(end in wanted for end in _present((interval.low, interval.high)))


def _may_be_inside(interval: Interval, wanted: Range[Number]) -> bool:
    low, high = interval.low, interval.high
    below = (
        wanted.low is not None and high is not None and (high < wanted.low or (wanted.low_open and high == wanted.low))
    )
    above = (
        wanted.high is not None and low is not None and (low > wanted.high or (wanted.high_open and low == wanted.high))
    )
    return not below and not above
