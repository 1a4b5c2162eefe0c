"""Answers in the words of the reader."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from eligibility.cli.wizard.entry import label_of
from eligibility.engine.profile import Subject, read_value
from eligibility.values.interval import Interval, Number
from eligibility.words import Words


def show_answer(words: Words, subject: Subject, answer: object) -> str:
    """Return an answer as people read it, such as `50 to 249 people`; "not known" for none."""
    if answer is None:
        return words.say("not known")
    value = read_value(subject, answer)
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if isinstance(value, Interval):
        return _show_interval(words, value, _end_writer(words, subject))
    return subject.names[value].in_(words.language) if subject.type == "choice" else label_of(subject, value, words.language)


def _show_interval(words: Words, value: Interval, write: Callable[[Number], str]) -> str:
    if value.low is not None and value.low == value.high:
        return write(value.low)
    if value.low is None:
        return "" if value.high is None else words.say("at most {high}", high=write(value.high))
    if value.high is None:
        return words.say("at least {low}", low=write(value.low))
    return words.say("{low} to {high}", low=write(value.low), high=write(value.high))


def _end_writer(words: Words, subject: Subject) -> Callable[[Number], str]:
    if subject.type == "date":
        return lambda end: words.day(date.fromordinal(int(end)))
    if subject.type == "percent":
        return lambda end: words.percent(Fraction(end))
    if subject.currency is not None:
        currency = subject.currency
        return lambda end: words.money(Fraction(end), currency)
    unit = subject.wording.unit
    behind = "" if unit is None else f" {unit.in_(words.language)}"
    return lambda end: f"{words.number(Fraction(end))}{behind}"
