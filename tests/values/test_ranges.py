"""The notation of ranges, over numbers, dates and durations."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.dates import Duration, parse_date, parse_duration
from eligibility.values.misread import Misread
from eligibility.values.number import parse_number, shortest
from eligibility.values.ranges import Range, is_range, parse_range, range_text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3..499", Range(3, 499)),
        ("..50", Range(None, 50)),
        ("250..", Range(250, None)),
        ("0<..", Range(0, None, low_open=True)),
        ("..<10", Range(None, 10, high_open=True)),
        ("50<..250", Range(50, 250, low_open=True)),
        ("1<..<2", Range(1, 2, low_open=True, high_open=True)),
        ("0<..50", Range(0, 50, low_open=True)),
        (" 3 .. 499 ", Range(3, 499)),
        ("0 < .. < 50", Range(0, 50, low_open=True, high_open=True)),
        ("17", Range(17, 17)),
        ("5..5", Range(5, 5)),
        ("-5..-1", Range(-5, -1)),
        ("1.5..2.5", Range(Fraction(3, 2), Fraction(5, 2))),
    ],
)
def test_numbers(text: str, values: Range[Any]) -> None:
    assert parse_range(text, parse_number) == values


@pytest.mark.parametrize(
    ("text", "parse_end", "values"),
    [
        ("2020-09-07..2023-12-31", parse_date, Range(date(2020, 9, 7), date(2023, 12, 31))),
        ("..10 years", parse_duration, Range(None, Duration(years=10))),
        ("..<3 years", parse_duration, Range(None, Duration(years=3), high_open=True)),
        ("3 years..5 years 3 months", parse_duration, Range(Duration(years=3), Duration(5, 3))),
        # Not empty: in February a month is shorter than 30 days.
        ("1 month..30 days", parse_duration, Range(Duration(months=1), Duration(days=30))),
    ],
)
def test_other_ends(text: str, parse_end: Callable[[str], object], values: Range[object]) -> None:
    assert parse_range(text, parse_end) == values


NOT_A_RANGE = "is not a range: write it like 3..499, ..50, 250.. or 0<.."


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (text, "not-a-range", f'"{text}" {NOT_A_RANGE}')
        for text in ("..", "<..", "..<", "<..<", "<..5", "5..<", "1...5", "1....5", "1..2..3", "...")
    ]
    + [
        ("5..3", "empty-range", '"5..3" is empty: its lower end is above its upper end'),
        ("5<..3", "empty-range", '"5<..3" is empty: its lower end is above its upper end'),
        ("5<..5", "empty-range", '"5<..5" is empty: it leaves out its only value'),
        ("5..<5", "empty-range", '"5..<5" is empty: it leaves out its only value'),
        (
            "a..5",
            "not-a-number",
            '"a" is not a number: write digits with a point for decimals, like 12.5',
        ),
        (
            "<10",
            "not-a-number",
            '"<10" is not a number: write digits with a point for decimals, like 12.5',
        ),
        (
            "1<<..5",
            "not-a-number",
            '"1<" is not a number: write digits with a point for decimals, like 12.5',
        ),
    ],
)
def test_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_range(text, parse_number)
    assert (caught.value.code, caught.value.message) == (code, message)


def test_durations_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(Misread) as caught:
        parse_range("5 years..36 months", parse_duration)
    assert caught.value.message == '"5 years..36 months" is empty: its lower end is above its upper end'


@pytest.mark.parametrize(
    ("values", "inside", "outside"),
    [
        (Range(3, 5), [3, 4, 5], [2, 6]),
        (Range(3, 5, low_open=True), [4, 5], [3, 6]),
        (Range(3, 5, high_open=True), [3, 4], [2, 5]),
        (Range(None, 5), [-99, 5], [6]),
        (Range(3, None, low_open=True), [4, 99], [3]),
        (Range(None, None), [0], []),
    ],
)
def test_contains(values: Range[int], inside: list[int], outside: list[int]) -> None:
    assert all(value in values for value in inside)
    assert not any(value in values for value in outside)


@pytest.mark.parametrize(("text", "yes"), [("1..2", True), ("..", True), ("1.2", False), ("", False)])
def test_is_range(text: str, yes: bool) -> None:
    assert is_range(text) is yes


@given(
    st.none() | st.integers(-50, 50),
    st.none() | st.integers(-50, 50),
    st.booleans(),
    st.booleans(),
    st.integers(-52, 52),
)
def test_written_ranges_are_read_back(
    low: int | None, high: int | None, low_open: bool, high_open: bool, probe: int
) -> None:
    values = Range(
        None if low is None else Fraction(low, 2),
        None if high is None else Fraction(high, 2),
        low_open and low is not None,
        high_open and high is not None,
    )
    text = range_text(values, shortest)
    if low is None and high is None:
        assert text == ".."
    elif low is None or high is None or low < high or (low == high and not low_open and not high_open):
        assert parse_range(text, parse_number) == values
    else:
        assert Fraction(probe, 2) not in values
        with pytest.raises(Misread, match="is empty"):
            parse_range(text, parse_number)
