"""The layout that a run asked for, for a format that is to be written."""

from collections.abc import Mapping

import polars as pl

from eligibility.batch.layouts import Layout, offered
from eligibility.batch.long import Long
from eligibility.batch.mapping import ColumnMap
from eligibility.batch.request import BatchRequest
from eligibility.batch.wide import Wide
from eligibility.engine.columns import Plan
from eligibility.values.problem import AnswerError, Problem

_EXACT = ("parquet", "xlsx")
_FLAT = ("csv", "xlsx")
"""Formats of plain cells: nothing is written as an empty one."""


def chosen_layout(
    plan: Plan, request: BatchRequest, columns: ColumnMap, schema: Mapping[str, pl.DataType], written: str
) -> Layout:
    """Return the layout of a run."""
    if request.layout == "long":
        return long_layout(plan, columns, written)
    return wide_layout(plan, request, columns, schema, written)


def long_layout(plan: Plan, columns: ColumnMap, written: str) -> Long:
    """Return the long layout of a plan with reasons."""
    return Long(
        columns.id_column,
        offered(plan),
        plan.missing_ids,
        plan.rulebook.as_of,
        exact=written in _EXACT,
        blank_empty=written in _FLAT,
    )


def wide_layout(
    plan: Plan, request: BatchRequest, columns: ColumnMap, schema: Mapping[str, pl.DataType], written: str
) -> Wide:
    """Return the wide layout of a table.

    Raises:
        AnswerError: a column that the format cannot hold.
    """
    nested = [name for name, dtype in schema.items() if dtype.is_nested()]
    if nested and written in _FLAT:
        message = f"the column `{nested[0]}` holds {schema[nested[0]]}, which {written.upper()} cannot hold"
        raise AnswerError(Problem("wrong-column-type", message, None, "write .parquet or .jsonl"))
    return Wide(schema, _unread(plan, request, columns, schema), offered(plan), written in _FLAT)


def _unread(plan: Plan, request: BatchRequest, columns: ColumnMap, schema: Mapping[str, pl.DataType]) -> list[str]:
    """Return the columns that may hold any text: what was read as a number, date or code can be no formula."""
    if request.on_bad_value == "unknown":
        return list(schema)
    facts = columns.facts
    return [name for name in schema if name not in facts or plan.rulebook.subject(facts[name]).type == "choice"]
