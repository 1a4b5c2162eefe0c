"""How a table would be read, as text and as data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eligibility.cli.help import cells
from eligibility.cli.wording import say
from eligibility.report.clean import clean_for_terminal
from eligibility.values.problem import Problem

if TYPE_CHECKING:
    from eligibility.batch.inspect import CellReading, ColumnReading, RowReading, TableReading
    from eligibility.batch.request import Dialect

SCHEMA = "eligibility.reading/1"
_WIDEST_NAME = 40


def reading_text(reading: "TableReading") -> str:
    """Return a reading as text for people: the dialect, the columns, the first rows."""
    lines = [say("{name}: {dialect}", name=reading.name, dialect=dialect_text(reading.dialect)), "", say("Columns:")]
    width = min(_WIDEST_NAME, max((cells(column.name) for column in reading.columns), default=0))
    for column in reading.columns:
        space = " " * max(0, width - cells(column.name))
        lines.append(f"  {column.name}{space}  {_use(column, reading.id_column)}")
    if reading.rows:
        lines.extend(["", say("First rows:")])
    for row in reading.rows:
        lines.extend(_row(row))
    return "".join(f"{clean_for_terminal(line)}\n" for line in lines)


def dialect_text(dialect: "Dialect") -> str:
    """Return how a table is read, in a few words."""
    parts = [dialect.format.upper()]
    if dialect.encoding:
        parts.append(dialect.encoding)
    if dialect.sheet is not None:
        parts.append(say("sheet {name}", name=dialect.sheet))
    if dialect.delimiter:
        sign = "TAB" if dialect.delimiter == "\t" else dialect.delimiter
        parts.append(say("delimiter {sign}", sign=sign))
    return ", ".join(parts)


def _use(column: "ColumnReading", identifier: str | None) -> str:
    if column.fact is not None:
        return f"{column.fact} ({column.type})"
    if column.name == identifier:
        return say("names the company")
    if column.suggestion:
        return say("carried along; for {fact} give --map", fact=column.suggestion)
    return say("carried along")


def _row(row: "RowReading") -> Iterator[str]:
    number = str(row.row)
    where = say("row {row}, line {line}", row=number, line=str(row.line)) if row.line else say("row {row}", row=number)
    yield f"  {where}"
    if row.problem is not None:
        yield f"    {say('rejected: {reason}', reason=row.problem.message)}"
    for cell in row.cells:
        if cell.problem is not None:
            yield f"    {cell.column}: {say('rejected: {reason}', reason=str(cell.problem))}"
        elif cell.value is not None:
            same = cell.value == (cell.text or "").strip()
            yield f"    {cell.column}: {cell.value}" + ("" if same else f"  <- {cell.text}")


def reading_dict(reading: "TableReading") -> dict[str, object]:
    """Return a reading as plain data."""
    dialect = reading.dialect
    return {
        "schema": SCHEMA,
        "name": reading.name,
        "format": dialect.format,
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "sheet": dialect.sheet,
        "id_column": reading.id_column,
        "columns": [
            {"name": one.name, "fact": one.fact, "type": one.type, "suggestion": one.suggestion}
            for one in reading.columns
        ],
        "rows": [
            {
                "row": row.row,
                "line": row.line,
                "problem": _problem(row.problem),
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in reading.rows
        ],
        "problems": [_problem(problem) for problem in reading.problems],
    }


def _cell(cell: "CellReading") -> dict[str, object]:
    return {"column": cell.column, "text": cell.text, "value": cell.value, "problem": _problem(cell.problem)}


def _problem(problem: Problem | None) -> dict[str, object] | None:
    if problem is None:
        return None
    return {"code": problem.code, "message": problem.message, "hint": problem.hint or None}
