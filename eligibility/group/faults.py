"""What is wrong with the rows of an ownership structure, collected so that all of it is told at once."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from eligibility.group.text_rows import TextRows
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Place, Problem, in_order

MOST = 100
"""Problems of one code that are told one by one."""


class Faults:
    """Collects problems; of those with the same code the first are kept and the others counted."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._found)

    def room(self, code: str) -> bool:
        """Tell whether one more problem of this code would be told; if not, it need not be worked out."""
        return self._counts[code] < MOST

    def add(self, code: str, message: str, place: Place | None, hint: str = "") -> None:
        """Add one problem."""
        if self.room(code):
            self._found.append(Problem(code, message, place, hint))
        self._counts[code] += 1

    def count(self, code: str, more: int) -> None:
        """Count problems that were not worked out."""
        self._counts[code] += more

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
            if self.room(misread.code):
                message = f"`{rows.name(column)}`: {misread.message}"
                self.add(misread.code, message, rows.where.cell(index, column), misread.hint)
            else:
                self.count(misread.code, 1)

    def stop(self) -> None:
        """Raise what was found, in the order in which a reader meets it.

        Raises:
            AnswerError: there is a problem.
        """
        if not self._found:
            return
        more = [
            Problem("more-problems", f"{count - MOST:,} more problems of the kind `{code}`")
            for code, count in self._counts.items()
            if count > MOST
        ]
        raise AnswerError(*sorted(self._found, key=in_order), *more)
