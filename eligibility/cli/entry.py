"""Typed text to an answer as an answers file holds it, and back to a text that can be edited."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from eligibility.engine.naming import finest, named, named_in_part, names_of
from eligibility.engine.profile import Subject
from eligibility.values.codes import parse_code
from eligibility.values.dates import calendar_date
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import plain, shortest
from eligibility.values.percent import DECIMALS
from eligibility.values.ranges import Range, range_text
from eligibility.values.spelling import unified
from eligibility.values.truth import parse_truth_typed
from eligibility.values.typed import read_date, read_money, read_number, read_range

Answer = bool | int | str
MOST_HINTS = 3

# A month or a year alone is a known range of days.
_MONTHS = (
    (re.compile(r"([0-9]{4})(?:년)?"), (1, None)),
    (re.compile(r"([0-9]{4})[-./] ?([0-9]{1,2})\.?"), (1, 2)),
    (re.compile(r"([0-9]{4})년 *([0-9]{1,2})월"), (1, 2)),
    (re.compile(r"([0-9]{1,2})[./] ?([0-9]{4})"), (2, 1)),
)
_CODE_BEHIND = re.compile(r".*\(([^()]+)\)")
# One separator before exactly three digits: nobody can tell thousands from decimals.
_THREE_DECIMALS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


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
    if subject.type == "date":
        return _read_days(text)
    values = read_range(text, _number_reader(subject, language))
    if values.low is not None and values.low == values.high and values.low.denominator == 1:
        return values.low.numerator
    return range_text(values, lambda end: _digits(subject, end))


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


def _number_reader(subject: Subject, language: str) -> Callable[[str], Fraction]:
    if subject.currency is not None:
        currency = subject.currency
        return lambda end: read_money(end, currency, language)
    decimals = DECIMALS if subject.type == "percent" else 6
    return lambda end: read_number(end, decimals=decimals, lang=language)


def _digits(subject: Subject, value: Fraction) -> str:
    if subject.currency is not None and value.denominator != 1:
        return plain(value, MINOR_UNITS[subject.currency])
    return shortest(value)


@dataclass(frozen=True, slots=True)
class _Days:
    """What was typed as a day, month or year, by its first and last day; less than another if it is over before."""

    first: date
    last: date

    def __lt__(self, other: "_Days") -> bool:
        return self.last < other.first


def _read_days(text: str) -> str:
    # The whole line first: 2020-13 is no such month, and no range from 2020 to 13.
    period = _period(text)
    typed = read_range(text, _days_of) if period is None else Range(period, period)
    first = None if typed.low is None else typed.low.first
    last = None if typed.high is None else typed.high.last
    return range_text(Range(first, last, typed.low_open, typed.high_open), date.isoformat)


def _days_of(text: str) -> _Days:
    period = _period(text)
    if period is not None:
        return period
    day = read_date(text)
    return _Days(day, day)


def _period(text: str) -> _Days | None:
    line = unified(text)
    for pattern, (year, month) in _MONTHS:
        match = pattern.fullmatch(line)
        if match is not None:
            return _days_within(int(match[year]), int(match[month]) if month else None, text)
    return None


def _days_within(year: int, month: int | None, text: str) -> _Days:
    first = calendar_date(year, month or 1, 1, text)
    last_month = month or 12
    return _Days(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
