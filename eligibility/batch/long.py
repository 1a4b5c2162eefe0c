"""The long layout: one row per company and programme, with the reasons."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from eligibility.batch.layouts import VERDICT, VERDICTS, Assessed, Offered, Schema
from eligibility.batch.marked import OPEN, Results, marked, open_as_null
from eligibility.batch.words import RATE_DECIMALS, Joined, Numbers, Texts, decimals, rate_texts

_ENDS = ("min", "max")
_ROWS = 1 << 19
_MOST_TEXTS = 200_000
_NO_CENTS = 100


class Long:
    """Lays rows out long. `exact`: rates and amounts are decimals, else text. `blank_empty` as for the wide layout.

    Each column is filled as a matrix of numbers, a line a company and a column a programme; read line by line it is in
    the order of the output, and becomes text or decimals as a whole.
    """

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
        self._missing = missing
        self._windows = [programme.programme.window.status(as_of) for programme in programmes]
        self._exact = exact
        self._blank = blank_empty
        self._repeated: dict[int, tuple[pl.Series, pl.Series]] = {}
        self._currencies = Texts(blank=True)
        self._currencies.number("")
        self._forget()
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

    def frames(self, assessed: Assessed) -> Iterator[pl.DataFrame]:
        """Yield for each company one row per programme."""
        if not self._programmes:
            return
        height = max(1, _ROWS // len(self._programmes))
        values = marked(assessed.results)
        ids = pl.Series([None], dtype=pl.String).new_from_index(0, len(assessed.rows))
        if self._id is not None:
            # Rows are picked from one piece much faster than from the many that a reader leaves.
            ids = assessed.cells[self._id].cast(pl.String).rechunk()
        for start in range(0, len(ids), height):
            part = {name: found[start : start + height] for name, found in values.items()}
            yield self._frame(assessed.rows.slice(start, height), ids.slice(start, height), part)

    def _forget(self) -> None:
        self._reasons = Texts(blank=self._blank)
        self._failed = [Joined(programme.programme.criterion_ids, self._reasons) for programme in self._programmes]
        self._lacking = [Joined(ids, self._reasons) for ids in self._missing]

    def _frame(self, rows: pl.Series, ids: pl.Series, results: Results) -> pl.DataFrame:
        if len(self._reasons) > _MOST_TEXTS:
            self._forget()
        height = len(rows)
        programme, window = self._repeat(height)
        verdicts = self._matrix(results, "v", "", np.uint8)
        which = pl.Series(np.repeat(np.arange(height, dtype=np.int32), len(self._programmes)))
        columns = {
            "row": rows.gather(which),
            "id": ids.gather(which),
            "programme": programme,
            "verdict": pl.Series(verdicts.ravel()).cat.to(VERDICT),
            "window": window,
            "failed": self._reasons.texts(self._numbers(results, "f", self._failed)),
            "missing": self._reasons.texts(self._numbers(results, "m", self._lacking)),
            **{f"rate_{end}": self._rates(results, end) for end in _ENDS},
            **{f"amount_{end}": self._amounts(results, end) for end in _ENDS},
            "currency": self._currency(verdicts),
        }
        return pl.DataFrame([series.alias(name) for name, series in columns.items()])

    def _repeat(self, height: int) -> tuple[pl.Series, pl.Series]:
        """Return the columns that are the same for each company."""
        if height not in self._repeated:
            # Only the last block of a table and of a run of blocks differ in height.
            self._repeated.clear()
            which = pl.Series(np.tile(np.arange(len(self._programmes)), height))
            ids = pl.Series([programme.id for programme in self._programmes], dtype=pl.String)
            self._repeated[height] = (ids.gather(which), pl.Series(self._windows, dtype=pl.String).gather(which))
        return self._repeated[height]

    def _matrix(self, results: Results, kind: str, end: str, dtype: Any) -> Numbers:
        """Return one kind of result, a line a company; what a programme does not have is open."""
        matrix = np.full((len(results["v0"]), len(self._programmes)), OPEN if end else 0, dtype=dtype)
        for column, programme in enumerate(self._programmes):
            found = results.get(f"{kind}{programme.index}{end}")
            if found is not None:
                matrix[:, column] = found
        return matrix

    def _numbers(self, results: Results, kind: str, joined: Sequence[Joined]) -> Numbers:
        matrix = np.empty((len(results["v0"]), len(self._programmes)), dtype=np.int32)
        for column, (programme, each) in enumerate(zip(self._programmes, joined, strict=True)):
            matrix[:, column] = each.numbers(results[f"{kind}{programme.index}"])
        return matrix.ravel()

    def _rates(self, results: Results, end: str) -> pl.Series:
        rates = open_as_null(self._matrix(results, "r", f".{end}", np.int64).ravel())
        if self._exact:
            return pl.select(decimals(pl.lit(rates), RATE_DECIMALS)).to_series()
        return rate_texts(rates)

    def _amounts(self, results: Results, end: str) -> pl.Series:
        units = pl.lit(open_as_null(self._matrix(results, "a", f".{end}", np.int64).ravel()))
        whole = np.array([programme.places == 0 for programme in self._programmes])
        without_cents = pl.lit(pl.Series(np.tile(whole, len(results["v0"]))))
        if self._exact:
            wide = units.cast(pl.Int128)
            cents = pl.when(without_cents).then(wide * _NO_CENTS).otherwise(wide) if whole.any() else wide
            return pl.select(cents.reinterpret(dtype=self.schema["amount_min"])).to_series()
        texts = pl.when(without_cents).then(units.cast(pl.String)).otherwise(decimals(units, 2).cast(pl.String))
        return pl.select(texts).to_series()

    def _currency(self, verdicts: Numbers) -> pl.Series:
        """Return the currency where there is an award at all."""
        numbers = np.array([self._currencies.number(programme.currency or "") for programme in self._programmes])
        told = np.where(verdicts != VERDICTS.index("not_eligible"), numbers, 0)
        return self._currencies.texts(told.ravel())
