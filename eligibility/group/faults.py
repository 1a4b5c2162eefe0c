"""What is wrong with the rows of an ownership structure, collected so that all of it is told at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import polars as pl

from eligibility.group.text_rows import TextRows
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Place, Problem, in_order

T = TypeVar("T")

MOST = 100
"""Problems of one code that are told one by one."""


class Faults:
    """Collects problems; of those with the same code the first are kept and the others counted."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._told: Counter[str] = Counter()
        self._more: Counter[str] = Counter()

    def add(self, code: str, message: str, place: Place | None, hint: str = "") -> None:
        """Add one problem."""
        if self._told[code] < MOST:
            self._told[code] += 1
            self._found.append(Problem(code, message, place, hint))
        else:
            self._more[code] += 1

    def within(self, code: str, rows: Sequence[T]) -> Sequence[T]:
        """Return as many rows as are told one by one, and count the others: their messages need not be worked out."""
        room = MOST - self._told[code]
        self._more[code] += max(0, len(rows) - room)
        return rows[:room]

    def take(self, problems: Sequence[Problem]) -> None:
        """Add problems that were found elsewhere."""
        for problem in problems:
            self.add(problem.code, problem.message, problem.place, problem.hint)

    def cells(self, rows: TextRows, column: str, bad: Mapping[str, Misread]) -> None:
        """Add a problem for each cell of a column that holds one of these texts."""
        texts = rows.texts(column)
        if not bad or texts is None:
            return
        among = pl.Series(list(bad), dtype=pl.String)
        for index in texts.is_in(among.implode()).arg_true().to_list():
            misread = bad[texts[index]]
            if not self.within(misread.code, (index,)):
                continue
            message = f"`{rows.name(column)}`: {misread.message}"
            self.add(misread.code, message, rows.where.cell(index, column), misread.hint)

    def stop(self) -> None:
        """Raise what was found, in the order in which a reader meets it.

        Raises:
            AnswerError: there is a problem.
        """
        if not self._found:
            return
        more = [
            Problem("more-problems", f"{count:,} more problems of the kind `{code}`")
            for code, count in self._more.items()
            if count
        ]
        raise AnswerError(*sorted(self._found, key=in_order), *more)
