"""A table as lines of text: columns side by side, long texts wrapped within theirs."""

from itertools import zip_longest

from rich.cells import cell_len

from eligibility.report.clean import clean_for_terminal
from eligibility.report.page import Table
from eligibility.report.wrap import wrapped

_GAP = "  "
# A column of texts that is narrower is harder to read than the same row written as a list.
_LEAST = 14


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
    """Return the width of each column: numbers are never broken, texts share what is left."""
    wanted = [max(cell_len(row[index]) for row in rows) for index in range(len(table.columns))]
    least = []
    for index, column in enumerate(table.columns):
        words = [word for row in rows for word in row[index].split(" ")]
        longest = max(cell_len(word) for word in words)
        least.append(_number(rows, index) if column.number else min(wanted[index], max(_LEAST, longest)))
    if sum(least) > room:
        # A long word of a name may be broken; a number may not.
        least = [
            wide if column.number else min(wide, _LEAST) for wide, column in zip(least, table.columns, strict=True)
        ]
    if sum(least) > room:
        return None
    for _ in range(room - sum(least)):
        wanting = [index for index, wide in enumerate(least) if wide < wanted[index]]
        if not wanting:
            break
        least[min(wanting, key=least.__getitem__)] += 1
    return least


def _number(rows: list[list[str]], index: int) -> int:
    """Return the width that a column of numbers needs: its title may be broken at spaces, its cells may not."""
    title = max(cell_len(word) for word in rows[0][index].split(" "))
    return max(title, *(cell_len(row[index]) for row in rows[1:]), 1)


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
