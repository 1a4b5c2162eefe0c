"""The answers of an outlook as people say them."""

from collections.abc import Sequence

from eligibility.advice.explanation import Need, Outlook
from eligibility.report.ranges import span_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval

_NAMED_AT_ONCE = 4


def answer_texts(need: Need, speech: RuleSpeech) -> tuple[str, ...]:
    """Return, for each outlook, its answers in short: of many names the first ones, of the rest that it is the rest."""
    rest = rest_of(need)
    return tuple(
        speech.say("any other answer") if outlook is rest else _in_short(need.fact, outlook, speech)
        for outlook in need.outlooks
    )


def rest_of(need: Need) -> Outlook | None:
    """Return the outlook that is told as any other answer: codes that no rule names, else the longest of long lists."""
    rest = min(need.outlooks, key=lambda outlook: (bool(outlook.values), -len(outlook.values)), default=None)
    return None if rest is not None and 0 < len(rest.values) <= _NAMED_AT_ONCE else rest


def _in_short(fact: str, outlook: Outlook, speech: RuleSpeech) -> str:
    first = outlook.values[0]
    if isinstance(first, Interval):
        return span_text(speech, speech.rulebook.subject(fact), told_ends(first, outlook))
    return first_of([speech.answer(fact, value) for value in outlook.values], speech)


def told_ends(value: Interval, outlook: Outlook) -> Interval:
    """Return an interval without the ends that nothing but the fact itself sets."""
    return Interval(None if outlook.low_open else value.low, None if outlook.high_open else value.high)


def first_of(names: Sequence[str], speech: RuleSpeech, *, either: bool = True) -> str:
    """List names, of many only the first ones and how many more there are."""
    if len(names) <= _NAMED_AT_ONCE:
        return speech.words.join(names, either=either)
    more = len(names) - _NAMED_AT_ONCE
    told = ", ".join(names[:_NAMED_AT_ONCE])
    return speech.words.plural("{names} and one more", "{names} and {n} more", more, names=told)
