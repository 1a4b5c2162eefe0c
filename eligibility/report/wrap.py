"""Paragraphs of a given width, counted in the cells that a terminal draws."""

import re

from rich.cells import cell_len

# What does not begin a line, and what does not end one.
_CLOSING = frozenset(",.;:!?)]}」』》〉、。”’%")
_OPENING = frozenset("([{「『《〈“‘")
# A word is kept whole if less than this part of a line stays empty for it.
_MOST_LEFT = 4
# Before Hangul Jamo no character is wide.
_FIRST_WIDE = "\u1100"
_LINK = re.compile(r"[^-._/]*[-._/]+|[^-._/]+")


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break a paragraph into lines of at most `width` cells; `first` and `rest` begin the lines.

    Lines break at spaces; where that would leave much of a line empty, also between wide characters (Hangul needs no
    space), and at need inside a word. A web address is never broken: a part of one leads nowhere.
    """
    # However narrow, something must fit behind what begins a line.
    width = max(width, cell_len(first) + 2, cell_len(rest) + 2)
    room = width - cell_len(rest)
    lines: list[str] = []
    line, used, empty = first, cell_len(first), True
    for word in _words(text):
        left = width - used - 1
        whole = cell_len(word) <= room and left * _MOST_LEFT < width
        gap = " "
        for piece in [word] if whole else _pieces(word, room):
            if not empty and used + len(gap) + cell_len(piece) > width:
                lines.append(line)
                line, used, empty = rest, cell_len(rest), True
            added = piece if empty else gap + piece
            line, used, empty, gap = line + added, used + cell_len(added), False, ""
    return [*lines, line]


def _pieces(word: str, room: int) -> list[str]:
    """Return what must stay together in a word; what is wider than a line is broken anywhere."""
    if is_address(word):
        return [word]
    return [part for piece in _unbroken(word) for part in _chopped(piece, room)]


def _words(text: str) -> list[str]:
    # Only these: a no-break space keeps an amount and its currency together.
    return [word for word in text.replace("\n", " ").replace("\t", " ").split(" ") if word]


def is_address(word: str) -> bool:
    """Tell whether a word is, or begins with, a web address."""
    return word.lstrip("(<").startswith(("https://", "http://"))


def _unbroken(word: str) -> list[str]:
    if max(word) < _FIRST_WIDE:
        # Most words, and looking at each of their letters took a sixth of a whole run.
        return [word]
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


def links(word: str) -> list[str]:
    """Return the parts of a word such as an id, each with the sign that joins it to the next."""
    return _LINK.findall(word)


def _chopped(piece: str, room: int) -> list[str]:
    """Break a piece that is wider than a whole line: between its links, and anywhere in one that is wider still."""
    if cell_len(piece) <= room:
        return [piece]
    parts: list[str] = []
    for link in links(piece):
        if parts and cell_len(parts[-1]) + cell_len(link) <= room:
            parts[-1] += link
            continue
        parts.append("")
        for cluster in _clusters(link):
            if parts[-1] and cell_len(parts[-1]) + cell_len(cluster) > room:
                parts.append("")
            parts[-1] += cluster
    return parts
