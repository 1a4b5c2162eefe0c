"""One cell, read by the type of its fact as strictly as an answer, with the spellings that tables use."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from eligibility.engine.naming import finest, named, names_of
from eligibility.engine.profile import Subject, Value, read_value
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import shortest
from eligibility.values.truth import parse_truth_typed

Canonical = bool | int | str | date
"""A truth, choice, code or date; an amount in millionths (number), minor units (money) or hundredths of a point."""

LARGEST_CELL = 10**15
_MOST_HINTS = 3
_MOST_NAMED = 20_000
NUMBERS = ("number", "money", "percent")
_GROUPED = {
    mark: re.compile(rf"(-?[0-9]{{1,3}})((?:{re.escape(other)}[0-9]{{3}})+)(?![0-9{re.escape(other)}])")
    for mark, other in ((",", "."), (".", ","))
}
UNCLEAR = re.compile(r"(^|[^0-9.])[1-9][0-9]{0,2}\.[0-9]{3}($|[^0-9])")
_DECIMALS = re.compile(r"[0-9],[0-9]")


def factor_of(subject: Subject) -> int:
    """Return by how much numbers of a fact are multiplied in columns."""
    if subject.type == "money":
        return int(10 ** MINOR_UNITS[subject.currency or "EUR"])
    return 10_000 if subject.type == "percent" else 1_000_000


def written_factor(subject: Subject) -> int:
    """Return by how much numbers are multiplied as they are written: 25 in a percent column is 25 %."""
    return 100 if subject.type == "percent" else factor_of(subject)


class Cells:
    """Reads the cells of one fact; `decimal` is the mark that tables use, or `None` for the point and nothing else.

    With `unclear` a point before exactly three digits is refused: it can be a decimal point or mark thousands.
    """

    def __init__(self, subject: Subject, decimal: str | None, *, unclear: bool = False) -> None:
        self.subject = subject
        self.decimal = decimal
        self.unclear = unclear
        self._names = names_of(subject)
        self._named: dict[str, str] = {}

    def read(self, text: str) -> Value:
        """Read a cell that is not empty.

        Raises:
            Misread: it is not a value of the fact.
        """
        if self.subject.type == "truth":
            return parse_truth_typed(text)
        if self._names and text not in self.subject.names:
            return self._by_name(text)
        return read_value(self.subject, self._pointed(text) if self.subject.type in NUMBERS else text)

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

    def _pointed(self, text: str) -> str:
        """Return the text with a point for decimals and no grouping."""
        if self.unclear and UNCLEAR.search(text):
            raise Misread(
                "ambiguous-number",
                f'"{text[:40]}" may mean thousands or decimals: tell the decimal sign (--decimal)',
            )
        if self.decimal is None:
            return text
        other = "." if self.decimal == "," else ","
        text = _GROUPED[self.decimal].sub(lambda found: found[1] + found[2].replace(other, ""), text, count=1)
        if self.decimal == ",":
            if "." in text and ".." not in text:
                raise Misread("not-a-number", f'"{text[:40]}" has a point, but decimals stand behind a comma here')
            text = _DECIMALS.sub(lambda found: found[0].replace(",", "."), text)
        return text


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
