"""When one may apply: `window: 2020-09-07..2023-12-31`, a list of such ranges, or `continuous`."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.shape import parse_date_range, understood
from eligibility.values.ranges import Range

CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Window:
    """Periods in which one may apply, in order; without any, applications are taken at all times."""

    periods: tuple[Range[date], ...]

    def status(self, on: date) -> str:
        """Return `open`, `upcoming`, `closed` or `continuous` on a day."""
        if not self.periods:
            return CONTINUOUS
        if any(on in period for period in self.periods):
            return "open"
        return "upcoming" if any(period.low is not None and period.low > on for period in self.periods) else "closed"

    def takes(self, on: date) -> bool:
        """Tell whether applications are taken on a day."""
        return not self.periods or any(on in period for period in self.periods)

    def rule_date(self, on: date) -> date:
        """Return the day whose version of the rules is told.

        That day inside a window, else the nearest end before, else the first day.
        """
        if self.takes(on):
            return on
        ends = [period.high for period in self.periods if period.high is not None and period.high < on]
        if ends:
            return max(ends)
        return min(period.low for period in self.periods if period.low is not None)


def _check_window(written: object) -> Window:
    if written == CONTINUOUS:
        return Window(())
    entries = [written] if isinstance(written, str) else written
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
        raise PydanticCustomError("not-a-window", "a window is a range of days, a list of such, or `continuous`")
    if not any(letter.isdigit() for letter in entries[0]):
        raise PydanticCustomError("not-a-window", "a window is a range of days, a list of such, or `continuous`")
    periods = tuple(understood(parse_date_range, entry) for entry in entries)
    if any(period.low_open or period.high_open for period in periods):
        raise PydanticCustomError("not-a-window", "a window names its first and last day: `2020-09-07..2023-12-31`")
    for earlier, later in pairwise(periods):
        if earlier.high is None or later.low is None or earlier.high >= later.low:
            raise PydanticCustomError(
                "windows-overlap",
                "the periods of a window follow each other without overlap",
                {"hint": "write them in order, each beginning after the one before it ends"},
            )
    return Window(periods)


WindowShape = Annotated[
    Any,
    BeforeValidator(_check_window),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
