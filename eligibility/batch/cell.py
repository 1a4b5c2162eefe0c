"""One cell, read by the type of its fact as strictly as an answer, with the spellings that tables use."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from eligibility.batch.days import read_days
from eligibility.batch.decimal_mark import MARKED
from eligibility.batch.decisions import Decision
from eligibility.batch.quantity import Quantities
from eligibility.batch.units import Unit
from eligibility.engine.naming import finest, named, names_of
from eligibility.engine.profile import Subject, Value, read_value
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import shortest
from eligibility.values.spelling import unified
from eligibility.values.truth import parse_truth_typed

Canonical = bool | int | str | date
"""A truth, choice, code or date; an amount in millionths (number), minor units (money) or hundredths of a point."""

LARGEST_CELL = 10**15
_MOST_HINTS = 3
_MOST_NAMED = 20_000
NUMBERS = ("number", "money", "percent")
UNDECIDED = Decision(None, "none", "")
POINTED = Decision(".", "typed", "decimals")
"""What holds for numbers that come with a type of their own."""
_MARKED = re.compile(MARKED)
_CROSSES = ("x", "×")
_CIRCLES = ("o", "○", "◯", "〇")


def factor_of(subject: Subject) -> int:
    """Return by how much numbers of a fact are multiplied in columns."""
    if subject.type == "money":
        return int(10 ** MINOR_UNITS[subject.currency or "EUR"])
    return 10_000 if subject.type == "percent" else 1_000_000


def written_factor(subject: Subject) -> int:
    """Return by how much numbers are multiplied as they are written: 25 in a percent column is 25 %."""
    return 100 if subject.type == "percent" else factor_of(subject)


class Cells:
    """Reads the cells of one fact.

    `decided` is what holds for the whole column (see `decisions`), `unit` what its numbers count.
    """

    def __init__(self, subject: Subject, decided: Decision | None = None, unit: Unit | None = None) -> None:
        self.subject = subject
        self._decided = decided or UNDECIDED
        choice = self._decided.choice
        step = Fraction(1, written_factor(subject))
        self._quantities = Quantities(subject, choice, unit, step) if subject.type in NUMBERS else None
        self._names = names_of(subject)
        self._named: dict[str, str] = {}

    def read(self, text: str) -> Value:
        """Read a cell that is not empty.

        Raises:
            Misread: it is not a value of the fact, or what it means cannot be told.
        """
        try:
            return self._read(text)
        except Misread as error:
            open_marks = self._quantities is not None and _MARKED.search(text) is not None
            if self._decided.why == "both" and (open_marks or error.code == "ambiguous-date"):
                raise self._either(text) from None
            raise

    def _read(self, text: str) -> Value:
        if self._quantities is not None:
            return self._quantities.read(text)
        if self.subject.type == "truth":
            return self._truth(text)
        if self.subject.type == "date":
            return read_days(self.subject, text, self._decided.choice)
        if self._names and text not in self.subject.names:
            return self._by_name(text)
        return read_value(self.subject, text)

    def _truth(self, text: str) -> bool:
        word = unified(text).casefold()
        if self._decided.choice == "no" and word in (*_CROSSES, *_CIRCLES):
            return word in _CIRCLES
        if word in _CROSSES and self._decided.choice is None:
            message = f"{shown(text)} may mean yes or no, and nothing in the column shows which"
            raise Misread("ambiguous-truth", message, "write yes or no")
        return parse_truth_typed(text)

    def _either(self, text: str) -> Misread:
        """Build the error for a cell of a column that contradicts itself."""
        one, other = self._decided.witnesses[:2]
        message = f"{shown(text)} cannot be read: the column is written in two ways ({one}, {other})"
        hint = "write all in one way" if self._quantities is None else "write all in one way, or tell --decimal"
        return Misread("mixed-column", message, hint)

    def _by_name(self, text: str) -> Value:
        """Read a choice or code that may be written by name; what is a code already needs no name."""
        known = self._named.get(text)
        if known is not None:
            return known
        try:
            return read_value(self.subject, text)
        except Misread:
            found = finest(self.subject, named(self._names, text))
            if len(found) > 1:
                raise Misread(
                    "ambiguous-name", f"{shown(text)} fits several names", f"write {_listed(found)}"
                ) from None
            if not found:
                raise
        if len(self._named) < _MOST_NAMED:
            self._named[text] = found[0]
        return found[0]


def _listed(codes: Sequence[str]) -> str:
    listed = ", ".join(f"`{code}`" for code in codes[:_MOST_HINTS])
    return f"{listed} …" if len(codes) > _MOST_HINTS else listed


def canonical(subject: Subject, value: Value) -> Canonical | None:
    """Return a value as columns hold it; `None` for a range, which no cell of a column can hold.

    Raises:
        Misread: a number that is not exact in every engine.
    """
    if not isinstance(value, Interval):
        return value
    if subject.type == "date":
        return date.fromordinal(int(value.low)) if value.is_point and value.low is not None else None
    low, _ = scaled_ends(subject, value)
    return low if value.is_point else None


def scaled_ends(subject: Subject, value: Interval) -> tuple[int | None, int | None]:
    """Return the ends of a number as columns hold them.

    Raises:
        Misread: a number that is not exact in every engine.
    """
    factor = factor_of(subject)
    for end in (value.low, value.high):
        if end is not None and abs(Fraction(end) * factor) > LARGEST_CELL:
            raise Misread("too-large", f"{shortest(Fraction(end))} is too large for a table")
    low, high = (None if end is None else int(end * factor) for end in (value.low, value.high))
    return low, high


def from_canonical(subject: Subject, cell: Canonical) -> Value:
    """Return what a cell of a column says, as a profile holds it."""
    if isinstance(cell, date):
        return Interval.point(cell.toordinal())
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Interval.point(Fraction(cell, factor_of(subject)))
    return cell


def from_ends(subject: Subject, low: int | None, high: int | None) -> Interval:
    """Return what two cells with the ends of a known range say, as a profile holds it."""
    factor = factor_of(subject)
    return Interval(*(None if end is None else Fraction(end, factor) for end in (low, high)))
