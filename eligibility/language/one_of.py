"""`site_country: DE`, `nace: [C, J62]` - a choice is one of some values; a code lies under one of some codes."""

from dataclasses import dataclass

from eligibility.language.algebra import Algebra, N, O, T
from eligibility.language.linking import Path, Scope, Subject, nearest, quoted
from eligibility.language.speech import Speech
from eligibility.values.codes import parse_code
from eligibility.values.misread import Misread

MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class OneOf:
    """Test that a choice is one of the wanted values."""

    subject: str
    wanted: tuple[str, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.one_of(self.subject, frozenset(self.wanted))

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        names = [speech.choice(self.subject, value) for value in self.wanted]
        return speech.say("{what}: {value}", what=speech.label(self.subject), value=speech.join(names, either=True))


@dataclass(frozen=True, slots=True)
class Under:
    """Test that a code is, or lies under, one of the wanted codes."""

    subject: str
    wanted: tuple[str, ...]

    def interpret(self, algebra: Algebra[T, N, O]) -> T:
        """Give the test its meaning."""
        return algebra.under(self.subject, self.wanted)

    def facts(self) -> frozenset[str]:
        """Return the ids it reads."""
        return frozenset({self.subject})

    def show(self, speech: Speech) -> str:
        """Put the test into words."""
        names = [speech.choice(self.subject, code) for code in self.wanted]
        return speech.say("{what}: {value}", what=speech.label(self.subject), value=speech.join(names, either=True))


def near_choice(value: str, subject: Subject) -> str:
    """Return a hint: the nearest choice, else all of them where they are few."""
    if hint := nearest(value, subject.choices):
        return hint
    listed = ", ".join(f"`{choice}`" for choice in subject.choices)
    return f"one of {listed}" if len(subject.choices) <= MOST_LISTED else f"`eligibility facts {subject.id}` lists them"


def link_choice(subject: Subject, written: tuple[str, ...], path: Path, scope: Scope) -> OneOf:
    """Read values of a choice; an unknown one is a problem with the nearest name."""
    for index, value in enumerate(written):
        if value not in subject.choices:
            message = f"{quoted(value)} is not a choice of `{subject.id}`"
            scope.problem((*path, index), "unknown-choice", message, near_choice(value, subject))
    return OneOf(subject.id, written)


def link_code(subject: Subject, written: tuple[str, ...], path: Path, scope: Scope) -> Under:
    """Read codes in the form of the fact."""
    codes: list[str] = []
    for index, text in enumerate(written):
        try:
            codes.append(parse_code(text, subject.form or ""))
        except Misread as error:
            scope.problem((*path, index), error.code, error.message, error.hint)
    return Under(subject.id, tuple(codes))
