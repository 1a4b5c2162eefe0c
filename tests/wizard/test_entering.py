"""Typed answers, ranges and halves, with a scripted person in place of a terminal."""

from dataclasses import replace
from functools import cached_property

import pytest

import eligibility
from eligibility.cli.wizard.loop import run_loop
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview, Question
from eligibility.interview.order import by_file
from eligibility.words import Words
from tests.wizard.person import (
    BACK,
    EXACT,
    FIRM,
    RANGE,
    RESULT,
    SIZED,
    UNKNOWN,
    WHY,
    Person,
    Reply,
    Run,
    labels,
)


class Halving(Interview):
    """Asks on with the same two halves whenever the public share is known as a range."""

    halves = ("0..9.99", "10..30")

    @cached_property
    def question(self) -> Question | None:
        asked = super().question
        if asked is None or self.asking is not None or asked.fact not in self.answers:
            return asked
        return replace(asked, halves=self.halves)


@pytest.fixture
def run_halving(one_programme: eligibility.Rulebook) -> Run:
    def run(*replies: Reply, given: dict[str, object] | None = None) -> tuple[Interview, Person]:
        person = Person(list(replies))
        known = {**FIRM, "public_shareholding": "0..30", **(given or {})}
        start = Halving(one_programme.linked, known, choose=by_file)
        done = run_loop(start, person, Words("en"), None)
        assert person.replies == []
        return done, person

    return run


def test_a_range_is_asked_on_by_its_halves(run_halving: Run) -> None:
    done, person = run_halving("0..9.99", RESULT)
    screen = person.screens[0]
    assert screen.heading == "Public shareholding: less than 10%, or 10% and more?"
    assert screen.help == "What percentage of the capital or votes do public bodies hold?"
    assert screen.refining
    assert labels(person.lines[0]) == [
        "under 10%",
        "10% to 30%",
        "Enter it exactly",
        "I do not know more exactly",
        "",
        "< Back",
        "Show the result now",
    ]
    assert done.answers["public_shareholding"] == "0..9.99"


def test_a_known_range_can_be_kept(run_halving: Run) -> None:
    done, person = run_halving(UNKNOWN, RESULT)
    assert done.answers["public_shareholding"] == "0..30"
    assert person.headings[1] != person.headings[0]


def test_an_exact_answer_in_place_of_a_half(run_halving: Run) -> None:
    done, person = run_halving(EXACT, WHY, "5", RESULT)
    assert person.texts[:2] == ["", ""]
    assert person.screens[1].help == "Known so far: at most 30%. Do you know it more exactly?"
    assert person.screens[1].refining
    assert done.answers["public_shareholding"] == 5


def test_going_back_from_an_exact_answer_returns_to_the_halves(run_halving: Run) -> None:
    _, person = run_halving(EXACT, BACK, RESULT)
    assert person.headings[0] == person.headings[2]


def test_an_answer_outside_the_range_corrects_it(run_halving: Run) -> None:
    done, _ = run_halving(EXACT, "100", RESULT)
    assert done.answers["public_shareholding"] == 100


def test_an_empty_line_keeps_the_range(run_halving: Run) -> None:
    done, person = run_halving(EXACT, "", RESULT)
    assert done.answers["public_shareholding"] == "0..30"
    assert person.headings[2] not in person.headings[:2]


def test_why_on_the_halves(run_halving: Run) -> None:
    _, person = run_halving(WHY, RESULT)
    assert [heading for heading, _ in person.pages] == [person.screens[0].help]


def test_ranges_can_be_chosen_instead_of_typing(run: Run) -> None:
    done, person = run(RANGE, WHY, "50.000001..250", RESULT, given=SIZED, group=Basis.SUMS)
    assert person.screens[0].ranges
    assert "over 50 to 250 people" in labels(person.lines[0])
    assert (person.screens[1].help, person.screens[1].form) == ("", "")
    assert len(person.pages) == 1
    assert done.answers["group_employees"] == "50.000001..250"


@pytest.mark.parametrize(
    ("replies", "answers"),
    [
        ((RANGE, EXACT, "60", RESULT), {"group_employees": 60}),
        ((RANGE, UNKNOWN, RESULT), {}),
        ((RANGE, RESULT), {}),
        ((RANGE, BACK, RESULT), {}),
    ],
)
def test_ways_out_of_the_ranges(run: Run, replies: tuple[Reply, ...], answers: dict[str, object]) -> None:
    done, _ = run(*replies, given=SIZED, group=Basis.SUMS)
    assert {fact: answer for fact, answer in done.answers.items() if fact not in SIZED} == answers


def test_a_question_without_thresholds_offers_no_ranges(run: Run) -> None:
    _, person = run(RESULT)
    assert not person.screens[0].ranges


def test_an_ambiguous_number_is_chosen_from_its_readings(run: Run) -> None:
    done, person = run("1.234", 1234, RESULT, given=SIZED, group=Basis.SUMS)
    assert person.screens[1].error == "1.234: what is meant?"
    assert labels(person.lines[0]) == ["1,234 people", "1.234 people", "", "Type it again"]
    assert person.screens[2].notice == "Employees including the group: read as 1,234 people"
    assert done.answers["group_employees"] == 1234


def test_an_ambiguous_line_can_be_typed_again(run: Run) -> None:
    done, person = run("1.234", WHY, BACK, "50", RESULT, given=SIZED, group=Basis.SUMS)
    assert person.screens[-2].error == "1.234 can mean 1234 or 1.234: write 1234 or 1.2340."
    assert person.texts == ["", "1.234"]
    assert done.answers["group_employees"] == 50


def test_the_result_can_be_wanted_while_choosing_a_reading(run: Run) -> None:
    done, _ = run("1.234", RESULT, given=SIZED, group=Basis.SUMS)
    assert "group_employees" not in done.answers


def test_an_ambiguous_name_is_chosen_from_those_that_fit(run: Run) -> None:
    done, person = run("DE", "Leipzig", "14713", RESULT)
    assert labels(person.lines[0])[:2] == ["Leipzig (city)", "Leipzig (district)"]
    assert done.answers["site_region"] == "14713"


def test_a_district_of_another_land_corrects_the_land(one_programme: eligibility.Rulebook) -> None:
    person = Person(["14713", RESULT])
    start = Interview(one_programme.linked, {**FIRM, "site_region": "09"}, choose=by_file)
    while start.question is not None and start.question.fact != "site_region":
        start = start.skip()
    assert start.question is not None
    assert start.question.narrows
    assert run_loop(start, person, Words("en"), None).answers["site_region"] == "14713"
