"""Polars frames assessed as a batch run assesses its blocks."""

from collections.abc import Iterator

import narwhals as nw
import polars as pl

from eligibility.batch.assessing import Program
from eligibility.batch.frame_facts import check_columns, fact_columns, fact_expressions
from eligibility.batch.layouts import VERDICT, Assessed, Layout, offered
from eligibility.batch.long import Long
from eligibility.batch.mapping import match_columns
from eligibility.batch.wide import Wide
from eligibility.engine.columns import Plan
from eligibility.engine.series import SeriesProgram
from eligibility.rulebook.rulebook import Rulebook

_ROWS = 1 << 16


class PolarsFrames:
    """Assesses Polars frames of one schema; the plan is made once."""

    def __init__(self, rulebook: Rulebook, schema: pl.Schema, layout: str) -> None:
        self._rulebook = rulebook
        self._matched = match_columns(rulebook, schema.names(), {}, None)
        self._columns = fact_columns(rulebook, self._matched, nw.from_native(pl.DataFrame(schema=schema)).schema)
        plan = Plan(rulebook, tuple(self._matched.facts.values()), reasons=layout == "long")
        self._program: Program = SeriesProgram.of(plan)
        self._layout = self._laid_out(plan, schema, layout)

    def _laid_out(self, plan: Plan, schema: pl.Schema, layout: str) -> Layout:
        programmes, as_of = offered(plan), self._rulebook.as_of
        if layout == "long":
            identifier = self._matched.id_column
            return Long(identifier, programmes, plan.missing_ids, as_of, exact=True, blank_empty=False)
        return Wide(schema, (), programmes, blank_empty=False)

    @property
    def schema(self) -> pl.Schema:
        """Return the columns of the result."""
        return pl.Schema(
            {name: pl.String() if dtype == VERDICT else dtype for name, dtype in self._layout.schema.items()}
        )

    def assess(self, table: pl.DataFrame) -> pl.DataFrame:
        """Assess every row.

        Raises:
            AnswerError: a value that is not one of the fact.
        """
        spelled = check_columns(nw.from_native(table), self._columns)
        typed = fact_expressions(self._columns, spelled)
        facts = nw.from_native(table).select(**typed).to_native()
        empty = pl.DataFrame(schema=self.schema)
        return pl.concat([empty, *self._parts(table, facts)])

    def _parts(self, table: pl.DataFrame, facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
        for start in range(0, table.height, _ROWS):
            results = self._program.run(facts.slice(start, _ROWS))
            rows = pl.int_range(start + 1, start + 1 + results.height, dtype=pl.Int64, eager=True)
            for frame in self._layout.frames(Assessed(table.slice(start, _ROWS), rows, results)):
                yield frame.with_columns(pl.col(VERDICT).cast(pl.String))
