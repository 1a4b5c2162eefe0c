"""The rows of a comparison: one for each company and programme that changes, before (a) and after (b) side by side."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from eligibility.batch.compare_pairs import ENDS, NOT_ELIGIBLE, Found, Pair
from eligibility.batch.layouts import VERDICT, Schema
from eligibility.batch.marked import open_as_null
from eligibility.batch.words import RATE_DECIMALS, Joined, Numbers, Texts, decimals, rate_texts

SIDES = ("a", "b")
_MOST_TEXTS = 200_000
_CENTS = 2


class Lines:
    """Lays changes out. `exact`: rates and amounts are decimals, else text; `blank_empty`: nothing is an empty cell.

    `carried` and `decimals` as for the layouts of a batch run.
    """

    def __init__(self, pairs: Sequence[Pair], *, exact: bool, blank_empty: bool) -> None:
        self.carried = ("id",)
        self.decimals = tuple(f"{what}_{end}_{side}" for what in ("amount", "rate") for side in SIDES for end in ENDS)
        self._pairs = pairs
        self._exact = exact
        self._blank = blank_empty
        self._forget()
        number = (pl.Decimal(38, _CENTS), pl.Decimal(38, RATE_DECIMALS)) if exact else (pl.String(), pl.String())
        both = [f"{what}_{side}" for what in ("window", "failed", "missing") for side in SIDES]
        self.schema: Schema = {
            "row": pl.Int64(),
            "id": pl.String(),
            "programme": pl.String(),
            "verdict_a": VERDICT,
            "verdict_b": VERDICT,
            **dict.fromkeys(both, pl.String()),
            **dict.fromkeys(self.decimals[: len(self.decimals) // 2], number[0]),
            "currency": pl.String(),
            **dict.fromkeys(self.decimals[len(self.decimals) // 2 :], number[1]),
        }

    def _forget(self) -> None:
        self._texts = Texts(blank=self._blank)
        self._joined = {
            (pair.id, which, kind): Joined(side.ids(kind), self._texts)
            for pair in self._pairs
            for which, side in enumerate(pair.sides)
            if side is not None
            for kind in ("f", "m")
        }

    def frame(self, found: Sequence[Found], rows: pl.Series, ids: pl.Series | None) -> Iterator[pl.DataFrame]:
        """Yield the changes of some rows, ordered by row, then by programme; nothing where nothing changes."""
        if len(self._texts) > _MOST_TEXTS:
            self._forget()
        places = [one.changed.nonzero()[0] for one in found]
        parts = [self._part(one, where) for one, where in zip(found, places, strict=True) if len(where)]
        if not parts:
            return
        # A stable sort by row leaves the programmes of each row in their order.
        where = np.concatenate([where for where in places if len(where)])
        order = pl.Series(np.argsort(where, kind="stable"))
        which = pl.Series(where)[order]
        named = pl.Series([None], dtype=pl.String).new_from_index(0, len(rows)) if ids is None else ids.rechunk()
        told = pl.concat(parts)[order]
        yield pl.DataFrame([rows.gather(which).alias("row"), named.gather(which).alias("id"), *told.iter_columns()])

    def _part(self, found: Found, where: Numbers) -> pl.DataFrame:
        verdicts = {f"verdict_{side}": self._verdict(found, which, where) for which, side in enumerate(SIDES)}
        columns = {"programme": _repeated(found.pair.id, len(where)), **verdicts}
        for which, side in enumerate(SIDES):
            columns[f"window_{side}"] = _repeated(found.pair.windows[which], len(where))
            columns[f"failed_{side}"] = self._ids(found, which, "f", where)
            columns[f"missing_{side}"] = self._ids(found, which, "m", where)
            for end in ENDS:
                columns[f"amount_{end}_{side}"] = self._amounts(found, which, end, where)
                columns[f"rate_{end}_{side}"] = self._rates(found, which, end, where)
        columns["currency"] = _currency(found, where)
        return pl.DataFrame([columns[name].alias(name) for name in self.schema if name in columns])

    def _verdict(self, found: Found, which: int, where: Numbers) -> pl.Series:
        codes = found.of(which, "v")
        if codes is None:
            return pl.Series([None], dtype=VERDICT).new_from_index(0, len(where))
        return pl.Series(codes[where].astype(np.uint8)).cat.to(VERDICT)

    def _ids(self, found: Found, which: int, kind: str, where: Numbers) -> pl.Series:
        masks = found.of(which, kind)
        if masks is None:
            return _repeated(None, len(where))
        return self._texts.texts(self._joined[found.pair.id, which, kind].numbers(masks[where]))

    def _amounts(self, found: Found, which: int, end: str, where: Numbers) -> pl.Series:
        side = found.pair.sides[which]
        units = found.of(which, f"a.{end}")
        name = f"amount_{end}_{SIDES[which]}"
        if side is None or units is None:
            return pl.Series([None], dtype=self.schema[name]).new_from_index(0, len(where))
        known, places = pl.lit(open_as_null(units[where])), side.programme.places
        if self._exact:
            return pl.select(decimals(known.cast(pl.Int128) * 10 ** (_CENTS - places), _CENTS)).to_series()
        return pl.select((decimals(known, places) if places else known).cast(pl.String)).to_series()

    def _rates(self, found: Found, which: int, end: str, where: Numbers) -> pl.Series:
        units = found.of(which, f"r.{end}")
        if units is None:
            name = f"rate_{end}_{SIDES[which]}"
            return pl.Series([None], dtype=self.schema[name]).new_from_index(0, len(where))
        rates = open_as_null(units[where])
        return pl.select(decimals(pl.lit(rates), RATE_DECIMALS)).to_series() if self._exact else rate_texts(rates)


def _repeated(text: str | None, height: int) -> pl.Series:
    return pl.Series([text], dtype=pl.String).new_from_index(0, height)


def _currency(found: Found, where: Numbers) -> pl.Series:
    """Return the currency where there is an award at all, before or after; both where they differ."""
    told = np.zeros(len(where), dtype=np.int8)
    names: list[str | None] = [None]
    for which, side in enumerate(found.pair.sides):
        codes = found.of(which, "v")
        own = None if side is None else side.programme.currency
        names.extend([";".join(dict.fromkeys(filter(None, (name, own)))) or None for name in names])
        if own is not None and codes is not None:
            told += (codes[where] != NOT_ELIGIBLE).astype(np.int8) << which
    return pl.Series(names, dtype=pl.String).gather(pl.Series(told))
