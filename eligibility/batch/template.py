"""What a plan says of typed rows, those with a known range in some cell included."""

import polars as pl

from eligibility.batch.ranged import reference_results
from eligibility.batch.typing_rows import TypedRows
from eligibility.engine.columns import Plan
from eligibility.engine.series import SeriesProgram


class PlanQuery:
    """Runs a plan on typed rows."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._program = SeriesProgram(plan.outcomes)

    def results(self, typed: TypedRows) -> pl.DataFrame:
        """Return the plan's results; rows with a range in some cell are assessed one by one."""
        results = self._program.run(typed.facts)
        if not typed.ranged:
            return results
        places = pl.Series(list(typed.ranged), dtype=pl.Int64)
        exact = reference_results(self._plan, list(typed.ranged.values()), results.schema)
        return results.with_columns(results[name].scatter(places, exact[name]) for name in results.columns)
