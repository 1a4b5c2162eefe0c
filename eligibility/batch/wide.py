"""The wide layout: one row per company; the input's columns, then the verdict and amount of each programme."""

from collections.abc import Sequence

import polars as pl

from eligibility.batch.layouts import VERDICT, VERDICTS, Assessed, Offered, Schema, check_names
from eligibility.batch.words import Joined, decimals

LISTED = VERDICTS[:3]
_BITS = 62


class Wide:
    """Lays rows out wide. `carried`: the columns whose text nobody has read; `blank_empty`: no id is NULL, not `""`."""

    def __init__(
        self, columns: Schema, carried: Sequence[str], programmes: Sequence[Offered], blank_empty: bool
    ) -> None:
        self.carried = tuple(carried)
        self._programmes = programmes
        self._blank = blank_empty
        self._groups = [programmes[start : start + _BITS] for start in range(0, len(programmes), _BITS)]
        self._joined = [Joined([programme.id for programme in group]) for group in self._groups]
        added = self._added()
        check_names(list(columns), list(added))
        self.decimals = tuple(name for name, dtype in added.items() if dtype.is_decimal())
        self.schema: Schema = {**columns, **added}

    def frame(self, assessed: Assessed) -> pl.DataFrame:
        """Return one row for each company."""
        results = assessed.results
        lists = {verdict: self._listed(results, code) for code, verdict in enumerate(LISTED)}
        made = results.select(
            pl.sum_horizontal(programme.verdict == 0 for programme in self._programmes)
            .cast(pl.Int64)
            .alias("eligible_count")
            if self._programmes
            else pl.lit(0, pl.Int64).alias("eligible_count"),
            *(column for programme in self._programmes for column in _columns(programme)),
        )
        head = made.select("eligible_count").with_columns(**lists)
        return pl.concat([assessed.cells, head, made.drop("eligible_count")], how="horizontal")

    def _added(self) -> dict[str, pl.DataType]:
        added: dict[str, pl.DataType] = {"eligible_count": pl.Int64()}
        added.update(dict.fromkeys(LISTED, pl.String()))
        for programme in self._programmes:
            added[programme.id] = VERDICT
            if programme.currency:
                added.update(
                    {f"{programme.id} {end}": pl.Decimal(38, programme.places) for end in ("amount_min", "amount_max")}
                )
        return added

    def _listed(self, results: pl.DataFrame, code: int) -> pl.Series:
        parts = []
        for group, joined in zip(self._groups, self._joined, strict=True):
            bits = [(programme.verdict == code).cast(pl.Int64) * 2**bit for bit, programme in enumerate(group)]
            parts.append(joined.texts(results.select(pl.sum_horizontal(bits)).to_series()))
        if len(parts) > 1:
            named = pl.DataFrame([part.alias(str(index)) for index, part in enumerate(parts)])
            filled = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in named.columns]
            parts = [named.select(pl.concat_str(filled, separator=";", ignore_nulls=True)).to_series()]
        texts = parts[0] if parts else pl.Series([""] * results.height, dtype=pl.String)
        return texts.set(texts == "", None) if self._blank else texts


def _columns(programme: Offered) -> list[pl.Expr]:
    columns = [programme.verdict.cast(pl.UInt8).cat.to(VERDICT).alias(programme.id)]
    for end in ("min", "max") if programme.currency else ():
        units = pl.col(f"a{programme.index}.{end}")
        columns.append(decimals(units, programme.places).alias(f"{programme.id} amount_{end}"))
    return columns
