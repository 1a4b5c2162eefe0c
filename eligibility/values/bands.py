"""Bands as registers write them: `50-249`, `50 bis unter 250`, `ab 250`, `<10`, `50명 이상 249명 이하`."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from eligibility.values.misread import Misread
from eligibility.values.ranges import Range, not_empty
from eligibility.values.typed import read_range

T = TypeVar("T")

# Which end a word gives, and whether the end itself is left out.
_BEFORE = (
    (r">=|≥|(?:ab|from|mindestens|min\.|at least) +", "low", False),
    (r">|(?:über|mehr als|over|above|more than) +", "low", True),
    (r"<=|≤|(?:bis zu|bis|up to|höchstens|maximal|max\.|at most) +", "high", False),
    (r"<|(?:unter|weniger als|under|below|less than|fewer than) +", "high", True),
)
_BEHIND = (
    (r" +(?:und|oder) mehr| +(?:and|or) more| *이상", "low", False),
    (r" *초과", "low", True),
    (r" *이하", "high", False),
    (r" *미만", "high", True),
)
_ONE_END = tuple(
    (re.compile(f"(?:{words}) *(.+)", re.IGNORECASE), end, is_open) for words, end, is_open in _BEFORE
) + tuple((re.compile(f"(.+?)(?:{words})", re.IGNORECASE), end, is_open) for words, end, is_open in _BEHIND)
_TWO_ENDS = (
    re.compile(
        r"(?:von|from)? *(?P<low>[^ ].*?) +(?:bis|to) +(?P<less>unter|under|below) +(?P<high>.+)", re.IGNORECASE
    ),
    re.compile(r"(?:von|from) +(?P<low>.+?) +(?:bis|to) +(?P<high>.+)", re.IGNORECASE),
    re.compile(r"(?:zwischen|between) +(?P<low>.+?) +(?:und|and) +(?P<high>.+)", re.IGNORECASE),
    re.compile(r"(?P<low>.+?) *(?:이상|(?P<more>초과)) *[~,]? *(?P<high>.+?) *(?:이하|(?P<less>미만))"),
)


def read_band(line: str, read_end: Callable[[str], T]) -> Range[T]:
    """Read a band or one value; `line` is in one spelling, each end is read by `read_end`.

    Raises:
        Misread: "empty-range", "ambiguous-range", "open-range", or what `read_end` raises.
    """
    if ".." in line:
        found = read_range(line, read_end)
        if found.low_open or found.high_open:
            raise Misread("open-range", "a known range includes both its ends: write `50..249` or `250..`")
        return found
    return _between(line, read_end) or _one_sided(line, read_end) or read_range(line, read_end)


def _between(line: str, read_end: Callable[[str], T]) -> Range[T] | None:
    for pattern in _TWO_ENDS:
        found = pattern.fullmatch(line)
        if found is not None:
            named = found.groupdict()
            ends = read_range(f"{named['low']} bis {named['high']}", read_end)
            return not_empty(replace(ends, low_open=bool(named.get("more")), high_open=bool(named.get("less"))), line)
    return None


def _one_sided(line: str, read_end: Callable[[str], T]) -> Range[T] | None:
    for pattern, end, is_open in _ONE_END:
        found = pattern.fullmatch(line)
        if found is not None:
            value = read_end(found[1])
            low, high = (value, None) if end == "low" else (None, value)
            return Range(low, high, low_open=is_open and end == "low", high_open=is_open and end == "high")
    return None
