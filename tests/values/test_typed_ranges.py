"""Ranges and dates as people type them."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from eligibility.values.misread import Misread
from eligibility.values.ranges import Range
from eligibility.values.typed import read_date, read_money, read_number, read_range


def number(text: str) -> Fraction:
    return read_number(text, decimals=6, lang="en")


def euro(text: str) -> Fraction:
    return read_money(text, "EUR", "de")


def won(text: str) -> Fraction:
    return read_money(text, "KRW", "ko")


@pytest.mark.parametrize(
    ("text", "values"),
    [(text, Range(50, 249)) for text in ("50-249", "50 - 249", "50–249", "50 bis 249", "50 BIS 249")]
    + [(text, Range(50, 249)) for text in ("50 to 249", "50~249", "50 ~ 249", "５０～２４９", "50..249")]
    + [
        ("250+", Range(250, None)),
        ("250 +", Range(250, None)),
        ("17", Range(17, 17)),
        ("-5", Range(-5, -5)),
        ("-5-10", Range(-5, 10)),
        ("-10 - -5", Range(-10, -5)),
        ("1,5 - 2,5", Range(Fraction(3, 2), Fraction(5, 2))),
        ("0<..", Range(0, None, low_open=True)),
        ("..<10", Range(None, 10, high_open=True)),
        ("10-20 %", Range(10, 20)),
        ("1 Mio - 2 Mio", Range(10**6, 2 * 10**6)),
        ("2 Mio+", Range(2 * 10**6, None)),
        # The lower end cannot have lost a unit here: the range would be empty.
        ("500000 bis 1,2 Mio", Range(500_000, 1_200_000)),
        ("0 - 2 Mio", Range(0, 2 * 10**6)),
        ("350 Tsd - 1200000", Range(350_000, 1_200_000)),
    ],
)
def test_numbers(text: str, values: Range[Any]) -> None:
    assert read_range(text, number) == values


@pytest.mark.parametrize(
    ("text", "read_end", "values"),
    [
        ("50-60 EUR", euro, Range(50, 60)),
        ("€50 - 60", euro, Range(50, 60)),
        ("TEUR 50 - TEUR 60", euro, Range(50_000, 60_000)),
        ("3천만~5천만원", won, Range(30_000_000, 50_000_000)),
        ("2021-06-30", read_date, Range(date(2021, 6, 30), date(2021, 6, 30))),
        ("2021-01-01 - 2021-06-30", read_date, Range(date(2021, 1, 1), date(2021, 6, 30))),
        ("1.1.2021-30.6.2021", read_date, Range(date(2021, 1, 1), date(2021, 6, 30))),
        ("2021년 1월 1일~2021년 6월 30일", read_date, Range(date(2021, 1, 1), date(2021, 6, 30))),
        ("2021-01-01+", read_date, Range(date(2021, 1, 1), None)),
    ],
)
def test_other_ends(text: str, read_end: Callable[[str], object], values: Range[object]) -> None:
    assert read_range(text, read_end) == values


@pytest.mark.parametrize(
    ("text", "read_end"),
    [
        ("1-2 Mio", number),
        ("1..2 Mio", number),
        ("1 bis 2 Tsd", number),
        ("10~20억", won),
        ("3천~5천만원", won),
        ("10-20 TEUR", euro),
        ("TEUR 1-2000", euro),
        ("TEUR 100-500", euro),
    ],
)
def test_a_borrowed_unit_is_decided_by_nobody(text: str, read_end: Callable[[str], object]) -> None:
    with pytest.raises(Misread) as caught:
        read_range(text, read_end)
    assert caught.value.code == "ambiguous-range"
    assert caught.value.message == f'"{text}" has a unit at one end only: write it at both ends'


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("5-3", "empty-range", '"5-3" is empty: its lower end is above its upper end'),
        ("..", "not-a-range", '".." is not a range: write it like 3..499, ..50, 250.. or 0<..'),
        ("", "not-a-number", '"" is not a number: write it like 1200000 or 12.5'),
        ("+", "not-a-number", '"" is not a number: write it like 1200000 or 12.5'),
        ("a-b", "not-a-number", '"a" is not a number: write it like 1200000 or 12.5'),
        ("50-", "not-a-number", '"50-" is not a number: write it like 1200000 or 12.5'),
        ("1-2-3", "not-a-number", '"1-2-3" is not a number: write it like 1200000 or 12.5'),
        ("mehr als 50", "not-a-number", '"mehr als 50" is not a number: write it like 1200000 or 12.5'),
        ("3.500-4000", "ambiguous-number", '"3.500" can mean 3500 or 3.5: write 3500 or 3.50'),
    ],
)
def test_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        read_range(text, number)
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    "text",
    [
        *("2021-06-30", " 2021-06-30 ", "２０２１-０６-３０", "30.6.2021", "30.06.2021", "30. 6. 2021"),
        *("2021.06.30", "2021. 6. 30.", "2021년 6월 30일", "2021년6월30일"),
    ],
)
def test_date(text: str) -> None:
    assert read_date(text) == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            "03/04/2021",
            "ambiguous-date",
            '"03/04/2021" can mean 2021-04-03 or 2021-03-04: write the one that is meant',
        ),
        (
            "3/4/2021",
            "ambiguous-date",
            '"3/4/2021" can mean 2021-04-03 or 2021-03-04: write the one that is meant',
        ),
        ("31.2.2021", "no-such-date", '"31.2.2021" is not in the calendar: there is no such day'),
        ("1.1.1800", "date-out-of-range", '"1.1.1800" is out of range: the years 1900 to 2200 are read'),
    ]
    + [
        (text, "not-a-date", f'"{text}" is not a date: write it like 2021-06-30 or 30.6.2021')
        for text in (
            "30/06/2021",
            "04/04/2021",
            "30.6.21",
            "June 30, 2021",
            "20210630",
            "٢٠٢١-06-30",
            "44377",
            "",
        )
    ],
)
def test_date_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        read_date(text)
    assert (caught.value.code, caught.value.message) == (code, message)
