"""Rows of texts -> one typed frame of enterprises and one of holdings; what cannot be read is collected.

Beside the columns of the table (numbers as two columns, `share_low` and `share_high`) each row has `part`, the table
that it comes from, and `row`, its number there.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from eligibility.group import spellings
from eligibility.group.columns import DATES, LABELS, QUANTITIES, TRUTHS, Table
from eligibility.group.faults import Faults
from eligibility.group.quantities import read_amounts
from eligibility.group.text_rows import PLAIN, TextRows
from eligibility.values.misread import Misread, trimmed
from eligibility.values.typed import read_date

_ENDS = {Table.ENTERPRISES: ("id",), Table.HOLDINGS: ("holder", "held")}
_WORDS: Mapping[Table, Mapping[str, tuple[Callable[[str], Any], pl.DataType]]] = {
    Table.ENTERPRISES: {
        "kind": (spellings.read_kind, pl.Int8()),
        "country": (spellings.read_country, pl.String()),
        "fiscal_year_start": (spellings.read_month_day, pl.Int32()),
        "markets": (spellings.read_markets, pl.String()),
        **dict.fromkeys(TRUTHS[Table.ENTERPRISES], (spellings.read_truth, pl.Boolean())),
    },
    Table.HOLDINGS: {
        "control": (spellings.read_control, pl.Int16()),
        **dict.fromkeys(TRUTHS[Table.HOLDINGS], (spellings.read_truth, pl.Boolean())),
        **dict.fromkeys(DATES, (read_date, pl.Date())),
    },
}


def typed(table: Table, parts: Sequence[TextRows], faults: Faults) -> pl.DataFrame:
    """Type the rows of all parts; a column that no part has is there and empty."""
    frames = [_part(table, _without_blanks(rows), number, faults) for number, rows in enumerate(parts)]
    return pl.concat([*frames, _empty(table)], how="diagonal")


def _part(table: Table, rows: TextRows, number: int, faults: Faults) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {
        "part": pl.Series([number], dtype=pl.UInt16).new_from_index(0, rows.cells.height),
        "row": pl.int_range(rows.cells.height, dtype=pl.UInt32, eager=True),
    }
    for name in rows.cells.columns:
        texts = rows.cells[name]
        if name in QUANTITIES[table]:
            amounts = read_amounts(texts, QUANTITIES[table][name], rows.styles.get(name, PLAIN))
            faults.cells(rows, name, amounts.bad)
            columns[f"{name}_low"], columns[f"{name}_high"] = amounts.low, amounts.high
        elif name in _WORDS[table]:
            columns[name], bad = _read(texts, *_WORDS[table][name])
            faults.cells(rows, name, bad)
        else:
            columns[name] = texts
            faults.cells(rows, name, _too_long(texts))
    frame = pl.DataFrame(columns)
    return _with_ends(table, rows, _refused_mixes(table, rows, frame, faults), faults)


def _without_blanks(rows: TextRows) -> TextRows:
    """Return rows whose cells have no spaces around them, and NULL where nothing stands."""
    cells = rows.cells.with_columns(pl.all().str.strip_chars(" \t\u00a0\u3000"))
    cells = cells.with_columns(pl.when(pl.all().str.len_bytes() > 0).then(pl.all()))
    return TextRows(cells, rows.where, rows.names, rows.styles)


def _read(texts: pl.Series, read: Callable[[str], Any], dtype: pl.DataType) -> tuple[pl.Series, dict[str, Misread]]:
    """Read each distinct text of a column once."""
    values: dict[str, Any] = {}
    bad: dict[str, Misread] = {}
    for text in texts.drop_nulls().unique(maintain_order=True).to_list():
        try:
            values[text] = read(text)
        except Misread as error:
            bad[text] = error
    if not values:
        return pl.Series(texts.name, [None], dtype=dtype).new_from_index(0, len(texts)), bad
    meant = pl.Series(list(values.values()), dtype=dtype)
    return texts.replace_strict(pl.Series(list(values)), meant, default=None, return_dtype=dtype), bad


def _too_long(texts: pl.Series) -> dict[str, Misread]:
    bad: dict[str, Misread] = {}
    for text in texts.filter(texts.str.len_chars() > 200).unique().to_list():
        try:
            trimmed(text)
        except Misread as error:
            bad[text] = error
    return bad


def _with_ends(table: Table, rows: TextRows, frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Leave out rows without the names that every row needs, and those in which nothing stands."""
    needed = _ENDS[table]
    if missing := [name for name in needed if name not in frame.columns]:
        frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    lacking = frame.select(pl.any_horizontal(pl.col(name).is_null() for name in needed)).to_series()
    if not lacking.any():
        return frame
    blank = rows.cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
    open_rows = lacking & ~blank
    for name in needed:
        here = open_rows & frame[name].is_null()
        for index in faults.within(f"no-{name}", here.arg_true().to_list()):
            absent = " and ".join(f"`{rows.name(one)}`" for one in needed if frame[one][index] is None)
            hint = "write it, or take the row out"
            faults.add(f"no-{name}", f"this row has no {absent}", rows.where.row(index), hint)
        # A row without both is told once.
        open_rows &= ~here
    return frame.filter(~lacking)


def _refused_mixes(table: Table, rows: TextRows, frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Refuse what cannot stand in one row together."""
    told = set(rows.cells.columns)
    if table is Table.HOLDINGS and "share" in told and told & {"capital", "votes"}:
        others = [name for name in ("capital", "votes") if name in told]
        either = pl.any_horizontal(pl.col(name).is_not_null() for name in others)
        both = rows.cells.select(pl.col("share").is_not_null() & either).to_series()
        for index in faults.within("share-and-parts", both.arg_true().to_list()):
            message = "`share` stands beside `capital` or `votes`, which it would set both"
            name = rows.name("share")
            hint = f"if `{name}` holds shares of the capital, call it `capital`; else leave one of them out"
            faults.add("share-and-parts", message, rows.where.cell(index, "share"), hint)
    if table is Table.HOLDINGS and {"since", "until"} <= told:
        never = frame.select(pl.col("until") <= pl.col("since")).to_series().fill_null(False)
        for index in faults.within("empty-period", never.arg_true().to_list()):
            message = "`until` is not after `since`: this holding never was"
            hint = "`until` is the first day on which it is no longer held"
            faults.add("empty-period", message, rows.where.cell(index, "until"), hint)
    if table is Table.ENTERPRISES and "consolidated_share" in told:
        heads = pl.col("consolidated_in").is_null() if "consolidated_in" in told else pl.lit(True)
        alone = rows.cells.select(pl.col("consolidated_share").is_not_null() & heads).to_series()
        for index in faults.within("share-without-head", alone.arg_true().to_list()):
            message = "`consolidated_share` stands here without `consolidated_in`"
            hint = "name the enterprise that draws up the consolidated accounts"
            faults.add("share-without-head", message, rows.where.cell(index, "consolidated_share"), hint)
    return frame


def _empty(table: Table) -> pl.DataFrame:
    """Return a frame without rows that has every column."""
    ends = {f"{name}_{end}": pl.Int64() for name in QUANTITIES[table] for end in ("low", "high")}
    words = {name: dtype for name, (_, dtype) in _WORDS[table].items()}
    labels = dict.fromkeys((*_ENDS[table], *(LABELS if table is Table.ENTERPRISES else ())), pl.String())
    return pl.DataFrame(schema={"part": pl.UInt16(), "row": pl.UInt32(), **labels, **words, **ends})
