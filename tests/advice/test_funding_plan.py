"""Funding plans of small rulebooks: each rule by itself, and what is told beside the sum."""

from fractions import Fraction
from typing import Any

import pytest

from eligibility.advice.funding_plan import funding_plans
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.advice.plan_rules import assessed, fixed, line, money, plan, share, up_to

A, B, C = "de.a", "de.b", "de.c"
COSTS = {"machines": 100000, "training": 20000, "advice": 10000}
NO, YES = False, True


def points(found: Any, kind: str) -> list[tuple[str, ...]]:
    return [point.programmes for point in found.open_points if point.kind == kind]


# Which programmes come together, and with how much.


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Silence: not for the same costs, but side by side for different ones.
        ([], [], {A: 40000}),
        # One of them allows the same costs: up to the cost itself.
        ([line("any", "same_costs", YES)], [], {A: 40000, B: 30000}),
        ([], [line("grant", "same_costs", YES)], {A: 40000, B: 30000}),
        ([line(["loan", B], "same_costs", YES)], [], {A: 40000, B: 30000}),
        ([line("loan", "same_costs", YES)], [], {A: 40000}),
        # One forbids what the other allows.
        ([line("any", "same_costs", YES)], [line("any", "same_costs", NO)], {A: 40000}),
        # That a project may have both says nothing of the same costs.
        ([line("any", "same_project", YES)], [], {A: 40000}),
        ([line("any", "same_costs", YES)], [line("any", "company", NO)], {A: 40000}),
        # Ids before kinds, kinds before any, whichever comes first.
        ([line("any", "same_costs", NO), line(B, "same_costs", YES)], [], {A: 40000, B: 30000}),
        ([line(B, "same_costs", NO), line("any", "same_costs", YES)], [], {A: 40000}),
        ([line("grant", "same_costs", YES), line("any", "same_costs", NO)], [], {A: 40000, B: 30000}),
        ([line("any", "company", NO), line(B, "same_costs", YES)], [], {A: 40000, B: 30000}),
        # Two lines for the same name contradict each other: the no stands.
        ([line("grant", "same_costs", YES), line("grant", "same_costs", NO)], [], {A: 40000}),
        # A line that is not in force yet says nothing.
        ([line("any", "same_costs", YES, in_force="2027-01-01..")], [], {A: 40000}),
    ],
)
def test_the_same_costs(first: list[object], second: list[object], expected: dict[str, int]) -> None:
    found = plan(
        {
            A: {"award": share(40, "machines"), "cumulation": first},
            B: {"award": share(30, "machines"), "cumulation": second},
        },
        machines=100000,
    )
    assert money(found) == expected


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        ([], YES),
        ([line("any", "same_costs", NO)], YES),
        ([line("any", "same_project", NO)], NO),
        ([line("any", "company", NO)], NO),
        ([line("loan", "company", NO)], YES),
        ([line("any", "same_project", NO), line(B, "same_project", YES)], YES),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_different_costs(lines: list[dict[str, object]], together: bool, turned: bool) -> None:
    first, second = {"award": share(50, "machines")}, {"award": share(50, "training")}
    if turned:
        second["cumulation"] = [{**one, "with": A} if one["with"] == B else one for one in lines]
    else:
        first["cumulation"] = lines
    found = plan({A: first, B: second}, **COSTS)
    assert money(found) == ({A: 50000, B: 10000} if together else {A: 50000})


@pytest.mark.parametrize(
    ("first", "second", "machines", "expected", "cut"),
    [
        (line("any", "same_costs", YES, "60 %"), None, 100000, 60000, YES),
        (line("any", "same_costs", YES, "60 %"), line("any", "same_costs", YES, "55 %"), 100000, 55000, YES),
        (line("any", "same_costs", YES, "80 %"), None, 100000, 70000, NO),
        (line("any", "same_costs", YES, "33.33 %"), None, 100, 40, NO),
        (line("grant", "same_project", YES, "60 %"), line("any", "same_costs", YES), 100000, 60000, YES),
    ],
)
def test_ceiling(first: Any, second: Any, machines: int, expected: int, cut: bool) -> None:
    found = plan(
        {
            A: {"award": share(40, "machines"), "cumulation": [first]},
            B: {"award": share(30, "machines"), "cumulation": [second] if second else []},
        },
        machines=machines,
    )
    assert found.best.money.high == expected
    assert any(one.cut_by == ("ceiling",) for one in found.best.applications) is cut
    assert [limit.kind for limit in found.limits] == ([] if expected == 70000 else ["ceiling"])


@pytest.mark.parametrize("turned", [False, True])
def test_a_ceiling_of_the_project_holds_for_each_cost_of_either(turned: bool) -> None:
    lines = [line("any", "same_project", YES, "50 %")]
    first = {"award": share(55, "machines"), "cumulation": [] if turned else lines}
    second = {"award": share(90, "training"), "cumulation": lines if turned else []}
    found = plan({A: first, B: second}, machines=100000, training=100000)
    assert money(found) == {A: 50000, B: 50000}
    assert [one.alone.high for one in found.best.applications] == [55000, 90000]


def test_all_aid_for_a_cost_is_never_more_than_the_cost() -> None:
    lines = [line("any", "same_costs", YES)]
    found = plan(
        {A: {"award": share(70, "machines"), "cumulation": lines}, B: {"award": share(50, "machines")}}, machines=1000
    )
    assert found.best.money == Interval.point(1000)
    (limit,) = found.limits
    assert (limit.kind, limit.programmes, limit.facts, limit.gain) == ("ceiling", (A, B), ("machines",), 200)


def test_one_cost_of_two_is_left_to_another_programme() -> None:
    found = plan({A: {"award": share(50, "machines", "training")}, B: {"award": share(80, "training")}}, **COSTS)
    assert {one.programme: one.costs for one in found.best.applications} == {A: ("machines",), B: ("training",)}
    assert money(found) == {A: 50000, B: 16000}


def test_what_a_programme_may_not_do_without() -> None:
    """Without training the first award is below its minimum: both costs go to it."""
    least = {"at_least": [{"amount": "55000 EUR", "cite": "s 2"}]}
    found = plan(
        {A: {"award": share(50, "machines", "training", **least)}, B: {"award": share(80, "training")}}, **COSTS
    )
    assert money(found) == {A: 60000}


def test_a_cost_given_as_the_sum_of_two() -> None:
    found = plan({A: {"award": share(50, "both")}, B: {"award": share(80, "both")}}, both=50000)
    assert {one.programme: one.costs for one in found.best.applications} == {B: ("both",)}


@pytest.mark.parametrize(
    ("lines", "machines", "software", "expected"),
    [
        ([], 100000, 40000, {A: 50000}),
        ([line("any", "same_project", YES)], 100000, 40000, {A: 50000}),
        # Both may fund the same: as far as no ceiling could be reached, even if one cost lies within the other.
        ([line("any", "same_costs", YES)], 100000, 40000, {A: 50000, B: 32000}),
        ([line("any", "same_costs", YES)], 100000, 62500, {A: 50000, B: 50000}),
        ([line("any", "same_costs", YES)], 100000, 62501, {B: Fraction(500008, 10)}),
        ([line("any", "same_costs", YES, "70 %")], 100000, 40000, {A: 50000}),
        ([line("any", "same_costs", YES, "82 %")], 100000, 40000, {A: 50000, B: 32000}),
    ],
)
def test_costs_that_may_be_the_same_money(
    lines: list[object], machines: int, software: int, expected: dict[str, Fraction]
) -> None:
    programmes = {A: {"award": share(50, "machines"), "cumulation": lines}, B: {"award": share(80, "software")}}
    found = plan(programmes, machines=machines, software=software)
    assert money(found) == expected
    if len(expected) == 1:
        assert [(limit.kind, limit.facts) for limit in found.limits] == [("same_costs", ("machines", "software"))]


# De-minimis aid.


def small_aid(amount: str) -> dict[str, object]:
    within = {"within": {"amount": "de_minimis_headroom", "cite": "s 4", "text": "headroom"}}
    return {"regime": "de_minimis", "award": fixed(amount, **within)}


def test_headroom() -> None:
    programmes = {A: small_aid("90000 EUR"), B: small_aid("60000 EUR"), C: {"award": fixed("10000 EUR")}}
    found = plan(programmes, de_minimis_received=100000)
    assert found.best.money == Interval.point(110000)
    assert found.best.applications[0].alone == Interval.point(90000)
    assert {kind for one in found.best.applications for kind in one.cut_by} == {"de_minimis"}
    (limit,) = found.limits
    assert (limit.kind, limit.programmes, limit.gain) == ("de_minimis", (A, B), 50000)
    assert limit.text is not None
    assert [cite.section for cite in limit.cites] == ["4"]


def test_headroom_of_a_programme_without_a_budget_of_its_own() -> None:
    found = plan({A: {"regime": "de_minimis", "award": fixed("150000 EUR")}, B: small_aid("150000 EUR")})
    assert found.best.money == Interval.point(200000)


def test_an_older_ceiling_holds_for_its_own_programme() -> None:
    older = {"max": ["0 EUR", {"difference": ["100000 EUR", "de_minimis_received"]}]}
    first = {"regime": "de_minimis", "award": fixed("100000 EUR", within={"amount": older, "cite": "s 5"})}
    found = plan({A: first, B: {**first, "award": dict(first["award"])}, C: small_aid("200000 EUR")})  # type: ignore[call-overload]
    assert found.best.money == Interval.point(200000)
    assert sum(money(found).get(name, 0) or 0 for name in (A, B)) <= 100000


def test_unknown_aid_received() -> None:
    found = plan({A: small_aid("90000 EUR"), B: small_aid("150000 EUR")}, de_minimis_received=None)
    assert found.best.money == Interval(0, 200000)
    assert points(found, "headroom") == [(A, B)]
    assert points(plan({A: small_aid("90000 EUR")}), "headroom") == []


def test_aid_received_between_two_sums() -> None:
    found = plan({A: small_aid("90000 EUR"), B: small_aid("90000 EUR")}, de_minimis_received="50000..120000")
    assert found.best.money == Interval(80000, 150000)


def test_under_the_block_exemption_no_headroom_counts() -> None:
    found = plan({A: {"regime": "gber", "award": fixed("900000 EUR")}, B: {"award": fixed("900000 EUR")}})
    assert found.best.money == Interval.point(1800000)


# Which of several is the best, and the next best.


@pytest.mark.parametrize(
    ("programmes", "expected"),
    [
        # Of equal money the sure one; then one application rather than two; then the order of the rulebook.
        ({A: {"award": up_to("5000 EUR")}, B: {"award": fixed("5000 EUR")}}, {B: 5000}),
        (
            {
                A: {"award": share(50, "machines")},
                B: {"award": share(50, "training")},
                C: {"award": share(50, "machines", "training")},
            },
            {C: 60000},
        ),
        ({C: {"award": share(50, "machines")}, B: {"award": share(50, "machines")}}, {B: 50000}),
    ],
)
def test_ties(programmes: dict[str, Any], expected: dict[str, int]) -> None:
    everything = list(programmes)
    exclude = [line("any", "company", NO)] if everything == [A, B] else []
    found = plan({name: {**one, "cumulation": exclude} for name, one in programmes.items()}, **COSTS)
    assert money(found) == expected


def test_runner_up() -> None:
    found = plan({A: {"award": share(50, "machines")}, B: {"award": share(45, "machines")}}, machines=1000)
    assert found.runner_up is not None
    assert [one.programme for one in found.runner_up.applications] == [B]
    assert found.runner_up.money == Interval.point(450)
    assert plan({A: {"award": share(50, "machines")}}, machines=1000).runner_up is None


def test_a_difference_of_one_cent_decides() -> None:
    programmes = {A: {"award": fixed("999999999.99 EUR")}, B: {"award": fixed("1000000000 EUR")}}
    excluded = {name: {**one, "cumulation": [line("any", "company", NO)]} for name, one in programmes.items()}
    found = plan(excluded)
    assert money(found) == {B: 10**9}
    assert found.runner_up is not None
    assert found.runner_up.money == Interval.point(Fraction(99999999999, 100))


def test_a_difference_of_one_won_decides() -> None:
    """A million millions against one won less: more than the solver tells apart."""
    programmes = {
        "kr.a": {"award": fixed("999999999999 KRW"), "cumulation": [line("any", "company", NO)]},
        "kr.b": {"award": fixed("1000000000000 KRW")},
        "kr.c": {"award": fixed("7 KRW")},
    }
    (found,) = funding_plans(assessed(programmes))
    assert (found.currency, money(found)) == ("KRW", {"kr.b": 10**12, "kr.c": 7})


def test_each_currency_by_itself() -> None:
    found = funding_plans(
        assessed({A: {"award": fixed("5 EUR")}, "kr.a": {"award": share(50, "won_cost")}}, won_cost=1001)
    )
    assert [(one.currency, one.best.money.high) for one in found] == [("EUR", 5), ("KRW", 501)]


def test_chances() -> None:
    programmes = {A: {"award": share(50, "machines"), "selection": "lottery"}, B: {"award": share(20, "machines")}}
    assert money(plan(programmes, machines=1000)) == {A: 500}
    found = plan(programmes, {A: Fraction(1, 3)}, machines=1000)
    assert (money(found), found.best.expected) == ({B: 200}, 200)
    found = plan(programmes, {A: Fraction(1, 2)}, machines=1000)
    assert (found.best.expected, found.best.money.high, found.best.applications[0].chance) == (250, 500, Fraction(1, 2))
    assert money(plan(programmes, {B: Fraction(0), A: Fraction(0)}, machines=1000)) == {}


@pytest.mark.parametrize(
    ("chances", "message"),
    [
        ({A: Fraction(11, 10)}, "`de.a`: a chance is from 0 to 1, not 11/10 (1 is certain, 0 is hopeless)"),
        ({A: Fraction(-1)}, "`de.a`: a chance is from 0 to 1, not -1 (1 is certain, 0 is hopeless)"),
        ({"de.aa": Fraction(1)}, "there is no programme `de.aa` (did you mean `de.a`?)"),
    ],
)
def test_chances_refused(chances: dict[str, Fraction], message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        plan({A: {"award": fixed("5 EUR")}}, chances)
    assert str(caught.value) == message
