"""Cells of a workbook as the text that a person sees in them, with a point for decimals and ISO dates."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from eligibility.batch.sheet import BadSheet, SheetCell
from eligibility.batch.workbook_parts import DAY, NUMBER, PERCENT, Parts

_DIGITS = 15
"""Excel shows and takes this many; what a sum leaves behind them (0.30000000000000004) is nobody's number."""
_WHOLE = re.compile(r"-?[0-9]{1,15}")
# Halves of a pair are no letters of their own; they stay as they are written.
_ESCAPED = re.compile(r"_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_")
_FIRST_1900 = datetime(1899, 12, 30)
_FIRST_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_466


class CellTexts:
    """Turns cells into texts; numbers are written with a point."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def text(self, cell: SheetCell) -> str | None:
        """Return the text of a cell; `None` if it is empty or a formula without a result.

        Raises:
            BadSheet: it refers to a text that the workbook does not have.
        """
        value = cell.value
        if not value:
            return None
        if cell.kind == "n":
            return self._number(value, cell.style)
        if cell.kind == "s":
            return self._shared(value)
        if cell.kind == "b":
            return "false" if value == "0" else "true"
        if cell.kind == "d":
            return value.removesuffix("Z").partition("T00:00:00")[0]
        return value if cell.kind == "e" else _plain_text(value)

    @staticmethod
    def is_pointed(cell: SheetCell, text: str) -> bool:
        """Tell whether a cell is a number that was written with a point here."""
        return cell.kind == "n" and "." in text

    def _shared(self, value: str) -> str | None:
        texts = self._parts.texts
        if not value.isdigit() or int(value) >= len(texts):
            raise BadSheet(f"a cell refers to the text {value[:20]}, which the workbook does not have")
        return _plain_text(texts[int(value)]) or None

    def _number(self, value: str, style: int) -> str:
        meaning = self._parts.styles[style] if style < len(self._parts.styles) else NUMBER
        if meaning == DAY:
            return _day(value, self._parts.since_1904) or self._plain(value)
        if meaning == PERCENT:
            return f"{self._plain(value, 100)}%"
        return self._plain(value)

    def _plain(self, value: str, times: int = 1) -> str:
        if times == 1 and _WHOLE.fullmatch(value):
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if number != number or number in (float("inf"), float("-inf")):
            return value
        shortest = Decimal(repr(number))
        if len(shortest.as_tuple().digits) > _DIGITS:
            shortest = Decimal(f"{number:.{_DIGITS}g}")
        text = format(shortest * times, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text


def _plain_text(text: str) -> str:
    """Undo the escapes by which a workbook holds what XML cannot: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _day(value: str, since_1904: bool) -> str | None:
    """Return a count of days as an ISO date, with the time unless it is midnight; `None` if it is no day."""
    try:
        days = float(value)
    except ValueError:
        return None
    if not (0 if since_1904 else 1) <= days < _LAST_DAY:
        return None
    if not since_1904 and days < 60:
        # Before the 29th of February 1900, which only Excel knows, its days are counted from one later.
        days += 1
    moment = (_FIRST_1904 if since_1904 else _FIRST_1900) + timedelta(milliseconds=round(days * 86_400_000))
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")
