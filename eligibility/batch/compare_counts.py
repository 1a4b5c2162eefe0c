"""What changes for the rows of a table, programme by programme: counts and exact sums that grow block by block."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from eligibility.advice.comparison import ProgrammeComparison, Shift, in_both
from eligibility.advice.portfolio import Money
from eligibility.batch.compare_pairs import Found, Pair, holds
from eligibility.batch.layouts import VERDICTS
from eligibility.batch.marked import sums
from eligibility.batch.words import Numbers
from eligibility.engine.assessment import Verdict

_ABSENT = len(VERDICTS)
_STATES = (*Verdict, None)
_UNDETERMINED = VERDICTS.index("undetermined")


class Tally:
    """Counts of one programme."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self._changed = self._awards = 0
        self._transitions: np.ndarray[tuple[int], np.dtype[np.int64]] = np.zeros(len(_STATES) ** 2, dtype=np.int64)
        self._shifts: dict[tuple[str, bool], Counter[str]] = {
            (kind, now): Counter() for kind in ("f", "m") for now in (True, False)
        }
        self._flips: dict[tuple[str, bool], Counter[str]] = {key: Counter() for key in self._shifts}
        # Least sum, greatest sum, amounts without a greatest one: of those who qualify, and of those still open.
        self._sums = [[(0, 0, 0), (0, 0, 0)], [(0, 0, 0), (0, 0, 0)]]
        self._pays = [False, False]

    def add(self, found: Found) -> None:
        """Take some rows in."""
        height = len(found.changed)
        verdicts = [_verdicts(found, which, height) for which in (0, 1)]
        self._changed += int(found.changed.sum())
        self._awards += int((found.awards & (verdicts[0] == verdicts[1])).sum())
        places = verdicts[0].astype(np.int64) * len(_STATES) + verdicts[1]
        self._transitions += np.bincount(places, minlength=len(self._transitions))
        if found.changed.any() and None not in self.pair.sides:
            flipped = (verdicts[0] != verdicts[1])[found.changed]
            for kind in ("f", "m"):
                for name, now, rows in _shifted(found, kind):
                    self._shifts[kind, now][name] += int(rows.sum())
                    self._flips[kind, now][name] += int((rows & flipped).sum())
        for which in (0, 1):
            self._add_money(found, which, verdicts[which])

    def _add_money(self, found: Found, which: int, verdicts: Numbers) -> None:
        low, high = (found.of(which, f"a.{end}") for end in ("min", "max"))
        if low is None or high is None:
            return
        self._pays[which] = True
        for index, rows in enumerate((verdicts < _UNDETERMINED, verdicts == _UNDETERMINED)):
            if rows.any():
                least, greatest, unbounded = self._sums[which][index]
                more = sums(low[rows], high[rows])
                self._sums[which][index] = (least + more[0], greatest + more[1], unbounded + more[2])

    def result(self) -> ProgrammeComparison:
        """Return what was counted."""
        money = [[self._money(which, index) for which in (0, 1)] for index in (0, 1)]
        return ProgrammeComparison(
            self.pair.id,
            self.pair.windows,
            self._changed,
            self._awards,
            {
                (_STATES[place // len(_STATES)], _STATES[place % len(_STATES)]): int(rows)
                for place, rows in enumerate(self._transitions)
                if rows
            },
            self._told("f", True),
            self._told("f", False),
            self._told("m", True),
            self._told("m", False),
            (money[0][0], money[0][1]),
            (money[1][0], money[1][1]),
        )

    def _told(self, kind: str, now: bool) -> tuple[Shift, ...]:
        sides = [() if side is None else side.ids(kind) for side in self.pair.sides]
        rows, flips = self._shifts[kind, now], self._flips[kind, now]
        return tuple(Shift(name, rows[name], flips[name]) for name in in_both(*sides) if rows[name])

    def _money(self, which: int, index: int) -> Money | None:
        side = self.pair.sides[which]
        if side is None or side.programme.currency is None or not self._pays[which]:
            return None
        (least, greatest, unbounded), unit = self._sums[which][index], 10**side.programme.places
        return Money(side.programme.currency, Fraction(least, unit), Fraction(greatest, unit), unbounded)


def _verdicts(found: Found, which: int, height: int) -> Numbers:
    verdicts = found.of(which, "v")
    return np.full(height, _ABSENT, dtype=np.int8) if verdicts is None else verdicts


def _shifted(found: Found, kind: str) -> Iterator[tuple[str, bool, Numbers]]:
    """Yield the criteria or facts of which changed rows say something else, with these rows, now and no longer."""
    before, after = found.pair.sides
    first, second = found.of(0, kind), found.of(1, kind)
    assert before is not None
    assert after is not None
    assert first is not None
    assert second is not None
    first, second = first[found.changed], second[found.changed]
    if before.ids(kind) == after.ids(kind) and (first == second).all():
        return
    for name in in_both(before.ids(kind), after.ids(kind)):
        was, now = holds(first, before.ids(kind), name), holds(second, after.ids(kind), name)
        yield name, True, now & ~was
        yield name, False, was & ~now
