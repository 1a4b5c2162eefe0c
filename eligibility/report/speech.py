"""How rules and answers are put into words: the words of the language and the names in the rulebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eligibility.engine.assessment import Derived
from eligibility.engine.known import Judgement, Options
from eligibility.engine.profile import Profile, Value
from eligibility.language.definition import Definition
from eligibility.language.fact import Fact
from eligibility.language.in_range import unit_of
from eligibility.language.shape import Text
from eligibility.language.speech import show_range
from eligibility.report.ranges import range_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.dates import Duration
from eligibility.values.interval import Interval, Number
from eligibility.values.ranges import Range
from eligibility.words import Words

_WORKED_OUT = "Worked out – {what}: {value}"


class _Joined(str):
    """Several parts already joined: inside another list they need brackets."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class RuleSpeech:
    """The wording that constructs of the rule language ask for."""

    words: Words
    rulebook: Rulebook

    def say(self, message: str, **values: str) -> str:
        """Translate a message and fill it in."""
        return self.words.say(message, **values)

    def text(self, text: Text) -> str:
        """Return a text of a rule file in the language."""
        return text.in_(self.words.language)

    def label(self, name: str) -> str:
        """Return the short name of a fact or definition."""
        return self.text(self.rulebook.subject(name).wording.label)

    def choice(self, name: str, value: str) -> str:
        """Return the name of a choice or code, or of the nearest code above with the code behind; else the code."""
        subject = self.rulebook.subject(name)
        if value in subject.names:
            return self.text(subject.names[value])
        above = (value[:end] for end in range(len(value) - 1, 0, -1)) if subject.type == "code" else ()
        nearest = next((code for code in above if code in subject.names), None)
        return value if nearest is None else f"{self.text(subject.names[nearest])} ({value})"

    def quantity(self, value: Fraction, unit: str) -> str:
        """Write a number, a percentage (from its ratio) or an amount of money."""
        if unit == "number":
            return self.words.number(value)
        return self.words.percent(value) if unit == "percent" else self.words.money(value, unit)

    def day(self, value: date) -> str:
        """Write a day."""
        return self.words.day(value)

    def duration(self, value: Duration) -> str:
        """Write a span of time."""
        return self.words.duration(value)

    def join(self, parts: Sequence[str], *, either: bool) -> str:
        """List parts; a list inside a list stands in brackets, so that "a or b and c" has one reading."""
        if len(parts) == 1:
            return parts[0]
        bracketed = [f"({part})" if isinstance(part, _Joined) else part for part in parts]
        if len(parts) == 2 or not any(", " in part for part in parts):
            return _Joined(self.words.join(bracketed, either=either))
        *first, last = bracketed
        return _Joined(
            self.say("{parts}; or {last}" if either else "{parts}; and {last}", parts="; ".join(first), last=last)
        )

    def interval(self, interval: Interval, unit: str) -> str:
        """Write what is known of a number; an empty text where that is nothing."""
        if interval.is_unknown:
            return ""
        ends = (self._end(interval.low, unit), self._end(interval.high, unit))
        return show_range(self, Range(interval.low, interval.high), ends)

    def answer(self, name: str, value: Value) -> str:
        """Write the answer given for a fact or definition."""
        subject = self.rulebook.subject(name)
        if isinstance(value, bool):
            return self.truth(value)
        if isinstance(value, str):
            return self.choice(name, value)
        if subject.type == "date" or value.is_point or (value.low == subject.low and value.high == subject.high):
            return self._with_unit(subject, self.interval(value, _unit(subject)))
        return range_text(self, subject, value)

    def derived(self, name: str, derived: Derived) -> str:
        """Write what is known of a definition; an empty text where that is nothing."""
        value = derived.value
        subject = self.rulebook.subject(name)
        if isinstance(value, Judgement):
            known = value.truth.known
            return "" if known is None else self.truth(known)
        if not isinstance(value, Options):
            return self._with_unit(subject, self.interval(_informative(value.interval, subject), _unit(subject)))
        if value.values is None or (not derived.given and len(value.values) == len(subject.choices)):
            return ""
        left = [choice for choice in subject.choices if choice in value.values]
        return self.words.join([self.choice(name, choice) for choice in left], either=True)

    def truth(self, known: bool) -> str:
        """Write a truth."""
        return self.say("yes") if known else self.say("no")

    def statement(self, name: str, value: str) -> str:
        """Write a fact or definition with its value."""
        return self.say("{what}: {value}", what=self.label(name), value=value)

    def known(self, names: Sequence[str], profile: Profile, derived: Mapping[str, Derived]) -> tuple[str, ...]:
        """Write what was answered or worked out for some facts and definitions, one line each."""
        lines = []
        for name in names:
            if name in profile.values:
                answer = self.answer(name, profile.values[name])
                if profile.found(name) is None:
                    lines.append(self.say("Your answer – {what}: {value}", what=self.label(name), value=answer))
                else:
                    lines.append(self.say(_WORKED_OUT, what=self.label(name), value=answer))
            elif name in derived and (value := self.derived(name, derived[name])):
                lines.append(self.say(_WORKED_OUT, what=self.label(name), value=value))
        return tuple(lines)

    def labels(self, names: frozenset[str]) -> list[str]:
        """Return the names of facts and definitions in the order of the rulebook."""
        ordered = (*self.rulebook.facts, *self.rulebook.definitions)
        return [self.label(name) for name in ordered if name in names]

    def _end(self, value: Number | None, unit: str) -> str:
        if value is None:
            return ""
        return self.day(date.fromordinal(int(value))) if unit == "date" else self.quantity(Fraction(value), unit)

    def _with_unit(self, subject: Fact | Definition, text: str) -> str:
        unit = subject.wording.unit
        if not text or unit is None or subject.type != "number":
            return text
        return self.say("{value} {unit}", value=text, unit=self.text(unit))


def _unit(subject: Fact | Definition) -> str:
    return "date" if subject.type == "date" else unit_of(subject)


def _informative(interval: Interval, subject: Fact | Definition) -> Interval:
    """Return nothing where an interval says no more than what the number can be at all."""
    least = Fraction(0) if subject.low is None else subject.low
    says_nothing = interval.low in (None, least) and interval.high in (None, subject.high)
    return Interval() if says_nothing and not interval.is_point else interval
