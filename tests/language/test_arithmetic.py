"""Amounts in words: brackets where without them something else would be read."""

from fractions import Fraction

import pytest

from eligibility.language.amount import Amount, Constant
from eligibility.language.arithmetic import Difference, Greatest, Least, Product, Quotient, Sum


class Plain:
    """Says messages as they are written, numbers as they are."""

    def say(self, message: str, **values: str) -> str:
        return message.format(**values)

    def quantity(self, value: Fraction, unit: str) -> str:
        return str(value)


def number(value: int) -> Amount:
    return Constant(Fraction(value), "number")


ONE, TWO, THREE = (number(value) for value in (1, 2, 3))
TOLD = [
    (Product((TWO, Sum((ONE, THREE), "number")), "number"), "2 x (1 + 3)"),
    (Sum((Product((TWO, ONE), "number"), THREE), "number"), "2 x 1 + 3"),
    (Difference((THREE, Difference((TWO, ONE), "number")), "number"), "3 - (2 - 1)"),
    (Difference((Difference((THREE, TWO), "number"), ONE), "number"), "3 - 2 - 1"),
    (Quotient((Sum((ONE, TWO), "number"), THREE), "number"), "(1 + 2) / 3"),
    (Product((TWO, Least((ONE, THREE), "number")), "number"), "2 x (the smaller of 1 and 3)"),
    (Least((Sum((ONE, TWO), "number"), THREE), "number"), "the smaller of 1 + 2 and 3"),
    (Greatest((Least((ONE, TWO), "number"), THREE), "number"), "the greater of (the smaller of 1 and 2) and 3"),
]


@pytest.mark.parametrize(("amount", "text"), TOLD, ids=[text for _, text in TOLD])
def test_in_words(amount: Amount, text: str) -> None:
    assert amount.show(Plain()) == text  # type: ignore[arg-type]  # all of the speech that amounts ask for
