"""Typed text to an answer as an answers file holds it, and back to a text that can be edited."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from eligibility.batch.units import PERSONS
from eligibility.cli.days import read_days
from eligibility.engine.naming import finest, named, named_in_part, names_of
from eligibility.engine.profile import Subject, answer_step
from eligibility.values.bands import read_band
from eligibility.values.codes import parse_code
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import DECIMALS, plain, shortest
from eligibility.values.percent import DECIMALS as PERCENT_DECIMALS
from eligibility.values.ranges import Range, is_range, range_text
from eligibility.values.spelling import unified
from eligibility.values.truth import parse_truth_typed
from eligibility.values.typed import read_money, read_number, read_range

Answer = bool | int | str
MOST_HINTS = 3

_CODE_BEHIND = re.compile(r".*\(([^()]+)\)")
# One separator before exactly three digits: nobody can tell thousands from decimals.
_THREE_DECIMALS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_ROUGHLY = re.compile(
    r"(?:ca\.?|circa|etwa|ungefähr|rund|knapp|gut|about|approx\.?|approximately|around|roughly|nearly|약|대략|[~≈])"
    r" *[0-9].*"
    r"|.*[^ ] *(?:정도|쯤|내외|가량)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that can be completed: `label` is put into the line, `spellings` (case-folded) are what finds it."""

    label: str
    spellings: tuple[str, ...]


def read_entry(subject: Subject, text: str, language: str, *, whole: bool = False) -> Answer:
    """Read a typed line by the type of the fact; `whole`: names are written out, not in part.

    Raises:
        Misread: what it means cannot be told, or it is no such value.
    """
    if subject.type == "truth":
        return parse_truth_typed(text)
    if subject.names:
        return read_name(subject, text, language, whole=whole)
    if subject.type == "code":
        return parse_code(unified(text), subject.form or "")
    try:
        return read_days(text) if subject.type == "date" else _read_numbers(subject, text, language)
    except Misread:
        if _ROUGHLY.fullmatch(unified(text)):
            message = f"{shown(text)} leaves open how far off it may be"
            raise Misread("approximate", message, "write a range, such as 45-55, or the number itself") from None
        raise


def read_name(subject: Subject, text: str, language: str, *, whole: bool = False) -> str:
    """Find a choice or code by its id or by a name, or the only one that has this part of a name, in any language.

    Raises:
        Misread: "ambiguous-name" where several fit, "unknown-choice" or "not-a-code" where none does.
    """
    wanted = unified(text)
    behind = _CODE_BEHIND.fullmatch(wanted)
    for code in (wanted, wanted.upper(), behind[1] if behind else ""):
        if code in subject.names:
            return code
    names = names_of(subject)
    # One letter is a section that does not exist rather than a part of a name.
    in_part = not whole and not (subject.type == "code" and len(wanted) == 1 and wanted.isascii())
    found = finest(subject, named(names, text)) or (named_in_part(names, text) if in_part else [])
    if len(found) > 1:
        raise Misread("ambiguous-name", f"{shown(text)} fits several names", _candidates(subject, found, language))
    if found:
        return found[0]
    near = named_in_part(names, text) if whole else []
    if near:
        message = f"{shown(text)} is only part of a name"
        raise Misread("unknown-choice", message, _candidates(subject, near, language))
    if subject.type == "code":
        return parse_code(wanted, subject.form or "")
    raise Misread("unknown-choice", f"{shown(text)} is not one of the choices")


def _candidates(subject: Subject, codes: list[str], language: str) -> str:
    shown_codes = [f"`{code}` ({subject.names[code].in_(language)})" for code in codes[:MOST_HINTS]]
    return f"write {', '.join(shown_codes)}{' …' if len(codes) > MOST_HINTS else ''}"


def suggestions(subject: Subject, language: str) -> list[Suggestion]:
    """Return what can be completed: every named choice or code, found by its names in all languages and by itself."""
    return [
        Suggestion(label_of(subject, code, language), (*names, code.casefold()))
        for code, names in names_of(subject).items()
    ]


def label_of(subject: Subject, code: str, language: str) -> str:
    """Return a name with its code behind, such as `Germany (DE)`; a code without a name stands alone."""
    return f"{subject.names[code].in_(language)} ({code})" if code in subject.names else code


def editable(subject: Subject, answer: object, language: str) -> str:
    """Return an earlier answer as a line that `read_entry` reads back to it; empty for none."""
    if answer is None:
        return ""
    text = _spelled(answer)
    if subject.names:
        return label_of(subject, text, language)
    ends = text.split("..") if subject.type in ("number", "money", "percent") else [text]
    return "..".join(f"{end}0" if _THREE_DECIMALS.fullmatch(end) else end for end in ends)


def _spelled(answer: object) -> str:
    if isinstance(answer, Fraction):
        return shortest(answer)
    return format(answer, "f") if isinstance(answer, Decimal) else str(answer)


def known_range(subject: Subject, low: Fraction | None, high: Fraction | None) -> Answer:
    """Return a number or a known range as an answers file holds it."""
    if low is not None and low == high and low.denominator == 1:
        return low.numerator
    return range_text(Range(low, high), lambda end: _digits(subject, end))


def _read_numbers(subject: Subject, text: str, language: str) -> Answer:
    reader = _number_reader(subject, language)
    line = unified(text)
    if is_range(line):
        written = read_range(text, reader)
        if written.low_open or written.high_open:
            # Whoever writes the notation of rules is told what it is in answers.
            return range_text(written, lambda end: _digits(subject, end))
        return known_range(subject, written.low, written.high)
    band = read_band(line, reader)
    step = answer_step(subject)
    # Of an end that is left out, as in "under 50", the next value that can be given is the end.
    low = band.low + step if band.low is not None and band.low_open else band.low
    high = band.high - step if band.high is not None and band.high_open else band.high
    return known_range(subject, low, high)


def _number_reader(subject: Subject, language: str) -> Callable[[str], Fraction]:
    if subject.currency is not None:
        currency = subject.currency
        return lambda end: read_money(end, currency, language)
    if subject.type == "percent":
        return lambda end: read_number(end, decimals=PERCENT_DECIMALS, lang=language)
    counted = _counted(subject)
    return lambda end: read_number(counted.sub(r"\1", unified(end)), decimals=DECIMALS, lang=language)


def _counted(subject: Subject) -> re.Pattern[str]:
    """Return a pattern for a number with what it counts behind it: `50명`, `50 Beschäftigte`."""
    unit = subject.wording.unit
    own = () if unit is None else (unit.de, unit.en, unit.ko)
    words = sorted({word.strip() for word in (*own, *PERSONS)}, key=len, reverse=True)
    return re.compile(rf"(.*[0-9십백천만억조]) *(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


def _digits(subject: Subject, value: Fraction) -> str:
    if subject.currency is not None and value.denominator != 1:
        return plain(value, MINOR_UNITS[subject.currency])
    return shortest(value)
