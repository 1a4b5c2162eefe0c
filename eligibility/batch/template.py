"""The plan as one query that is built once and run for block after block: building it costs more than running it."""

from collections.abc import Iterator

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from eligibility.batch.ranged import reference_results
from eligibility.batch.typed import DTYPES
from eligibility.batch.typing_rows import TypedRows
from eligibility.engine.columns import Plan


class PlanQuery:
    """Runs a plan on typed rows."""

    def __init__(self, plan: Plan, given: tuple[str, ...]) -> None:
        self._plan = plan
        schema = {fact: DTYPES[plan.rulebook.subject(fact).type] for fact in given}
        self._facts = pl.DataFrame(schema=schema)
        source = register_io_source(self._pull, schema=schema)
        self._query: pl.LazyFrame = plan.results(nw.from_native(source)).to_native()

    def _pull(
        self, columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        yield self._facts if columns is None else self._facts.select(columns)

    def results(self, typed: TypedRows) -> pl.DataFrame:
        """Return the plan's results; rows with a range in some cell are assessed one by one."""
        self._facts = typed.facts
        results = self._query.collect()
        if results.height != typed.facts.height:
            # Columns that are all constant come as one row.
            results = results[[0] * typed.facts.height]
        if not typed.ranged:
            return results
        places = pl.Series(list(typed.ranged), dtype=pl.Int64)
        exact = reference_results(self._plan, list(typed.ranged.values()), results.schema)
        return results.with_columns(results[name].scatter(places, exact[name]) for name in results.columns)
