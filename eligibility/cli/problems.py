"""Problems as text for people, or as data."""

from collections.abc import Iterable, Sequence

from eligibility.cli.help import cells
from eligibility.cli.output import json_text
from eligibility.cli.wording import plural, say
from eligibility.report.clean import clean_for_terminal
from eligibility.values.problem import Place, Problem

_WIDEST = 100


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, line and column; those without a place come first, as they were found."""
    return sorted(problems, key=_rank)


def _rank(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)


def problems_text(problems: Sequence[Problem], *, counted: bool | None = None) -> str:
    """Render problems with place, source line, caret and hint; the count ends the text where there are several."""
    parts = [_text(problem) for problem in in_order(problems)]
    if counted if counted is not None else len(parts) > 1:
        parts.append(plural("{n} problem", "{n} problems", len(problems)) + "\n")
    return "\n".join(parts) if any(problem.place for problem in problems) else "".join(parts)


def _text(problem: Problem) -> str:
    where = f"{problem.place}: " if problem.place else ""
    lines = [clean_for_terminal(f"{where}{problem.message}")]
    if problem.place and problem.place.source.strip():
        lines.extend(_source(problem.place))
    if problem.hint:
        lines.append(clean_for_terminal(say("hint: {hint}", hint=problem.hint)))
    return "".join(f"{line}\n" for line in lines)


def _source(place: Place) -> list[str]:
    """Return the line and a caret under the column; of a long line the part around the column is shown."""
    source = place.source.replace("\t", " ")
    column = max(place.column - 1, 0)
    start = max(0, column - _WIDEST // 2) if cells(source) > _WIDEST else 0
    shown = source[start : start + _WIDEST]
    before = clean_for_terminal(source[start:column])
    return [f"    {clean_for_terminal(shown)}", f"    {' ' * cells(before)}^"]


def problems_json(problems: Sequence[Problem]) -> str:
    """Return problems as JSON: a list of objects; line and column count from 1, `null` where there is none."""
    return json_text([_data(problem) for problem in in_order(problems)])


def _data(problem: Problem) -> dict[str, object]:
    place = problem.place or Place("")
    return {
        "code": problem.code,
        "message": problem.message,
        "file": place.file or None,
        "line": place.line or None,
        "column": place.column or None,
        "hint": problem.hint or None,
    }
