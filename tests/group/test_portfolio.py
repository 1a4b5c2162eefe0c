"""Every firm of a structure at once gives what its sheet gives."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.group.portfolio import portfolio_sizes
from eligibility.group.size import size_sheet
from eligibility.group.structure import (
    OPEN,
    SHARE_SCALE,
    Control,
    Kind,
    Measure,
    Period,
    Structure,
    from_rows,
)
from eligibility.values.interval import Interval
from eligibility.values.money import round_half_up
from eligibility.values.problem import AnswerError
from eligibility.values.truth import Truth

_IDS = ("a", "b", "c", "d", "e", "f")
_SHARES = st.sampled_from(
    [0, 10, 24, 25, 30, Fraction("33.333333"), 50, Fraction("50.000001"), 60, 100, None, Interval(20, 30)]
)
_AMOUNTS = st.one_of(
    st.none(), st.integers(0, 10**13).map(lambda cents: Fraction(cents, 100)), st.just(Interval(1, Fraction("2.5")))
)


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    """Any structure, sensible or not."""
    enterprises = [
        {
            "id": name,
            "kind": draw(st.sampled_from([Kind.ENTERPRISE] * 5 + list(Kind))),
            "turnover": draw(_AMOUNTS),
            "consolidated_turnover": draw(st.sampled_from([None, None, 100, 7777])),
            "markets": draw(st.sampled_from([None, {"x"}, {"y"}, {"z"}])),
            "consolidated_in": draw(st.sampled_from([None, None, *(other for other in _IDS if other < name)])),
            "consolidated_share": draw(st.sampled_from([100, 100, 40, Fraction("33.3")])),
            "budget": draw(st.sampled_from([None, 5, 10_000_000])),
            "inhabitants": draw(st.sampled_from([None, 5, 5_000])),
        }
        for name in _IDS
    ]
    pairs = draw(st.lists(st.tuples(st.sampled_from(_IDS), st.sampled_from(_IDS)), unique=True, max_size=8))
    holdings = [
        {
            "holder": holder,
            "held": held,
            "capital": draw(_SHARES),
            "votes": draw(_SHARES),
            "control": draw(st.sampled_from([Control.NONE] * 6 + [Control.APPOINTS, Control.DOMINANT])),
            "invested": draw(st.sampled_from([None, 5, 1_250_000])),
            "involved": draw(st.sampled_from([None, *Truth])),
        }
        for holder, held in pairs
    ]
    for row in holdings:
        if draw(st.integers(0, 9)) == 0:
            row["possible_control"] = row["control"] | Control.AGREEMENT
    return from_rows(enterprises, holdings, adjacent=[("x", "y")])


@given(structures())
def test_all_at_once_is_as_one_by_one(structure: Structure) -> None:
    portfolio = portfolio_sizes(structure)
    key = (Measure.TURNOVER, Period.LATEST)
    for node in range(len(structure.nodes)):
        if structure.nodes.kinds[node] in (Kind.PERSON, Kind.PUBLIC_BODY, Kind.LOCAL_AUTHORITY):
            continue
        sheet = size_sheet(structure, node)
        expected = sheet.totals.get(key, Interval())
        if key in portfolio.figures:
            found = portfolio.figures[key]
            assert found.low[node] == round_half_up(Fraction(expected.low or 0), 2) * 100
            high = None if expected.high is None else round_half_up(Fraction(expected.high), 2) * 100
            assert (None if found.high[node] >= OPEN else found.high[node]) == high
        assert portfolio.public.interval(node, SHARE_SCALE) == sheet.public


@given(structures())
def test_a_range_holds_what_is_certain(structure: Structure) -> None:
    for node in range(len(structure.nodes)):
        for entry in size_sheet(structure, node).entries:
            assert entry.percentage.low is not None
            assert entry.percentage.high is not None
            assert entry.percentage.low <= entry.percentage.high
            if entry.certain is Truth.YES and entry.steps:
                assert {entry.steps[-1].holder, entry.steps[-1].held} & {entry.node}


def test_rounding_happens_once_at_the_end() -> None:
    # A third of one cent from each of three partners is a cent together.
    names = ("p", "q", "r")
    third = Fraction("33.333333")
    structure = from_rows(
        [{"id": "firm", "turnover": 0}, *({"id": name, "turnover": Fraction("0.01")} for name in names)],
        [{"holder": name, "held": "firm", "share": third} for name in names],
    )
    found = portfolio_sizes(structure).figures[Measure.TURNOVER, Period.LATEST]
    assert found.low.tolist()[0] == found.high.tolist()[0] == 1


def test_figures_that_do_not_fit_are_refused() -> None:
    structure = from_rows(
        [{"id": "a", "turnover": 6 * 10**14}, {"id": "b", "turnover": 6 * 10**14}],
        [{"holder": "a", "held": "b", "share": 100}],
    )
    with pytest.raises(AnswerError) as refused:
        portfolio_sizes(structure)
    assert str(refused.value) == (
        "the figures of a group together are too large to be added up exactly "
        "(check the units: thousands and millions are written out)"
    )


def test_no_figure_at_all() -> None:
    found = portfolio_sizes(from_rows([{"id": "a", "kr_average_turnover": 5}], []))
    assert found.figures == {}
    assert found.public.interval(0, SHARE_SCALE) == Interval.point(0)
