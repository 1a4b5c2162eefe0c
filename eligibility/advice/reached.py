"""What programmes say once facts are changed, and which of many ways are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice import grid
from eligibility.advice.alternatives import Changes
from eligibility.advice.codes_instead import MOST_CODES
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.profile import Profile
from eligibility.values.interval import Interval

YES = (Verdict.ELIGIBLE, Verdict.LIKELY)
_EVERY = 10_000
_TOLD = {"truth": _EVERY, "choice": _EVERY, "code": MOST_CODES}
"""How many values of one fact are told at most, by its type; of others the nearest alone."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Facts changed, and what the programme says then."""

    changes: Changes
    result: ProgrammeResult

    @property
    def is_yes(self) -> bool:
        """Whether every criterion is met that is not left to the authority."""
        return self.result.verdict in YES


def chosen(tried: Iterable[Reached], kind: str, *, surely: bool, may_be_yes: bool) -> list[Reached]:
    """Return what is told of one fact: each choice, the first codes, the nearest number; a yes rather than an open."""
    most = _TOLD.get(kind, 1)
    yes: list[Reached] = []
    others: list[Reached] = []
    for one in tried:
        (yes if one.is_yes else others).append(one)
        if len(yes if may_be_yes else others) >= most:
            break
    found = (yes if yes or surely else others)[:most]
    return found if kind != "code" else as_coarse(found)


def nearest(found: Iterable[Reached], profile: Profile) -> list[Reached]:
    """Return of the ways that differ by their numbers alone the one with the nearest numbers."""
    kept: dict[object, tuple[Fraction, Reached]] = {}
    for one in found:
        far = Fraction(0)
        told: set[object] = set()
        for fact, value in one.changes:
            before = profile.given(fact)
            if isinstance(value, Interval) and isinstance(before, Interval):
                scale = 1 + abs(Fraction(before.high or before.low or 0))
                far += Fraction(grid.distance(value.low or 0, before)) / scale
                told.add(fact)
            else:
                told.add((fact, value))
        key = frozenset(told)
        if key not in kept or far < kept[key][0]:
            kept[key] = far, one
    return [one for _, one in kept.values()]


def as_coarse(found: list[Reached]) -> list[Reached]:
    """Return those whose last changed code is as coarse as that of the first."""
    codes = [str(one.changes[-1][1]) for one in found]
    return [one for one, code in zip(found, codes, strict=True) if len(code) == len(codes[0])]
