"""Priors: how likely the values of a fact are before anything was answered, read from a table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from eligibility.engine.profile import Value, read_value
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from eligibility.values.misread import Misread, shown
from eligibility.values.number import parse_number, shortest
from eligibility.values.problem import AnswerError, Place, Problem, in_order

COLUMNS = ("fact", "country", "value", "share", "basis", "source")
BASES = ("statistics", "estimate")
COUNTRY_FACT = "site_country"
_LAST_LETTER = "\U0010ffff"
# No number or day that can be answered lies so far out.
_BEYOND = 10**18

Rows = tuple[tuple[Value, Fraction], ...]
"""Values with their shares; what is missing to 1 falls evenly on the values that are not named."""


@dataclass(frozen=True, slots=True)
class Priors:
    """The rows of each fact by country; the country `""` holds for all that have no rows of their own."""

    listed: Mapping[tuple[str, str], Rows]

    def rows(self, fact: str, country: str | None) -> Rows:
        """Return the values of a fact with their shares, for sites in a country (`None`: not known yet).

        A truth is a bool, a choice or code a text (a code covers those under it), anything else an interval: dates as
        day numbers, percentages as ratios. Empty where the table says nothing of the fact.
        """
        own = self.listed.get((fact, country or ""))
        return self.listed.get((fact, ""), ()) if own is None else own


class _Line(NamedTuple):
    """A row of the table by column, with what a problem needs to point at one of its cells."""

    file: str
    number: int
    cells: Mapping[str, str]

    def place(self, column: str) -> Place:
        before = list(self.cells)[: list(self.cells).index(column)]
        at = 1 + sum(len(self.cells[name]) + 1 for name in before)
        return Place(self.file, self.number, at, ",".join(self.cells.values()))


class _Read(NamedTuple):
    value: Value
    share: Fraction
    line: _Line


@dataclass(slots=True)
class _Reading:
    """What was read so far, and every problem met."""

    rulebook: Rulebook
    strict: bool
    rows: dict[tuple[str, str], list[_Read]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    shares: dict[str, Fraction] = field(default_factory=dict)


def parse_priors(rulebook: Rulebook, text: str, name: str, *, strict: bool = True) -> Priors:
    """Read a table of priors (CSV) by the facts and definitions of a rulebook; `name` is shown in messages.

    Not `strict`, rows of facts that this rulebook does not have are passed over: the bundled table speaks of all
    bundled facts, whichever rules are in use.

    Raises:
        AnswerError: with one problem for each row that cannot be used, and for shares above 1 or rows that overlap.
    """
    reading = _Reading(rulebook, strict)
    for line in _lines(text, name):
        _read(line, reading)
    for (fact, _), rows in reading.rows.items():
        reading.problems.extend(_above_one(fact, rows))
        reading.problems.extend(_overlaps(fact, rows, of_codes=rulebook.subject(fact).type == "code"))
    if reading.problems:
        raise AnswerError(*sorted(reading.problems, key=in_order))
    return Priors({key: tuple((row.value, row.share) for row in rows) for key, rows in reading.rows.items()})


def _lines(text: str, name: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        # A cell may hold line ends, so that the reader must count the lines; a blank one holds no row.
        rows = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        place = Place(name, reader.line_num, 1)
        hint = "a quote may not be closed"
        raise AnswerError(Problem("not-a-table", f"the table cannot be read: {error}", place, hint)) from None
    header = rows[0][1] if rows else []
    problems = list(_header_problems(header, Place(name, 1, 1, ",".join(header))))
    for number, cells in rows[1:]:
        if not problems and len(cells) != len(header):
            place = Place(name, number, 1, ",".join(cells))
            message = f"there are {len(cells)} cells here and {len(header)} columns"
            problems.append(Problem("cells", message, place, "a cell that holds a comma needs quotes"))
    if problems:
        raise AnswerError(*problems)
    for number, cells in rows[1:]:
        yield _Line(name, number, dict(zip(header, cells, strict=True)))


def _header_problems(header: Sequence[str], place: Place) -> Iterator[Problem]:
    for column in COLUMNS:
        if column not in header:
            hint = f"the first line names the columns: {','.join(COLUMNS)}"
            yield Problem("missing-column", f"the table lacks the column `{column}`", place, hint)
        elif header.count(column) > 1:
            yield Problem("duplicate-column", f"the column `{column}` stands twice", place, "keep one of them")


def _read(line: _Line, reading: _Reading) -> None:
    """Read one row, with all that is wrong with it."""
    fact, country = line.cells["fact"], line.cells["country"]
    found = list(_country_problems(line, reading.rulebook))
    if line.cells["basis"] not in BASES:
        message = f"{shown(line.cells['basis'])} is not a basis of a share"
        found.append(Problem("unknown-basis", message, line.place("basis"), f"one of: {', '.join(BASES)}"))
    share = _share(line, reading, found)
    if fact not in reading.rulebook.facts and fact not in reading.rulebook.definitions:
        if not reading.strict:
            return
        hint = nearest(fact, [*reading.rulebook.facts, *reading.rulebook.definitions])
        found.append(Problem("unknown-fact", f"there is no fact {shown(fact)}", line.place("fact"), hint))
    else:
        value = _value(line, reading, found)
        if value is not None and share is not None:
            reading.rows.setdefault((fact, country), []).append(_Read(value, share, line))
    reading.problems.extend(found)


def _country_problems(line: _Line, rulebook: Rulebook) -> Iterator[Problem]:
    country, fact = line.cells["country"], rulebook.facts.get(COUNTRY_FACT)
    if country and (fact is None or country not in fact.choices):
        hint = "write a code such as DE or KR, or nothing if the row holds for all"
        yield Problem("unknown-country", f"there is no country {shown(country)}", line.place("country"), hint)


def _share(line: _Line, reading: _Reading, found: list[Problem]) -> Fraction | None:
    text = line.cells["share"]
    known = reading.shares.get(text)
    if known is not None:
        return known
    try:
        share = parse_number(text)
    except Misread as error:
        found.append(Problem(error.code, f"`share`: {error.message}", line.place("share"), error.hint))
        return None
    if not 0 <= share <= 1:
        found.append(Problem("bad-share", f"{shown(text)} is not a share: it lies from 0 to 1", line.place("share")))
        return None
    # The same few shares stand in most rows.
    reading.shares[text] = share
    return share


def _value(line: _Line, reading: _Reading, found: list[Problem]) -> Value | None:
    fact, text = line.cells["fact"], line.cells["value"]
    try:
        return read_value(reading.rulebook.subject(fact), text)
    except Misread as error:
        found.append(Problem(error.code, f"`{fact}`: {error.message}", line.place("value"), error.hint))
        return None


def _above_one(fact: str, rows: Sequence[_Read]) -> Iterator[Problem]:
    total = sum((row.share for row in rows), Fraction(0))
    if total > 1:
        message = f"`{fact}`: the shares add up to {shortest(total)}, which is more than 1"
        yield Problem("shares-above-one", message, rows[-1].line.place("share"), "lower some of them")


def _overlaps(fact: str, rows: Sequence[_Read], *, of_codes: bool) -> Iterator[Problem]:
    """Yield a problem for each row whose values stand in another one too; ranges may meet at their ends."""
    spans = sorted(((_span(row.value, of_codes), row) for row in rows), key=lambda entry: entry[0])
    widest, widest_row = spans[0]
    for span, row in spans[1:]:
        if span[0] < widest[1] or span == widest:
            first, second = sorted((widest_row, row), key=lambda one: one.line.number)
            message = f"`{fact}`: {shown(second.line.cells['value'])} overlaps with line {first.line.number}"
            yield Problem("overlap", message, second.line.place("value"), "give each value one row")
        if span[1] > widest[1]:
            widest, widest_row = span, row


def _span(value: Value, is_code: bool) -> tuple[Any, Any]:
    """Return the first and last of all that a value stands for, numbers or texts."""
    if isinstance(value, Interval):
        return _end(value.low, -_BEYOND), _end(value.high, _BEYOND)
    return str(value), f"{value}{_LAST_LETTER}" if is_code else str(value)


def _end(number: Number | None, beyond: int) -> Number:
    """Return an end of a range; whole numbers as integers, which compare much faster."""
    if number is None:
        return beyond
    return number.numerator if number.denominator == 1 else number
