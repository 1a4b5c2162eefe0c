"""`founded: {age: ..10 years}` - the time from a date to the day of the assessment."""

from dataclasses import dataclass
from datetime import date, timedelta

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech, show_range
from eligibility.values.dates import Duration, earliest_with, latest_with, parse_duration
from eligibility.values.misread import Misread
from eligibility.values.ranges import Range, parse_range

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Age:
    """Test that a date lies so far back; `days` are the dates that do, seen from the day of the assessment."""

    subject: str
    wanted: Range[Duration]
    days: Range[date]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.in_days(self.subject, (self.days,))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        value = show_age(speech, self.wanted)
        return speech.say("{what}: {value} ago", what=speech.label(self.subject), value=value)


def show_age(speech: Speech, wanted: Range[Duration]) -> str:
    """Put a range of durations into words."""
    low = speech.duration(wanted.low) if wanted.low else ""
    high = speech.duration(wanted.high) if wanted.high else ""
    return show_range(speech, wanted, (low, high))


def link_age(subject: Subject, written: str, path: Path, scope: Scope) -> Age | None:
    """Read a range of durations and turn it into dates."""
    wanted = parse_age(written, path, scope)
    return Age(subject.id, wanted, days_of_age(wanted, scope.as_of)) if wanted else None


def parse_age(written: str, path: Path, scope: Scope) -> Range[Duration] | None:
    """Read a range such as `..<5 years 3 months`."""
    try:
        return parse_range(written, parse_duration)
    except Misread as error:
        scope.problem(path, error.code, error.message, error.hint)
        return None


def days_of_age(wanted: Range[Duration], as_of: date) -> Range[date]:
    """Return the dates whose age on the day of the assessment lies in the range.

    `3 years..`: the date plus 3 years is not after that day; `..3 years`: not before it; `<` leaves that day itself
    out.
    """
    latest = earliest = None
    if wanted.low is not None:
        latest = latest_with(as_of - ONE_DAY if wanted.low_open else as_of, wanted.low)
    if wanted.high is not None:
        earliest = earliest_with(as_of + ONE_DAY if wanted.high_open else as_of, wanted.high)
    return Range(earliest, latest)
