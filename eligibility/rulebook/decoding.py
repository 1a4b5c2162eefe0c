"""Bytes of a rule file -> text, within limits: UTF-8 in Unicode form NFC, without characters that do not show."""

import re
import unicodedata

from eligibility.values.problem import Place, Problem, RuleError

LARGEST_FILE = 1_000_000

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)


def decoded(file: str, data: bytes, largest: int = LARGEST_FILE) -> str:
    """Return the text of a rule file.

    Raises:
        RuleError: too large, not UTF-8, hidden characters, letters in decomposed form.
    """
    if len(data) > largest:
        message = f"the file has {len(data):,} bytes; at most {largest:,} are read"
        raise RuleError(Problem("file-too-large", message, Place(file), "split it"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        message = f"byte {error.start + 1} is not UTF-8"
        raise RuleError(
            Problem("not-utf-8", message, _place(file, before, len(before)), "save the file as UTF-8")
        ) from None
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        message = f"the file holds the character U+{ord(forbidden.group()):04X}, which does not show"
        raise RuleError(Problem("hidden-character", message, _place(file, text, forbidden.start()), "delete it"))
    if not unicodedata.is_normalized("NFC", text):
        message = "letters in a decomposed form (not NFC), which look equal and compare unequal"
        raise RuleError(
            Problem("not-nfc", message, _place(file, text, _decomposed(text)), "save it in Unicode form NFC")
        )
    return text


def _decomposed(text: str) -> int:
    """Return the offset of the first character that NFC would change."""
    composed = unicodedata.normalize("NFC", text)
    pairs = enumerate(zip(text, composed, strict=False))
    return next((offset for offset, (old, new) in pairs if old != new), len(composed))


def _place(file: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    # The line itself is not shown: it holds what must not reach a terminal.
    return Place(file, text.count("\n", 0, offset) + 1, offset - start + 1)
