"""The long layout: one row per company and programme, with the reasons."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from eligibility.batch.layouts import VERDICT, VERDICTS, Assessed, Offered, Schema
from eligibility.batch.words import RATE_DECIMALS, Joined, decimals, rate_texts

_ENDS = ("min", "max")


class Long:
    """Lays rows out long. `exact`: rates and amounts are decimals, else text. `blank_empty` as for the wide layout."""

    def __init__(
        self,
        id_column: str | None,
        programmes: Sequence[Offered],
        missing: Sequence[Sequence[str]],
        as_of: date,
        *,
        exact: bool,
        blank_empty: bool,
    ) -> None:
        self.carried = ("id",)
        self.decimals = ("rate_min", "rate_max", "amount_min", "amount_max")
        self._id = id_column
        self._programmes = programmes
        self._failed = [Joined(programme.programme.criterion_ids) for programme in programmes]
        self._missing = [Joined(ids) for ids in missing]
        self._windows = [programme.programme.window.status(as_of) for programme in programmes]
        self._exact = exact
        self._blank = blank_empty
        number = (pl.Decimal(38, RATE_DECIMALS), pl.Decimal(38, 2)) if exact else (pl.String(), pl.String())
        self.schema: Schema = {
            "row": pl.Int64(),
            "id": pl.String(),
            "programme": pl.String(),
            "verdict": VERDICT,
            **dict.fromkeys(("window", "failed", "missing"), pl.String()),
            **dict.fromkeys(("rate_min", "rate_max"), number[0]),
            **dict.fromkeys(("amount_min", "amount_max"), number[1]),
            "currency": pl.String(),
        }

    def frame(self, assessed: Assessed) -> pl.DataFrame:
        """Return for each company one row per programme."""
        height, count = assessed.results.height, len(self._programmes)
        if not count or not height:
            return pl.DataFrame(schema=self.schema)
        ids = pl.Series([None], dtype=pl.String).new_from_index(0, height)
        if self._id is not None:
            ids = assessed.cells[self._id].cast(pl.String)
        stacked = pl.concat(self._one(programme, assessed, ids) for programme in self._programmes)
        place = pl.int_range(0, height * count, eager=True)
        return stacked[place % count * height + place // count]

    def _one(self, programme: Offered, assessed: Assessed, ids: pl.Series) -> pl.DataFrame:
        results, index = assessed.results, programme.index
        columns = {
            "row": assessed.rows,
            "id": ids,
            "programme": pl.lit(programme.id),
            "verdict": results.select(programme.verdict.cast(pl.UInt8).cat.to(VERDICT)).to_series(),
            "window": pl.lit(self._windows[index]),
            "failed": self._filled(self._failed[index].texts(results[f"f{index}"])),
            "missing": self._filled(self._missing[index].texts(results[f"m{index}"])),
            **{f"rate_{end}": self._rate(programme, results, end) for end in _ENDS},
            **{f"amount_{end}": self._amount(programme, results, end) for end in _ENDS},
            "currency": self._currency(programme, results),
        }
        return pl.DataFrame([assessed.rows.alias("row")]).select(**columns)

    def _rate(self, programme: Offered, results: pl.DataFrame, end: str) -> pl.Series | pl.Expr:
        if not programme.has_rate:
            return pl.lit(None, self.schema["rate_min"])
        rates = results[f"r{programme.index}.{end}"]
        if not self._exact:
            return rate_texts(rates)
        return pl.select(decimals(pl.lit(rates), RATE_DECIMALS)).to_series()

    def _amount(self, programme: Offered, results: pl.DataFrame, end: str) -> pl.Series | pl.Expr:
        if programme.currency is None:
            return pl.lit(None, self.schema["amount_min"])
        units = pl.col(f"a{programme.index}.{end}")
        if self._exact:
            return results.select(decimals(units, programme.places, 2)).to_series()
        return results.select(decimals(units, programme.places).cast(pl.String)).to_series()

    def _currency(self, programme: Offered, results: pl.DataFrame) -> pl.Series:
        """Return the currency where there is an award at all."""
        told = pl.when(programme.verdict != VERDICTS.index("not_eligible")).then(pl.lit(programme.currency, pl.String))
        return results.select(told).to_series()

    def _filled(self, texts: pl.Series) -> pl.Series:
        return texts.set(texts == "", None) if self._blank else texts
