"""Paragraphs of a given width, counted in the cells that a terminal draws."""

from collections.abc import Iterator

from rich.cells import cell_len

NARROWEST = 20
# What does not begin a line, and what does not end one.
_CLOSING = frozenset(",.;:!?)]}」』》〉、。”’%")
_OPENING = frozenset("([{「『《〈“‘")


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break a paragraph into lines of at most `width` cells; `first` and `rest` begin the lines.

    Lines break at spaces and between wide characters (Hangul needs no space), at need inside a word. A web address is
    never broken: a part of one leads nowhere.
    """
    width = max(width, NARROWEST)
    lines: list[str] = []
    line, used, empty = first, cell_len(first), True
    for piece, spaced in _pieces(text):
        size = cell_len(piece)
        if not empty and used + spaced + size > width:
            lines.append(line)
            line, used, empty = rest, cell_len(rest), True
        for part in _chopped(piece, width - cell_len(rest)):
            if not empty and part is not piece:
                lines.append(line)
                line, used, empty = rest, cell_len(rest), True
            gap = " " if spaced and not empty else ""
            line, used, empty = f"{line}{gap}{part}", used + len(gap) + cell_len(part), False
    return [*lines, line]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what must stay together, and whether a space stands before it."""
    for word in _words(text):
        spaced = True
        for piece in [word] if is_address(word) else _unbroken(word):
            yield piece, spaced
            spaced = False


def _words(text: str) -> list[str]:
    # Only these: a no-break space keeps an amount and its currency together.
    return [word for word in text.replace("\n", " ").replace("\t", " ").split(" ") if word]


def is_address(word: str) -> bool:
    """Tell whether a word is, or begins with, a web address."""
    return word.lstrip("(<").startswith(("https://", "http://"))


def _unbroken(word: str) -> list[str]:
    pieces: list[str] = []
    for cluster in _clusters(word):
        if pieces and not _may_break(pieces[-1], cluster):
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces


def _clusters(word: str) -> list[str]:
    """Return the characters with the marks that are drawn on them (a vowel of decomposed Hangul too)."""
    clusters: list[str] = []
    for letter in word:
        if clusters and cell_len(letter) == 0:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _may_break(before: str, after: str) -> bool:
    if before[-1] in _OPENING or after[0] in _CLOSING:
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(text: str) -> bool:
    last = next((letter for letter in reversed(text) if cell_len(letter)), "")
    return cell_len(last) == 2


def _chopped(piece: str, room: int) -> list[str]:
    """Break a piece that is wider than a whole line."""
    if cell_len(piece) <= room or is_address(piece):
        return [piece]
    parts = [""]
    for cluster in _clusters(piece):
        if cell_len(parts[-1]) + cell_len(cluster) > room:
            parts.append("")
        parts[-1] += cluster
    return parts
