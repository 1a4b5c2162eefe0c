"""Every problem of rule files, at every day on which a dated value, a table or a window changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from eligibility.language.programme import ProgrammeShape
from eligibility.rulebook.link import Linker
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
    linker = Linker(rules)
    shared, own = _shared_days(rules), _own_days(rules)
    days = days_of_change(rules)
    for day in days:
        # A programme reads nothing else that changes on a day of its own alone, so the others are as they were.
        all_of_them = day == days[0] or day in shared
        only = None if all_of_them else {name for name, changes in own.items() if day in changes}
        found.update(dict.fromkeys(linker.link(day, only)[1]))
    found.update(dict.fromkeys(_missing_cases(rules.programmes.values())))
    return list(found)


def days_of_change(rules: Rules) -> list[date]:
    """Return the days on which anything dated begins or ends, with the day after each; at least one day."""
    return sorted(_shared_days(rules).union(*_own_days(rules).values())) or [date(2000, 1, 1)]


def _own_days(rules: Rules) -> dict[str, set[date]]:
    """Return for each programme the days on which its file changes something."""
    return {name: _with_ends(_days(written.document.tree)) for name, written in rules.programmes.items()}


def _shared_days(rules: Rules) -> set[date]:
    """Return the days on which something changes that all programmes may read: definitions and tables."""
    documents = {id(written.document): written.document for written in rules.definitions.values()}
    days = {day for document in documents.values() for day in _days(document.tree)}
    for table in rules.tables.values():
        days.update(day for row in table.rows for day in (row.valid_from, row.valid_to) if day is not None)
    return _with_ends(days)


def _with_ends(days: Iterable[date]) -> set[date]:
    """Add the day after each: what ends on a day stops being in force on the next."""
    days = set(days)
    return days | {day + timedelta(days=1) for day in days if day < date.max}


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
