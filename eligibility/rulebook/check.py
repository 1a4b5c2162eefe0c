"""Every problem of rule files, at every day on which a dated value, a table or a window changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from eligibility.language.programme import ProgrammeShape
from eligibility.rulebook.link import link
from eligibility.rulebook.rules import Rules, Written
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread
from eligibility.values.problem import Problem

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RANGES = ("window", "in_force")
# What each programme must show by a case of its own: the verdicts that count for it.
_KINDS = {"eligible": ("eligible", "likely"), "not_eligible": ("not_eligible",), "undetermined": ("undetermined",)}


def check_rules(rules: Rules) -> list[Problem]:
    """Return every problem of rules, each once, in the order in which the days and files bring them up."""
    found: dict[Problem, None] = {}
    for day in days_of_change(rules):
        found.update(dict.fromkeys(link(rules, day)[1]))
    found.update(dict.fromkeys(_missing_cases(rules.programmes.values())))
    return list(found)


def days_of_change(rules: Rules) -> list[date]:
    """Return the days on which anything dated begins or ends, with the day after each; at least one day."""
    days: set[date] = set()
    for document in rules.documents:
        days.update(_days(document.tree))
    for table in rules.tables.values():
        days.update(day for row in table.rows for day in (row.valid_from, row.valid_to) if day is not None)
    # What ends on a day stops being in force on the next.
    days |= {day + timedelta(days=1) for day in days if day < date.max}
    return sorted(days) or [date(2000, 1, 1)]


def _days(tree: object) -> Iterator[date]:
    """Yield the dates that stand as keys of dated values or as ends of ranges of days; those of cases do not count."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if key == "cases":
                continue
            if _DAY.fullmatch(key):
                yield from _read([key])
            elif key in _RANGES:
                yield from _read(_DAY.findall(str(value)))
            yield from _days(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from _days(item)


def _read(texts: Iterable[str]) -> Iterator[date]:
    for text in texts:
        try:
            yield parse_date(text)
        except Misread:
            # The shape refuses it with its place already.
            continue


def _missing_cases(programmes: Iterable[Written[ProgrammeShape]]) -> Iterator[Problem]:
    for written in programmes:
        expected = {case.expect.verdict for case in written.shape.cases}
        for kind, verdicts in _KINDS.items():
            if not expected & set(verdicts):
                message = f"no case of `{written.shape.id}` expects `{kind}`"
                hint = "each programme shows a yes, a no and an undetermined case"
                yield Problem("no-case", message, written.document.place(("cases",), key=True), hint)
