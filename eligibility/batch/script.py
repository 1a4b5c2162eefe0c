"""How much a text looks like one that people wrote: what shows that it was read by the right encoding."""

from collections.abc import Callable, Iterator
from itertools import pairwise

Good = Callable[[str, str, str], bool]
"""Tells of a letter beyond ASCII, with its neighbours, whether it stands where people write it."""

ENOUGH = 20
_POINTS = frozenset("«»‹›„“”‚‘’–—…¿¡€")
_EAST_MARKS = frozenset("、。·‥…―∥＼～‘’“”〔〕〈〉《》「」『』【】±×÷→←↑↓○●◎◇◆□■△▲▽▼※㈜㈔℡℃㎡㎥①②③④⑤⑥⑦⑧⑨")


def fit(text: str, encoding: str) -> float:
    """Return the share (0 to 1) of what is not ASCII in a text that looks right, read by this encoding."""
    good, total, late = 0, 0, 0
    test = _TESTS[encoding]
    for before, letter, after in _beyond_ascii(text):
        total += 1
        if test(before, letter, after):
            good += 1
            late += encoding == "gb18030" and letter in _LATE_HANZI
    if encoding == "gb18030" and good >= ENOUGH and late * 10 < good:
        # Hangul read as Chinese gives only the first half of the common signs, which no Chinese text does.
        return 0.0
    return good / total if total else 0.0


def is_german(text: str) -> bool:
    """Tell whether at least two thirds of the letters beyond ASCII are those of German."""
    letters = [letter for _, letter, _ in _beyond_ascii(text) if letter.isalpha()]
    return 3 * sum(letter in "äöüßÄÖÜ" for letter in letters) >= 2 * len(letters) > 0


def _beyond_ascii(text: str) -> Iterator[tuple[str, str, str]]:
    if text.isascii():
        return
    around = f" {text} "
    for (before, letter), after in zip(pairwise(around), around[2:], strict=False):
        if letter > "\x7f":
            yield before, letter, after


def _latin(rare: str) -> Good:
    def good(before: str, letter: str, after: str) -> bool:
        if not letter.isalpha() or letter in "ªºµ":
            return _stands(before, letter, after)
        # These alphabets write most letters in ASCII: three others in a row are no word of theirs.
        if letter in rare or not _is_latin(before, letter, after) or (before > "\x7f" and after > "\x7f"):
            return False
        return not (before.islower() and letter.isupper())

    return good


def _stands(before: str, letter: str, after: str) -> bool:
    """Tell whether a sign stands as signs do: punctuation beside words, others away from letters beyond ASCII."""
    if letter in "’·\xad":
        return True
    if not letter.isprintable() or (before.isalpha() and after.isalpha()):
        return False
    return letter in _POINTS or (before.isascii() and after.isascii())


def _is_latin(*letters: str) -> bool:
    return all(not letter.isalpha() or letter < "\u0250" for letter in letters)


def _alphabet(low: str, high: str, rare: str = "") -> Good:
    def good(before: str, letter: str, after: str) -> bool:
        if not letter.isalpha():
            return not (before.isalpha() and after.isalpha()) and letter.isprintable()
        glued = any(near.isascii() and near.isalpha() for near in (before, after))
        if not low <= letter <= high or letter in rare or glued:
            return False
        return not (before.islower() and letter.isupper())

    return good


def _signs(common: frozenset[str]) -> Good:
    def good(before: str, letter: str, after: str) -> bool:
        if letter in _EAST_MARKS or "！" <= letter <= "～":
            return True
        # One sign stuck to ASCII letters is a letter of another alphabet that was misread.
        alone = before.isascii() and after.isascii()
        return letter in common and not (alone and (before.isalpha() or after.isalpha()))

    return good


def _pairs(first: range, second: range, encoding: str) -> frozenset[str]:
    return frozenset(bytes([one, two]).decode(encoding, "ignore") for one in first for two in second) - {""}


_KANA = frozenset(map(chr, range(0x3041, 0x30FF)))
_SECOND = range(0xA1, 0xFF)
_HANGUL = _pairs(range(0xB0, 0xC9), _SECOND, "euc_kr")
_HANZI = _pairs(range(0xB0, 0xD8), _SECOND, "gb2312")
_LATE_HANZI = _pairs(range(0xC9, 0xD8), _SECOND, "gb2312")
_KANJI = _pairs(range(0x88, 0x98), range(0x40, 0xFD), "cp932")
_TESTS: dict[str, Good] = {
    "cp1252": _latin("ÐÝÞðýþ"),
    "cp1250": _latin("ĐđŢţ"),
    "cp1254": _latin(""),
    "cp1251": _alphabet("Ё", "ґ"),
    "cp1253": _alphabet("Ά", "ώ", "ΐΰ"),
    "cp949": _signs(_HANGUL),
    "gb18030": _signs(_HANZI),
    "cp932": _signs(_KANJI | _KANA),
}
ENCODINGS = tuple(_TESTS)
EASTERN = ("cp949", "gb18030", "cp932")
