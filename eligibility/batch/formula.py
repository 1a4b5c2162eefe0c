"""Columns whose cells a spreadsheet would run as formulas are made harmless at once."""

import polars as pl

from eligibility.values.formula import NUMBER, START

_RUST_START = START.replace(r"\u00a0", r"\x{a0}").replace(r"\u3000", r"\x{3000}")


def neutralised(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Return the frame with its text columns of these names made harmless."""
    texts = [name for name in columns if frame.schema[name] == pl.String]
    found = [pl.col(name).str.contains(_RUST_START).any().alias(name) for name in texts]
    dangerous = [name for name, hit in frame.select(found).row(0, named=True).items() if hit] if texts else []
    return frame.with_columns(_neutral(pl.col(name)) for name in dangerous)


def _neutral(cell: pl.Expr) -> pl.Expr:
    runs = cell.str.contains(_RUST_START) & ~cell.str.contains(NUMBER)
    return pl.when(runs).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell).name.keep()
