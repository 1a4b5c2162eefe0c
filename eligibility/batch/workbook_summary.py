"""The summary sheet of a workbook: what was read, what became of it, and how the table was understood."""

from collections.abc import Sequence

from eligibility.batch.layouts import VERDICTS
from eligibility.batch.request import BatchSummary
from eligibility.rulebook.rulebook import Rulebook

SummaryTable = Sequence[Sequence[str | int]]
"""Rows of cells, the heading first."""


def summary_tables(summary: BatchSummary, rulebook: Rulebook, source: str) -> Sequence[SummaryTable]:
    """Return the tables of the summary, each with its heading; those that would be empty are left out."""
    run: list[Sequence[str | int]] = [
        ("run", ""),
        ("input", source),
        ("as_of", rulebook.as_of.isoformat()),
        ("rulebook", rulebook.digest),
        ("rows read", summary.rows_read),
        ("rows assessed", summary.rows_assessed),
        ("rows rejected", summary.rows_rejected),
    ]
    if summary.found is not None:
        run.append(("rows found in the ownership structure", summary.found.rows))
        run.append(("rows not found in it", summary.found.others))
        run.append(("firms of the structure", summary.found.firms))
    verdicts: list[Sequence[str | int]] = [
        ("programme", *VERDICTS),
    ]
    verdicts.extend((programme, *counts.values()) for programme, counts in summary.verdicts.items())
    columns: list[Sequence[str | int]] = [
        ("column", "used as"),
        *summary.columns.items(),
        *((name, "id" if name == summary.id_column else "carried along") for name in summary.carried),
    ]
    rejected: list[Sequence[str | int]] = [("rejected for", "rows"), *summary.rejects.items()]
    unknown: list[Sequence[str | int]] = [("taken as unknown in column", "cells"), *summary.made_unknown.items()]
    return [table for table in (run, verdicts, columns, rejected, unknown) if len(table) > 1]
