"""The plan run by DuckDB on blocks of fact columns."""

from typing import TYPE_CHECKING

import polars as pl

from eligibility.batch.duck_plan import groups, quoted
from eligibility.engine.columns import Plan
from eligibility.engine.fact_columns import high_end
from eligibility.values.problem import AnswerError, Problem

if TYPE_CHECKING:
    import pyarrow as pa

TYPES = {
    "truth": "BOOLEAN",
    **dict.fromkeys(("number", "money", "percent"), "BIGINT"),
    "date": "DATE",
    **dict.fromkeys(("choice", "code"), "VARCHAR"),
}
_FACTS = "facts"


class DuckProgram:
    """Runs a plan in a database in memory, with one prepared statement for some programmes each."""

    def __init__(self, plan: Plan) -> None:
        check_duckdb()
        import duckdb

        types = {fact: TYPES[plan.rulebook.subject(fact).type] for fact in plan.given}
        types.update({high_end(fact): types[fact] for fact in sorted(plan.ranged)})
        self._names = list(types)
        self._connection = duckdb.connect()
        # Binding the query anew for each block costs far more time than the optimiser saves: the plan repeats nothing.
        self._connection.execute("PRAGMA disable_optimizer")
        columns = ", ".join(f"{quoted(fact)} {kind}" for fact, kind in types.items())
        self._connection.execute(f"CREATE TABLE {_FACTS} ({columns})")
        self._statements = 0
        for group in groups(plan, types):
            self._connection.execute(f"PREPARE part{self._statements} AS {group.query(_FACTS)}")
            self._statements += 1

    def run(self, facts: pl.DataFrame) -> pl.DataFrame:
        """Return the plan's results."""
        self._fill(facts.select(self._names).with_columns(pl.col(pl.Categorical).cast(pl.String)))
        parts = [pl.from_arrow(self._run(index)) for index in range(self._statements)]
        return pl.concat([part for part in parts if isinstance(part, pl.DataFrame)], how="horizontal")

    def _fill(self, facts: pl.DataFrame) -> None:
        self._connection.execute(f"TRUNCATE {_FACTS}")
        # Not by a registered view, which would make each statement be prepared again.
        self._connection.from_arrow(facts.to_arrow()).insert_into(_FACTS)

    def _run(self, index: int) -> "pa.Table":
        return self._connection.sql(f"EXECUTE part{index}").to_arrow_table()


def check_duckdb() -> None:
    """Refuse to go on without the libraries of this engine."""
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        message = f"the engine `duckdb` needs a library that is not installed: {error.name}"
        raise AnswerError(Problem("no-engine", message, None, "pip install 'eligibility[duckdb]'")) from error
