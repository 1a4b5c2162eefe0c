"""A block of a table: some rows as columns, where they stand in the input, and those that were refused at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from eligibility.batch.rejects import Reject


@dataclass(frozen=True, slots=True)
class Block:
    """`cells` are the columns of the input; row i of them is the `rows[i]`-th data row and begins on line `lines[i]`.

    `rows` or `lines` being one number: the first one, the others follow one by one (`lines` may be `None`: no lines).
    `read` counts all rows, those refused included. `numbers` marks by column the cells that came as numbers of their
    own type, written with a point: of them no decimal mark is asked.
    """

    cells: pl.DataFrame
    rows: int | Sequence[int]
    lines: int | Sequence[int] | None
    rejects: tuple[Reject, ...]
    read: int
    numbers: Mapping[str, pl.Series] = field(default_factory=dict)

    def row_numbers(self) -> pl.Series:
        """Return the row number of each row."""
        if isinstance(self.rows, int):
            return pl.int_range(self.rows, self.rows + self.cells.height, dtype=pl.Int64, eager=True)
        return pl.Series(self.rows, dtype=pl.Int64)

    def row_at(self, index: int) -> int:
        """Return the row number of one row."""
        return self.rows + index if isinstance(self.rows, int) else self.rows[index]

    def line_at(self, index: int) -> int | None:
        """Return the line on which a row begins."""
        if self.lines is None or isinstance(self.lines, int):
            return None if self.lines is None else self.lines + index
        return self.lines[index]
