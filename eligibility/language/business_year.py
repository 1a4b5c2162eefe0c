"""`{business_year_end: {closing: FACT, age: RANGE}}` - the age of the end of the business year in which a date lies."""

from dataclasses import dataclass
from datetime import date

from eligibility.language.age import ONE_DAY, days_of_age, parse_age, show_age
from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.linking import Path, Scope, Subject
from eligibility.language.speech import Speech
from eligibility.values.dates import Duration
from eligibility.values.ranges import Range


@dataclass(frozen=True, slots=True)
class BusinessYearEnd:
    """Test how long ago the business year ended in which `subject` lies.

    `closing` gives the day and month of such ends.
    """

    subject: str
    closing: str
    wanted: Range[Duration]
    days: Range[date]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.business_year_end(self.subject, self.closing, (self.days,))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject, self.closing})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        return speech.say(
            "end of the business year of {what}: {value} ago",
            what=speech.label(self.subject),
            value=show_age(speech, self.wanted),
        )


def link_business_year(subject: Subject, closing: str, age: str, path: Path, scope: Scope) -> BusinessYearEnd | None:
    """Read the closing fact and the range of durations."""
    wanted = parse_age(age, (*path, "age"), scope)
    other = scope.subject(closing, (*path, "closing"))
    if other is not None and other.type != "date":
        scope.problem((*path, "closing"), "not-a-date", f"`closing` names a date; `{closing}` is a {other.type}")
        return None
    if wanted is None or other is None:
        return None
    return BusinessYearEnd(subject.id, closing, wanted, _ends_of_age(wanted, scope.as_of))


def _ends_of_age(wanted: Range[Duration], as_of: date) -> Range[date]:
    """Return the ends of business years whose age lies in the range.

    Three months after 30 September is 31 December: months are counted from the first day after the end, which keeps
    ends of months at ends of months.
    """
    days = days_of_age(wanted, as_of + ONE_DAY)
    low = None if days.low is None else days.low - ONE_DAY
    high = None if days.high is None else days.high - ONE_DAY
    return Range(low, high)


def year_end(day: date, closing: date) -> date:
    """Return the end of the business year in which a day lies.

    The first day not before it with the closing's day and month.
    """
    for year in (day.year, day.year + 1):
        end = _on(year, closing)
        if end >= day:
            return end
    raise AssertionError("a year always has a closing day")


def _on(year: int, closing: date) -> date:
    try:
        return closing.replace(year=year)
    except ValueError:  # 29 February
        return closing.replace(year=year, day=28)
