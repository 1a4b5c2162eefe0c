"""The interview as a pure state machine: what it asks, in which order, and what back, skip and change do."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eligibility
from eligibility import AnswerError, Interview, Rulebook, Verdict

ANSWERS: dict[str, object] = {
    "site_country": "DE",
    "site_region": "09162",
    "legal_form": "limited_company",
    "group_employees": 50,
    "public_shareholding": 0,
    "digital_investment_cost": 60000,
    "size_limits_crossed": False,
    "digitalisation_plan": True,
    "founded": "2001-05-01",
    "nace": "C28",
    "digitalbonus_variant": "standard",
    "special_activity": "none",
    "kr_industry": "C26",
    "kr_fiscal_year_end": "2020-12-31",
    "kr_outgrew_on": "2020-06-01",
    "kr_business_group": "none",
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1))


@pytest.fixture(scope="module")
def digital_jetzt() -> Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"])


def reply(interview: Interview) -> object:
    """An answer that fits the question."""
    question = interview.question
    assert question is not None
    if question.fact in ANSWERS:
        return ANSWERS[question.fact]
    if question.subject.type == "choice":
        return question.subject.choices[0]
    if question.subject.type == "number":
        return int(min(12, question.subject.high or 12))
    return {"truth": False, "money": 1000, "percent": 10, "date": "2020-12-31"}[question.subject.type]


def run(interview: Interview, step: Callable[[Interview], Interview]) -> Interview:
    """Go on until nothing is left to ask; a fact that is asked twice would make it endless."""
    for _ in range(200):
        if interview.question is None:
            return interview
        interview = step(interview)
    raise AssertionError("the interview does not end")


def test_it_begins_with_the_country(rulebook: Rulebook) -> None:
    question = rulebook.interview({}).question
    assert question is not None
    assert question.fact == "site_country"
    assert question.text("de").endswith("?")
    reading = {result.id for result in rulebook.assess({}) if "site_country" in result.missing}
    assert set(question.why) == {result.id for result in rulebook.assess({}) if result.window != "closed"} & reading
    assert len(question.why) > 40


def test_it_ends_when_nothing_can_change(rulebook: Rulebook) -> None:
    done = run(rulebook.interview({}), lambda interview: interview.answer(reply(interview)))
    assert all(result.is_settled for result in done.assessed.programmes)
    assert done.count.open == 0


def test_it_ends_when_nothing_is_known(rulebook: Rulebook) -> None:
    done = run(rulebook.interview({}), lambda interview: interview.skip())
    assert done.answers == {}
    assert {result.verdict for result in done.assessed.programmes} == {Verdict.UNDETERMINED}


def test_a_final_programme_is_not_asked_about(digital_jetzt: Rulebook) -> None:
    interview = digital_jetzt.interview({"site_country": "KR"})
    assert interview.question is None
    assert interview.count.ruled_out == 1


def test_a_definition_is_asked_once_the_facts_behind_it_were_skipped(digital_jetzt: Rulebook) -> None:
    asked: list[str] = []

    def step(interview: Interview) -> Interview:
        assert interview.question is not None
        asked.append(interview.question.fact)
        skip = interview.question.fact == "site_region"
        return interview.skip() if skip else interview.answer(reply(interview))

    done = run(digital_jetzt.interview({}), step)
    assert "structurally_weak_region" in asked
    assert done.answers["structurally_weak_region"] is False
    assert done.assessed.programmes[0].is_settled


def test_every_step_leaves_the_interview_before_as_it_was(digital_jetzt: Rulebook) -> None:
    start = digital_jetzt.interview({})
    start.answer("DE")
    assert start.answers == {}
    assert start.question is not None
    assert start.question.fact == "site_country"


def test_back_asks_again_and_shows_the_answer_as_last_left(digital_jetzt: Rulebook) -> None:
    second = digital_jetzt.interview({}).answer("DE")
    third = second.answer(reply(second))
    again = third.back()
    assert again.question is not None
    assert second.question is not None
    assert (again.question.fact, again.question.before) == (second.question.fact, reply(second))
    assert again.answers == {"site_country": "DE"}
    assert again.answer(reply(second)).answers == third.answers
    assert again.back().question == digital_jetzt.interview({}).answer("DE").back().question
    assert again.back().answers == {}


def test_back_at_the_start_changes_nothing(digital_jetzt: Rulebook) -> None:
    start = digital_jetzt.interview({})
    assert start.back() == start


def test_change_asks_one_fact_again_and_keeps_the_rest(digital_jetzt: Rulebook) -> None:
    first = digital_jetzt.interview({"site_region": "09162"}).answer("DE")
    changing = first.change("site_region")
    assert changing.question is not None
    assert (changing.question.fact, changing.question.before) == ("site_region", "09162")
    assert changing.answer("14713").answers == {"site_country": "DE", "site_region": "14713"}
    assert changing.back().answers == first.answers
    assert changing.back().question == first.question


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda interview: interview.answer("XX"), "`XX` is not one of the choices"),
        (lambda interview: interview.change("site_contry"), "`site_contry` cannot be asked"),
    ],
)
def test_what_cannot_be_used_is_refused(
    digital_jetzt: Rulebook, step: Callable[[Interview], Interview], message: str
) -> None:
    with pytest.raises(AnswerError) as refused:
        step(digital_jetzt.interview({}))
    assert str(refused.value) == message


def test_there_is_nothing_to_answer_at_the_end(digital_jetzt: Rulebook) -> None:
    with pytest.raises(AnswerError, match="there is no question left to answer"):
        digital_jetzt.interview({"site_country": "KR"}).answer("DE")


def test_closed_programmes_come_last_or_not_at_all() -> None:
    rulebook = eligibility.load_rulebook(as_of=date(2026, 11, 21))
    everything = rulebook.interview({"site_country": "DE"})
    only_open = Interview(rulebook.linked, {"site_country": "DE"}, only_open=True)
    asked: list[tuple[str, ...]] = []

    def step(interview: Interview) -> Interview:
        assert interview.question is not None
        asked.append(interview.question.why)
        return interview.skip()

    run(only_open, step)
    assert not any("de.digital-jetzt" in why for why in asked)
    asked.clear()
    run(everything, step)
    windows = {result.id: result.window for result in rulebook.assess({}).assessed.programmes}
    closed = [all(windows[programme] == "closed" for programme in why) for why in asked]
    assert any(closed)
    assert closed == sorted(closed)


@given(choices=st.lists(st.sampled_from(["answer", "skip", "back", "again"]), max_size=40))
@settings(max_examples=40)
def test_any_walk_equals_its_transcript(digital_jetzt: Rulebook, choices: list[str]) -> None:
    interview = digital_jetzt.interview({})
    for choice in choices:
        question = interview.question
        if choice == "back":
            interview = interview.back()
        elif choice == "again" and interview.answers:
            interview = interview.change(next(iter(interview.answers)))
        elif question is not None:
            interview = interview.skip() if choice == "skip" else interview.answer(reply(interview))
        known = [step.fact for step in interview.steps]
        assert len(known) == len(set(known)), "nothing is asked twice"
    replayed = digital_jetzt.assess(interview.answers)
    assert [result.verdict for result in replayed] == [result.verdict for result in interview.assessed.programmes]
    run(interview, lambda open_: open_.skip())
