from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from eligibility.values.dates import Duration
from eligibility.words import Words
from eligibility.words.won import won
from eligibility.words.words import decimal_of

# In the tables `~` stands for the no-break space that keeps a number and its sign together.
LANGUAGES = ("de", "en", "ko")


def in_all(found: list[str]) -> list[str]:
    return [text.replace("\u00a0", "~").replace("\u202f", "~") for text in found]


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("30000", "EUR", ["30.000~€", "€30,000", "€30,000"]),
        ("30000.5", "EUR", ["30.000,50~€", "€30,000.50", "€30,000.50"]),
        (
            "999999999999999.99",
            "EUR",
            ["999.999.999.999.999,99~€", "€999,999,999,999,999.99", "€999,999,999,999,999.99"],
        ),
        ("-0.01", "EUR", ["-0,01~€", "-€0.01", "-€0.01"]),
        ("0", "EUR", ["0~€", "€0", "€0"]),
        ("1200", "USD", ["1.200~$", "US$1,200", "US$1,200"]),
        ("5000000000", "KRW", ["5.000.000.000~₩", "₩5,000,000,000", "50억원"]),
        ("0", "KRW", ["0~₩", "₩0", "0원"]),
    ],
)
def test_money(value: str, currency: str, shown: list[str]) -> None:
    assert in_all([Words(language).money(Fraction(value), currency) for language in LANGUAGES]) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0원"),
        (9_000, "9,000원"),
        (10_000, "1만원"),
        (123_456_789, "1억 2,345만 6,789원"),
        (1_000_000_000_000, "1조원"),
        (12_345_000_000_000_000, "12,345조원"),
        (-50_000_000, "-5,000만원"),
    ],
)
def test_won(value: int, shown: str) -> None:
    assert won(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234567.25", ["1.234.567,25", "1,234,567.25", "1,234,567.25"]),
        ("0.000001", ["0,000001", "0.000001", "0.000001"]),
        ("1/3", ["0,333333", "0.333333", "0.333333"]),
        ("50", ["50", "50", "50"]),
    ],
)
def test_number(value: str, shown: list[str]) -> None:
    assert [Words(language).number(Fraction(value)) for language in LANGUAGES] == shown


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        ("1/2", ["50~%", "50%", "50%"]),
        ("1/8", ["12,5~%", "12.5%", "12.5%"]),
        ("0.6225", ["62,25~%", "62.25%", "62.25%"]),
    ],
)
def test_percent(ratio: str, shown: list[str]) -> None:
    assert in_all([Words(language).percent(Fraction(ratio)) for language in LANGUAGES]) == shown


def test_day() -> None:
    shown = [Words(language).day(date(2021, 3, 1)) for language in LANGUAGES]
    assert shown == ["1. März 2021", "1 March 2021", "2021년 3월 1일"]


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        (Duration(1), ["1 Jahr", "1 year", "1년"]),
        (Duration(5, 3), ["5 Jahre 3 Monate", "5 years 3 months", "5년 3개월"]),
        (Duration(days=10), ["10 Tage", "10 days", "10일"]),
        (Duration(), ["0 Tage", "0 days", "0일"]),
    ],
)
def test_duration(duration: Duration, shown: list[str]) -> None:
    assert [Words(language).duration(duration) for language in LANGUAGES] == shown


@pytest.mark.parametrize(
    ("parts", "either", "shown"),
    [
        (["a"], False, ["a", "a", "a"]),
        (["a", "b"], True, ["a oder b", "a or b", "a 또는 b"]),
        (["a", "b", "c"], False, ["a, b und c", "a, b and c", "a, b 및 c"]),
        (["a", "b", "c"], True, ["a, b oder c", "a, b or c", "a, b 또는 c"]),
        ([], False, ["", "", ""]),
    ],
)
def test_join(parts: list[str], either: bool, shown: list[str]) -> None:
    assert [Words(language).join(parts, either=either) for language in LANGUAGES] == shown


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (1, ["1 Programm", "1 programme", "사업 1개"]),
        (1200, ["1.200 Programme", "1,200 programmes", "사업 1,200개"]),
        (0, ["0 Programme", "0 programmes", "사업 0개"]),
    ],
)
def test_plural(n: int, shown: list[str]) -> None:
    assert [Words(language).plural("{n} programme", "{n} programmes", n) for language in LANGUAGES] == shown


def test_say_fills_in_after_translating() -> None:
    assert Words("de").say("at least {low}", low="{high}") == "mindestens {high}"
    assert Words("ko").say("at least {low}", low="3") == "3 이상"


def test_an_unknown_message_stays_english() -> None:
    assert Words("de").say("Never said by the program: {what}", what="x") == "Never said by the program: x"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("de", ["Deutschland", "Germany", "독일"]),
        ("eu", ["Europäische Union", "European Union", "유럽 연합"]),
        ("qq", ["qq"] * 3),
    ],
)
def test_country(code: str, shown: list[str]) -> None:
    assert [Words(language).country(code) for language in LANGUAGES] == shown


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^there is no catalogue for the language 'fr'$"):
        Words("fr")


@pytest.mark.parametrize(
    ("value", "decimals", "exact"),
    [
        ("1/3", 2, "0.33"),
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("-0.001", 2, "0.00"),
        ("123456789012345678901234567890123.45", 2, "123456789012345678901234567890123.45"),
    ],
)
def test_decimal_of(value: str, decimals: int, exact: str) -> None:
    assert str(decimal_of(Fraction(value), decimals)) == exact
    assert decimal_of(Fraction(value), decimals).as_tuple().exponent == Decimal(exact).as_tuple().exponent
