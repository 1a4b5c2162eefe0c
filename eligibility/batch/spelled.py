"""Columns of choices and codes: each distinct text is read once, and known by its number from then on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from eligibility.values.misread import Misread

Reader = Callable[[str], str | None]
"""Returns what a text means, `None` if it is blank; raises Misread."""

_MOST_TEXTS = 100_000


class Spelled:
    """What the texts of one column mean."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._texts = pl.Categories.random()
        # Numbers last as long as a column that has them: this one keeps them from block to block.
        self._kept = pl.Series(dtype=self.dtype)
        self._meant: list[str | None] = []
        self._means_itself = True
        self._bad: np.ndarray[Any, np.dtype[np.bool_]] = np.zeros(0, dtype=np.bool_)
        self.problems: dict[str, Misread] = {}
        """What is wrong with the texts that mean nothing."""

    @property
    def dtype(self) -> pl.Categorical:
        """Return the type of a column of such texts."""
        return pl.Categorical(self._texts)

    def values(self, texts: pl.Series, read: Reader) -> tuple[pl.Series, pl.Series | None]:
        """Return what the cells mean, NULL where they mean nothing, and which of them are bad, if any.

        `texts` has the type of this column.
        """
        self._kept = texts
        known = self._texts.to_series().cast(pl.String)
        if len(known) > len(self._meant):
            self._learn(known[len(self._meant) :].to_list(), read)
        values = texts
        if not self._means_itself:
            meant = pl.Series(self._meant, dtype=pl.String).cast(self.dtype)
            values = meant.gather(texts.to_physical())
        bad = None
        if self.problems:
            codes = texts.to_physical().fill_null(len(self._meant)).to_numpy()
            marks = np.append(self._bad, False).take(codes)
            bad = pl.Series(marks) if marks.any() else None
        return values, bad

    def trim(self) -> None:
        """Forget all texts if they are too many to be choices or codes."""
        if len(self._meant) > _MOST_TEXTS:
            self._begin()

    def _learn(self, texts: list[str], read: Reader) -> None:
        for text in texts:
            meant: str | None = None
            try:
                meant = read(text)
            except Misread as error:
                self.problems[text] = error
            self._meant.append(meant)
            self._means_itself &= meant == text
        bad = [text in self.problems for text in texts]
        self._bad = np.append(self._bad, np.array(bad, dtype=np.bool_))
