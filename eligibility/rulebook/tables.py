"""Reference tables: a YAML file that describes and cites, and the CSV beside it."""

import csv
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from pydantic import Field

from eligibility.language.cite import SourceShape
from eligibility.language.linking import Row, Table
from eligibility.language.shape import Scalar, Shape, Text
from eligibility.rulebook.files import RuleFile
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent
from eligibility.values.problem import Place, Problem
from eligibility.values.truth import parse_truth


class TableShape(Shape):
    """A reference table as described in its YAML file."""

    title: Text
    source: SourceShape | None = None
    sources: dict[Scalar, SourceShape] = Field(default_factory=dict)
    key: Scalar = "code"
    columns: dict[Scalar, Scalar] = Field(default_factory=dict)
    open_points: tuple[Text, ...] = ()


def read_table(name: str, written: TableShape, file: RuleFile) -> tuple[Table | None, list[Problem]]:
    """Read the CSV of a table; every bad cell is a problem with its line."""
    try:
        lines = file.data.decode("utf-8-sig").splitlines()
        rows = list(csv.reader(lines, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        return None, [Problem("not-a-table", f"the table cannot be read: {error}", Place(file.name))]
    header = rows[0] if rows else []
    wanted = [written.key, *written.columns]
    missing = [column for column in wanted if column not in header]
    if missing:
        message = f"the table lacks the column {', '.join(f'`{column}`' for column in missing)}"
        return None, [Problem("missing-column", message, Place(file.name, 1, 1, lines[0] if lines else ""))]
    typed: list[Row] = []
    texts: dict[str, Text] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows[1:], start=2):
        try:
            row = dict(zip(header, cells, strict=True))
            typed.append(_row(row, written))
        except (Misread, ValueError) as error:
            problems.append(Problem("bad-cell", str(error), Place(file.name, number, 1, ",".join(cells))))
            continue
        if {"de", "en", "ko"} <= set(header):
            texts[row[written.key]] = Text(de=row["de"], en=row["en"], ko=row["ko"])
    return Table(name, written.key, written.columns, tuple(typed), texts), problems


def _row(cells: Mapping[str, str], written: TableShape) -> Row:
    values: dict[str, object] = {
        column: _typed(cells[column], kind) for column, kind in written.columns.items() if cells[column] != ""
    }
    return Row(cells[written.key], _day(cells.get("valid_from")), _day(cells.get("valid_to")), values, cells)


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None


def _typed(text: str, kind: str) -> bool | Fraction | str:
    name, _, currency = kind.partition(" ")
    if name == "truth":
        return parse_truth(text)
    if name == "money":
        return parse_money(text, currency)[0]
    if name == "percent":
        return parse_percent(text)
    return parse_number(text) if name == "number" else text
