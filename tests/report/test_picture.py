"""Shares of a width as percentages: exact as far as they are written, and never out of order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.report.page import Bar, Picture
from eligibility.report.picture import percent, uncertain


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 2), "50%"),
        (Fraction(1, 3), "33.333%"),
        (Fraction(2, 3), "66.667%"),
        (Fraction(1, 80), "1.25%"),
        (Fraction(1, 200000), "0.001%"),
        (Fraction(1, 10**9), "0%"),
        (Fraction(-1, 3), "-33.333%"),
        (Fraction(-1, 10**9), "0%"),
    ],
)
def test_percent(share: Fraction, written: str) -> None:
    assert percent(share) == written


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_what_is_longer_is_not_written_shorter(one: Fraction, other: Fraction) -> None:
    longer, shorter = max(one, other), min(one, other)
    assert Fraction(percent(longer)[:-1]) >= Fraction(percent(shorter)[:-1])
    assert abs(Fraction(percent(one)[:-1]) - one * 100) <= Fraction(1, 2000)


@pytest.mark.parametrize(("reach", "found"), [(Fraction(1), False), (Fraction(1, 2), True)])
def test_uncertain(reach: Fraction, found: bool) -> None:
    bar = Bar("cost", "1 €", Fraction(0), Fraction(1), reach, "given")
    assert uncertain(Picture("", (bar,))) is found
