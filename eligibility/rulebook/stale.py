"""Sources that nobody has compared with the rules for a long time."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from eligibility.language.linking import Path
from eligibility.rulebook.rules import Rules
from eligibility.rulebook.tree import AnyDocument
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread
from eligibility.values.problem import Problem


def stale_sources(rules: Rules, on: date, days: int) -> list[Problem]:
    """Return a problem for each source that on a day had last been checked at least so many days before."""
    return [problem for document in rules.documents for problem in _stale(document, on, timedelta(days))]


def _stale(document: AnyDocument, on: date, allowed: timedelta) -> Iterator[Problem]:
    for path, source in _sources(document.tree):
        checked = _checked(source)
        if checked is not None and on - checked >= allowed:
            message = (
                f"`{source.get('title', '')}` was last checked on {checked}, {(on - checked).days} days before {on}"
            )
            hint = "compare it with the rules, then write the day of that"
            yield Problem("stale", message, document.place((*path, "checked")), hint)


def _sources(tree: object) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """Yield the sources of a file: several with their keys, or the one of a table."""
    if not isinstance(tree, Mapping):
        return
    one, several = tree.get("source"), tree.get("sources")
    if isinstance(one, Mapping):
        yield ("source",), one
    if isinstance(several, Mapping):
        yield from ((("sources", key), source) for key, source in several.items() if isinstance(source, Mapping))


def _checked(source: Mapping[str, object]) -> date | None:
    try:
        return parse_date(str(source.get("checked", "")))
    except Misread:
        # The shape refuses it with its place already.
        return None
