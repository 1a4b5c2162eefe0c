"""The file that keeps rejected rows."""

import csv
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import astuple
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from eligibility.batch.output import Pending
from eligibility.batch.rejects import Reject
from eligibility.batch.request import BatchRequest
from eligibility.values.formula import neutral
from eligibility.values.problem import AnswerError, Place, Problem

_COLUMNS = ("row", "line", "column", "code", "message", "text")


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
            self._writer.writerow(_COLUMNS)
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


def rejects_path(request: BatchRequest) -> Path | None:
    """Return where rejects are written, `None` for a stream."""
    if request.rejects is None and isinstance(request.output, Path):
        return request.output.with_name(f"{request.output.stem}.rejects.csv")
    return request.rejects if isinstance(request.rejects, Path) else None


def reject_writer(request: BatchRequest, file: Pending | None, stack: ExitStack) -> RejectWriter:
    """Return what writes the rejects of a run into its file, or else the stream that was asked for.

    Raises:
        AnswerError: there is neither.
    """
    if file is None:
        if isinstance(request.rejects, Path) or request.rejects is None:
            raise AnswerError(Problem("no-rejects", "rejected rows have no place to go", None, "name a rejects file"))
        return RejectWriter(request.rejects, request.source_name, request.max_rejects, request.raw_cells)
    stream = TextIOWrapper(cast(BinaryIO, file.open()), encoding="utf-8", newline="", write_through=False)
    stack.callback(stream.flush)
    writer = RejectWriter(stream, request.source_name, request.max_rejects, request.raw_cells)
    # A file without rejects has its header all the same.
    writer.begin()
    return writer
