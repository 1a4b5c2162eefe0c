"""The columns of a whole structure say of every firm what its own answers say."""

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.engine.fact_columns import high_end
from eligibility.engine.profile import read_profile
from eligibility.engine.spans import scale_of
from eligibility.group.facts import size_facts
from eligibility.group.frame import fact_frame, is_firm, is_korean
from eligibility.group.korean_facts import korean_facts
from eligibility.group.structure import Control, Kind, Structure, from_rows
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_IDS = ("a", "b", "c", "d", "e", "f")
_SHARES = st.sampled_from([0, 24, Fraction("24.995"), 25, Fraction("33.333333"), 50, 60, 100, None, Interval(20, 30)])
_PEOPLE = st.sampled_from([None, 0, 5, Fraction("9.999999"), 30, 249, 300, 10_000_001, Interval(40, 60), Interval(8)])
_AMOUNTS = st.sampled_from([None, 0, 2_000_000, Fraction("2000000.01"), 9 * 10**6, 10**8, Interval(1, 3 * 10**6)])
_WON = st.sampled_from([None, 0, 123, 5 * 10**11, 2 * 10**13, Interval(5, 7), Interval(0, 9)])
_SUFFIXES = ("", "_previous", "_earlier")


@cache
def the_rulebook() -> Rulebook:
    return load([bundled_rules()], date(2021, 3, 1), ["de.digital-jetzt", "kr.world-class-plus"])


@pytest.fixture
def rulebook() -> Rulebook:
    return the_rulebook()


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    """Any structure with figures of three periods, most of them alike, so that classes are often settled."""
    enterprises = []
    for name in _IDS:
        row = {"id": name, "kind": draw(st.sampled_from([Kind.ENTERPRISE] * 5 + list(Kind)))}
        row["kr_average_turnover"], row["kr_total_assets"] = draw(_WON), draw(_WON)
        row["country"] = draw(st.sampled_from(["KR", "KR", "DE", None]))
        row["kr_audited"] = draw(st.sampled_from([None, Truth.YES, Truth.NO]))
        people, amounts = draw(_PEOPLE), draw(_AMOUNTS)
        for suffix in _SUFFIXES:
            row[f"employees{suffix}"] = draw(st.one_of(st.just(people), _PEOPLE))
            row[f"turnover{suffix}"] = draw(st.one_of(st.just(amounts), _AMOUNTS))
            row[f"balance_sheet{suffix}"] = draw(st.one_of(st.just(amounts), _AMOUNTS))
        enterprises.append(row)
    pairs = draw(st.lists(st.tuples(st.sampled_from(_IDS), st.sampled_from(_IDS)), unique=True, max_size=5))
    holdings = [
        {
            "holder": holder,
            "held": held,
            "share": draw(_SHARES),
            "control": draw(st.sampled_from([Control.NONE] * 6 + [Control.APPOINTS])),
        }
        for holder, held in pairs
    ]
    return from_rows(enterprises, holdings)


@settings(max_examples=50)
@given(structures())
def test_columns_say_what_the_answers_of_each_firm_say(structure: Structure) -> None:
    assert_same(the_rulebook(), structure)


def assert_same(rulebook: Rulebook, structure: Structure) -> None:
    frame = fact_frame(rulebook, structure)
    facts = [name for name in frame.columns if not name.endswith("..")]
    rows = frame.rows(named=True)
    for node, firm in enumerate(is_firm(structure)):
        answers = dict(size_facts(rulebook, structure, node).answers) if firm else {}
        if firm and is_korean(structure)[node]:
            answers |= korean_facts(rulebook, structure, node).answers
        expected = read_profile(rulebook, answers).values
        found = {}
        for fact in facts:
            subject, low = rulebook.subject(fact), rows[node][fact]
            high = rows[node].get(high_end(fact), low)
            if low is None:
                assert high is None
            elif subject.type in ("number", "money", "percent"):
                scale = scale_of(subject.type, subject.currency)
                found[fact] = Interval(Fraction(low, scale), None if high is None else Fraction(high, scale))
            else:
                found[fact] = low
        assert found == expected


def test_the_status_of_three_periods_stands_where_two_do_not_tell_it(rulebook: Rulebook) -> None:
    # Large two years ago, medium, then small: the class in the middle stands, which the last two do not say.
    people = {"employees": 60, "employees_previous": 45, "employees_earlier": 300}
    amounts = {f"turnover{suffix}": 11_000_000 for suffix in _SUFFIXES}
    others = {f"balance_sheet{suffix}": 11_000_000 for suffix in _SUFFIXES}
    firm = {**people, **amounts, **others}
    rows = [
        {"id": "firm", **firm, "employees": 9, "turnover": 1_000_000, "employees_previous": 300},
        {"id": "public", **firm, "employees": 9, "turnover": 1_000_000, "employees_previous": 300},
        {"id": "town", "kind": Kind.PUBLIC_BODY},
        {"id": "owner", "kind": Kind.PERSON},
        {"id": "other", "kind": Kind.PERSON},
    ]
    for row in rows[:2]:
        row["employees_earlier"] = 60
    structure = from_rows(
        rows,
        [
            {"holder": "town", "held": "public", "share": 25},
            {"holder": "owner", "held": "public", "share": 75},
            {"holder": "other", "held": "firm", "share": 100},
        ],
    )
    frame = fact_frame(rulebook, structure)
    assert frame["eu_size_class"].to_list() == ["medium", None, None, None, None]
    assert frame["size_limits_crossed"].to_list() == [True, True, None, None, None]
    assert frame["public_shareholding"].to_list() == [0, 2_500, None, None, None]
    assert_same(rulebook, structure)


def test_what_is_too_large_to_be_answered_is_at_least_the_largest(rulebook: Rulebook) -> None:
    rows = [{"id": name, "employees": 6_000_000} for name in ("a", "b")]
    structure = from_rows(rows, [{"holder": "a", "held": "b", "share": 100}])
    assert size_facts(rulebook, structure, 0).answers["group_employees"] == "10000000.."
    frame = fact_frame(rulebook, structure)
    assert frame["group_employees"].to_list() == [10**13, 10**13]
    assert frame["group_employees.."].to_list() == [None, None]


def test_a_structure_that_tells_little_gives_public_shares_alone(rulebook: Rulebook) -> None:
    structure = from_rows([], [{"holder": "a", "held": "b", "share": 10}])
    assert fact_frame(rulebook, structure).to_dict(as_series=False) == {
        "public_shareholding": [None, 0],
        "public_shareholding..": [None, 9_000],
    }
