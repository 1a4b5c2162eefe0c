"""What a funding plan tells beside the sum: limits, what is open, and steps."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from eligibility.advice.funding_plan import funding_plans
from eligibility.advice.plan import PlanStep
from eligibility.values.interval import Interval
from tests.advice.plan_rules import assessed, fixed, line, money, plan, share, up_to

A, B, C = "de.a", "de.b", "de.c"
COSTS = {"machines": 100000, "training": 20000, "advice": 10000}
NO, YES = False, True


def points(found: Any, kind: str) -> list[tuple[str, ...]]:
    return [point.programmes for point in found.open_points if point.kind == kind]


def test_silence_is_told() -> None:
    programmes = {
        A: {"award": share(50, "machines")},
        B: {"award": share(50, "training")},
        C: {"award": share(50, "advice")},
    }
    programmes[C]["cumulation"] = [line(B, "same_costs", NO)]  # type: ignore[assignment]
    assert points(plan(programmes, **COSTS), "together") == [(A, B), (A, C)]


def test_limits_tell_the_greatest_first() -> None:
    text = {"de": "nicht zusammen", "en": "not together", "ko": "함께 불가"}
    found = plan(
        {
            A: {"award": share(50, "machines"), "cumulation": [line(B, "company", NO, text=text)]},
            B: {"award": share(50, "training")},
            C: {"award": share(45, "machines")},
        },
        **COSTS,
    )
    assert money(found) == {B: 10000, C: 45000}
    assert [(limit.kind, limit.programmes, limit.facts, limit.gain) for limit in found.limits] == [
        ("same_costs", (A, C), ("machines",), 40000),
        ("excluded", (A, B), (), 5000),
    ]
    excluded = found.limits[1]
    assert excluded.text is not None
    assert (excluded.text.en, [cite.section for cite in excluded.cites]) == ("not together", ["9"])
    assert found.limits[0].text is None


def test_amounts_that_are_not_known() -> None:
    found = plan({A: {"award": share(50, "machines")}, B: {"award": fixed("5 EUR")}}, machines=None)
    assert (money(found), points(found, "amount")) == ({B: 5}, [(A,)])


def test_costs_that_are_not_known_are_left_out_of_an_application() -> None:
    found = plan({A: {"award": share(50, "machines", "training")}}, machines=1000, training=None)
    assert [one.costs for one in found.best.applications] == [("machines",)]
    assert (money(found), points(found, "amount")) == ({A: 500}, [])


def test_an_unknown_cost_is_funded_once_too() -> None:
    cap = {"at_most": [{"amount": "3000 EUR", "cite": "s 2"}]}
    found = plan({A: {"award": share(50, "machines", **cap)}, B: {"award": share(50, "machines", **cap)}})
    assert found.best.money == Interval(0, 3000)
    assert len(found.best.applications) == 1


def test_selection_without_a_chance() -> None:
    programmes = {A: {"award": fixed("5 EUR"), "selection": "competitive"}, B: {"award": fixed("5 EUR")}}
    assert points(plan(programmes), "chance") == [(A,)]
    assert points(plan(programmes, {A: Fraction(1)}), "chance") == []


def test_what_is_hopeless_is_left_out_and_told() -> None:
    programmes = {A: {"award": fixed("5 EUR")}, B: {"award": fixed("9 EUR")}}
    found = plan(programmes, {B: Fraction(0)})
    assert (money(found), points(found, "hopeless")) == ({A: 5}, [(B,)])
    assert points(plan(programmes, {A: Fraction(1, 2)}), "hopeless") == []


def test_loans_go_beside() -> None:
    loan = {"kind": "loan", "regime": "de_minimis", "award": up_to("80000 EUR")}
    found = plan({A: {"award": fixed("5 EUR"), "cumulation": [line(C, "same_project", NO)]}, B: loan, C: loan})
    assert money(found) == {A: 5}
    assert points(found, "grant_equivalent") == [(B,)]
    assert [step.programmes for step in found.steps if step.kind == "beside"] == [(B,)]


@pytest.mark.parametrize(
    "written",
    [
        {"requires": {"willing": {"when": {"willing": "yes"}, "cite": "s 1"}}},
        {"window": "2020-01-01..2020-12-31"},
        {"kind": "service"},
        {"kind": "equity"},
        {"kind": "certification"},
    ],
)
def test_what_is_no_candidate(written: dict[str, Any]) -> None:
    assert funding_plans(assessed({A: {"award": fixed("5 EUR"), **written}})) == ()


def test_a_likely_programme_counts() -> None:
    manual = {"effect": {"manual": "a clause", "cite": "s 1"}}
    assert money(plan({A: {"award": fixed("5 EUR"), "requires": manual}})) == {A: 5}


def test_steps() -> None:
    early = {"started": {"when": {"project_started": "no"}, "cite": "s 1"}}
    found = plan(
        {
            A: {
                "award": fixed("5 EUR"),
                "requires": early,
                "window": "2026-01-01..2026-12-31",
                "papers": ["plan", "budget"],
            },
            B: {"award": fixed("6 EUR"), "window": "2026-01-01..2026-09-30"},
            C: {"award": fixed("7 EUR"), "window": "2026-10-01..2027-03-31"},
            "de.d": {"kind": "loan", "award": up_to("8 EUR"), "requires": early},
            "de.e": {"kind": "service", "window": "2026-01-01..2026-08-31"},
        },
        project_started=False,
    )
    assert found.steps == (
        PlanStep("beside", ("de.e",), None, date(2026, 8, 31)),
        PlanStep("apply", (B,), None, date(2026, 9, 30)),
        PlanStep("wait", (C,), date(2026, 10, 1), date(2027, 3, 31)),
        PlanStep("papers", (A,), None, date(2026, 12, 31), ("plan", "budget")),
        PlanStep("apply", (A,), None, date(2026, 12, 31)),
        PlanStep("beside", ("de.d",), None, None),
        PlanStep("start", (A, "de.d"), None, None),
    )


def test_only_a_window_to_wait_for() -> None:
    found = plan({A: {"award": fixed("5 EUR"), "window": "2026-10-01..2026-11-30"}})
    assert (found.best.applications, found.best.money, found.runner_up) == ((), Interval.point(0), None)
    assert found.steps == (PlanStep("wait", (A,), date(2026, 10, 1), date(2026, 11, 30)),)
    assert found.open_points == ()
