"""What went wrong, as a value: a code, a message, a place and a hint. Text for people is made elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; `source` is the text of that line, for the caret."""

    file: str
    line: int = 0
    column: int = 0
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong and what to do about it; `code` is stable, `message` says what and why."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"


def in_order(problem: Problem) -> tuple[str, int, int]:
    """Return what sorts problems as a reader meets them: by file, line and column; those without a place come first."""
    place = problem.place
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)


class EligibilityError(Exception):
    """Base of every error meant for callers; `problems` holds each cause, in the order found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class AnswerError(EligibilityError):
    """Answers or a table that cannot be used: unknown fact, wrong type, unreadable input."""


class RuleError(EligibilityError):
    """Rule files that cannot be used."""
