"""Texts that a spreadsheet would run as formulas are made plain text by an apostrophe in front."""

import re

# At the start of the cell or of a line inside it, also behind spaces; full-width signs count for some spreadsheets too.
# A line end alone counts at the start of the cell only: texts of several lines, also with blank ones, stay as they are.
START = r"^[ \u00a0\u3000]*[=+\-@＝＋－＠\t\r\n]|[\r\n][ \u00a0\u3000]*[=+\-@＝＋－＠\t]"
NUMBER = r"^ *[+-]?[0-9]+(?:[.,][0-9]+)* *%? *$"
_STARTS = re.compile(START)
_IS_NUMBER = re.compile(NUMBER)


def neutral(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would run it; plain numbers stay."""
    return f"'{text}" if _STARTS.search(text) and not _IS_NUMBER.fullmatch(text) else text
