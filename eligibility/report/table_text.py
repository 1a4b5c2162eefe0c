"""A table as lines of text: columns side by side, long texts wrapped within theirs."""

from itertools import zip_longest

from rich.cells import cell_len

from eligibility.report.clean import clean_for_terminal
from eligibility.report.page import Table
from eligibility.report.wrap import links, wrapped

_GAP = "  "
# Columns of texts: those that are still narrower are harder to read than the same row written as a list.
_LEAST = 14
_NARROWEST = 9


def aligned(table: Table, width: int) -> list[str] | None:
    """Return the lines of a table of at most `width` cells, or `None` where its columns do not fit side by side."""
    titles = tuple(column.title for column in table.columns)
    rows = [_cleaned(row) for row in (titles, *table.rows, *([table.totals] if table.totals else ()))]
    widths = _widths(table, rows, width - len(_GAP) * (len(titles) - 1))
    if widths is None:
        return None
    numbers = [column.number for column in table.columns]
    rule = _GAP.join("-" * wide for wide in widths)
    blocks = [_lines(row, widths, numbers) for row in rows]
    lines = [*blocks[0], rule]
    for index, block in enumerate(blocks[1:], 1):
        if table.totals and index == len(blocks) - 1:
            lines.append(rule)
        lines.extend(block)
    return lines


def _cleaned(row: tuple[str, ...]) -> list[str]:
    # Line feeds too: a cell is one paragraph.
    return [" ".join(clean_for_terminal(cell).split("\n")) for cell in row]


def _widths(table: Table, rows: list[list[str]], room: int) -> list[int] | None:
    """Return the width of each column: a number is never broken, and what room there is goes to the longest text."""
    wanted = [max(cell_len(row[index]) for row in rows) for index in range(len(table.columns))]
    cells = [[row[index] for row in rows] for index in range(len(wanted))]
    least = _fitting(table, cells, wanted, room)
    if least is None:
        return None
    for _ in range(room - sum(least)):
        wanting = [index for index, wide in enumerate(least) if wide < wanted[index]]
        if not wanting:
            break
        least[max(wanting, key=lambda index: (_height(wanted[index], least[index]), -least[index]))] += 1
    return least


def _words(cells: list[str]) -> list[str]:
    """Return the words of a column; a short title counts as one, since Hangul breaks anywhere."""
    title, *rest = cells
    words = [title] if cell_len(title) <= _NARROWEST else title.split(" ")
    return [*words, *(word for cell in rest for word in cell.split(" "))]


def _fitting(table: Table, cells: list[list[str]], wanted: list[int], room: int) -> list[int] | None:
    """Return the least widths that fit: at best no word is broken, then ids between their links, then anywhere."""
    words = [_words(column) for column in cells]
    longest = [max(cell_len(word) for word in column) for column in words]
    whole = [max(_LEAST, wide) for wide in longest]
    narrow = [max(_NARROWEST, wide) for wide in longest]
    linked = [max(_NARROWEST, *(cell_len(link) for word in column for link in links(word))) for column in words]
    for texts in (whole, narrow, linked, [min(_LEAST, wide) for wide in narrow]):
        least = [
            wide if column.number else min(full, text)
            for column, wide, full, text in zip(table.columns, longest, wanted, texts, strict=True)
        ]
        if sum(least) <= room:
            return least
    return None


def _height(length: int, width: int) -> int:
    """Return how many lines a text needs at least."""
    return -(-length // width)


def _lines(row: list[str], widths: list[int], numbers: list[bool]) -> list[str]:
    cells = [wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        placed = [_placed(part, wide, right) for part, wide, right in zip(parts, widths, numbers, strict=True)]
        lines.append(_GAP.join(placed).rstrip(" "))
    return lines


def _placed(text: str, width: int, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
