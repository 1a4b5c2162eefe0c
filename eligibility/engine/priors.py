"""Priors: how likely the values of a fact are before anything was answered, read from a table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, NamedTuple, Protocol

from eligibility.engine.profile import Value, read_value
from eligibility.language.linking import nearest, quoted
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from eligibility.values.misread import Misread
from eligibility.values.number import parse_number, shortest
from eligibility.values.problem import AnswerError, Place, Problem, in_order

COLUMNS = ("fact", "country", "value", "share", "basis", "source")
BASES = ("statistics", "estimate")
COUNTRY_FACT = "site_country"
_LAST_LETTER = "\U0010ffff"
_FINEST = 10**6
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


class Likelihoods(Protocol):
    """What the order of questions needs of priors."""

    def rows(self, fact: str, country: str | None) -> Rows: ...


class BundledPriors:
    """The priors that ship with the program, read when they are first needed: the first question needs none."""

    def __init__(self, rulebook: Rulebook, text: str, name: str) -> None:
        self._read = partial(parse_priors, rulebook, text, name, strict=False)

    @cached_property
    def _priors(self) -> Priors:
        return self._read()

    def rows(self, fact: str, country: str | None) -> Rows:
        """Return the values of a fact with their shares, as `Priors` does."""
        return self._priors.rows(fact, country)


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


class _Reading:
    """What was read so far, and every problem met, by fact."""

    def __init__(self, rulebook: Rulebook) -> None:
        where = rulebook.facts.get(COUNTRY_FACT)
        self.rulebook = rulebook
        self.countries = frozenset(where.choices if where else ())
        self.rows: dict[tuple[str, str], list[_Read]] = {}
        self.problems: dict[str, list[Problem]] = {}
        self.shares: dict[str, Fraction] = {}
        self._values: dict[object, dict[str, Value]] = {}
        self._by_fact: dict[str, dict[str, Value]] = {}

    def knows(self, fact: str) -> bool:
        return fact in self.rulebook.facts or fact in self.rulebook.definitions

    def problem(self, line: _Line, code: str, message: str, column: str, hint: str = "") -> None:
        problem = Problem(code, message, line.place(column), hint)
        self.problems.setdefault(line.cells["fact"], []).append(problem)

    def values_like(self, fact: str) -> dict[str, Value]:
        """Return the values read so far for facts that take the same ones; many share their bands."""
        found = self._by_fact.get(fact)
        if found is None:
            subject = self.rulebook.subject(fact)
            alike = (type(subject), subject.type, subject.currency, subject.form, subject.choices)
            bounds = (subject.low, subject.high)
            found = self._by_fact[fact] = self._values.setdefault((alike, bounds), {})
        return found


def parse_priors(rulebook: Rulebook, text: str, name: str, *, strict: bool = True) -> Priors:
    """Read a table of priors (CSV) by the facts and definitions of a rulebook; `name` is shown in messages.

    Not `strict`, facts with rows that do not fit are passed over: the bundled table speaks of the bundled facts,
    whichever rules are in use, and those may have no such fact or another one of the same name.

    Raises:
        AnswerError: no table of these columns; and, where strict, with one problem for each cell that cannot be used,
            for shares above 1 together, and for rows that overlap.
    """
    reading = _Reading(rulebook)
    for line in _lines(text, name, reading):
        _read(line, reading)
    for (fact, _), rows in reading.rows.items():
        _check_sum(fact, rows, reading)
        _check_overlaps(fact, rows, reading)
    if strict and reading.problems:
        problems = [problem for found in reading.problems.values() for problem in found]
        raise AnswerError(*sorted(problems, key=in_order))
    fitting = {key: rows for key, rows in reading.rows.items() if key[0] not in reading.problems}
    return Priors({key: tuple((row.value, row.share) for row in rows) for key, rows in fitting.items()})


def _lines(text: str, name: str, reading: _Reading) -> Iterator[_Line]:
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
    if problems:
        raise AnswerError(*problems)
    for number, cells in rows[1:]:
        if len(cells) == len(header):
            yield _Line(name, number, dict(zip(header, cells, strict=True)))
        else:
            place = Place(name, number, 1, ",".join(cells))
            message = f"there are {len(cells)} cells here and {len(header)} columns"
            problem = Problem("cells", message, place, "a cell that holds a comma needs quotes")
            reading.problems.setdefault("", []).append(problem)


def _header_problems(header: Sequence[str], place: Place) -> Iterator[Problem]:
    for column in COLUMNS:
        if column not in header:
            hint = f"the first line names the columns: {','.join(COLUMNS)}"
            yield Problem("missing-column", f"the table lacks the column `{column}`", place, hint)
        elif header.count(column) > 1:
            yield Problem("duplicate-column", f"the column `{column}` stands twice", place, "keep one of them")


def _read(line: _Line, reading: _Reading) -> None:
    """Read one row, with all that is wrong with it."""
    fact, country, basis = line.cells["fact"], line.cells["country"], line.cells["basis"]
    if not reading.knows(fact):
        hint = nearest(fact, [*reading.rulebook.facts, *reading.rulebook.definitions])
        reading.problem(line, "unknown-fact", f"there is no fact {quoted(fact)}", "fact", hint)
    if country and country not in reading.countries:
        hint = "write a code such as DE or KR, or nothing if the row holds for all"
        reading.problem(line, "unknown-country", f"there is no country {quoted(country)}", "country", hint)
    if basis not in BASES:
        reading.problem(
            line, "unknown-basis", f"{quoted(basis)} is not a basis", "basis", f"one of: {', '.join(BASES)}"
        )
    value, share = _value(line, reading), _share(line, reading)
    if value is not None and share is not None:
        reading.rows.setdefault((fact, country), []).append(_Read(value, share, line))


def _share(line: _Line, reading: _Reading) -> Fraction | None:
    text = line.cells["share"]
    known = reading.shares.get(text)
    if known is not None:
        return known
    try:
        share = parse_number(text)
    except Misread as error:
        reading.problem(line, error.code, f"`share`: {error.message}", "share", error.hint)
        return None
    if not 0 <= share <= 1:
        reading.problem(line, "bad-share", f"{quoted(text)} is not a share: it lies from 0 to 1", "share")
        return None
    # The same few shares stand in most rows.
    reading.shares[text] = share
    return share


def _value(line: _Line, reading: _Reading) -> Value | None:
    fact, text = line.cells["fact"], line.cells["value"]
    if not reading.knows(fact):
        return None
    known = reading.values_like(fact)
    if text not in known:
        try:
            known[text] = read_value(reading.rulebook.subject(fact), text)
        except Misread as error:
            reading.problem(line, error.code, f"`{fact}`: {error.message}", "value", error.hint)
            return None
    return known[text]


def _check_sum(fact: str, rows: Sequence[_Read], reading: _Reading) -> None:
    # Whole millionths, the finest that a share can be, add up much faster than fractions.
    total = sum(row.share.numerator * (_FINEST // row.share.denominator) for row in rows)
    if total > _FINEST:
        message = f"`{fact}`: the shares add up to {shortest(Fraction(total, _FINEST))}, which is more than 1"
        reading.problem(rows[-1].line, "shares-above-one", message, "share", "lower some of them")


def _check_overlaps(fact: str, rows: Sequence[_Read], reading: _Reading) -> None:
    """Refuse each row whose values stand in an earlier one too; ranges may meet at their ends."""
    of_codes = reading.rulebook.subject(fact).type == "code"
    spans = sorted(((_span(row.value, of_codes), row.line) for row in rows), key=lambda entry: entry[0])
    widest, holder = spans[0]
    same = {widest: holder}
    for span, line in spans[1:]:
        other = holder if span[0] < widest[1] else same.get(span)
        if other is not None:
            first, second = sorted((other, line), key=lambda one: one.number)
            message = f"`{fact}`: {quoted(second.cells['value'])} overlaps with line {first.number}"
            reading.problem(second, "overlap", message, "value", "give each value one row")
        same.setdefault(span, line)
        if span[1] > widest[1]:
            widest, holder = span, line


def _span(value: Value, of_codes: bool) -> tuple[Any, Any]:
    """Return the first and last of all that a value stands for, numbers or texts."""
    if isinstance(value, Interval):
        return _end(value.low, -_BEYOND), _end(value.high, _BEYOND)
    return str(value), f"{value}{_LAST_LETTER}" if of_codes else str(value)


def _end(number: Number | None, beyond: int) -> Number:
    """Return an end of a range; whole numbers as integers, which compare much faster."""
    if number is None:
        return beyond
    return number.numerator if number.denominator == 1 else number
