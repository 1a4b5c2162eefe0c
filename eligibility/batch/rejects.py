"""Rejected rows: what is wrong with each."""

from dataclasses import dataclass, replace


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
