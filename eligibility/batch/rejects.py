"""Rejected rows: what they are, and the file that keeps them."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import TextIO

from eligibility.values.formula import neutral
from eligibility.values.problem import AnswerError, Place, Problem

COLUMNS = ("row", "line", "column", "code", "message", "text")


@dataclass(frozen=True, slots=True, order=True)
class Reject:
    """One rejected row: its number among the data rows, the line where it begins, what is wrong, and the wrong text."""

    row: int
    line: int | None
    column: str
    code: str
    message: str
    text: str

    def of(self, origin: str) -> "Reject":
        """Return this reject with the name of its input before the message."""
        return replace(self, message=f"{origin}: {self.message}")


class RejectWriter:
    """Writes rejects as CSV and counts them, also by code and column; more than `most` are an error."""

    def __init__(self, stream: TextIO, name: str, most: int | None, raw_cells: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.places: Counter[tuple[str, str]] = Counter()
        self._name = name
        self._most = most
        self._raw = raw_cells
        self._writer = csv.writer(stream, lineterminator="\n")
        self._begun = False

    @property
    def count(self) -> int:
        """Return how many rows were rejected."""
        return self.counts.total()

    def begin(self) -> None:
        """Write the header, once."""
        if not self._begun:
            self._writer.writerow(COLUMNS)
            self._begun = True

    def write(self, rejects: Iterable[Reject]) -> None:
        """Write some rejects.

        Raises:
            AnswerError: more than were allowed.
        """
        for reject in rejects:
            self.begin()
            self.counts[reject.code] += 1
            self.places[reject.code, reject.column] += 1
            if self._most is not None and self.count > self._most:
                place = Place(self._name, reject.line or 0, 1 if reject.line else 0)
                message = f"more than {self._most:,} rows cannot be used; the last of them: {reject.message}"
                raise AnswerError(Problem("too-many-rejects", message, place, "see `inspect`, or allow more"))
            row = astuple(reject)
            self._writer.writerow(
                row if self._raw else [neutral(cell) if isinstance(cell, str) else cell for cell in row]
            )
