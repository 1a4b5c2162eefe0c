"""One spelling for what keyboards and spreadsheets write in several ways, and the name that was perhaps meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from eligibility.values.misread import trimmed

# Full-width forms (Korean keyboards) are ASCII shifted by a constant. Compatibility normalisation is not
# used: it would also turn "10²" into "102".
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_SPACES: dict[int, int] = dict.fromkeys((0x09, 0xA0, 0x2007, 0x2009, 0x202F, 0x3000), 0x20)
_SIGNS = {0x2012: "-", 0x2013: "-", 0x2212: "-", 0x301C: "~", 0xFFE6: "₩"}
_ONE_SPELLING: dict[int, int | str] = {**_FULL_WIDTH, **_SPACES, **_SIGNS}


def unified(text: str) -> str:
    """Compose letters, use ASCII digits and signs, one kind of space; raises Misread "too-long"."""
    trimmed(text)
    return unicodedata.normalize("NFC", text).translate(_ONE_SPELLING).strip(" ")


# Two names of one thing, such as 대한민국(한국).
_TWO_NAMES = re.compile(r"([^()]*[^() ])\(([^()]+)\)")


def spellings(name: str) -> tuple[str, ...]:
    """Return the ways in which a name may be written, unified and case-folded: whole, and each of two names in one."""
    whole = unified(name).casefold()
    both = _TWO_NAMES.fullmatch(whole)
    return (whole, *both.groups()) if both else (whole,)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to this one; `None` where none is near."""
    names = list(known)
    # Another case is nearer than any other letter.
    folded = name.casefold()
    if (same := next((other for other in names if other.casefold() == folded), None)) is not None:
        return same
    # Only mistakes need it: the start does not wait for it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, n=1)), None)
