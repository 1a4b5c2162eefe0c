"""What a plan says of typed rows, known ranges included."""

from collections.abc import Callable
from typing import Protocol

import polars as pl

from eligibility.batch.ranged import reference_results
from eligibility.batch.typing_rows import TypedRows
from eligibility.engine.columns import Plan
from eligibility.engine.fact_columns import high_end
from eligibility.engine.series import SeriesProgram


class Program(Protocol):
    """What an engine makes of a plan once, to run it on block after block."""

    def run(self, facts: pl.DataFrame) -> pl.DataFrame:
        """Return the plan's results, one row for each row of the facts."""


class Assessing:
    """Runs a plan on typed rows, block after block; `engine` makes a program of it.

    Facts without ranges have one column. When a block brings ranges, a plan that reads both ends of those facts is
    made, once, and kept for the blocks to come: only such columns pay for it.
    """

    def __init__(self, plan: Plan, engine: Callable[[Plan], Program] = SeriesProgram.of) -> None:
        self._plan = plan
        self._engine = engine
        self._program = engine(plan)
        self._ranged: frozenset[str] = frozenset()
        self._ranged_program = self._program

    def results(self, typed: TypedRows) -> pl.DataFrame:
        """Return the plan's results; rows with a range that no column holds are assessed one by one."""
        results = self._with_ranges(typed) if typed.ranged else self._program.run(typed.facts)
        if not typed.odd:
            return results
        places = pl.Series(list(typed.odd), dtype=pl.Int64)
        exact = reference_results(self._plan, list(typed.odd.values()), results.schema)
        return results.with_columns(results[name].scatter(places, exact[name]) for name in results.columns)

    def _with_ranges(self, typed: TypedRows) -> pl.DataFrame:
        if not typed.ranged <= self._ranged:
            self._ranged |= typed.ranged
            plan = Plan(self._plan.rulebook, self._plan.given, ranged=self._ranged, reasons=self._plan.reasons)
            assert plan.missing_ids == self._plan.missing_ids, "masks mean the same facts with and without ranges"
            self._ranged_program = self._engine(plan)
        values = [typed.facts[fact].alias(high_end(fact)) for fact in sorted(self._ranged - typed.ranged)]
        return self._ranged_program.run(typed.facts.with_columns(values))
