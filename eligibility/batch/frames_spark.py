"""A Spark frame assessed by Spark's workers, batch by batch in Polars: lazy in, lazy out."""

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from eligibility.batch.frame_facts import check_columns, fact_columns
from eligibility.batch.frames_polars import PolarsFrames
from eligibility.batch.mapping import match_columns
from eligibility.batch.spark_frames import as_batches, schema_of, spark_schema
from eligibility.batch.spark_session import without_pandas_warning
from eligibility.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


@lru_cache(maxsize=1)
def _frames(packed: bytes) -> PolarsFrames:
    """Return what assesses; a process keeps it, with its plan, from task to task."""
    rulebook, schema = pickle.loads(packed)
    return PolarsFrames(rulebook, schema, "wide")


def assess_spark(rulebook: Rulebook, table: Any) -> "DataFrame":
    """Assess a Spark frame: its values are checked at once, all else waits for an action.

    Raises:
        AnswerError: no usable column, one of the wrong type, a value that is not one of the fact.
    """
    given: DataFrame = table.to_native()
    names = tuple(given.columns)
    matched = match_columns(rulebook, names, {}, None)
    # Names with points in them are not found again by what runs functions on columns.
    safe = {name: f"in {index}" for index, name in enumerate(names)}
    frame = given.toDF(*safe.values())
    inner = nw.from_native(frame)
    schema = dict(zip(names, inner.collect_schema().values(), strict=True))
    columns = fact_columns(rulebook, matched, schema)
    check_columns(inner, {safe[name]: column for name, column in columns.items()})
    polars_schema = pl.Schema(zip(names, schema_of(frame).values(), strict=True))
    packed = pickle.dumps((rulebook, polars_schema))

    def task(batches: Iterable["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        for batch in batches:
            rows = pl.DataFrame(pl.from_arrow(batch))
            rows.columns = list(names)
            yield from as_batches(_frames(packed).assess(rows))

    with without_pandas_warning():
        return frame.mapInArrow(task, spark_schema(_frames(packed).schema))
