"""The wide layout: one row per company; the input's columns, then the verdict and amount of each programme."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from eligibility.batch.layouts import VERDICT, VERDICTS, Assessed, Offered, Schema, by_name, check_names
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
        self._made = list(added)[1 + len(LISTED) :]

    def frames(self, assessed: Assessed) -> Iterator[pl.DataFrame]:
        """Yield one row for each company."""
        results, height = by_name(assessed.results), assessed.results.height
        eligible = np.zeros(height, dtype=np.int64)
        for programme in self._programmes:
            eligible += results[f"v{programme.index}"].to_numpy() == 0
        count = pl.Series("eligible_count", eligible)
        lists = [self._listed(results, height, code).alias(verdict) for code, verdict in enumerate(LISTED)]
        exact = [column for programme in self._programmes for column in _amounts(programme)]
        made = {
            **{programme.id: self._verdict(results, programme) for programme in self._programmes},
            **by_name(assessed.results.select(exact)),
        }
        yield pl.DataFrame([*assessed.cells, count, *lists, *(made[name] for name in self._made)])

    @staticmethod
    def _verdict(results: Mapping[str, pl.Series], programme: Offered) -> pl.Series:
        return _VERDICTS.gather(results[f"v{programme.index}"]).alias(programme.id)

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

    def _listed(self, results: Mapping[str, pl.Series], height: int, code: int) -> pl.Series:
        parts = []
        for group, joined, texts in zip(self._groups, self._joined, self._texts, strict=True):
            mask = np.zeros(height, dtype=np.int16)
            for bit, programme in enumerate(group):
                mask |= (results[f"v{programme.index}"].to_numpy() == code).astype(np.int16) << bit
            parts.append(texts.texts(joined.numbers(mask)))
        if not parts:
            return pl.Series([None if self._blank else ""], dtype=pl.String).new_from_index(0, height)
        named = pl.DataFrame([part.alias(str(index)) for index, part in enumerate(parts)])
        text = pl.concat_str(pl.all(), separator=";", ignore_nulls=True)
        return named.select(pl.when(text != "").then(text) if self._blank else text).to_series()


def _amounts(programme: Offered) -> list[pl.Expr]:
    return [
        decimals(pl.col(f"a{programme.index}.{end}"), programme.places).alias(f"{programme.id} amount_{end}")
        for end in (("min", "max") if programme.currency else ())
    ]
