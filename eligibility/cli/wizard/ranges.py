"""Known ranges: those to choose from instead of an exact number, and how they are told."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from eligibility.cli.entry import Answer, known_range
from eligibility.engine.profile import Subject, Value, answer_step
from eligibility.engine.thresholds import Cut, cuts_of
from eligibility.interview.interview import Question
from eligibility.report.ranges import end_text, zeros
from eligibility.report.speech import RuleSpeech
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

_NUMBERS = ("number", "money", "percent")


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
    step = answer_step(subject)
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
    if zeros(subject, upper.low) >= zeros(subject, lower.high):
        number = end_text(speech, subject, upper.low)
        return speech.say("{label}: less than {number}, or {number} and more?", label=label, number=number)
    return speech.say("{label}: at most {number}, or more?", label=label, number=end_text(speech, subject, lower.high))
