"""Money: factors, currencies, and rounding."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.misread import Misread
from eligibility.values.money import parse_money, round_half_up

HOW = "is not an amount of money: write it like 17000 EUR, 2.5M EUR or 5000억 KRW"


@pytest.mark.parametrize(
    ("text", "currency", "value", "unit"),
    [
        ("17000 EUR", None, 17000, "EUR"),
        ("17000", "EUR", 17000, "EUR"),
        ("17000 EUR", "EUR", 17000, "EUR"),
        ("17000EUR", None, 17000, "EUR"),
        ("2.5M EUR", None, 2_500_000, "EUR"),
        ("2.5 M EUR", None, 2_500_000, "EUR"),
        ("3k USD", None, 3000, "USD"),
        ("1bn KRW", None, 10**9, "KRW"),
        ("3만 KRW", None, 30_000, "KRW"),
        ("5000억 KRW", None, 500_000_000_000, "KRW"),
        ("10조", "KRW", 10**13, "KRW"),
        ("0.12345k EUR", None, Fraction(12345, 100), "EUR"),
        ("-5 EUR", None, -5, "EUR"),
        ("1.00 KRW", None, 1, "KRW"),
        ("999.999999999999조 KRW", None, 999_999_999_999_999, "KRW"),
    ],
)
def test_read(text: str, currency: str | None, value: Fraction | int, unit: str) -> None:
    assert parse_money(text, currency) == (value, unit)


@pytest.mark.parametrize(
    ("text", "currency", "code", "message"),
    [
        ("5 USD", "EUR", "wrong-currency", '"5 USD" is in USD: EUR is expected'),
        ("5 GBP", None, "unknown-currency", '"5 GBP" is in GBP: only EUR, KRW and USD are known'),
        ("5 GBP", "EUR", "unknown-currency", '"5 GBP" is in GBP: only EUR, KRW and USD are known'),
        ("5", None, "no-currency", '"5" has no currency: write it behind the amount, like 17000 EUR'),
        ("1.005 EUR", None, "too-many-decimals", '"1.005 EUR" has too many decimals: EUR has 2'),
        ("1.5", "KRW", "too-many-decimals", '"1.5" has too many decimals: KRW has none'),
        ("1000조", "KRW", "too-large", '"1000조" is too large: at most 15 digits before the point'),
        (
            "1" + "0" * 15,
            "EUR",
            "too-large",
            '"1000000000000000" is too large: at most 15 digits before the point',
        ),
        ("17.000,00 EUR", None, "not-money", f'"17.000,00 EUR" {HOW}'),
        ("5 eur", None, "not-money", f'"5 eur" {HOW}'),
        ("5Mk EUR", None, "not-money", f'"5Mk EUR" {HOW}'),
        ("1억 2만", "KRW", "not-money", f'"1억 2만" {HOW}'),
        ("EUR 5", None, "not-money", f'"EUR 5" {HOW}'),
        ("", "EUR", "not-money", f'"" {HOW}'),
        ("５ EUR", None, "not-money", f'"５ EUR" {HOW}'),
    ],
)
def test_refused(text: str, currency: str | None, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_money(text, currency)
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (Fraction(5, 1000), 2, Fraction(1, 100)),
        (Fraction(4999, 10**6), 2, Fraction(0)),
        (Fraction(1, 2), 0, Fraction(1)),
        (Fraction(-1, 2), 0, Fraction(-1)),
        (Fraction(2, 3), 2, Fraction(67, 100)),
        (Fraction(7), 2, Fraction(7)),
    ],
)
def test_round_half_up(value: Fraction, decimals: int, rounded: Fraction) -> None:
    assert round_half_up(value, decimals) == rounded


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounds_as_the_decimal_module_does(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert round_half_up(Fraction(value), decimals) == Fraction(expected)
