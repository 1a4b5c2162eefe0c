"""Ranges of any ordered value, in the notation of the rule language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from eligibility.values.misread import Misread, shown, trimmed

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Range(Generic[T_co]):
    """All values between two ends; an end that is None is not bounded, an open end is left out."""

    low: T_co | None
    high: T_co | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Any) -> bool:
        low: Any = self.low
        high: Any = self.high
        if low is not None and (value < low or (self.low_open and not low < value)):
            return False
        return high is None or not (high < value or (self.high_open and not value < high))


def is_range(text: str) -> bool:
    """Tell whether a text uses the notation of a range (it may still be a wrong one)."""
    return ".." in text


def parse_range(text: str, parse_end: Callable[[str], T]) -> Range[T]:
    """Read `3..499`, `..50`, `0<..`, `..<10` or a single value, each end by `parse_end`.

    Raises Misread "not-a-range", "empty-range", "too-long", or what `parse_end` raises.
    """
    inner = trimmed(text)
    if not is_range(inner):
        value = parse_end(inner)
        return Range(value, value)
    left, _, right = inner.partition("..")
    left, right = left.rstrip(" "), right.lstrip(" ")
    low_open, high_open = left.endswith("<"), right.startswith("<")
    left, right = left.removesuffix("<").strip(" "), right.removeprefix("<").strip(" ")
    lone_mark = (low_open and not left) or (high_open and not right)
    # Three dots in a row leave one of them at the start of the right side.
    if not (left or right) or lone_mark or ".." in right or right.startswith("."):
        raise Misread("not-a-range", f"{shown(text)} is not a range: write it like 3..499, ..50, 250.. or 0<..")
    low = parse_end(left) if left else None
    high = parse_end(right) if right else None
    return not_empty(Range(low, high, low_open, high_open), text)


def not_empty(values: Range[T], text: str) -> Range[T]:
    """Pass a range on that holds at least one value; raises Misread "empty-range"."""
    low: Any = values.low
    high: Any = values.high
    if low is None or high is None:
        return values
    if high < low:
        raise Misread("empty-range", f"{shown(text)} is empty: its lower end is above its upper end")
    if low == high and (values.low_open or values.high_open):
        raise Misread("empty-range", f"{shown(text)} is empty: it leaves out its only value")
    return values


def range_text(values: Range[T], show_end: Callable[[T], str]) -> str:
    """Write a range in the notation that `parse_range` reads, each end by `show_end`."""
    low = "" if values.low is None else show_end(values.low)
    high = "" if values.high is None else show_end(values.high)
    if low and low == high and not (values.low_open or values.high_open):
        return low
    before = "<" if low and values.low_open else ""
    after = "<" if high and values.high_open else ""
    return f"{low}{before}..{after}{high}"
