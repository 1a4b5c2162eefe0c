"""Between thresholds lie the numbers that can be answered, on their own grid."""

from fractions import Fraction
from typing import Any

import pytest

from eligibility.advice.grid import distance, ends, nearest_ends, spans
from eligibility.values.interval import Interval
from tests.engine.small_rules import small

RULEBOOK = small({"t0": "yes"})
CENT, MICRO, POINT = Fraction(1, 100), Fraction(1, 10**6), Fraction(1, 10**4)


@pytest.mark.parametrize(
    ("fact", "keys", "expected"),
    [
        ("staff", (), [(0, 1000)]),
        ("staff", ((10, 0),), [(0, 10 - MICRO), (10, 1000)]),
        ("staff", ((10, 1),), [(0, 10), (10 + MICRO, 1000)]),
        ("staff", ((10, 0), (10, 1)), [(0, 10 - MICRO), (10, 10), (10 + MICRO, 1000)]),
        ("cost", ((Fraction(1000, 3), 0),), [(0, Fraction(33333, 100)), (Fraction(33334, 100), 100000)]),
        ("assets", ((Fraction(1, 2), 1),), [(0, 0), (1, 3_000_000)]),
        ("share", ((Fraction(1, 4), 0),), [(0, Fraction(1, 4) - POINT), (Fraction(1, 4), 1)]),
        ("hours", ((1, 0), (2, 0)), [(2, 500)]),
        ("born", ((700000, 0),), [(None, 699999), (700000, None)]),
        # Between two thresholds that are nearer than two answers lies nothing.
        ("cost", ((Fraction(1, 300), 1), (Fraction(2, 300), 1)), [(0, 0), (CENT, 100000)]),
    ],
)
def test_cells_as_answers(fact: str, keys: Any, expected: list[tuple[object, object]]) -> None:
    assert list(spans(RULEBOOK.subject(fact), keys)) == expected


def test_days_that_are_still_to_come() -> None:
    cells = spans(RULEBOOK.subject("born"), ((700000, 0), (700010, 0)), earliest=700005)
    assert list(cells) == [(700005, 700009), (700010, None)]


CELLS = [(Fraction(0), Fraction(4)), (Fraction(5), Fraction(9)), (Fraction(10), None)]


@pytest.mark.parametrize(
    ("before", "nearest", "every"),
    [
        (Interval(7, 7), [10, 4], [5, 9, 4, 10, 0]),
        (Interval(3, 6), [10], [0, 9, 10]),
        (Interval(None, 2), [5, 10], [4, 5, 9, 10]),
        (Interval(12, None), [9, 4], [10, 9, 5, 4, 0]),
    ],
)
def test_ends_the_nearest_first(before: Interval, nearest: list[int], every: list[int]) -> None:
    assert sorted(nearest_ends(CELLS, before), key=lambda end: distance(end, before)) == nearest_ends(CELLS, before)
    assert set(nearest_ends(CELLS, before)) == set(nearest)
    assert set(ends(CELLS, before)) == set(every)
