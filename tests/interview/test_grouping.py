"""What is said of the group of a company: what it settles, what is asked then, and taking it back."""

from datetime import date

import pytest

import eligibility
from eligibility import Interview, Rulebook
from eligibility.engine.profile import Finding
from eligibility.interview.draft import Ask, Draft
from eligibility.interview.grouping import GROUP_FACTS, Basis
from eligibility.interview.order import by_file

SIZED: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "nonprofit": False,
    "insolvent": False,
    "in_difficulty": False,
    "public_shareholding": 0,
}
FOUND = {"group_employees": Finding("86", "ownership")}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"])


@pytest.fixture
def start(rulebook: Rulebook) -> Interview:
    """An interview whose next question is the first on the group."""
    return Interview(rulebook.linked, SIZED, choose=by_file)


def fact(interview: Interview) -> str | None:
    return None if interview.question is None else interview.question.fact


def test_the_group_comes_up_with_its_first_figure(rulebook: Rulebook, start: Interview) -> None:
    assert fact(start) in GROUP_FACTS
    assert start.asks_for_group
    assert not Interview(rulebook.linked, {}, choose=by_file).asks_for_group


@pytest.mark.parametrize("known", sorted(GROUP_FACTS))
def test_whoever_told_a_figure_is_not_asked(start: Interview, rulebook: Rulebook, known: str) -> None:
    assert not Interview(rulebook.linked, {**SIZED, known: "1..1000"}, choose=by_file).asks_for_group


def test_what_files_say_of_the_group_is_not_asked(rulebook: Rulebook) -> None:
    assert not Interview(rulebook.linked, SIZED, findings=FOUND).asks_for_group
    aid = {"de_minimis_received": Finding("0", "aid")}
    assert Interview(rulebook.linked, SIZED, choose=by_file, findings=aid).asks_for_group


def test_alone_the_own_figures_are_those_of_the_group(start: Interview) -> None:
    alone = start.with_group(Basis.ALONE)
    assert not alone.asks_for_group
    assert alone.question is not None
    assert alone.question.fact == "group_employees"
    assert alone.question.text("en").startswith("How many people does the company employ")
    answered = alone.answer(60)
    assert answered.answers["group_employees"] == 60
    assert answered.found == {"employees": Finding(60, "alone")}


def test_alone_what_was_told_of_the_company_itself_is_not_asked_again(rulebook: Rulebook) -> None:
    told = Interview(rulebook.linked, {**SIZED, "employees": 60}, choose=by_file)
    alone = told.with_group(Basis.ALONE)
    assert alone.found == {"group_employees": Finding(60, "alone")}
    assert fact(alone) not in GROUP_FACTS
    assert alone.answers == told.answers
    assert alone.told["group_employees"] == 60


def test_alone_both_figures_are_left_open_together(rulebook: Rulebook) -> None:
    catalogue = eligibility.load_rulebook(as_of=date(2026, 11, 22)).linked
    alone = Interview(catalogue, {"site_country": "DE"}).with_group(Basis.ALONE).change("employees").skip()
    asked = set()
    for _ in range(200):
        if alone.question is None:
            break
        asked.add(alone.question.fact)
        alone = alone.skip()
    assert not asked & {"employees", "group_employees"}


def test_standing_alone_says_nothing_of_public_bodies(start: Interview) -> None:
    alone = start.with_group(Basis.ALONE)
    assert "public_shareholding" not in alone.found


def test_sums_are_asked_for_in_the_words_of_the_group(start: Interview) -> None:
    sums = start.with_group(Basis.SUMS)
    assert sums.question is not None
    assert sums.question.text("en").endswith("together with partner and linked enterprises?")
    assert sums.found == {}


def test_what_is_worked_out_stands_until_an_answer_does(start: Interview) -> None:
    found = start.with_group(Basis.WORKED_OUT, Draft(), FOUND)
    assert fact(found) != "group_employees"
    assert found.profile.found("group_employees") == FOUND["group_employees"]
    changed = found.change("group_employees")
    assert changed.question is not None
    assert changed.question.before == "86"
    answered = changed.answer(90)
    assert answered.told["group_employees"] == 90
    assert answered.profile.found("group_employees") is None
    assert answered.change("group_employees").skip().told["group_employees"] == "86"


def test_a_range_that_was_worked_out_is_narrowed(start: Interview) -> None:
    found = start.with_group(Basis.WORKED_OUT, Draft(), {"group_employees": Finding("40..90", "ownership")})
    assert found.question is not None
    assert found.question.narrows
    assert found.question.halves == ("40..50", "50.000001..90")
    assert found.answer("40..50").told["group_employees"] == "40..50"
    with pytest.raises(eligibility.AnswerError, match=r"does not lie in `40\.\.90`"):
        found.answer(100)


def test_going_back_takes_back_what_was_said_of_the_group(start: Interview) -> None:
    alone = start.with_group(Basis.ALONE)
    assert alone.back().asks_for_group
    answered = alone.answer(60)
    again = answered.back()
    assert again.question is not None
    assert (again.question.fact, again.question.before) == ("group_employees", 60)
    assert again.back().asks_for_group


def test_a_further_word_on_the_group_takes_back_what_was_worked_out(start: Interview) -> None:
    found = start.with_group(Basis.WORKED_OUT, Draft(), FOUND)
    assert found.drafted(Draft({Ask("name"): "Firm"})).found == {}


def test_the_assessment_tells_what_was_worked_out_apart(rulebook: Rulebook, start: Interview) -> None:
    found = start.with_group(Basis.WORKED_OUT, Draft(), FOUND)
    assert "group_employees" not in found.assessed.profile.answers
    assert (
        found.assessed.profile.values["group_employees"]
        == rulebook.assess({"group_employees": 86}).assessed.profile.values["group_employees"]
    )
