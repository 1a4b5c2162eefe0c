"""A catalogue as written (`.po`) -> as `gettext` reads it (`.mo`): Babel does the same, but takes a while to load."""

import re
import struct
from collections.abc import Iterator

_MAGIC = 0x950412DE
_LINE = re.compile(r'^(?:(msgid|msgid_plural|msgstr)(?:\[\d\])? )?"(.*)"', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t"}


def compiled(written: str) -> bytes:
    """Return the messages of a catalogue for `GNUTranslations`; without those that are fuzzy or not translated."""
    pairs = sorted((one.encode(), other.encode()) for one, other in _entries(written))
    # The header, as many pairs of length and offset for the messages and for their translations, then the texts.
    texts = [text for pair in zip(*pairs, strict=True) for text in pair]
    offset, places = 28 + 8 * len(texts), []
    for text in texts:
        places += [len(text), offset]
        offset += len(text) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + struct.pack(f"<{len(places)}I", *places) + b"".join(text + b"\0" for text in texts)


def _entries(written: str) -> Iterator[tuple[str, str]]:
    for entry in written.split("\n\n"):
        if "#, fuzzy" in entry:
            continue
        message, translation = _entry(entry)
        if translation.strip("\0"):
            yield message, translation


def _entry(entry: str) -> tuple[str, str]:
    """Return a message and its translation; the forms of a plural are set apart by a zero."""
    sides: dict[bool, list[str]] = {False: [], True: []}
    side: list[str] = []
    for keyword, text in _LINE.findall(entry):
        if keyword:
            side = sides[keyword == "msgstr"]
            side.append("")
        side[-1] += _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[1]), text)
    return "\0".join(sides[False]), "\0".join(sides[True])
