"""Many undertakings under one history: the same as asking for each alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from eligibility.aid.award import Award, Event, History, Merger, Part, Split
from eligibility.aid.portfolio import PortfolioAid
from eligibility.aid.received import received
from eligibility.aid.regulation import Regulation
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

NAMES = st.sampled_from("abcdefg")
DAYS = st.dates(date(2021, 1, 1), date(2026, 1, 1))
equity = st.sampled_from([Interval(), Interval.point(1), Interval.point(2), Interval(1, 3)])
awards = st.builds(
    Award,
    DAYS,
    st.integers(0, 100).map(Interval.point),
    st.just(Regulation.GENERAL_2023),
    st.sampled_from(["DE", "FR", None]),
    st.none() | NAMES,
    st.just(Truth.NO),
    st.none() | NAMES,
)
events: st.SearchStrategy[Event] = st.builds(
    Merger, DAYS, st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple), NAMES
) | st.builds(
    Split,
    DAYS,
    NAMES,
    st.lists(st.builds(Part, NAMES, equity), min_size=2, max_size=3, unique_by=lambda part: part.id).map(tuple),
)
histories = st.builds(
    History,
    st.lists(awards, max_size=6).map(tuple),
    st.lists(events, max_size=4, unique=True).map(tuple),
    st.none() | NAMES,
)


@given(histories, st.sets(NAMES, max_size=3), st.sets(NAMES, max_size=2), st.sampled_from(["DE", None]), DAYS)
def test_part_and_whole_agree(
    history: History, undertaking: set[str], possible: set[str], state: str | None, on: date
) -> None:
    whole = received(history, undertaking, on, state, None, possible=possible)
    portfolio = PortfolioAid(history, on)
    found = portfolio.received(undertaking, state, None, possible=possible)
    assert found.total == whole.total == portfolio.total(undertaking, state, None, possible=possible)
    # What can never have come to it is left out; all that counts is there, for the same reasons.
    assert {line.award: line for line in whole.lines if line.counts is not Truth.NO} == {
        line.award: line for line in found.lines if line.counts is not Truth.NO
    }
