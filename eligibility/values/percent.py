"""Percentages, kept as exact ratios: 12.5 % is 1/8."""

from __future__ import annotations

import re
from fractions import Fraction

from eligibility.values.misread import Misread, shown, trimmed
from eligibility.values.number import parse_number, shortest

DECIMALS = 2
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) *%?")


def parse_percent(text: str) -> Fraction:
    """Read `50 %`, `50%` or `12.5` as a ratio.

    Raises Misread "not-a-percentage", "too-many-decimals" (over two), "too-large" or "too-long".
    """
    match = _PERCENT.fullmatch(trimmed(text))
    if match is None:
        raise Misread("not-a-percentage", f"{shown(text)} is not a percentage: write it like 50 % or 12.5 %")
    return parse_number(match[1], decimals=DECIMALS) / 100


def percent_text(ratio: Fraction) -> str:
    """Write a ratio as a percentage, such as "12.5 %"; ValueError if its decimals never end."""
    return f"{shortest(ratio * 100)} %"
