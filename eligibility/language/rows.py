"""The rows of a reference table that hold together: code -> value, found by the longest prefix."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class Rows:
    """The rows of one period: code -> value."""

    values: Mapping[str, Fraction | bool]

    @cached_property
    def coarse(self) -> Mapping[str, tuple[Fraction | bool, Fraction | bool] | None]:
        """Return the codes under which other rows lie: code -> smallest and largest value that it may mean.

        `None` stands where it has no row of its own, so that nothing can be said.
        """
        # Only worked out when a code is known: a table may have hundreds of rows.
        meant: dict[str, list[Fraction | bool]] = {}
        for key, value in self.values.items():
            for end in range(1, len(key)):
                meant.setdefault(key[:end], []).append(value)
        coarse: dict[str, tuple[Fraction | bool, Fraction | bool] | None] = {}
        for code, below in sorted(meant.items()):
            own = self.prefix(code)
            coarse[code] = None if own is None else (min(*below, self.values[own]), max(*below, self.values[own]))
        return coarse

    def prefix(self, code: str) -> str | None:
        """Return the longest prefix of the code that has a row."""
        return next((code[:end] for end in range(len(code), 0, -1) if code[:end] in self.values), None)
