"""The wizard works a fact out: the line that offers it, what it then asks, and how one leaves it."""

from datetime import date

import pytest

import eligibility
from eligibility.cli.wizard.asker import Command, Option, Typed
from eligibility.cli.wizard.loop import run_loop
from eligibility.words import Words
from tests.wizard.person import BACK, NO, RESULT, UNKNOWN, WHY, YES, Person, Run, in_file_order, labels
from tests.wizard.stage import Played
from tests.wizard.terminal import BACK as CTRL_B
from tests.wizard.terminal import DOWN, ENTER

WORK_OUT, LEAVE = Command.WORK_OUT, Command.LEAVE
GIVEN: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "nonprofit": False,
    "insolvent": False,
    "founded": "2010-05-01",
}
IN_DIFFICULTY = "Does the company count as an “undertaking in difficulty” under EU State aid rules?"
GROUNDS = "Are there grounds for insolvency proceedings at the request of the creditors?"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Ermitteln: Unternehmen in Schwierigkeiten nach den Jahresabschlüssen"),
        ("en", "Work it out: Undertaking in difficulty by its accounts"),
        ("ko", "판정하기: 결산서 기준 경영 위기 기업 여부"),
    ],
)
def test_the_question_offers_it(one_programme: eligibility.Rulebook, language: str, line: str) -> None:
    person = Person([RESULT])
    run_loop(in_file_order(one_programme, GIVEN), person, Words(language), None)
    offered = [option.value for option in person.lines[0] if isinstance(option, Option)]
    assert offered == [YES, NO, WORK_OUT, UNKNOWN, BACK, RESULT]
    assert line in labels(person.lines[0])


def test_it_asks_until_the_fact_is_settled(run: Run) -> None:
    done, person = run(WORK_OUT, NO, NO, "100 000", "40 000", RESULT, given=GIVEN)
    assert person.headings[:2] == [IN_DIFFICULTY, GROUNDS]
    assert person.headings[2].startswith("Is rescue aid not yet repaid")
    assert [screen.why for screen in person.screens[1:5]] == ["To work out: Undertaking in difficulty"] * 4
    assert done.answers == {
        **GIVEN,
        "insolvency_grounds": False,
        "rescue_aid": False,
        "subscribed_capital": 100000,
        "equity": 40000,
    }
    assert done.assessed.programmes[0].verdict == "not_eligible"
    # Nothing is left to ask, so the answers are shown.
    assert person.headings[-1] == "Check your answers"
    told = "equity: read as €40,000 Worked out – Undertaking in difficulty: yes"
    assert person.screens[-1].notice.casefold() == told.casefold()


def test_a_sound_company_goes_on_with_the_next_question(run: Run) -> None:
    size = {"group_employees": 20, "group_turnover": 1000000, "size_limits_crossed": False, "public_shareholding": 0}
    done, person = run(WORK_OUT, NO, NO, "100 000", "80 000", RESULT, given={**GIVEN, **size})
    assert done.known.given("in_difficulty") is False
    assert "in_difficulty" not in done.answers
    assert person.screens[-1].notice.endswith("Worked out – Undertaking in difficulty: no")
    assert person.screens[-1].why == "For: Digital Now – investment grants for SMEs"


def test_it_can_be_left_from_a_list_and_from_a_line(run: Run) -> None:
    done, person = run(WORK_OUT, LEAVE, WORK_OUT, NO, NO, Typed("5", LEAVE), NO, RESULT, given=GIVEN)
    assert person.headings[1:3] == [GROUNDS, IN_DIFFICULTY]
    assert "Stop working it out" in labels(person.lines[1])
    assert "Stop working it out" not in labels(person.lines[2])
    assert [screen.working_out for screen in person.screens[:7]] == [False, True, False, True, True, True, False]
    assert person.headings[6] == IN_DIFFICULTY
    assert done.answers == {**GIVEN, "insolvency_grounds": False, "rescue_aid": False, "in_difficulty": False}


def test_back_leads_to_the_fact(run: Run) -> None:
    done, person = run(WORK_OUT, NO, BACK, BACK, YES, RESULT, given=GIVEN)
    assert person.headings[1:4] == [GROUNDS, person.headings[2], GROUNDS]
    assert person.headings[4] == IN_DIFFICULTY
    assert done.answers == {**GIVEN, "in_difficulty": True}


def test_back_leads_to_the_fact_where_nothing_else_is_known(one_programme: eligibility.Rulebook) -> None:
    interview = in_file_order(one_programme).change("in_difficulty")
    person = Person([WORK_OUT, BACK, RESULT])
    run_loop(interview, person, Words("en"), None)
    assert person.headings[0] == person.headings[2] == IN_DIFFICULTY
    assert person.screens[2].notice == ""


def test_what_is_left_open_leads_to_the_fact(run: Run) -> None:
    sole_trader = {**GIVEN, "legal_form": "sole_trader", "eu_size_class": "large"}
    done, person = run(WORK_OUT, UNKNOWN, UNKNOWN, "", "", "", "", "", "", "", "", NO, RESULT, given=sole_trader)
    # Debt and earnings of two years, which count for large companies.
    assert person.headings[3] == "What was the equity in the last annual accounts?"
    assert person.headings[11] == IN_DIFFICULTY
    assert Command.WORK_OUT not in [line.value for line in person.lines[-2] if isinstance(line, Option)]
    assert done.answers == {**sole_trader, "in_difficulty": False}


def test_an_answer_can_be_worked_out_from_the_review(run: Run) -> None:
    given = {**GIVEN, "in_difficulty": True}
    done, person = run("in_difficulty", WORK_OUT, YES, RESULT, given=given)
    assert person.headings[1:3] == [IN_DIFFICULTY, GROUNDS]
    assert "in_difficulty" not in done.answers
    assert done.known.given("in_difficulty") is True


def test_why_names_the_criterion_behind(run: Run) -> None:
    _, person = run(WORK_OUT, WHY, NO, RESULT, given=GIVEN)
    [(heading, paragraphs)] = person.pages
    assert heading == GROUNDS
    start = paragraphs.index("This is asked for:")
    assert "difficulty" in paragraphs[start + 3]


def test_on_a_terminal_it_is_left_with_a_key() -> None:
    terminal = Played.wizard("en", {**GIVEN, "insolvency_grounds": False, "rescue_aid": False})
    terminal.wait("Work it out")
    terminal.send(DOWN + DOWN + ENTER)
    terminal.wait("What is the subscribed capital")
    assert "Ctrl-O: stop working it out" in "\n".join(terminal.rows())
    terminal.send("5\x0f")
    terminal.wait("Does the company count")
    terminal.send(CTRL_B)
    terminal.kill()


def test_the_answers_make_the_same_result_later() -> None:
    rulebook = eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"])
    answers = {**GIVEN, "insolvency_grounds": False, "rescue_aid": False, "subscribed_capital": 100000, "equity": 1}
    assert rulebook.assess(answers)["de.digital-jetzt"].verdict == "not_eligible"
