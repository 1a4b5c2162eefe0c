"""A screen as lines that fit the terminal: what matters stays, a long explanation gives way."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len, chop_cells

from eligibility.cli.wizard.asker import Screen
from eligibility.report.clean import clean_for_terminal
from eligibility.report.wrap import wrapped

Line = tuple[str, str]
"""A style (`heading`, `help` …) and a text without line breaks."""

_MORE = "... (?)"
_WHY_ROWS = 2
_ORDER = ("notice", "count", "heading", "help", "form", "why", "error")
# On a small screen these give way, the first of them first; the question and a mistake always stay.
_GIVES_WAY = ("why", "form", "notice", "count", "help")


def screen_lines(screen: Screen, columns: int, rows: int) -> list[Line]:
    """Return the lines above the answer, at most `columns` wide and, where the question itself fits, at most `rows`."""
    parts = {style: _paragraph(style, getattr(screen, style), columns) for style in _ORDER}
    lines = _joined(parts, spaced=True)
    if len(lines) > rows:
        # All programmes stand behind `?`; the help is wanted here.
        parts["why"] = _cut(parts["why"], _WHY_ROWS, columns)
        lines = _joined(parts, spaced=False)
    if len(lines) > rows:
        room = rows - sum(len(part) for style, part in parts.items() if style != "help")
        # Something of it always stays, to tell that there is more of it behind `?`.
        parts["help"] = _cut(parts["help"], max(room, 1), columns)
        lines = _joined(parts, spaced=False)
    for style in _GIVES_WAY:
        if len(lines) > rows:
            parts[style] = []
            lines = _joined(parts, spaced=False)
    return lines


def _joined(parts: Mapping[str, list[Line]], spaced: bool) -> list[Line]:
    before = [*parts["notice"], *parts["count"]]
    question = [*parts["heading"], *parts["help"]]
    after = [*parts["form"], *parts["why"], *parts["error"]]
    gap: list[Line] = [("", "")] if spaced else []
    return [*before, *(gap if before else []), *question, *(gap if parts["help"] and after else []), *after]


def key_lines(keys: Sequence[str], columns: int) -> list[str]:
    """Return the hints on keys, as many to a line as fit; one hint is broken only where it is wider than a line."""
    lines: list[str] = []
    for key in keys:
        joined = f"{lines[-1]} | {key}" if lines else ""
        if joined and len(wrapped(joined, columns)) == 1:
            lines[-1] = joined
        else:
            lines.extend(wrapped(key, columns))
    return lines


def pages(paragraphs: Sequence[str], columns: int, rows: int) -> list[list[Line]]:
    """Return a long text as pages of at most `rows` lines; an indented paragraph stays indented, and in one piece."""
    found: list[list[Line]] = [[]]
    for paragraph in paragraphs:
        lines = [("help", line) for line in _indented(paragraph, columns)]
        page = found[-1]
        if len(page) + len(lines) <= rows:
            # No page begins with an empty line.
            page.extend(lines if page or paragraph else [])
        elif len(lines) <= rows:
            found.append(lines if paragraph else [])
        else:
            whole = [*page, *lines]
            found[-1:] = [whole[start : start + rows] for start in range(0, len(whole), max(rows, 1))]
    return [page for page in found if page] or [[]]


def _indented(paragraph: str, columns: int) -> list[str]:
    indent = " " * (len(paragraph) - len(paragraph.lstrip(" -")))
    head = paragraph[: len(indent)]
    text = clean_for_terminal(paragraph[len(indent) :])
    if not text:
        return [""]
    if cell_len(head + text) <= columns and "\n" not in text:
        # As it is: the columns of a table stay under each other.
        return [head + text]
    # A web address is wider than a narrow screen; in parts it can at least be read.
    return [part for line in wrapped(text, columns, head, indent) for part in (chop_cells(line, columns) or [""])]


def label_lines(label: str, columns: int, indent: int) -> str:
    """Return the label of an option, broken so that each line is at most `columns` wide behind the indent."""
    rows = wrapped(clean_for_terminal(label), columns - indent) if label else [""]
    return f"\n{' ' * indent}".join(rows)


def _paragraph(style: str, text: str, columns: int) -> list[Line]:
    return [(style, line) for line in wrapped(clean_for_terminal(text), columns)] if text else []


def _cut(lines: list[Line], room: int, columns: int) -> list[Line]:
    if len(lines) <= room:
        return lines
    if room < 1:
        return []
    words = lines[room - 1][1].split(" ")
    while words and cell_len(" ".join(words)) + len(_MORE) > columns:
        words.pop()
    return [*lines[: room - 1], (lines[0][0], " ".join(words) + _MORE)]
