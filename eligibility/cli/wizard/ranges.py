"""Known ranges: those to choose from instead of an exact number, and how they are told."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from eligibility.cli.entry import Answer, known_range, smallest_step
from eligibility.engine.profile import Subject, Value
from eligibility.engine.thresholds import Cut, cuts_of
from eligibility.interview.interview import Question
from eligibility.report.speech import RuleSpeech
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number

_NUMBERS = ("number", "money", "percent")
# By whether the lower and the upper end are left out.
_BOTH = {
    (False, False): "{low} to {high}{unit}",
    (False, True): "{low} to under {high}{unit}",
    (True, False): "over {low} to {high}{unit}",
    (True, True): "over {low} to under {high}{unit}",
}


def ranges_of(rulebook: Rulebook, question: Question) -> tuple[Answer, ...]:
    """Return the ranges of a number that the programmes in question tell apart, from the least; none where they do not.

    A threshold that some programmes count to the lower and others to the upper side is given to the upper one: a range
    of a single number is nothing to choose, and what stays open then is asked on.
    """
    subject = question.subject
    if subject.type not in _NUMBERS:
        return ()
    read = frozenset().union(*(rulebook.reads[programme] for programme in question.why))
    sources = [rulebook.programmes[programme] for programme in question.why]
    found = {cut for programme in sources for cut in cuts_of(rulebook, programme) if cut.fact == subject.id}
    for name in read & rulebook.definitions.keys():
        found |= {cut for cut in cuts_of(rulebook, rulebook.definitions[name]) if cut.fact == subject.id}
    return tuple(_between(subject, found)) if found else ()


def _between(subject: Subject, cuts: set[Cut]) -> Iterator[Answer]:
    scale = 100 if subject.type == "percent" else 1
    step = smallest_step(subject)
    below = {cut.value: cut.below for cut in sorted(cuts, key=lambda cut: cut.below, reverse=True)}
    # Where each range begins.
    starts = [Fraction(value) * scale + (step if below[value] else 0) for value in sorted(below)]
    least = None if subject.low is None else subject.low * scale
    if least is not None and starts[0] <= least:
        starts = starts[1:]
    for low, high in pairwise([None, *starts, None]):
        end = None if high is None else high - step
        first = least if low is None and end == least else low
        yield known_range(subject, first, end)


def answer_text(speech: RuleSpeech, name: str, value: Value) -> str:
    """Write an answer; a range ends where a person would say, at `under 50` rather than at `49.999999`."""
    subject = speech.rulebook.subject(name)
    if not isinstance(value, Interval) or value.is_point or subject.type == "date":
        return speech.answer(name, value)
    low = None if value.low == subject.low else value.low
    high = None if value.high == subject.high else value.high
    return speech.answer(name, value) if low is None and high is None else _range_text(speech, subject, low, high)


def halves_text(speech: RuleSpeech, name: str, lower: Value, upper: Value) -> str:
    """Return the question which of two neighbouring ranges is meant, by the rounder of the two ends that meet.

    `lower` has an upper end, `upper` a lower one.
    """
    subject = speech.rulebook.subject(name)
    label = speech.label(name)
    assert isinstance(lower, Interval)
    assert isinstance(upper, Interval)
    assert lower.high is not None
    assert upper.low is not None
    if subject.type == "date":
        day = speech.day(date.fromordinal(int(upper.low)))
        return speech.say("{label}: before {day}, or from that day on?", label=label, day=day)
    if _zeros(subject, upper.low) >= _zeros(subject, lower.high):
        number = _end(speech, subject, upper.low)
        return speech.say("{label}: less than {number}, or {number} and more?", label=label, number=number)
    return speech.say("{label}: at most {number}, or more?", label=label, number=_end(speech, subject, lower.high))


def _range_text(speech: RuleSpeech, subject: Subject, low: Number | None, high: Number | None) -> str:
    step = smallest_step(subject) / (100 if subject.type == "percent" else 1)
    over = low is not None and not _is_round(subject, low) and _is_round(subject, low - step)
    under = high is not None and not _is_round(subject, high) and _is_round(subject, high + step)
    first = "" if low is None else _end(speech, subject, low - step if over else low)
    last = "" if high is None else _end(speech, subject, high + step if under else high)
    unit = subject.wording.unit
    # With the space that stands between a number and its unit in this language.
    counted = "" if unit is None else speech.say("{value} {unit}", value="", unit=speech.text(unit))
    if low is None:
        return speech.say("under {high}{unit}" if under else "at most {high}{unit}", high=last, unit=counted)
    if high is None:
        return speech.say("over {low}{unit}" if over else "at least {low}{unit}", low=first, unit=counted)
    return speech.say(_BOTH[over, under], low=first, high=last, unit=counted)


def _end(speech: RuleSpeech, subject: Subject, value: Number) -> str:
    return speech.quantity(Fraction(value), subject.currency or subject.type)


def _is_round(subject: Subject, value: Number) -> bool:
    return _zeros(subject, value) >= 0


def _zeros(subject: Subject, value: Number) -> int:
    """Return how many zeros a number ends with; -1 where it has decimals."""
    typed = Fraction(value) * (100 if subject.type == "percent" else 1)
    if typed.denominator != 1:
        return -1
    digits = str(typed.numerator)
    return len(digits) - len(digits.rstrip("0"))
