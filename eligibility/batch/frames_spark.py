"""A Spark frame assessed by Spark's workers, batch by batch in Polars: lazy in, lazy out."""

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from eligibility.batch.frame_facts import FactColumn, check_columns
from eligibility.batch.frames import wide_frame, with_facts
from eligibility.batch.layouts import offered
from eligibility.batch.mapping import match_columns
from eligibility.batch.spark_frames import as_batches, schema_of, spark_schema
from eligibility.batch.spark_session import without_pandas_warning
from eligibility.batch.template import PlanQuery
from eligibility.batch.typing_rows import TypedRows
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


class _Assessor:
    """Assesses Polars frames with the columns `names`."""

    def __init__(self, rulebook: Rulebook, names: tuple[str, ...]) -> None:
        self._rulebook = rulebook
        self._names = names
        self._inner = {name: f"in {index}" for index, name in enumerate(names)}
        self._facts = match_columns(rulebook, names, {}, None).facts
        self._plan = Plan(rulebook, tuple(self._facts.values()), reasons=False)
        self._query = PlanQuery(self._plan, tuple(self._facts.values()))

    def frame(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the wide layout."""
        cells = frame.rename(self._inner)
        facts = with_facts(self._rulebook, nw.from_native(cells), self._inner, self._facts).to_native()
        given = facts.select(self._facts.values())
        rows = pl.int_range(1, frame.height + 1, eager=True)
        results = self._query.results(TypedRows(cells, rows, given, {}, (), frame.height, {}))
        beside = nw.from_native(pl.concat([cells, results], how="horizontal"))
        wide: pl.DataFrame = wide_frame(beside, self._inner, offered(self._plan)).to_native()
        return wide


@lru_cache(maxsize=1)
def _assessor(packed: bytes) -> _Assessor:
    """Return the assessor; a process keeps it, with its plan, from task to task."""
    return _Assessor(*pickle.loads(packed))


def assess_spark(rulebook: Rulebook, table: Any) -> "DataFrame":
    """Assess a Spark frame: its values are checked at once, all else waits for an action.

    Raises:
        AnswerError: no usable column, one of the wrong type, a value that is not one of the fact.
    """
    given: DataFrame = table.to_native()
    names = tuple(given.columns)
    facts = match_columns(rulebook, names, {}, None).facts
    safe = {name: f"in {index}" for index, name in enumerate(names)}
    # Names with points in them are not found again by what runs functions on columns.
    frame = given.toDF(*safe.values())
    inner = nw.from_native(frame)
    schema = inner.collect_schema()
    columns = {safe[name]: FactColumn(name, rulebook.subject(fact), schema[safe[name]]) for name, fact in facts.items()}
    check_columns(inner, columns)
    packed = pickle.dumps((rulebook, names))

    def task(batches: Iterable["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        for batch in batches:
            rows = pl.DataFrame(pl.from_arrow(batch))
            rows.columns = list(names)
            yield from as_batches(_assessor(packed).frame(rows))

    empty = pl.DataFrame(schema=dict(zip(names, schema_of(frame).values(), strict=True)))
    with without_pandas_warning():
        return frame.mapInArrow(task, spark_schema(_assessor(packed).frame(empty).schema))
