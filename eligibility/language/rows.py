"""The rows of a reference table that hold together: code -> value, found by the longest prefix."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one period: code -> value.

    `coarse` are the codes under which other rows lie: code -> smallest and largest value that it may mean, or `None`
    where it has no row of its own, so that nothing can be said.
    """

    values: Mapping[str, Fraction | bool]
    coarse: Mapping[str, tuple[Fraction | bool, Fraction | bool] | None]

    def prefix(self, code: str) -> str | None:
        """Return the longest prefix of the code that has a row."""
        return next((code[:end] for end in range(len(code), 0, -1) if code[:end] in self.values), None)
