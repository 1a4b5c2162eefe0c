"""Plain numbers: what is read, refused and written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.misread import Misread
from eligibility.values.number import parse_number, plain, shortest

HOW = "is not a number: write digits with a point for decimals, like 12.5"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("17", Fraction(17)),
        ("-2.5", Fraction(-5, 2)),
        (" 3 ", Fraction(3)),
        ("007", Fraction(7)),
        ("0.000001", Fraction(1, 10**6)),
        ("1.10", Fraction(11, 10)),
        ("999999999999999", Fraction(10**15 - 1)),
        ("0000000000000000000001", Fraction(1)),
    ],
)
def test_read(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "decimals", "code", "message"),
    [
        ("12,5", 6, "not-a-number", f'"12,5" {HOW}'),
        ("", 6, "not-a-number", f'"" {HOW}'),
        ("+1", 6, "not-a-number", f'"+1" {HOW}'),
        ("1e3", 6, "not-a-number", f'"1e3" {HOW}'),
        ("1_000", 6, "not-a-number", f'"1_000" {HOW}'),
        (".5", 6, "not-a-number", f'".5" {HOW}'),
        ("5.", 6, "not-a-number", f'"5." {HOW}'),
        ("- 5", 6, "not-a-number", f'"- 5" {HOW}'),
        ("--5", 6, "not-a-number", f'"--5" {HOW}'),
        ("nan", 6, "not-a-number", f'"nan" {HOW}'),
        ("0x1f", 6, "not-a-number", f'"0x1f" {HOW}'),
        ("１２", 6, "not-a-number", f'"１２" {HOW}'),
        ("١٢", 6, "not-a-number", f'"١٢" {HOW}'),
        ("1\n", 6, "not-a-number", f'"1\\u000a" {HOW}'),
        ("many", 0, "not-a-number", '"many" is not a number: write digits only, like 12'),
        (
            "1" + "0" * 15,
            6,
            "too-large",
            '"1000000000000000" is too large: at most 15 digits before the point',
        ),
        ("1.1234567", 6, "too-many-decimals", '"1.1234567" has too many decimals: at most 6'),
        ("1.0", 0, "too-many-decimals", '"1.0" has too many decimals: a whole number is expected'),
    ],
)
def test_refused(text: str, decimals: int, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_number(text, decimals=decimals)
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(30000), 2, "30000.00"),
        (Fraction(1, 20), 2, "0.05"),
        (Fraction(-1, 2), 1, "-0.5"),
        (Fraction(0), 2, "0.00"),
        (Fraction(-7), 0, "-7"),
    ],
)
def test_plain(value: Fraction, decimals: int, text: str) -> None:
    assert plain(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(5, 2), "2.5"), (Fraction(3), "3"), (Fraction(100), "100"), (Fraction(-1, 8), "-0.125")],
)
def test_shortest(value: Fraction, text: str) -> None:
    assert shortest(value) == text


def test_what_is_not_exact_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"^1/8 cannot be written exactly with 2 decimals$"):
        plain(Fraction(1, 8), 2)
    with pytest.raises(ValueError, match=r"^1/3 has no end as a decimal number$"):
        shortest(Fraction(1, 3))


@given(st.integers(-(10**21) + 1, 10**21 - 1))
def test_written_numbers_are_read_back(millionths: int) -> None:
    value = Fraction(millionths, 10**6)
    assert parse_number(plain(value, 6)) == value
    assert parse_number(shortest(value)) == value
    assert not ("." in shortest(value) and shortest(value).endswith("0"))
