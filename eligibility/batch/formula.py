"""Cells that a spreadsheet would run as formulas are made plain text by an apostrophe in front."""

import re

import polars as pl

# At the start of the cell or of a line inside it, also behind spaces; full-width signs count for some spreadsheets too.
# A line end alone counts at the start of the cell only: texts of several lines, also with blank ones, stay as they are.
_START = r"^[ \u00a0\u3000]*[=+\-@＝＋－＠\t\r\n]|[\r\n][ \u00a0\u3000]*[=+\-@＝＋－＠\t]"
_NUMBER = r"^ *[+-]?[0-9]+(?:[.,][0-9]+)* *%? *$"
_STARTS = re.compile(_START)
_IS_NUMBER = re.compile(_NUMBER)
_RUST_START = _START.replace(r"\u00a0", r"\x{a0}").replace(r"\u3000", r"\x{3000}")


def neutral(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would run it; plain numbers stay."""
    return f"'{text}" if _STARTS.search(text) and not _IS_NUMBER.fullmatch(text) else text


def neutralised(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Return the frame with its text columns of these names made harmless."""
    texts = [name for name in columns if frame.schema[name] == pl.String]
    found = [pl.col(name).str.contains(_RUST_START).any().alias(name) for name in texts]
    dangerous = [name for name, hit in frame.select(found).row(0, named=True).items() if hit] if texts else []
    return frame.with_columns(_neutral(pl.col(name)) for name in dangerous)


def _neutral(cell: pl.Expr) -> pl.Expr:
    runs = cell.str.contains(_RUST_START) & ~cell.str.contains(_NUMBER)
    return pl.when(runs).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell).name.keep()
