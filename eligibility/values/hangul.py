"""Numbers with Korean units, such as 12억 3천만."""

from __future__ import annotations

import re
from fractions import Fraction

from eligibility.values.numeral import not_typed_number, read_numeral

_SMALL = {"십": 10, "백": 100, "천": 1000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_ALPHABET = re.compile(r"[0-9., 십백천만억조]+")
_TOKEN = re.compile(r"[0-9][0-9.,]*|[십백천만억조]")


def has_korean_unit(text: str) -> bool:
    """Tell whether a text counts in 십, 백, 천, 만, 억 or 조."""
    return any(unit in text for unit in (*_SMALL, *_BIG))


def read_korean(body: str, text: str) -> Fraction:
    """Read numerals and units in descending order; raises Misread "not-a-number" or "ambiguous-number"."""
    tokens = _TOKEN.findall(body)
    if not _ALPHABET.fullmatch(body) or "".join(tokens) != body.replace(" ", ""):
        raise not_typed_number(text)
    # With several numerals none can have decimals, so that 1억 2,000만 has one reading only.
    whole = sum(token[0].isdigit() for token in tokens) > 1
    total = Fraction(0)
    section: list[str] = []
    bound: int | None = None
    for token in tokens:
        if token not in _BIG:
            section.append(token)
            continue
        value = _below_ten_thousand(section, text, whole=whole) * _BIG[token]
        total, bound = _added(total, value, bound, text), _BIG[token]
        section = []
    if section:
        total = _added(total, _below_ten_thousand(section, text, whole=whole), bound, text)
    return total


def _below_ten_thousand(tokens: list[str], text: str, *, whole: bool) -> Fraction:
    """Read what stands before one big unit, such as 3천5백 or 5000 (the first of all may be larger)."""
    total = Fraction(0)
    bound: int | None = None
    waiting: Fraction | None = None
    for token in tokens:
        if token in _SMALL:
            # 천만 is one thousand times ten thousand: the one is not written.
            value = (Fraction(1) if waiting is None else waiting) * _SMALL[token]
            total, bound, waiting = _added(total, value, bound, text), _SMALL[token], None
        elif waiting is None:
            waiting = read_numeral(token, text, whole=whole)
        else:
            raise not_typed_number(text)
    if waiting is not None:
        return _added(total, waiting, bound, text)
    if bound is None:
        raise not_typed_number(text)
    return total


def _added(total: Fraction, value: Fraction, bound: int | None, text: str) -> Fraction:
    """Add a part that has to be smaller than the unit before it: 5조 20000억 is a slip, not 7조."""
    if bound is not None and value >= bound:
        raise not_typed_number(text)
    return total + value


def has_hangul(text: str) -> bool:
    """Tell whether a text has Korean letters, composed or in parts."""
    return any(
        "\u1100" <= letter <= "\u11ff" or "\u3130" <= letter <= "\u318f" or "가" <= letter <= "힣" for letter in text
    )
