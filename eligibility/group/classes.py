"""The size class of each period and the two-period rule (Recommendation 2003/361/EC, Annex Art. 2 and 4)."""

from collections.abc import Mapping

from eligibility.engine.profile import read_profile
from eligibility.engine.reference import Reference
from eligibility.group.answers import as_answer
from eligibility.group.structure import FigureKey, Measure, Period
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

ORDER = ("micro", "small", "medium", "large")
"""The classes, the smallest first."""
CLASS = "eu_size_class_latest"
READS = {
    Measure.EMPLOYEES: "group_employees",
    Measure.TURNOVER: "group_turnover",
    Measure.BALANCE_SHEET: "group_balance_sheet",
}
"""The facts by which the definition reads the figures of the latest period."""


def class_of_period(rulebook: Rulebook, totals: Mapping[FigureKey, Interval], period: Period) -> str | None:
    """Return the class that the figures of one period give by the rulebook, `None` if they leave it open."""
    if CLASS not in rulebook.definitions:
        return None
    figures = {fact: totals.get((measure, period), Interval()) for measure, fact in READS.items()}
    answers = {fact: as_answer(rulebook, fact, known) for fact, known in figures.items()}
    return Reference(rulebook, read_profile(rulebook, answers)).options(CLASS).value


def standing_class(latest: str | None, previous: str | None, earlier: str | None) -> str | None:
    """Return the class that stands, `None` where the classes known do not settle it.

    A limit counts as crossed only after two periods in a row. For each limit the status is then that of the period
    that agrees with another one, so that of three periods the class in the middle stands, and of two that differ the
    earlier one.
    """
    if latest is not None and latest == previous:
        return latest
    if latest is None or previous is None:
        return None
    return previous if earlier is None else sorted((latest, previous, earlier), key=ORDER.index)[1]
