"""Why a typed line was not taken, in the reader's language, with what to write instead."""

import re
from collections.abc import Mapping
from fractions import Fraction

from eligibility.engine.naming import named_in_part, names_of
from eligibility.engine.profile import Subject
from eligibility.language.fact import Fact
from eligibility.report.clean import clean_for_terminal
from eligibility.report.speech import RuleSpeech
from eligibility.values.spelling import unified
from eligibility.words import Words

_MISTAKES = {
    "not-a-number": "That is not a number: write it like 1200000 or 12.50.",
    "too-many-decimals": "That has too many decimals.",
    "too-long": "That is too long.",
    "wrong-currency": "The amount is wanted in {currency}.",
    "empty-range": "The lower end of this range is above its upper end.",
    "ambiguous-range": "There is a unit at one end only: write it at both ends.",
    "not-a-range": "That is not a range: write it like 50-249, ..50 or 250+.",
    "open-range": "A range includes both its ends: write it like 50..249 or 250.. here.",
    "not-a-date": "That is not a date: write it like 2021-06-30 or 30.6.2021; the year alone will do.",
    "no-such-date": "There is no such day in the calendar.",
    "date-out-of-range": "Dates from 1900 to 2200 can be given.",
    "two-digit-year": "Write the year with all four digits, like 2021-06-30.",
    "approximate": "How far off may it be? Write a range such as 45-55, or the number itself.",
    "ambiguous-date": "It cannot be told which number is the month: write the date like 2021-06-30.",
    "unknown-choice": "Nothing in the list fits: type part of a name, or the code.",
}
_NAMELESS_CODES = {
    "nace": "No industry fits: type part of its name, or its NACE code like C, C28 or 28.1.",
    "ksic": "No industry fits: type part of its name, or its KSIC code like C, C26 or 26.1.",
    "region": "No region fits: type part of its name, or its code like 09162 or KR-26.",
}
_EITHER = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,2})[.,]([0-9]{3})(?![0-9.,])")
_MOST_NAMED = 5


def mistake_text(speech: RuleSpeech, subject: Subject, code: str, message: str, typed: str) -> str:
    """Return the sentence for an error code; the message in English where the code is not one of typed text."""
    words = speech.words
    if code == "ambiguous-number" and (match := _EITHER.search(unified(typed))):
        return words.say("{text} can mean {large} or {small}: write {large} or {safe}.", **_readings(match))
    if code == "ambiguous-name":
        return words.say("Several fit: {names}", names=_fitting(subject, typed, words.language))
    if code in ("too-small", "too-large"):
        return _out_of_bounds(speech, subject)
    if code == "not-a-code":
        return words.say(_NAMELESS_CODES[subject.form or "region"])
    if code in _MISTAKES:
        return words.say(_MISTAKES[code], **_fields(subject, code))
    return clean_for_terminal(message)


def number_mistake(words: Words, code: str, message: str, typed: str) -> str:
    """Return the sentence for an error code of an amount in euros or a number that no rule asks for."""
    if code == "ambiguous-number" and (match := _EITHER.search(unified(typed))):
        return words.say("{text} can mean {large} or {small}: write {large} or {safe}.", **_readings(match))
    if code == "too-large":
        return words.say("That is too large.")
    if code in _MISTAKES:
        return words.say(_MISTAKES[code], currency="EUR")
    return clean_for_terminal(message)


def _fields(subject: Subject, code: str) -> Mapping[str, str]:
    return {"currency": subject.currency or ""} if code == "wrong-currency" else {}


def _readings(match: re.Match[str]) -> Mapping[str, str]:
    before, after = match[1], match[2]
    short = after.rstrip("0")
    # Two decimals are read as such by everyone; a third is told from thousands by a fourth.
    safe = f"{before}.{short:0<2}" if len(short) < 3 else f"{before}.{after}0"
    small = f"{before}.{short}" if short else before
    return {"text": match[0], "large": before + after, "small": small, "safe": safe}


def _fitting(subject: Subject, typed: str, language: str) -> str:
    found = named_in_part(names_of(subject), typed)
    several = [subject.names[code].in_(language) for code in found[:_MOST_NAMED]]
    return ", ".join(several) + (" ..." if len(found) > _MOST_NAMED else "")


def _out_of_bounds(speech: RuleSpeech, subject: Subject) -> str:
    low, high = (subject.low, subject.high) if isinstance(subject, Fact) else (None, None)
    if low is None or high is None:
        return speech.words.say("That is too large.")
    unit = subject.currency or subject.type
    ends = (speech.quantity(Fraction(end), unit) for end in (low, high))
    return speech.words.say("It can be {low} to {high}.", **dict(zip(("low", "high"), ends, strict=True)))
