"""Choices and codes by the names that people write for them, in any of the three languages."""

from collections.abc import Callable, Mapping, Sequence

from eligibility.engine.profile import Subject
from eligibility.language.shape import Text
from eligibility.values.codes import covers
from eligibility.values.misread import MAX_LENGTH
from eligibility.values.spelling import spellings, unified

Names = Mapping[str, tuple[str, ...]]
"""The spellings of each choice or code, unified and case-folded."""


def names_of(subject: Subject) -> Names:
    """Return how each choice or code of a fact may be written."""
    also = subject.spellings
    return {
        code: tuple(dict.fromkeys(each for name in _written(text, also.get(code, ())) for each in spellings(name)))
        for code, text in subject.names.items()
    }


def finest(subject: Subject, found: Sequence[str]) -> list[str]:
    """Replace a code under which one other lies by that one: Berlin has one district only, Energy one division."""
    if subject.type != "code":
        return list(found)
    return list(dict.fromkeys(_only_one_below(subject, code) or code for code in found))


def _written(text: Text, also: Sequence[str]) -> tuple[str, ...]:
    return (text.de, text.en, text.ko, *also)


def _only_one_below(subject: Subject, code: str) -> str | None:
    below = [other for other in subject.names if other != code and covers(code, other)]
    return below[0] if len(below) == 1 else None


def named(names: Names, text: str) -> list[str]:
    """Return the codes with this name; if there is none, those whose name begins with it in whole words.

    `GmbH` is found in "GmbH oder UG", `UK` is not found in "Ukraine". Several codes: the text does not tell which.
    """
    if len(text) > MAX_LENGTH:
        return []
    wanted = unified(text).casefold()
    for fits in (str.__eq__, _begins):
        found = _fitting(names, wanted, fits)
        if found or not wanted:
            return found
    return []


def named_in_part(names: Names, text: str) -> list[str]:
    """Return the codes whose name begins with this text; if there is none, those whose name contains it."""
    wanted = unified(text).casefold()
    return _fitting(names, wanted, str.startswith) or _fitting(names, wanted, str.__contains__)


def _fitting(names: Names, wanted: str, fits: Callable[[str, str], bool]) -> list[str]:
    return [code for code, written in names.items() if any(fits(name, wanted) for name in written)]


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) and not name[len(wanted) :][:1].isalnum()
