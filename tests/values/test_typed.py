"""Numbers and amounts as people type them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.misread import Misread
from eligibility.values.typed import read_money, read_number

LANGUAGES = ("de", "en", "ko")

NUMBERS = [
    ("17", 17),
    ("-5", -5),
    ("- 5", -5),
    ("−5", -5),
    ("1.200.000,50", Fraction(2400001, 2)),
    ("1,200,000.50", Fraction(2400001, 2)),
    ("1 200 000", 1_200_000),
    ("1 200", 1200),
    ("1\u00a0200\u202f000,5", Fraction(2400001, 2)),
    ("1.234,5", Fraction(2469, 2)),
    ("1,234.500", Fraction(2469, 2)),
    ("12,5", Fraction(25, 2)),
    ("12.5", Fraction(25, 2)),
    ("0,125", Fraction(1, 8)),
    ("0.500", Fraction(1, 2)),
    ("1234.500", Fraction(2469, 2)),
    ("3.50", Fraction(7, 2)),
    ("1,2 Mio", 1_200_000),
    ("1.2 million", 1_200_000),
    ("1,2 Mio.", 1_200_000),
    ("1.2M", 1_200_000),
    ("3 Millionen", 3_000_000),
    ("350 Tsd", 350_000),
    ("350 Tsd.", 350_000),
    ("350k", 350_000),
    ("2 Mrd", 2 * 10**9),
    ("2bn", 2 * 10**9),
    ("12억", 12 * 10**8),
    ("12억 3천만", 1_230_000_000),
    ("3천5백", 3500),
    ("3천만", 30_000_000),
    ("천만", 10_000_000),
    ("5조 2억", 5_000_200_000_000),
    ("1.5억", 150_000_000),
    ("1억 2,000만", 120_000_000),
    ("3만 500", 30_500),
    ("12345억", 12345 * 10**8),
    ("１２", 12),
    ("50%", 50),
    ("12,5 %", Fraction(25, 2)),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number(text: str, value: Fraction | int, lang: str) -> None:
    assert read_number(text, decimals=6, lang=lang) == value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3.500", '"3.500" can mean 3500 or 3.5: write 3500 or 3.50'),
        ("1,234", '"1,234" can mean 1234 or 1.234: write 1234 or 1.2340'),
        ("1.000", '"1.000" can mean 1000 or 1: write 1000 or 1.00'),
        ("999,010", '"999,010" can mean 999010 or 999.01: write 999010 or 999.01'),
        ("-3.500", '"3.500" can mean 3500 or 3.5: write 3500 or 3.50'),
        ("1.200 Mio", '"1.200" can mean 1200 or 1.2: write 1200 or 1.20'),
        ("1,234억", '"1,234" can mean 1234 or 1.234: write 1234 or 1.2340'),
        ("3.500 %", '"3.500" can mean 3500 or 3.5: write 3500 or 3.50'),
    ],
)
def test_one_separator_before_three_digits_is_decided_by_nobody(text: str, message: str, lang: str) -> None:
    for decimals in (0, 6):
        with pytest.raises(Misread) as caught:
            read_number(text, decimals=decimals, lang=lang)
        assert (caught.value.code, caught.value.message) == ("ambiguous-number", message)


def test_a_billion_is_larger_in_german() -> None:
    assert read_number("1 billion", decimals=0, lang="en") == 10**9
    with pytest.raises(Misread) as caught:
        read_number("1 Billion", decimals=0, lang="de")
    assert caught.value.code == "ambiguous-number"
    assert caught.value.message == (
        '"1 Billion": here a billion can mean 1000000000 or 1000000000000: write Mrd for the first, or all digits'
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "1..2", "1,2,3", "1.2.3", "1,23,456", "12,34,567", "1.200 000", "1200.", ",5", "1e3"),
        *("--5", "+5", "5 apples", "억", "만원", "12 34", "12 34억", "5조 20000억", "3천50백", "1.5억 2.5만"),
        *(
            "1억 2조",
            "2백오",
            "3만 50000",
            "3천%",
            "5 Mio %",
            "%",
            "10²",
            "٣",
            "½",
            "1'000",
            "50-60",
            "5 EUR",
        ),
        *("0.200.000", "1.5억 3천만", "5조 10000억", "1,234,5", "1.234.56", "1억 2,000.5만"),
    ],
)
def test_not_a_number(text: str) -> None:
    with pytest.raises(Misread) as caught:
        read_number(text, decimals=6, lang="en")
    assert caught.value.code == "not-a-number"
    assert caught.value.message == f'"{text}" is not a number: write it like 1200000 or 12.5'


@pytest.mark.parametrize(
    ("text", "decimals", "code", "message"),
    [
        ("1,5", 0, "too-many-decimals", '"1,5" has too many decimals: a whole number is expected'),
        ("1.23456", 4, "too-many-decimals", '"1.23456" has too many decimals: at most 4'),
        ("1000조", 6, "too-large", '"1000조" is too large: at most 15 digits before the point'),
    ],
)
def test_number_out_of_limits(text: str, decimals: int, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        read_number(text, decimals=decimals, lang="en")
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("€1.250.000", "EUR", 1_250_000),
        ("€ 1,250,000.50", "EUR", Fraction(2500001, 2)),
        ("1.250.000 €", "EUR", 1_250_000),
        ("1,2 Mio", "EUR", 1_200_000),
        ("1,2 Mio. €", "EUR", 1_200_000),
        ("1,2 Mio. Euro", "EUR", 1_200_000),
        ("350 Tsd", "EUR", 350_000),
        ("TEUR 350", "EUR", 350_000),
        ("350 TEUR", "EUR", 350_000),
        ("12,5 T€", "EUR", 12_500),
        ("-€5", "EUR", -5),
        ("€-5", "EUR", -5),
        ("$5.25", "USD", Fraction(21, 4)),
        ("5 usd", "USD", 5),
        ("17000", "KRW", 17_000),
        ("3천만원", "KRW", 30_000_000),
        ("12억 3천만 원", "KRW", 1_230_000_000),
        ("천원", "KRW", 1000),
        ("₩1,000,000", "KRW", 1_000_000),
        ("￦5000", "KRW", 5000),
        ("5000 won", "KRW", 5000),
        ("12억 EUR", "EUR", 1_200_000_000),
    ],
)
def test_money(text: str, currency: str, value: Fraction | int, lang: str) -> None:
    assert read_money(text, currency, lang) == value


@pytest.mark.parametrize(
    ("text", "currency", "code", "message"),
    [
        ("€5", "KRW", "wrong-currency", '"€5" is in EUR: KRW is expected'),
        ("5만원", "EUR", "wrong-currency", '"5만원" is in KRW: EUR is expected'),
        ("TEUR 5", "USD", "wrong-currency", '"TEUR 5" is in EUR: USD is expected'),
        ("€1.250", "EUR", "ambiguous-number", '"1.250" can mean 1250 or 1.25: write 1250 or 1.25'),
        ("₩3,000", "KRW", "ambiguous-number", '"3,000" can mean 3000 or 3: write 3000 or 3.00'),
        ("0,005", "EUR", "too-many-decimals", '"0,005" has too many decimals: EUR has 2'),
        ("0.5원", "KRW", "too-many-decimals", '"0.5원" has too many decimals: KRW has none'),
        ("1000조", "KRW", "too-large", '"1000조" is too large: at most 15 digits before the point'),
        ("50%", "EUR", "not-a-number", '"50%" is not a number: write it like 1200000 or 12.5'),
        ("5 GBP", "EUR", "not-a-number", '"5 GBP" is not a number: write it like 1200000 or 12.5'),
        ("€5 EUR", "EUR", "not-a-number", '"€5 EUR" is not a number: write it like 1200000 or 12.5'),
        ("€", "EUR", "not-a-number", '"€" is not a number: write it like 1200000 or 12.5'),
        ("-€-5", "EUR", "not-a-number", '"-€-5" is not a number: write it like 1200000 or 12.5'),
    ],
)
def test_money_refused(text: str, currency: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        read_money(text, currency, "en")
    assert (caught.value.code, caught.value.message) == (code, message)


@given(st.integers(-(10**14), 10**14), st.sampled_from([".", ",", " "]), st.integers(0, 99))
def test_grouped_numbers_are_read_or_ambiguous(whole: int, separator: str, cents: int) -> None:
    mark = "." if separator == "," else ","
    grouped = f"{abs(whole):,}".replace(",", separator)
    sign, value = ("-", -1) if whole < 0 else ("", 1)
    expected = value * (abs(whole) + Fraction(cents, 100))
    assert read_number(f"{sign}{grouped}{mark}{cents:02}", decimals=2, lang="de") == expected
    if separator != " " and 1000 <= abs(whole) < 10**6:
        with pytest.raises(Misread, match="can mean"):
            read_number(grouped, decimals=2, lang="de")
    else:
        assert read_number(grouped, decimals=2, lang="de") == abs(whole)


def in_korean_units(number: int) -> str:
    counts = [(number // size % 10**4, unit) for size, unit in zip((10**12, 10**8, 10**4, 1), "조억만 ", strict=True)]
    return " ".join(f"{count}{unit}".strip() for count, unit in counts if count)


@given(st.integers(1, 10**15 - 1))
def test_korean_units_add_up(number: int) -> None:
    text = in_korean_units(number)
    assert read_number(text, decimals=0, lang="ko") == number
    assert read_money(text.replace(" ", "") + "원", "KRW", "ko") == number
