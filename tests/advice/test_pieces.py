"""The values of a fact in pieces: on the grid of answers, within what is known."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.advice.pieces import Piece, joined, pieces_of
from eligibility.engine.partition import Keys
from eligibility.engine.profile import Value, beside
from eligibility.values.interval import Interval
from tests.report.firms import rulebook

DAY = date(2021, 3, 1).toordinal()
MILLIONTH, BASIS_POINT = Fraction(1, 10**6), Fraction(1, 10**4)
BELOW_THREE, BEFORE = Interval(0, 3 - MILLIONTH), Interval(None, DAY - 1)


@pytest.mark.parametrize(
    ("fact", "threshold", "above", "under", "over"),
    [
        ("staff", Fraction(50), True, 50, 50 + MILLIONTH),
        ("staff", Fraction(50), False, 50 - MILLIONTH, 50),
        ("cost", Fraction(60000, 11), True, Fraction("5454.54"), Fraction("5454.55")),
        ("cost", Fraction(60000, 11), False, Fraction("5454.54"), Fraction("5454.55")),
        ("public_share", Fraction(1, 4), False, Fraction(1, 4) - BASIS_POINT, Fraction(1, 4)),
        ("founded", DAY, False, DAY - 1, DAY),
        ("founded", DAY, True, DAY, DAY + 1),
    ],
)
def test_the_answers_beside_a_threshold(
    fact: str, threshold: Fraction, above: bool, under: Fraction, over: Fraction
) -> None:
    assert beside(rulebook().subject(fact), threshold, above=above) == (under, over)


@pytest.mark.parametrize(
    ("fact", "keys", "known", "pieces"),
    [
        ("staff", (), None, [((Interval(0, None),), 0, True, True)]),
        ("staff", ((3, 0),), None, [((BELOW_THREE,), 0, True, False), ((Interval(3, None),), 1, False, True)]),
        ("staff", (), Interval(40, 60), [((Interval(40, 60),), 0, False, False)]),
        ("staff", (), Interval(0, 60), [((Interval(0, 60),), 0, True, False)]),
        ("staff", (), Interval(40, None), [((Interval(40, None),), 0, False, True)]),
        ("founded", ((DAY, 0),), None, [((BEFORE,), 0, True, False), ((Interval(DAY, None),), 1, False, True)]),
        ("insolvent", (), None, [((True,), 0), ((False,), 0)]),
        ("insolvent", (True,), None, [((True,), 1), ((False,), 0)]),
        ("region", ("05", "053"), None, [(("05",), 1), (("053",), 2), ((), 0)]),
        ("region", ("053",), "05", [(("053",), 1), (("05",), 0)]),
    ],
)  # fmt: skip
def test_pieces(fact: str, keys: Keys, known: Value | None, pieces: list[tuple[object, ...]]) -> None:
    assert pieces_of(rulebook().subject(fact), keys, known) == [Piece(*piece) for piece in pieces]  # type: ignore[arg-type]


def test_between_two_thresholds_there_may_be_no_answer() -> None:
    cost = rulebook().subject("cost")
    keys = ((Fraction(10001, 1000), 0), (Fraction(10002, 1000), 0))
    spans = [piece.values for piece in pieces_of(cost, keys, None)]
    assert spans == [(Interval(0, Fraction("10.00")),), (Interval(Fraction("10.01"), None),)]


def test_pieces_that_say_the_same_are_told_together() -> None:
    staff = rulebook().subject("staff")
    pieces = [
        Piece((Interval(0, 2),), 0, low_open=True),
        Piece((Interval(3, 9),), 1),
        Piece((Interval(10, None),), 1, high_open=True),
    ]
    assert joined(staff, pieces) == [pieces[0], Piece((Interval(3, None),), 1, False, True)]
    region = rulebook().subject("region")
    codes = [Piece(("05",), 1), Piece(("09",), 0), Piece(("14",), 1), Piece((), 0)]
    assert joined(region, codes) == [Piece(("05", "14"), 1), Piece(("09",), 0), Piece((), 0)]
    truths = [Piece((True,), 0), Piece((False,), 0)]
    assert joined(rulebook().subject("insolvent"), truths) == truths
