"""What wording a construct needs: the program's own words in the reader's language, and the names of facts."""

from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from eligibility.values.dates import Duration
from eligibility.values.ranges import Range

T = TypeVar("T")


class Speech(Protocol):
    """Words of one language; messages are written in English here and translated by the catalogue."""

    def say(self, message: str, **values: str) -> str: ...
    def label(self, name: str) -> str: ...
    def choice(self, name: str, value: str) -> str: ...
    def quantity(self, value: Fraction, unit: str) -> str: ...
    def day(self, value: date) -> str: ...
    def duration(self, value: Duration) -> str: ...
    def join(self, parts: list[str], *, either: bool) -> str: ...


def show_range(speech: Speech, wanted: Range[T], ends: tuple[str, str]) -> str:
    """Put a range into words; `ends` are its two ends as shown (empty where open)."""
    low, high = ends
    if wanted.low is not None and wanted.low == wanted.high:
        return low
    if wanted.low is None:
        return speech.say("under {high}" if wanted.high_open else "at most {high}", high=high)
    if wanted.high is None:
        return speech.say("over {low}" if wanted.low_open else "at least {low}", low=low)
    if wanted.low_open or wanted.high_open:
        lower = show_range(speech, Range(wanted.low, None, wanted.low_open), (low, ""))
        upper = show_range(speech, Range(None, wanted.high, high_open=wanted.high_open), ("", high))
        return speech.say("{lower} and {upper}", lower=lower, upper=upper)
    return speech.say("{low} to {high}", low=low, high=high)
