"""The wide layout: one row per company; the input's columns, then the verdict and amount of each programme."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from eligibility.batch.layouts import VERDICT, VERDICTS, Assessed, Offered, Schema, check_names
from eligibility.batch.words import Joined, Texts, decimals

LISTED = VERDICTS[:3]
# Picked by their codes, which costs half of turning the codes into the type.
_VERDICTS = pl.Series(VERDICTS, dtype=VERDICT)
_TOGETHER = 12
"""So many programmes are listed by one look into a table of texts."""


class Wide:
    """Lays rows out wide. `carried`: the columns whose text nobody has read; `blank_empty`: no id is NULL, not `""`."""

    def __init__(
        self, columns: Schema, carried: Sequence[str], programmes: Sequence[Offered], blank_empty: bool
    ) -> None:
        self.carried = tuple(carried)
        self._programmes = programmes
        self._blank = blank_empty
        self._codes = {programme.id: f"v{programme.index}" for programme in programmes}
        self._groups = [programmes[start : start + _TOGETHER] for start in range(0, len(programmes), _TOGETHER)]
        # No text is NULL, so that joining passes it over.
        self._texts = [Texts(blank=True) for _ in self._groups]
        self._joined = [
            Joined([programme.id for programme in group], texts)
            for group, texts in zip(self._groups, self._texts, strict=True)
        ]
        added = self._added()
        check_names(list(columns), list(added))
        self.decimals = tuple(name for name, dtype in added.items() if dtype.is_decimal())
        self.schema: Schema = {**columns, **added}

    def frames(self, assessed: Assessed) -> Iterator[pl.DataFrame]:
        """Yield one row for each company."""
        results = assessed.results
        eligible = np.zeros(results.height, dtype=np.int64)
        for programme in self._programmes:
            eligible += results[f"v{programme.index}"].to_numpy() == 0
        count = pl.Series("eligible_count", eligible)
        lists = [self._listed(results, code).alias(verdict) for code, verdict in enumerate(LISTED)]
        amounts = results.select(column for programme in self._programmes for column in _amounts(programme))
        made = (
            amounts[name] if name in amounts.columns else self._verdict(results, name)
            for name in list(self.schema)[assessed.cells.width + 1 + len(LISTED) :]
        )
        yield pl.DataFrame([*assessed.cells, count, *lists, *made])

    def _verdict(self, results: pl.DataFrame, programme: str) -> pl.Series:
        codes = results[self._codes[programme]]
        return _VERDICTS.gather(codes).alias(programme)

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
        for group, joined, texts in zip(self._groups, self._joined, self._texts, strict=True):
            mask = np.zeros(results.height, dtype=np.int16)
            for bit, programme in enumerate(group):
                mask |= (results[f"v{programme.index}"].to_numpy() == code).astype(np.int16) << bit
            parts.append(texts.texts(joined.numbers(mask)))
        if not parts:
            return pl.Series([None if self._blank else ""], dtype=pl.String).new_from_index(0, results.height)
        named = pl.DataFrame([part.alias(str(index)) for index, part in enumerate(parts)])
        text = pl.concat_str(pl.all(), separator=";", ignore_nulls=True)
        return named.select(pl.when(text != "").then(text) if self._blank else text).to_series()


def _amounts(programme: Offered) -> list[pl.Expr]:
    return [
        decimals(pl.col(f"a{programme.index}.{end}"), programme.places).alias(f"{programme.id} amount_{end}")
        for end in (("min", "max") if programme.currency else ())
    ]
