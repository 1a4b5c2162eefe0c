"""Spark's schemas and Polars' own, by way of Arrow."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def schema_of(frame: "DataFrame") -> Mapping[str, pl.DataType]:
    """Return the columns of a Spark frame as Polars types them."""
    from pyspark.sql.pandas.types import to_arrow_schema

    empty = pl.from_arrow(to_arrow_schema(frame.schema).empty_table())
    assert isinstance(empty, pl.DataFrame)
    return empty.schema


def spark_schema(schema: Mapping[str, pl.DataType]) -> "StructType":
    """Return columns as Spark types them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pl.DataFrame(schema=schema).to_arrow(compat_level=pl.CompatLevel.oldest()).schema)
