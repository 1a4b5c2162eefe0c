"""The facts that an ownership structure gives about a firm, as answers: own figures, group figures, public share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eligibility.group.answers import as_answer
from eligibility.group.classes import class_of_period, standing_class
from eligibility.group.public import unnamed
from eligibility.group.sheet import SizeSheet
from eligibility.group.size import size_sheet
from eligibility.group.structure import SHARE_SCALE, FigureKey, Measure, Period, Structure
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

OWN_FIGURES: Mapping[str, FigureKey] = {
    "employees": (Measure.EMPLOYEES, Period.LATEST),
    "own_turnover": (Measure.TURNOVER, Period.LATEST),
    "own_balance_sheet": (Measure.BALANCE_SHEET, Period.LATEST),
    "kr_average_turnover": (Measure.KR_AVERAGE_TURNOVER, Period.LATEST),
    "kr_total_assets": (Measure.KR_TOTAL_ASSETS, Period.LATEST),
}
GROUP_FIGURES: Mapping[str, FigureKey] = {
    "group_employees": (Measure.EMPLOYEES, Period.LATEST),
    "group_turnover": (Measure.TURNOVER, Period.LATEST),
    "group_balance_sheet": (Measure.BALANCE_SHEET, Period.LATEST),
    "group_employees_previous": (Measure.EMPLOYEES, Period.PREVIOUS),
    "group_turnover_previous": (Measure.TURNOVER, Period.PREVIOUS),
    "group_balance_sheet_previous": (Measure.BALANCE_SHEET, Period.PREVIOUS),
}


_UNDER_A_QUARTER = Interval.point(Fraction(25 * SHARE_SCALE - 1, SHARE_SCALE))


@dataclass(frozen=True, slots=True)
class SizeFacts:
    """What the size of a group says: answers for facts, the class of each period, and the sheet behind both."""

    sheet: SizeSheet
    answers: Mapping[str, object]
    classes: Mapping[Period, str | None]
    standing: str | None


def size_facts(rulebook: Rulebook, structure: Structure, subject: int) -> SizeFacts:
    """Work out the facts about a firm's size; what is not known is left out, what is known in part is a range."""
    sheet = size_sheet(structure, subject)
    classes = {period: class_of_period(rulebook, sheet.totals, period) for period in Period}
    latest, previous, earlier = (classes[period] for period in Period)
    standing = standing_class(latest, previous, earlier)
    answers = dict(_figures(rulebook, sheet))
    public = _with_unnamed(structure, subject, sheet.public)
    if "public_shareholding" in rulebook.facts and public != Interval(0, 100):
        answers["public_shareholding"] = as_answer(rulebook, "public_shareholding", public)
    if latest is not None and previous is not None and "size_limits_crossed" in rulebook.facts:
        answers["size_limits_crossed"] = latest != previous
        # Two years decide by the definition. A third one may move the status, which only an answer of its own can say.
        moved = standing != (latest if latest == previous else previous)
        private = public.at_most(_UNDER_A_QUARTER) is Truth.YES
        if moved and private and "eu_size_class" in rulebook.definitions:
            answers["eu_size_class"] = standing
    return SizeFacts(sheet, {fact: answer for fact, answer in answers.items() if answer is not None}, classes, standing)


def _with_unnamed(structure: Structure, subject: int, named: Interval) -> Interval:
    """Return what public bodies hold if they may hold, too, what nobody is named for.

    Who holds less than 25 % need not be named for the size of a group, but small shares of public bodies add up.
    """
    rest = Fraction(int(unnamed(structure)[subject]), SHARE_SCALE)
    return Interval(named.low, None if named.high is None else min(Fraction(100), named.high + rest))


def _figures(rulebook: Rulebook, sheet: SizeSheet) -> Iterator[tuple[str, object]]:
    nodes = sheet.structure.nodes
    for fact, key in OWN_FIGURES.items():
        own = nodes.figures.get(key)
        if fact in rulebook.facts and own is not None:
            yield fact, as_answer(rulebook, fact, own.interval(sheet.subject, key[0].scale))
    for fact, key in GROUP_FIGURES.items():
        if fact in rulebook.facts:
            yield fact, as_answer(rulebook, fact, sheet.totals.get(key, Interval()))
