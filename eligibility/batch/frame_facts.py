"""Columns of any frame as the fact columns of the engine: native types only, checked before anything is assessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import narwhals as nw

from eligibility.batch.cell import NUMBERS, canonical, factor_of, written_factor
from eligibility.batch.mapping import ColumnMap
from eligibility.engine.profile import Subject, answer_bounds, read_value
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread
from eligibility.values.number import shortest
from eligibility.values.problem import AnswerError, Problem

_TEXTS = (nw.String, nw.Categorical, nw.Enum)
MOST_SPELLINGS = 5_000


@dataclass(frozen=True, slots=True)
class FactColumn:
    """One column of a frame that holds a fact; `name` is what it is called there, `unit` what a 1 in it stands for."""

    name: str
    subject: Subject
    dtype: Any
    unit: int = 1

    @property
    def factor(self) -> int:
        """Return by how much its numbers are multiplied."""
        return written_factor(self.subject) * self.unit

    def problem(self) -> Problem | None:
        """Return what is wrong with its type, if anything."""
        kind, dtype = self.subject.type, self.dtype
        fits = {
            "truth": dtype == nw.Boolean,
            "date": dtype in (nw.Date, nw.Datetime),
            "choice": dtype in _TEXTS,
            "code": dtype in _TEXTS,
        }.get(kind, dtype.is_numeric() or dtype == nw.Unknown)
        if fits:
            return None
        wanted = {"truth": "truths", "date": "dates", "choice": "texts", "code": "texts"}.get(kind, "numbers")
        message = f"the column `{self.name}` holds {dtype}; `{self.subject.id}` needs {wanted}"
        return Problem("wrong-column-type", message)

    def expression(self, column: nw.Expr, spelled: Mapping[str, str]) -> nw.Expr:
        """Return the column as the engine reads it."""
        if self.subject.type in NUMBERS:
            return self._scaled(column)
        if self.subject.type == "date" and self.dtype == nw.Datetime:
            return column.dt.date()
        if self.dtype in _TEXTS:
            text: nw.Expr = nw.when(column.cast(nw.String) != "").then(column.cast(nw.String))
            if not spelled:
                return text
            meant = text.replace_strict(list(spelled), list(spelled.values()), default=None, return_dtype=nw.String)
            return nw.coalesce(meant, text)
        return column

    def _scaled(self, column: nw.Expr) -> nw.Expr:
        factor = self.factor
        if self.dtype.is_integer():
            return column.cast(nw.Int64) * factor
        known = nw.when(~column.is_nan()).then(column) if self.dtype.is_float() else column
        return (known * factor).round(0).cast(nw.Int64)

    def too_fine(self, column: nw.Expr) -> nw.Expr:
        """Return where an exact decimal is finer than the fact takes (floats are rounded, integers never are)."""
        if not self.dtype.is_decimal():
            return column.is_null() & ~column.is_null()
        scaled = column * self.factor
        return scaled != scaled.round(0)

    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest number that can be given, as written."""
        subject = self.subject
        percent = 100 if subject.type == "percent" else 1
        low, high = answer_bounds(subject)
        most = Fraction(10**15 * percent, factor_of(subject)) if high is None else high * percent
        return None if low is None else low * percent / self.unit, most / self.unit


def fact_columns(rulebook: Rulebook, matched: ColumnMap, schema: Mapping[str, Any]) -> dict[str, FactColumn]:
    """Return the columns that hold facts."""
    units = {name: unit.factor for name, unit in matched.units.items()}
    return {
        name: FactColumn(name, rulebook.subject(fact), schema[name], units.get(name, 1))
        for name, fact in matched.facts.items()
    }


def fact_expressions(columns: Mapping[str, FactColumn], spelled: Mapping[str, Mapping[str, str]]) -> dict[str, nw.Expr]:
    """Return fact -> how the engine reads it; `columns` go by their name in the frame."""
    return {
        column.subject.id: column.expression(nw.col(name), spelled.get(name, {})) for name, column in columns.items()
    }


def check_columns(frame: Any, columns: Mapping[str, FactColumn]) -> dict[str, dict[str, str]]:
    """Check types, bounds, choices and codes; `columns` go by their name in the frame.

    Returns for columns of choices and codes the spellings that mean another one (`62.01`: `J6201`).

    Raises:
        AnswerError: with a problem for each column that cannot be used.
    """
    problems = [problem for column in columns.values() if (problem := column.problem())]
    if problems:
        raise AnswerError(*problems)
    problems.extend(_check_numbers(frame, {name: c for name, c in columns.items() if c.subject.type in NUMBERS}))
    spelled = {}
    for name, column in columns.items():
        if column.subject.type in ("choice", "code"):
            spelled[name] = _spellings(frame, name, column, problems)
    if problems:
        raise AnswerError(*problems)
    return spelled


def _check_numbers(frame: Any, columns: Mapping[str, FactColumn]) -> list[Problem]:
    if not columns:
        return []
    found = []
    for name, column in columns.items():
        value = nw.col(name)
        known = nw.when(~value.is_nan()).then(value) if column.dtype.is_float() else value
        fine = column.too_fine(value).cast(nw.Int64).max()
        found += [known.min().alias(f"{name} min"), known.max().alias(f"{name} max"), fine.alias(f"{name} fine")]
    row = _collected(frame.select(*found)).row(0)
    problems = []
    for index, column in enumerate(columns.values()):
        least, most, fine_ = row[3 * index : 3 * index + 3]
        low, high = column.bounds()
        name = column.name
        if least is not None and low is not None and least < low:
            problems.append(Problem("too-small", f"the column `{name}` has {least}: at least {shortest(low)}"))
        if most is not None and high is not None and most > high:
            problems.append(Problem("too-large", f"the column `{name}` has {most}: at most {shortest(high)}"))
        if fine_:
            message = f"the column `{name}` has more decimals than `{column.subject.id}` takes"
            problems.append(Problem("too-many-decimals", message))
    return problems


def _spellings(frame: Any, name: str, column: FactColumn, problems: list[Problem]) -> dict[str, str]:
    texts = _collected(frame.select(nw.col(name).cast(nw.String)).unique()).get_column(name).to_list()
    spelled: dict[str, str] = {}
    for text in sorted(text for text in texts if text):
        try:
            meant = canonical(column.subject, read_value(column.subject, text))
        except Misread as error:
            problems.append(Problem(error.code, f"the column `{column.name}`: {error.message}", None, error.hint))
            break
        if meant != text:
            spelled[text] = str(meant)
    if len(spelled) > MOST_SPELLINGS:
        message = f"the column `{column.name}` has {len(spelled):,} codes in another spelling"
        problems.append(Problem("too-many-spellings", message, None, "write them like J6201"))
    return spelled


def _collected(frame: Any) -> Any:
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
