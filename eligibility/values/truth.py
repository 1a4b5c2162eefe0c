"""Three-valued truth (strong Kleene logic) and the texts that mean yes or no."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from eligibility.values.misread import Misread, shown, trimmed
from eligibility.values.spelling import unified


class Truth(enum.Enum):
    """No, unknown or yes, ordered so that `and` is the least and `or` the greatest."""

    NO = -1
    UNKNOWN = 0
    YES = 1

    # Each truth is one object; the hash that enums have is worked out from the name each time.
    __hash__ = object.__hash__

    @classmethod
    def of(cls, known: bool | None) -> Truth:
        """Return the truth of a Python bool; None is unknown."""
        if known is None:
            return cls.UNKNOWN
        return cls.YES if known else cls.NO

    @property
    def known(self) -> bool | None:
        """The Python bool, or None if unknown."""
        return None if self is Truth.UNKNOWN else self is Truth.YES

    def and_(self, other: Truth) -> Truth:
        """Return no if one is no, yes if both are yes, else unknown."""
        return self if self._value_ <= other._value_ else other

    def or_(self, other: Truth) -> Truth:
        """Return yes if one is yes, no if both are no, else unknown."""
        return self if self._value_ >= other._value_ else other

    def not_(self) -> Truth:
        """Swap yes and no; unknown stays."""
        return Truth(-self.value)

    __and__ = and_
    __or__ = or_
    __invert__ = not_

    def __bool__(self) -> bool:
        # `if truth:` would treat unknown as yes or as no without anyone noticing.
        raise TypeError("a Truth has three values: compare it with Truth.YES or use .known")


def all_of(truths: Iterable[Truth]) -> Truth:
    """Join by `and`; stops at the first no, and is yes for nothing."""
    result = Truth.YES
    for truth in truths:
        result = result.and_(truth)
        if result is Truth.NO:
            break
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Join by `or`; stops at the first yes, and is no for nothing."""
    result = Truth.NO
    for truth in truths:
        result = result.or_(truth)
        if result is Truth.YES:
            break
    return result


_STRICT = {"yes": True, "true": True, "no": False, "false": False}
_TYPED = _STRICT | {
    **dict.fromkeys(("y", "j", "ja", "wahr", "예", "네", "1", "x"), True),
    **dict.fromkeys(("n", "nein", "falsch", "아니오", "아니요", "0"), False),
}


def parse_truth(text: str) -> bool:
    """Read yes, no, true or false in any case; raises Misread "not-a-truth"."""
    return _look_up(_STRICT, trimmed(text), text)


def parse_truth_typed(text: str) -> bool:
    """Read what people type for yes and no in German, Korean and English; raises Misread "not-a-truth"."""
    return _look_up(_TYPED, unified(text), text)


def _look_up(words: dict[str, bool], word: str, text: str) -> bool:
    # Not casefold(): it would take a long s for an s.
    found = words.get(word.lower())
    if found is None:
        raise Misread("not-a-truth", f"{shown(text)} is not a truth: write yes or no")
    return found
