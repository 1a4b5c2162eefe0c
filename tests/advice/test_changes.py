"""Near misses on small rules: what is told, word for word and to the cent."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from eligibility.advice.change import Change
from eligibility.advice.changes import changes
from eligibility.engine.assess import assess
from eligibility.engine.profile import Finding
from eligibility.report.exact import answered
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.engine.small_rules import small

A = "de.a"
FUNDED = {"rate": "50 %", "pays": {"p": {"share_of": "cost", "cite": "s 1"}}}
CAPPED = {**FUNDED, "at_most": [{"amount": "3000 EUR", "cite": "s 2"}]}
BY_COST = {
    "rate": {"by": "cost", "..1000 EUR": "20 %", "..5000 EUR": "40 %", "..100000 EUR": "10 %", "cite": "s 1"},
    "pays": {"p": {"share_of": "cost", "cite": "s 1"}},
}


def told(rulebook: Rulebook, answers: Mapping[str, object], also: Sequence[str] | None = None) -> list[Change]:
    """The changes of the one programme; any answer may be changed unless `also` says which."""
    assessed = assess(rulebook, answers)
    return list(changes(assessed, also=list(answers) if also is None else also).get(A, ()))


def brief(rulebook: Rulebook, found: Sequence[Change]) -> list[tuple[dict[str, Any], str]]:
    """What is changed to what, in the notation of answers, and the verdict then."""
    return [
        ({one.fact: answered(one.after, rulebook.subject(one.fact).type) for one in change.changed}, change.verdict)
        for change in found
    ]


ANY_OF_TWO = {"any": [{"staff": "10..20"}, {"staff": "50.."}]}
MISSES: dict[str, tuple[dict[str, Any], dict[str, object], list[dict[str, Any]]]] = {
    "the nearest number above": ({"staff": "10.."}, {"staff": 3}, [{"staff": 10}]),
    "the nearest number below": ({"staff": "..250"}, {"staff": 300}, [{"staff": 250}]),
    "the nearer of two cells": (ANY_OF_TWO, {"staff": 40}, [{"staff": 50}]),
    "of two as near the lower": (ANY_OF_TWO, {"staff": 35}, [{"staff": 20}]),
    "past an end that is left out": ({"staff": "10<.."}, {"staff": 3}, [{"staff": "10.000001"}]),
    "a cent past an end": ({"cost": "3000 EUR<.."}, {"cost": 0}, [{"cost": "3000.01"}]),
    "a hundredth of a point below": ({"share": "..<25 %"}, {"share": 30}, [{"share": "24.99"}]),
    "the next day": ({"born": "2020-12-31<.."}, {"born": "2019-01-01"}, [{"born": "2021-01-01"}]),
    "from a range": ({"staff": "10.."}, {"staff": "2..4"}, [{"staff": 10}]),
    "each choice": ({"size": ["a", "b"]}, {"size": "c"}, [{"size": "a"}, {"size": "b"}]),
    "a truth": ({"t0": "no"}, {"t0": True}, [{"t0": False}]),
    "a coarse code": ({"place": ["14"]}, {"place": "09162"}, [{"place": "14"}]),
    "a finer code where a coarse one is too coarse": ({"place": ["14713"]}, {"place": "09162"}, [{"place": "14713"}]),
    "no place abroad": ({"place": ["KR-26"]}, {"place": "09162"}, []),
    "either fact": (
        {"any": [{"t0": "yes"}, {"staff": "5.."}]},
        {"t0": False, "staff": 1},
        [{"t0": True}, {"staff": 5}],
    ),
    "both facts": (
        {"t0": "yes", "staff": "5..", "fee": "..10 EUR"},
        {"t0": False, "staff": 1, "fee": 3},
        [{"t0": True, "staff": 5}],
    ),
    "three facts": (
        {"t0": "yes", "t1": "yes", "staff": "5.."},
        {"t0": False, "t1": False, "staff": 1},
        [{"t0": True, "t1": True, "staff": 5}],
    ),
    "not four": (
        {"t0": "yes", "t1": "yes", "staff": "5..", "hours": "9.."},
        {"t0": False, "t1": False, "staff": 1, "hours": 2},
        [],
    ),
    "compared with another fact": (
        {"cost": {"at_most": "fee"}},
        {"cost": 500, "fee": 300},
        [{"cost": 300}, {"fee": 500}],
    ),
    "compared with a share of another fact": (
        {"cost": {"at_least": {"product": ["12.5 %", "fee"]}}},
        {"cost": 100, "fee": 1000},
        [{"cost": 125}, {"fee": 800}],
    ),
    "what mends one thing and breaks another is mended too": (
        {"staff": "10..", "any": [{"staff": "..5"}, {"t0": "yes"}]},
        {"staff": 3, "t0": False},
        [{"staff": 10, "t0": True}],
    ),
    "a sum that no single part may fill": (
        {
            "cost": "..3000 EUR",
            "fee": "..3000 EUR",
            "all": [{"cost": {"at_least": {"difference": ["5000 EUR", "fee"]}}}],
        },
        {"cost": 0, "fee": 0},
        [{"cost": 3000, "fee": 2000}],
    ),
    "nothing where nothing can do it": ({"staff": "10..", "t0": "yes"}, {"staff": 3}, [{"staff": 10}]),
}


@pytest.mark.parametrize("case", MISSES)
def test_a_miss(case: str) -> None:
    when, answers, expected = MISSES[case]
    rulebook = small(when)
    assert [changed for changed, _ in brief(rulebook, told(rulebook, answers))] == expected


def test_what_stays_unknown_is_told_by_the_verdict() -> None:
    rulebook = small({"staff": "10..", "t0": "yes"})
    assert brief(rulebook, told(rulebook, {"staff": 3})) == [({"staff": 10}, "undetermined")]
    both = small({"staff": "10..", "any": [{"t0": "yes"}, {"t1": "yes"}]})
    # Two changes that make it a yes go before one that leaves it open.
    assert brief(both, told(both, {"staff": 3, "t0": False})) == [({"t0": True, "staff": 10}, "eligible")]


def test_a_clause_of_the_authority_remains() -> None:
    requires = {
        "heads": {"when": {"staff": "10.."}, "cite": "s 1"},
        "free": {"manual": "The authority decides.", "cite": "s 2"},
    }
    rulebook = small(requires=requires)
    assert brief(rulebook, told(rulebook, {"staff": 3})) == [({"staff": 10}, "likely")]


def test_a_fact_without_an_answer_is_not_changed() -> None:
    rulebook = small({"staff": "10..", "t0": "yes"})
    assert told(rulebook, {"t0": False}, also=["t0", "staff"])[0].changed[0].fact == "t0"
    assert told(rulebook, {"staff": 3}, also=["t0"]) == []


def test_a_definition_that_was_given_stands_over_what_is_changed() -> None:
    large = {"d": {"type": "truth", "when": {"staff": "10.."}}}
    rulebook = small({"d": "yes"}, definitions=large)
    assert brief(rulebook, told(rulebook, {"staff": 3})) == [({"staff": 10}, "eligible")]
    assert told(rulebook, {"staff": 3, "d": False}, also=["staff"]) == []


def test_a_fact_that_is_worked_out_follows_what_is_changed() -> None:
    large = {"d": {"type": "truth", "when": {"staff": "10.."}}}
    rulebook = small({"t0": "yes"}, definitions=large, worked_out={"t0": "d"})
    assert brief(rulebook, told(rulebook, {"staff": 3})) == [({"staff": 10}, "eligible")]
    answered_too = {"staff": 3, "t0": False}
    assert brief(rulebook, told(rulebook, answered_too)) == [({"t0": True}, "eligible")]


def test_only_what_is_marked_or_named_is_changed() -> None:
    rulebook = small({"staff": "10.."})
    assert told(rulebook, {"staff": 3}, also=[]) == []


def test_a_name_that_the_rules_do_not_know() -> None:
    with pytest.raises(AnswerError) as caught:
        told(small({"staff": "10.."}), {"staff": 3}, also=["staf", "cost"])
    [problem] = caught.value.problems
    assert (problem.code, problem.message) == ("unknown-fact", "there is no fact `staf` that could be changed")
    assert problem.hint == "did you mean `staff`?"


@pytest.mark.parametrize(("window", "found"), [("..2020-12-31", 0), ("2022-01-01..", 1), ("continuous", 1)])
def test_a_closed_window_is_passed_over_unless_it_is_named(window: str, found: int) -> None:
    assessed = assess(small({"staff": "10.."}, window=window), {"staff": 3})
    assert len(changes(assessed, also=["staff"])) == found
    assert len(changes(assessed, also=["staff"], only=[A])) == 1
    assert changes(assessed, also=["staff"], only=[]) == {}


def awards(rulebook: Rulebook, answers: Mapping[str, object]) -> list[tuple[dict[str, Any], tuple[object, object]]]:
    found = told(rulebook, answers)
    return [(changed, change.gain) for (changed, _), change in zip(brief(rulebook, found), found, strict=True)]


def test_a_miss_brings_the_whole_award() -> None:
    rulebook = small({"staff": "10.."}, award=FUNDED)
    assert awards(rulebook, {"staff": 3, "cost": 800}) == [({"staff": 10}, (400, 400))]
    assert awards(rulebook, {"staff": 3}) == [({"staff": 10}, (0, None))]


def test_no_sum_is_no_gain() -> None:
    rulebook = small({"staff": "10.."})
    [(_, gain)] = awards(rulebook, {"staff": 3})
    assert gain == (None, None)
    [change] = told(rulebook, {"staff": 3})
    assert change.currency is None


def test_costs_are_told_up_to_the_cap() -> None:
    assert awards(small(award=CAPPED), {"cost": 800}) == [({"cost": 6000}, (2600, 2600))]
    assert awards(small(award=CAPPED), {"cost": 6000}) == []


def test_the_foot_of_a_cap_between_two_cents() -> None:
    third = {**CAPPED, "rate": "33.33 %"}
    # 33.33 % of 9000.90 EUR are 2999.99997 EUR, which are rounded to 3000 EUR, yet do not reach the cap.
    assert awards(small(award=third), {"cost": 3}) == [({"cost": "9000.91"}, (Fraction(2999), Fraction(2999)))]


def test_costs_that_bring_more_without_end_are_not_told() -> None:
    assert awards(small(award=FUNDED), {"cost": 800}) == []


def test_the_next_better_rate_and_the_greatest_award() -> None:
    # 40 % from a cent above 1000 EUR to 5000 EUR; no cost above them brings more than 100000 EUR do at 10 %.
    found = awards(small(award=BY_COST), {"cost": 800})
    assert found == [({"cost": "1000.01"}, (Fraction(24000, 100), Fraction(24000, 100)))]
    capped = {**BY_COST, "at_most": [{"amount": "1500 EUR", "cite": "s 2"}]}
    assert [changed for changed, _ in awards(small(award=capped), {"cost": 800})] == [
        {"cost": "1000.01"},
        {"cost": 3750},
    ]


def test_each_better_choice() -> None:
    decided = [
        {"value": "50 %", "when": {"size": "a"}, "cite": "s 1"},
        {"value": "40 %", "when": {"size": "b"}, "cite": "s 1"},
        {"value": "10 %"},
    ]
    award = {
        **FUNDED,
        "rate": {"decide": decided, "cite": "s 1"},
        "pays": {"p": {"share_of": "1000 EUR", "cite": "s 1"}},
    }
    rulebook = small(award=award)
    assert awards(rulebook, {"size": "c"}) == [({"size": "a"}, (400, 400)), ({"size": "b"}, (300, 300))]
    assert awards(rulebook, {"size": "b"}) == [({"size": "a"}, (100, 100))]
    assert awards(rulebook, {"size": "a"}) == []


def test_a_better_place() -> None:
    weak = {"poor": {"type": "truth", "lookup": {"table": "areas", "key": "place", "column": "weak"}}}
    award = {
        "rate": "10 %",
        "bonuses": {"weak": {"points": "10", "when": {"poor": "yes"}, "cite": "s 2"}},
        "pays": {"p": {"share_of": "1000 EUR", "cite": "s 1"}},
    }
    rows = ("01,no,,,", "02,yes,,,", "03,yes,,,", "04,yes,,,")
    rulebook = small(award=award, definitions=weak, rows=rows)
    assert awards(rulebook, {"place": "01"}) == [({"place": "02"}, (100, 100)), ({"place": "03"}, (100, 100))]
    assert awards(rulebook, {"place": "04"}) == []


def test_a_rate_without_a_sum() -> None:
    rulebook = small(award={"rate": {"by": "staff", "..10": "20 %", "..1000": "10 %", "cite": "s 1"}})
    assert awards(rulebook, {"staff": 20}) == [({"staff": 10}, (None, None))]


def test_an_award_that_would_cost_the_verdict_is_not_told() -> None:
    rulebook = small({"cost": "..4000 EUR"}, award=CAPPED)
    assert awards(rulebook, {"cost": 800}) == [({"cost": 4000}, (1600, 1600))]


def test_the_minimum_of_an_award() -> None:
    award = {**FUNDED, "at_least": [{"amount": "1000 EUR", "cite": "s 2"}]}
    assert awards(small(award=award), {"cost": 800}) == [({"cost": 2000}, (1000, 1000))]


def test_the_end_of_a_business_year() -> None:
    rulebook = small({"born": {"business_year_end": {"closing": "closes", "age": "..3 years"}}}, on=date(2021, 3, 1))
    found = told(rulebook, {"born": "2010-05-05", "closes": "2020-06-30"}, also=["born"])
    assert brief(rulebook, found) == [({"born": "2017-07-01"}, "eligible")]


def test_what_was_found_may_be_changed_as_an_answer_stands_over_it() -> None:
    rulebook = small({"staff": "10.."})
    assessed = assess(rulebook, {}, {"staff": Finding(3, "ownership")})
    [change] = changes(assessed, also=["staff"])[A]
    [one] = change.changed
    assert (one.before, one.after) == (Interval.point(Fraction(3)), Interval.point(Fraction(10)))
    assert assess(rulebook, {"staff": 10}, assessed.profile.findings).programmes[0].verdict is change.verdict
