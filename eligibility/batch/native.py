"""Columns that arrive with a type of their own (Parquet), turned into the text that an answer would be written as."""

from collections.abc import Mapping

import polars as pl

from eligibility.batch.cell import NUMBERS, written_factor
from eligibility.batch.units import Unit
from eligibility.engine.profile import Subject
from eligibility.values.problem import AnswerError, Problem


def is_text(dtype: pl.DataType) -> bool:
    """Tell whether a type is one of texts, which say no more than the cells of a CSV do."""
    return dtype in (pl.String, pl.Categorical, pl.Enum)


def as_texts(
    cells: pl.DataFrame, subjects: Mapping[str, Subject], units: Mapping[str, Unit] | None = None
) -> pl.DataFrame:
    """Return the columns of these names as text; floating-point numbers are rounded to what the fact takes.

    Raises:
        AnswerError: a column of a type that holds no answers.
    """
    factors = {name: unit.factor for name, unit in (units or {}).items()}
    return cells.select(
        _text(name, cells.schema[name], subject, factors.get(name, 1)) for name, subject in subjects.items()
    )


def check_types(schema: Mapping[str, pl.DataType], subjects: Mapping[str, Subject]) -> None:
    """Refuse columns of a type that holds no answers."""
    problems = []
    for name, subject in subjects.items():
        dtype = schema[name]
        if dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Duration, pl.Time):
            message = f"the column `{name}` holds {dtype}, which cannot answer `{subject.id}`"
            problems.append(Problem("wrong-column-type", message))
    if problems:
        raise AnswerError(*problems)


def _text(name: str, dtype: pl.DataType, subject: Subject, factor: int) -> pl.Expr:
    column = pl.col(name)
    if dtype.is_float() and subject.type in NUMBERS:
        places = len(str(written_factor(subject) * factor)) - 1
        column = column.cast(pl.Float64).fill_nan(None)
        # What is too large for an exact decimal stays as it is and is then refused like any other bad number.
        exact = _trimmed(column.round(places).cast(pl.Decimal(38, places), strict=False).cast(pl.String))
        return pl.coalesce(exact, column.cast(pl.String)).alias(name)
    if dtype.is_decimal():
        return _trimmed(column.cast(pl.String)).alias(name)
    if isinstance(dtype, pl.Datetime):
        return column.dt.date().cast(pl.String)
    return column.cast(pl.String)


def _trimmed(text: pl.Expr) -> pl.Expr:
    """Take away the zeros that end a decimal."""
    has_point = text.str.contains(".", literal=True)
    return pl.when(has_point).then(text.str.strip_chars_end("0").str.strip_chars_end(".")).otherwise(text)
