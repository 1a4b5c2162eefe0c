"""A profile: the answers of one company, read strictly by the type of each fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from eligibility.language.definition import Definition
from eligibility.language.fact import LARGEST, Fact
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.codes import parse_code
from eligibility.values.dates import parse_date
from eligibility.values.interval import Interval, Number
from eligibility.values.misread import Misread
from eligibility.values.money import MINOR_UNITS, parse_money
from eligibility.values.number import DECIMALS, parse_number, shortest
from eligibility.values.percent import DECIMALS as PERCENT_DECIMALS
from eligibility.values.percent import parse_percent
from eligibility.values.problem import AnswerError, Problem
from eligibility.values.ranges import Range, is_range, parse_range
from eligibility.values.truth import parse_truth

V = TypeVar("V")
Value = bool | str | Interval
"""A truth; a choice or code; a number or date (as day number), exactly known or as an interval."""

Subject = Fact | Definition


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a fact without an answer: worked out from another source, in the notation of answers.

    `source` is `ownership` (a structure of who holds what), `aid` (a list of awards) or `alone` (the company has no
    group, so that its own figures are those of the group).
    """

    answer: object
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one company: `values` as read, `answers` as given (both without what is unknown).

    `findings` were worked out from other sources; `values` has those of facts without an answer.
    """

    values: Mapping[str, Value]
    answers: Mapping[str, object]
    findings: Mapping[str, Finding] = field(default_factory=dict)

    def given(self, name: str) -> Value | None:
        """Return the answer given for a fact or definition, or `None`."""
        return self.values.get(name)

    def found(self, name: str) -> Finding | None:
        """Return the finding that stands for a fact; `None` where there is none, or an answer stands instead."""
        return None if name in self.answers else self.findings.get(name)


def read_profile(
    rulebook: Rulebook, answers: Mapping[str, object], findings: Mapping[str, Finding] | None = None
) -> Profile:
    """Read answers as in an answers file; `None` means unknown. An answer stands over what was found otherwise.

    Raises:
        AnswerError: with one problem for each answer that cannot be used.
    """
    found = {} if findings is None else findings
    given = {name: answer for name, answer in answers.items() if answer is not None}
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, answer in {**{name: finding.answer for name, finding in found.items()}, **given}.items():
        try:
            values[name] = read_answer(rulebook, name, answer)
        except Misread as error:
            problems.append(Problem(error.code, f"`{name}`: {error.message}", None, error.hint))
    if problems:
        raise AnswerError(*problems)
    return Profile(values, given, found)


def read_answer(rulebook: Rulebook, name: str, answer: object) -> Value:
    """Read one answer by the type of its fact.

    Raises:
        Misread: an unknown fact, a value of the wrong type or out of bounds.
    """
    if name not in rulebook.facts and name not in rulebook.definitions:
        hint = nearest(str(name), [*rulebook.facts, *rulebook.definitions])
        raise Misread("unknown-fact", "there is no such fact", hint)
    return read_value(rulebook.subject(name), answer)


def read_value(subject: Subject, answer: object) -> Value:
    """Read one answer for a fact or definition."""
    if subject.type == "truth":
        return answer if isinstance(answer, bool) else parse_truth(_text(answer, subject))
    if subject.type == "choice":
        return _choice(subject, _text(answer, subject))
    if subject.type == "code":
        return parse_code(_text(answer, subject), subject.form or "")
    if subject.type == "date":
        return _days(answer, subject)
    return _number(answer, subject)


def _text(answer: object, subject: Subject) -> str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, int) and not isinstance(answer, bool) and subject.type == "code":
        return str(answer)
    raise Misread("wrong-type", f"a {_kind(subject)} is expected, not {_shown(answer)}", _hint(subject))


def _kind(subject: Subject) -> str:
    return {"truth": "truth (true or false)", "money": f"number ({subject.currency})"}.get(subject.type, subject.type)


def _shown(answer: object) -> str:
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, list | tuple):
        return "a list"
    return "a map" if isinstance(answer, Mapping) else f"{answer}"


def _hint(subject: Subject) -> str:
    return f"one of: {', '.join(subject.choices)}" if 0 < len(subject.choices) <= 12 else ""


def _choice(subject: Subject, text: str) -> str:
    if text in subject.choices:
        return text
    hint = nearest(text, subject.choices) or _hint(subject)
    raise Misread("unknown-choice", f"`{text[:60]}` is not one of the choices", hint)


def _days(answer: object, subject: Subject) -> Interval:
    if isinstance(answer, date) and not isinstance(answer, datetime):
        answer = answer.isoformat()
    wanted = _closed(parse_range(_text(answer, subject), parse_date))
    low, high = (None if end is None else end.toordinal() for end in (wanted.low, wanted.high))
    return Interval(low, high)


def _number(answer: object, subject: Subject) -> Interval:
    if isinstance(answer, str) and is_range(answer):
        wanted = _closed(parse_range(answer, lambda end: _parse(end, subject)))
        interval = Interval(wanted.low, wanted.high)
    else:
        interval = Interval.point(_parse(_plain(answer, subject), subject))
    _check_bounds(interval, subject)
    return interval.clamped(answer_bounds(subject)[0], None)


def _closed(wanted: Range[V]) -> Range[V]:
    if wanted.low_open or wanted.high_open:
        raise Misread("open-range", "a known range includes both its ends: write `50..249` or `250..`")
    return wanted


def _plain(answer: object, subject: Subject) -> str:
    if isinstance(answer, bool) or not isinstance(answer, int | float | Decimal | Fraction | str):
        raise Misread("wrong-type", f"a {_kind(subject)} is expected, not {_shown(answer)}", _hint(subject))
    try:
        if isinstance(answer, Fraction):
            return shortest(answer)
        return format(answer, "f") if isinstance(answer, Decimal) else str(answer)
    except ValueError:  # a third has no end as a decimal number; the interpreter writes no endless integer
        raise Misread("not-a-number", "this number cannot be written with up to 6 decimals") from None


def _parse(text: str, subject: Subject) -> Fraction:
    if subject.type == "percent":
        return parse_percent(text)
    if subject.type == "money":
        number = parse_number(text) if text.strip()[-1:].isdigit() else parse_money(text, subject.currency)[0]
        decimals = MINOR_UNITS[subject.currency or "EUR"]
        if (number * 10**decimals).denominator != 1:
            raise Misread("too-many-decimals", f"an amount in {subject.currency} has at most {decimals} decimals")
        return number
    return parse_number(text)


def answer_bounds(subject: Subject) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and greatest number that can be given.

    A definition's own bounds are what its rules can give; an answer for it stands, if only it is not negative where
    the rules never are, and no percentage above 100.
    """
    if isinstance(subject, Fact):
        return subject.low, subject.high
    high = LARGEST["percent"] if subject.type == "percent" else None
    return (Fraction(0) if subject.low is not None and subject.low >= 0 else None), high


def answer_step(subject: Subject) -> Fraction:
    """Return the least difference of two numbers that can be answered, as written (percentages from 0 to 100)."""
    if subject.currency is not None:
        return Fraction(1, 10 ** MINOR_UNITS[subject.currency])
    return Fraction(1, 10 ** (PERCENT_DECIMALS if subject.type == "percent" else DECIMALS))


def beside(subject: Subject, threshold: Number, *, above: bool) -> tuple[Number, Number]:
    """Return the greatest answer under a threshold and the least over it; `above`: it belongs to the lower side itself.

    Numbers as a profile holds them: percentages are ratios, days are day numbers.
    """
    step = 1 if subject.type == "date" else answer_step(subject) / (100 if subject.type == "percent" else 1)
    # A threshold such as 60,000/11 lies between two answers.
    under = threshold // step * step
    if under == threshold and not above:
        under -= step
    return under, under + step


def _check_bounds(interval: Interval, subject: Subject) -> None:
    low, high = answer_bounds(subject)
    scale = 100 if subject.type == "percent" else 1
    for end in (interval.low, interval.high):
        if end is not None and low is not None and end < low:
            raise Misread(
                "too-small",
                f"{shortest(Fraction(end) * scale)} is too small: at least {shortest(low * scale)}",
            )
        if end is not None and high is not None and end > high:
            raise Misread(
                "too-large",
                f"{shortest(Fraction(end) * scale)} is too large: at most {shortest(high * scale)}",
            )


def site_of(answers: Mapping[str, object]) -> str | None:
    """Return the country of the site, as far as it is answered: its aid counts where no Member State is named."""
    site = answers.get("site_country")
    return site if isinstance(site, str) else None
