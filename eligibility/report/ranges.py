"""Known ranges as people say them: `under 50` rather than to 49.999999."""

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from eligibility.engine.profile import Subject, answer_step
from eligibility.values.interval import Interval, Number

if TYPE_CHECKING:
    from eligibility.report.speech import RuleSpeech

# Cents are no burden to read; millionths are.
_MANY_DECIMALS = 3
_MOST_DECIMALS = 12
# By whether the lower and the upper end are left out.
_BOTH = {
    (False, False): "{low} to {high}{unit}",
    (False, True): "{low} to under {high}{unit}",
    (True, False): "over {low} to {high}{unit}",
    (True, True): "over {low} to under {high}{unit}",
}


def range_text(speech: "RuleSpeech", subject: Subject, value: Interval) -> str:
    """Write a known range of a number; a side where the fact has its own bound is left out."""
    low = None if value.low == subject.low else value.low
    high = None if value.high == subject.high else value.high
    return _between(speech, subject, low, high)


def span_text(speech: "RuleSpeech", subject: Subject, span: Interval) -> str:
    """Write the answers from one end to the other, both included; "whatever it is" where neither is bounded."""
    if subject.type == "date":
        return days_text(speech, span)
    low = None if span.low == subject.low else span.low
    high = None if span.high == subject.high else span.high
    if low is None and high is None:
        return speech.say("whatever it is")
    if high is not None and high == (subject.low if low is None else low):
        return _counted(speech, subject, end_text(speech, subject, high))
    return _between(speech, subject, low, high)


def days_text(speech: "RuleSpeech", span: Interval) -> str:
    """Write the days from one to another, both included."""
    first, last = ("" if end is None else speech.day(date.fromordinal(int(end))) for end in (span.low, span.high))
    if not first and not last:
        return speech.say("whatever it is")
    if not first:
        return speech.say("until {day}", day=last)
    if not last:
        return speech.say("from {day} on", day=first)
    return first if first == last else speech.say("{low} to {high}", low=first, high=last)


def _counted(speech: "RuleSpeech", subject: Subject, shown: str) -> str:
    unit = subject.wording.unit
    return shown if unit is None else speech.say("{value} {unit}", value=shown, unit=speech.text(unit))


def _between(speech: "RuleSpeech", subject: Subject, low: Number | None, high: Number | None) -> str:
    step = answer_step(subject) / (100 if subject.type == "percent" else 1)
    over = low is not None and _is_rounder(subject, low - step, low)
    under = high is not None and _is_rounder(subject, high + step, high)
    first = "" if low is None else end_text(speech, subject, low - step if over else low)
    last = "" if high is None else end_text(speech, subject, high + step if under else high)
    unit = subject.wording.unit
    # With the space that stands between a number and its unit in this language.
    counted = "" if unit is None else speech.say("{value} {unit}", value="", unit=speech.text(unit))
    if low is None:
        return speech.say("under {high}{unit}" if under else "at most {high}{unit}", high=last, unit=counted)
    if high is None:
        return speech.say("over {low}{unit}" if over else "at least {low}{unit}", low=first, unit=counted)
    return speech.say(_BOTH[over, under], low=first, high=last, unit=counted)


def end_text(speech: "RuleSpeech", subject: Subject, value: Number) -> str:
    """Write one end of a range."""
    return speech.quantity(Fraction(value), subject.currency or subject.type)


def _is_rounder(subject: Subject, neighbour: Number, value: Number) -> bool:
    """Whether a range is easier to read up to its neighbour: to 3,000 rather than 2,999.99, to 10.5 than 10.500001."""
    spared = zeros(subject, neighbour) - zeros(subject, value)
    return zeros(subject, value) < 0 and (zeros(subject, neighbour) >= 0 or spared >= _MANY_DECIMALS)


def zeros(subject: Subject, value: Number) -> int:
    """Return how many zeros a number ends with as it is typed; -2 for two decimals."""
    typed = Fraction(value) * (100 if subject.type == "percent" else 1)
    if typed.denominator == 1:
        digits = str(typed.numerator)
        return len(digits) - len(digits.rstrip("0"))
    return -next((places for places in range(1, _MOST_DECIMALS) if 10**places % typed.denominator == 0), _MOST_DECIMALS)
