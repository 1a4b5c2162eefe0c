"""Percentages as exact ratios."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.misread import Misread
from eligibility.values.percent import parse_percent, percent_text

HOW = "is not a percentage: write it like 50 % or 12.5 %"


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("50 %", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        ("50", Fraction(1, 2)),
        ("12.5", Fraction(1, 8)),
        ("12.5 %", Fraction(1, 8)),
        ("0.01 %", Fraction(1, 10000)),
        ("-5 %", Fraction(-1, 20)),
        ("150 %", Fraction(3, 2)),
    ],
)
def test_read(text: str, ratio: Fraction) -> None:
    assert parse_percent(text) == ratio


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("half", "not-a-percentage", f'"half" {HOW}'),
        ("12,5 %", "not-a-percentage", f'"12,5 %" {HOW}'),
        ("%", "not-a-percentage", f'"%" {HOW}'),
        ("5 %%", "not-a-percentage", f'"5 %%" {HOW}'),
        ("1/2", "not-a-percentage", f'"1/2" {HOW}'),
        ("５ %", "not-a-percentage", f'"５ %" {HOW}'),
        ("12.345 %", "too-many-decimals", '"12.345" has too many decimals: at most 2'),
        ("1" * 16, "too-large", f'"{"1" * 16}" is too large: at most 15 digits before the point'),
    ],
)
def test_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_percent(text)
    assert (caught.value.code, caught.value.message) == (code, message)


def test_written() -> None:
    assert percent_text(Fraction(1, 8)) == "12.5 %"
    assert percent_text(Fraction(1)) == "100 %"
    with pytest.raises(ValueError, match=r"^100/3 has no end as a decimal number$"):
        percent_text(Fraction(1, 3))


@given(st.integers(-(10**6), 10**6))
def test_written_percentages_are_read_back(hundredths: int) -> None:
    ratio = Fraction(hundredths, 10**4)
    assert parse_percent(percent_text(ratio)) == ratio
