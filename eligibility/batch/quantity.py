"""Cells that hold a number, an amount, a percentage or a band of them, as offices write them."""

import re
from fractions import Fraction

from eligibility.batch.units import PERSONS, Unit, unit_of
from eligibility.engine.profile import Subject, Value, read_value
from eligibility.values.bands import read_band
from eligibility.values.misread import Misread, shown
from eligibility.values.number import INTEGER_DIGITS, shortest
from eligibility.values.pointed import NUMERAL, no_number, pointed
from eligibility.values.ranges import Range
from eligibility.values.spelling import unified
from eligibility.values.typed import read_amount, read_number

_PERSONS = re.compile(rf"(.*[0-9]) *(?:{'|'.join(map(re.escape, PERSONS))})", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[0-9]),(?:-{1,2}|—)(?![0-9])")
_DECIMALS = re.compile(r"\.([0-9]{3})(?![0-9])")
# Tables are written in any language, so that a word with two meanings is refused as where German is typed.
_LANGUAGE = "de"
_OTHERWISE = ("not-a-number", "not-money", "not-a-percentage")


class _NotUnderstood(Misread):
    """No number that people write: whether answers have such a one is for their reader to say."""


class Quantities:
    """Reads cells of one fact by a decimal mark (`None`: not known) and the unit of the column.

    `step` is the least difference of two answers, as written.
    """

    def __init__(self, subject: Subject, mark: str | None, unit: Unit | None, step: Fraction) -> None:
        self._subject = subject
        self._mark = mark
        self._unit = unit if unit is not None and unit.factor != 1 else None
        self._step = step

    def read(self, text: str) -> Value:
        """Read a cell that is not empty.

        Raises:
            Misread: no such value, or one whose meaning cannot be told.
        """
        line = _NO_CENTS.sub("", unified(text))
        try:
            if self._unit is None and ".." in line:
                return self._of_answers(line)
            return self._value(read_band(line, self._end))
        except _NotUnderstood as error:
            if self._unit is not None:
                raise Misread(error.code, error.message) from None
            return read_value(self._subject, text)

    def _of_answers(self, line: str) -> Value:
        """Read a range as in answers, or else as people write it."""
        ends = line.partition("..")
        plain = "..".join(NUMERAL.sub(lambda found: pointed(found[0], self._mark), end) for end in ends[::2])
        try:
            return read_value(self._subject, plain)
        except Misread as error:
            if error.code not in _OTHERWISE:
                raise
        return self._value(read_band(line, self._end))

    def _end(self, text: str) -> Fraction:
        line = unified(text)
        own = NUMERAL.sub("", line).lstrip("-").strip(" ")
        if self._subject.type == "number" and (persons := _PERSONS.fullmatch(line)) is not None:
            line = persons[1]
        # Decimals that were told apart from thousands once must not be called ambiguous again.
        line = NUMERAL.sub(lambda found: _DECIMALS.sub(r".\g<1>0", pointed(found[0], self._mark)), line)
        try:
            value = self._worth(line)
        except Misread as error:
            if error.code != "not-a-number":
                raise
            raise _NotUnderstood(error.code, no_number(text).message) from None
        return value / self._repeated(own, text) if self._unit is not None and own else value

    def _worth(self, line: str) -> Fraction:
        if "%" in line and self._subject.type != "percent":
            raise no_number(line)
        if self._subject.currency is not None:
            return read_amount(line, self._subject.currency, _LANGUAGE)
        return read_number(line, decimals=INTEGER_DIGITS, lang=_LANGUAGE)

    def _repeated(self, own: str, text: str) -> int:
        """Return the factor of a cell's unit if it is the column's; nobody can tell whether two both count."""
        unit, written = self._unit, unit_of(own)
        if unit is None or written is None or written.factor != unit.factor or not _same(written.kind, unit.kind):
            raise Misread("two-units", f"{shown(text)} has a unit, and its column has another one: write only one")
        return written.factor

    def _value(self, band: Range[Fraction]) -> Value:
        factor = 1 if self._unit is None else self._unit.factor
        low, high = (None if end is None else end * factor for end in (band.low, band.high))
        # Of an end that is left out the next value that an answer can have is the end.
        if low is not None and band.low_open:
            low += self._step
        if high is not None and band.high_open:
            high -= self._step
        ends = ["" if end is None else shortest(end) for end in (low, high)]
        return read_value(self._subject, ends[0] if low is not None and low == high else "..".join(ends))


def _same(kind: str, other: str) -> bool:
    return kind == other or "scale" in (kind, other)
