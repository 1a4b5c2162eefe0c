"""Spark's schemas and Polars' own, by way of Arrow."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_BATCH = 20_000


def schema_of(frame: "DataFrame") -> Mapping[str, pl.DataType]:
    """Return the columns of a Spark frame as Polars types them."""
    from pyspark.sql.pandas.types import to_arrow_schema

    empty = pl.from_arrow(to_arrow_schema(frame.schema).empty_table())
    assert isinstance(empty, pl.DataFrame)
    return empty.schema


def spark_schema(schema: Mapping[str, pl.DataType]) -> "StructType":
    """Return columns as Spark types them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_table(pl.DataFrame(schema=schema)).schema)


def as_batches(frame: pl.DataFrame) -> Iterator["pa.RecordBatch"]:
    """Yield a frame in pieces, in the types that Spark knows."""
    yield from _table(frame).to_batches(max_chunksize=_BATCH)


def _table(frame: pl.DataFrame) -> "pa.Table":
    import pyarrow as pa

    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    return table.cast(pa.schema([field.with_type(_small(field.type)) for field in table.schema]))


def _small(kind: Any) -> Any:
    """Return an Arrow type without those of 64-bit lengths, which Spark does not know inside others."""
    import pyarrow as pa

    if pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_large_binary(kind):
        return pa.binary()
    if pa.types.is_large_list(kind):
        return pa.list_(_small(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_small(field.type)) for field in kind])
    return kind
