"""Reference tables: a YAML file that describes and cites, and the CSV beside it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from pydantic import Field

from eligibility.language.cite import SourceShape
from eligibility.language.linking import Row, Table, nearest
from eligibility.language.shape import LANGUAGES, Scalar, Shape, Text
from eligibility.rulebook.decoding import decoded
from eligibility.rulebook.files import LARGEST_TABLE, RuleFile
from eligibility.rulebook.tree import AnyDocument
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread, shown
from eligibility.values.money import MINOR_UNITS, parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent
from eligibility.values.problem import Place, Problem, RuleError
from eligibility.values.truth import parse_truth

T = TypeVar("T")
ALSO = "also"
COLUMN_TYPES = ("truth", "number", "percent", *(f"money {currency}" for currency in MINOR_UNITS))


class TableShape(Shape):
    """A reference table as described in its YAML file."""

    title: Text
    source: SourceShape | None = None
    sources: dict[Scalar, SourceShape] = Field(default_factory=dict)
    key: Scalar = "code"
    columns: dict[Scalar, Scalar] = Field(default_factory=dict)
    open_points: tuple[Text, ...] = ()


class Names(Mapping[str, Text]):
    """The names of codes, each made when it is first asked for: most runs want few of them."""

    def __init__(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        self._rows = rows
        self._made: dict[str, Text] = {}

    def __getitem__(self, code: str) -> Text:
        text = self._made.get(code)
        if text is None:
            row = self._rows[code]
            text = self._made[code] = Text.model_validate({language: row[language] for language in LANGUAGES})
        return text

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def read_table(
    name: str, written: TableShape, file: RuleFile, document: AnyDocument
) -> tuple[Table | None, list[Problem]]:
    """Read the CSV of a table described in a document; every bad cell is a problem with its line."""
    problems = list(_unknown_types(written, document))
    if problems:
        return None, problems
    try:
        reader = csv.reader(io.StringIO(decoded(file.name, file.data, LARGEST_TABLE), newline=""), strict=True)
        # A blank line holds no row; a cell may hold line ends, so that the reader must count the lines.
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except RuleError as error:
        return None, list(error.problems)
    except csv.Error as error:
        place = Place(file.name, reader.line_num, 1)
        return None, [Problem("not-a-table", f"the table cannot be read: {error}", place, "a quote may not be closed")]
    if not lines:
        hint = "the first line names the columns, with commas between them"
        return None, [Problem("not-a-table", "the table is empty", Place(file.name), hint)]
    header = lines[0][1]
    first = Place(file.name, 1, 1, ",".join(header))
    problems = list(_header_problems(header, written, first))
    if problems:
        return None, problems
    found: list[tuple[int, Row]] = []
    for number, cells in lines[1:]:
        try:
            found.append((number, _row(header, cells, written)))
        except Misread as error:
            place = Place(file.name, number, 1, ",".join(cells))
            problems.append(Problem("bad-cell", error.message, place, error.hint))
    problems.extend(_twice(found, file.name, written.key))
    rows = tuple(row for _, row in found)
    named = set(LANGUAGES) <= set(header)
    texts = Names({row.key: row.texts for row in rows}) if named else {}
    spellings = {row.key: tuple(row.texts[ALSO].split(";")) for row in rows if row.texts.get(ALSO)} if named else {}
    return Table(name, written.key, written.columns, rows, texts, spellings), problems


def _unknown_types(written: TableShape, document: AnyDocument) -> Iterator[Problem]:
    for column, kind in written.columns.items():
        if kind not in COLUMN_TYPES:
            listed = f"one of {', '.join(COLUMN_TYPES)}"
            hint = listed if kind.startswith("money") else nearest(kind, COLUMN_TYPES) or listed
            message = f"`{kind}` is not a type of a column"
            yield Problem("unknown-type", message, document.place(("columns", column)), hint)


def _header_problems(header: Sequence[str], written: TableShape, place: Place) -> Iterator[Problem]:
    for column in dict.fromkeys((written.key, *written.columns)):
        if column not in header:
            hint = nearest(column, header) or "the first line names the columns, with commas between them"
            yield Problem("missing-column", f"the table lacks the column `{column}`", place, hint)
    for column in sorted({column for column in header if header.count(column) > 1}):
        yield Problem("duplicate-column", f"the column `{column}` stands twice", place, "keep one of them")


def _twice(rows: Sequence[tuple[int, Row]], file: str, key: str) -> Iterator[Problem]:
    """Yield a problem for each row whose key has a row already that holds on one of the same days."""
    if len({row.key for _, row in rows}) == len(rows):
        return
    ordered = sorted(rows, key=lambda entry: (entry[1].key, entry[1].valid_from or date.min))
    for (before, earlier), (number, later) in pairwise(ordered):
        end = earlier.valid_to or date.max
        if earlier.key == later.key and (later.valid_from or date.min) <= end:
            message = f"the {key} {shown(later.key)} has a row already, in line {before}, that holds on the same days"
            yield Problem("duplicate-row", message, Place(file, number, 1), "let the earlier one end, or delete it")


def _row(header: Sequence[str], cells: Sequence[str], written: TableShape) -> Row:
    if len(cells) != len(header):
        how = "a cell that holds a comma needs quotes"
        raise Misread("cells", f"there are {len(cells)} cells here and {len(header)} columns", how)
    texts = dict(zip(header, cells, strict=True))
    key = texts[written.key]
    if not key:
        raise Misread("no-key", f"`{written.key}` is empty, but every row is found by it")
    values = {column: _cell(column, kind, texts[column]) for column, kind in written.columns.items() if texts[column]}
    low = _day("valid_from", texts["valid_from"]) if texts.get("valid_from") else None
    high = _day("valid_to", texts["valid_to"]) if texts.get("valid_to") else None
    if low is not None and high is not None and high < low:
        raise Misread("empty-range", f"`valid_to` ({high}) is before `valid_from` ({low})")
    return Row(key, low, high, values, texts)


def _day(column: str, text: str) -> date:
    day = _cell(column, "date", text)
    assert isinstance(day, date)
    return day


# The same few cells stand in thousands of rows.
@lru_cache(maxsize=4096)
def _cell(column: str, kind: str, text: str) -> bool | Fraction | date:
    try:
        return _typed(kind, text)
    except Misread as error:
        raise Misread(error.code, f"`{column}`: {error.message}", error.hint) from None


def _typed(kind: str, text: str) -> bool | Fraction | date:
    name, _, currency = kind.partition(" ")
    if name == "truth":
        return parse_truth(text)
    if name == "date":
        return parse_date(text)
    if name == "money":
        return parse_money(text, currency)[0]
    return parse_percent(text) if name == "percent" else parse_number(text)
