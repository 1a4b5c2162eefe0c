"""Formulas against plain arithmetic on exact numbers."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.comparison import comparison_of
from eligibility.engine.formula import (
    DIFFERENCE,
    EITHER,
    GREATEST,
    LEAST,
    OPEN,
    PRODUCT,
    QUOTIENT,
    SUM,
    UP_TO,
    Formula,
    Line,
    Pick,
    difference,
    ends,
    form_of,
    interval_of,
    made,
    names_in,
    of,
    scaled,
)
from eligibility.values.interval import Interval
from tests.engine.plain_diagrams import Ends, ends_of, form_value

NAMES = ("a", "b", "c")
NUMBERS = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3), Fraction(5, 2), Fraction(40), Fraction(1000)])
POINTS = st.fixed_dictionaries(dict.fromkeys(NAMES, NUMBERS))
Raw = Fraction | tuple[object, ...]
"""A formula as drawn, with nothing worked out."""


def raw(depth: int = 3, *, loose: bool = True, positive: bool = False) -> st.SearchStrategy[Raw]:
    """Formulas as rules write them: what is multiplied is never negative, what is divided by is a written number."""
    plain: st.SearchStrategy[Raw] = st.one_of(NUMBERS, st.sampled_from([of(name) for name in NAMES]))
    if loose:
        plain = st.one_of(plain, plain, st.just(("open",)) if not positive else plain)
    if not depth:
        return plain
    inner = raw(depth - 1, loose=loose, positive=positive)
    factors = raw(depth - 1, loose=loose, positive=True)
    operations = [SUM, LEAST, GREATEST, *([] if positive else [DIFFERENCE]), *([EITHER] if loose else [])]
    forms = [
        plain,
        st.tuples(st.sampled_from(operations), inner, inner),
        st.tuples(st.just(PRODUCT), factors, factors),
        st.tuples(st.just(QUOTIENT), inner, NUMBERS.filter(bool)),
    ]
    if loose:
        forms.append(st.tuples(st.just(UP_TO), factors))
    return st.one_of(forms)


def written(formula: Raw) -> Formula:
    """A drawn formula made step by step, as the diagrams do."""
    if isinstance(formula, Fraction) or formula[0] in ("of", "open"):
        return formula
    return made(str(formula[0]), [written(part) for part in formula[1:]])  # type: ignore[arg-type]


@given(drawn=raw(), point=POINTS)
def test_made_is_worth_the_same(drawn: Raw, point: Mapping[str, Fraction]) -> None:
    formula = written(drawn)
    assert ends_of(formula, point) == ends_of(drawn, point)
    assert set(names_in(formula)) <= set(names_in(drawn))


@given(drawn=raw(), point=POINTS)
def test_the_ends_are_formulas_of_the_least_and_the_greatest(drawn: Raw, point: Mapping[str, Fraction]) -> None:
    low, high = (None if end is None else ends_of(end, point) for end in ends(written(drawn)))
    assert low is None or low[0] == low[1]
    assert high is None or high[0] == high[1]
    least, most = ends_of(drawn, point)
    assert (low and low[0]) == least
    # Of nothing, whatever has no end is nothing too; no formula can say "no end, unless a is 0".
    assert (high and high[0]) == most or (high is None and most is not None and has_open_product(drawn))


def has_open_product(drawn: Raw) -> bool:
    if isinstance(drawn, Fraction) or drawn[0] in ("of", "open"):
        return False
    parts: list[Raw] = [part for part in drawn[1:] if isinstance(part, Fraction | tuple)]
    return (drawn[0] == PRODUCT and "open" in str(drawn)) or any(has_open_product(part) for part in parts)


@given(drawn=raw(), point=POINTS)
def test_the_interval_of_points_is_what_is_worked_out(drawn: Raw, point: Mapping[str, Fraction]) -> None:
    interval = interval_of(written(drawn), lambda name: Interval.point(point[name]))
    assert (interval.low, interval.high) == ends_of(drawn, point)


@given(drawn=raw(), point=POINTS, wider=st.fixed_dictionaries(dict.fromkeys(NAMES, st.none() | NUMBERS)))
def test_the_interval_of_ranges_holds_what_is_worked_out(
    drawn: Raw, point: Mapping[str, Fraction], wider: Mapping[str, Fraction | None]
) -> None:
    def range_of(name: str) -> Interval:
        other = wider[name]
        if other is None:
            return Interval(Fraction(0), None)
        return Interval(min(point[name], other), max(point[name], other))

    interval = interval_of(written(drawn), range_of)
    assert holds((interval.low, interval.high), ends_of(drawn, point))


def holds(outer: tuple[object, object], inner: Ends) -> bool:
    (low, high), (least, most) = outer, inner
    assert not isinstance(low, str)
    over = low is None or (least is not None and low <= least)  # type: ignore[operator]
    return over and (high is None or (most is not None and high >= most))  # type: ignore[operator]


@given(drawn=raw(loose=False), point=POINTS)
def test_forms_are_worth_the_same(drawn: Raw, point: Mapping[str, Fraction]) -> None:
    form = form_of(written(drawn))
    if form is None:
        assert PRODUCT in str(drawn)
    else:
        assert form_value(form, point) == ends_of(drawn, point)[0]


@given(left=raw(loose=False), right=raw(2, loose=False), point=POINTS)
def test_the_difference_is_that_of_the_formulas(left: Raw, right: Raw, point: Mapping[str, Fraction]) -> None:
    form = difference(written(left), written(right))
    if form is None:
        assert PRODUCT in f"{left}{right}"
    else:
        ends_left, ends_right = ends_of(left, point), ends_of(right, point)
        assert ends_left[0] is not None
        assert ends_right[0] is not None
        assert form_value(form, point) == ends_left[0] - ends_right[0]


@given(
    drawn=raw(loose=False),
    factor=st.sampled_from([Fraction(-2), Fraction(-1, 3), Fraction(0), Fraction(3)]),
    point=POINTS,
)
def test_scaled(drawn: Raw, factor: Fraction, point: Mapping[str, Fraction]) -> None:
    form = form_of(written(drawn))
    if form is not None:
        assert form_value(scaled(form, factor), point) == form_value(form, point) * factor


FACTORS = st.sampled_from([Fraction(number, 2) for number in range(-6, 7) if number])
LINES = st.builds(
    lambda factors, constant: Line(tuple(sorted(factors.items())), constant),
    st.dictionaries(st.sampled_from(NAMES), FACTORS, min_size=2),
    st.sampled_from([Fraction(-7), Fraction(0), Fraction(5, 3)]),
)


@given(line=LINES, point=POINTS, factor=st.sampled_from([Fraction(1, 7), Fraction(12)]))
def test_a_comparison_is_the_same_however_it_is_scaled(
    line: Line, point: Mapping[str, Fraction], factor: Fraction
) -> None:
    comparison = comparison_of(line)
    larger = scaled(line, factor)
    assert isinstance(larger, Line)
    assert comparison_of(larger) == comparison
    assert comparison.facts() == {name for name, _ in line.factors}
    (left, _), (right, _) = ends_of(comparison.left, point), ends_of(comparison.right, point)
    assert left is not None
    assert right is not None
    assert (left <= right) is (form_value(line, point) <= 0)


A, B = of("a"), of("b")
ZERO, ONE, TWO, FIVE = (Fraction(number) for number in (0, 1, 2, 5))


@pytest.mark.parametrize(
    ("operation", "parts", "formula"),
    [
        (SUM, (A, ZERO), A),
        (SUM, (ZERO, ZERO), ZERO),
        (SUM, (TWO, FIVE), Fraction(7)),
        (SUM, (A, TWO), (SUM, A, TWO)),
        (DIFFERENCE, (TWO, FIVE), Fraction(-3)),
        (PRODUCT, (A, ZERO), ZERO),
        (PRODUCT, (OPEN, ZERO), ZERO),
        (PRODUCT, (ONE, A), A),
        (PRODUCT, (ONE, ONE), ONE),
        (QUOTIENT, (FIVE, TWO), Fraction(5, 2)),
        (LEAST, (FIVE, TWO), TWO),
        (LEAST, (A, A), A),
        (LEAST, (B, FIVE, A, TWO), (LEAST, TWO, A, B)),
        (GREATEST, (B, FIVE, A, TWO), (GREATEST, FIVE, A, B)),
        (EITHER, (A, A), A),
        (EITHER, (TWO, FIVE), (EITHER, TWO, FIVE)),
        (UP_TO, (ZERO,), ZERO),
        (UP_TO, (FIVE,), (UP_TO, FIVE)),
    ],
)
def test_made(operation: str, parts: tuple[Formula, ...], formula: Formula) -> None:
    assert made(operation, parts) == formula


@pytest.mark.parametrize(
    ("formula", "form"),
    [
        (FIVE, Line((), FIVE)),
        (A, Line((("a", ONE),), ZERO)),
        ((DIFFERENCE, A, A), Line((), ZERO)),
        ((QUOTIENT, A, TWO), Line((("a", Fraction(1, 2)),), ZERO)),
        ((PRODUCT, TWO, A), Line((("a", TWO),), ZERO)),
        ((PRODUCT, A, B), None),
        ((PRODUCT, (LEAST, FIVE, A), TWO), Pick(LEAST, (Line((), Fraction(10)), Line((("a", TWO),), ZERO)))),
        ((DIFFERENCE, FIVE, (LEAST, ONE, A)), Pick(GREATEST, (Line((), Fraction(4)), Line((("a", -ONE),), FIVE)))),
        (OPEN, None),
        ((SUM, A, OPEN), None),
    ],
)
def test_form_of(formula: Formula, form: object) -> None:
    assert form_of(formula) == form


def test_what_is_open_has_no_ends() -> None:
    assert ends(OPEN) == (None, None)
    assert ends((UP_TO, OPEN)) == (ZERO, None)
    assert ends((LEAST, FIVE, OPEN)) == (None, FIVE)
    assert ends((GREATEST, FIVE, OPEN)) == (FIVE, None)
    assert interval_of(OPEN, lambda name: Interval()) == Interval()
