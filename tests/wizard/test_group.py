"""The part of the wizard on the group, with a scripted person in place of a terminal."""

from datetime import date
from fractions import Fraction

import pytest

import eligibility
from eligibility.cli.wizard.asker import Option
from eligibility.cli.wizard.loop import WizardLeft, run_loop
from eligibility.group.document import read_document_structure
from eligibility.interview.draft import Ask, share_of
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview
from eligibility.interview.ownership import rows_of, written
from eligibility.words import Words
from tests.wizard.person import (
    BACK,
    NO,
    RESULT,
    SIZED,
    UNKNOWN,
    WHY,
    Command,
    Person,
    Reply,
    Run,
    in_file_order,
    labels,
)

ADD, ON, SHEET, REMOVE, GROUP = Command.ADD, Command.CONTINUE, Command.SHEET, Command.REMOVE, Command.GROUP
ALONE, SUMS, WORK_OUT = (basis.value for basis in (Basis.ALONE, Basis.SUMS, Basis.WORKED_OUT))
FIRM: tuple[Reply, ...] = (WORK_OUT, "Kim GmbH", "40", "5 million", "4 million", "38", "4 million", "3 million")
NORD: tuple[Reply, ...] = ("Nord Holding", "enterprise", "holds_us", "60", "60", "46", "30m", "20m", "", "", "")
ANNA: tuple[Reply, ...] = ("Anna Kim", "person", "holds_us", "40", "40", "none")

TOWN: tuple[Reply, ...] = ("Town", "investor", "local_authority", "holds_us", "30", "30", "none", "5m")


def test_alone_is_one_question(run: Run) -> None:
    done, person = run(ALONE, "60", RESULT, given=SIZED)
    assert person.headings[:2] == [
        "Does the company stand alone, without partner or linked enterprises?",
        "How many people does the company employ, counted as full-time equivalents?",
    ]
    assert person.screens[1].help.startswith("In annual work units")
    assert done.answers["group_employees"] == 60
    assert done.told["employees"] == 60


@pytest.mark.parametrize("reply", [SUMS, UNKNOWN])
def test_the_sums_are_asked_for(run: Run, reply: Reply) -> None:
    done, person = run(reply, "60", RESULT, given=SIZED)
    assert person.headings[1].endswith("together with partner and linked enterprises?")
    assert "employees" not in done.told


def test_why_on_standing_alone(run: Run) -> None:
    _, person = run(WHY, RESULT, given=SIZED)
    [(heading, paragraphs)] = person.pages
    assert heading == person.headings[0]
    assert paragraphs[0].startswith("It does if no other enterprise or public body holds 25 % or more")
    assert paragraphs[-1] == "For: Digital Now – investment grants for SMEs"


def test_back_from_standing_alone_and_to_it(run: Run) -> None:
    _, person = run(NO, "0", BACK, "0", ALONE, BACK, RESULT, given=BEFORE)
    share = "What percentage of the capital or votes do public bodies hold?"
    assert [heading == share for heading in person.headings[1:4]] == [True, False, True]
    assert person.headings[4] == person.headings[6]


BEFORE = {fact: answer for fact, answer in SIZED.items() if fact not in ("in_difficulty", "public_shareholding")}


def test_a_group_is_worked_out(run: Run) -> None:
    done, person = run(*FIRM, ADD, *NORD, ADD, *ANNA, ON, RESULT, given=SIZED)
    assert done.answers == SIZED
    assert done.told["group_employees"] == "86"
    assert done.told["group_turnover"] == "35000000"
    assert done.told["group_employees_previous"] == "38.."
    assert done.told["employees"] == "40"
    assert done.group is not None
    assert done.group.basis is Basis.WORKED_OUT
    overview = next(lines for lines in reversed(person.lines) if ON in values(lines))
    assert labels(overview) == [
        "Name another one",
        "Everybody is named: use these figures",
        "Show the derivation sheet",
        "< Back",
        "",
        "Kim GmbH",
        "Nord Holding | Nord Holding > Kim GmbH: 60%",
        "Anna Kim | Anna Kim > Kim GmbH: 40%",
    ]


def values(lines: object) -> list[object]:
    assert isinstance(lines, list)
    return [line.value for line in lines if isinstance(line, Option)]


def test_the_sheet_is_shown(run: Run) -> None:
    _, person = run(*FIRM, ADD, *NORD, SHEET, RESULT, given=SIZED)
    [(heading, lines)] = person.pages
    assert heading == "Derivation sheet: Kim GmbH"
    assert "Enterprises that count" in lines
    assert max(len(line) for line in lines) <= 80


def test_own_figures_that_were_answered_are_not_asked_again(run: Run) -> None:
    _, person = run(WORK_OUT, "Kim GmbH", RESULT, given={**SIZED, "employees": 40})
    assert person.headings[-1] == "Kim GmbH: turnover of the last closed financial year"


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        (("",), "A name is needed to tell them apart."),
        (("Kim GmbH", "many"), "That is not a number: write it like 1200000 or 12.50."),
    ],
)
def test_a_mistake_is_told_beside_the_line(run: Run, replies: tuple[Reply, ...], error: str) -> None:
    _, person = run(WORK_OUT, *replies, RESULT, given=SIZED)
    assert person.screens[-1].error == error


@pytest.mark.parametrize(
    ("replies", "notice"),
    [
        (("kim gmbh",), "This name stands in the list already: choose it there to change it."),
        (("Sued", "enterprise", "holds_us", "41"), "Together that would be more than 100 % of one enterprise."),
    ],
)
def test_what_does_not_go_together_is_told(run: Run, replies: tuple[Reply, ...], notice: str) -> None:
    nord = ("Nord", "enterprise", "holds_us", "60", "60", *([""] * 6))
    _, person = run(*FIRM, ADD, *nord, ADD, *replies, RESULT, given=SIZED)
    assert person.screens[-1].notice == notice


def test_the_same_holding_twice_is_told(run: Run) -> None:
    _, person = run(*FIRM, ADD, *ANNA, "1", ADD, "holds_us", RESULT, given=SIZED)
    assert person.screens[-1].notice == "This holding has been told already: choose it in the list to change it."


def test_a_line_with_two_readings_is_chosen_from(run: Run) -> None:
    done, person = run(WORK_OUT, "Kim GmbH", "1.234", 1234, RESULT, given=SIZED)
    assert person.screens[3].error == "1.234: what is meant?"
    assert labels(person.lines[-1]) == ["1,234", "1.234", "", "Type it again"]
    assert done.draft is not None
    assert done.draft.told("employees") == 1234


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4999", "4999"), ("under 5000", "..4999"), ("over 100", "101.."), ("4,999", "4999"), ("2.5-4.5", "3..4")],
)
def test_inhabitants_are_whole_numbers(run: Run, typed: str, kept: str) -> None:
    done, _ = run(*FIRM, ADD, *TOWN, typed, ON, RESULT, given=SIZED)
    assert done.draft is not None
    assert str(done.draft.told("inhabitants", 1)) == kept
    read = read_document_structure("x.yaml", written(rows_of(done.draft)), date(2026, 11, 22))
    assert read.nodes.inhabitants == {1: share_of(kept).clamped(Fraction(0), None)}


def test_half_an_inhabitant_is_a_mistake(run: Run) -> None:
    _, person = run(*FIRM, ADD, *TOWN, "2.5", "2", ON, RESULT, given=SIZED)
    assert "That has too many decimals." in [screen.error for screen in person.screens]


def test_one_of_them_is_changed_and_removed(run: Run) -> None:
    done, person = run(*FIRM, ADD, *NORD, "1", "3", "30", "1", REMOVE, ADD, *ANNA, RESULT, given=SIZED)
    rows = next(labels(lines) for lines in person.lines if "Kind: an enterprise" in labels(lines))
    assert rows[:5] == [
        "Name: Nord Holding",
        "Kind: an enterprise",
        "Holding: Nord Holding holds shares in your company",
        "Share of the capital: 60%",
        "Share of the votes: 60%",
    ]
    assert rows[-3:] == ["Add another holding", "Remove it", "< Back"]
    assert done.draft is not None
    assert [done.draft.told("name", number) for number in done.draft.others] == ["Anna Kim"]


def test_back_goes_through_all_that_was_told_and_keeps_it(run: Run) -> None:
    done, person = run(WORK_OUT, "Kim GmbH", "40", BACK, BACK, BACK, WORK_OUT, RESULT, given=SIZED)
    assert person.texts == ["", "", "", "40", "Kim GmbH", "Kim GmbH"]
    assert person.starts == [None, WORK_OUT]
    assert done.draft is not None


def test_the_result_can_be_had_while_the_group_is_told(run: Run) -> None:
    done, _ = run(WORK_OUT, "Kim GmbH", RESULT, given=SIZED)
    assert done.found == {}
    assert done.draft is not None
    assert done.draft.told("name") == "Kim GmbH"


def test_leaving_keeps_what_was_told(one_programme: eligibility.Rulebook) -> None:
    saved: list[Interview] = []
    person = Person([WORK_OUT, "Kim GmbH", "40", KeyboardInterrupt])
    with pytest.raises(WizardLeft) as left:
        run_loop(in_file_order(one_programme, dict(SIZED)), person, Words("en"), saved.append)
    draft = left.value.interview.draft
    assert draft is not None
    assert draft.told("employees") == 40
    assert saved[-1].draft == draft


def test_what_was_said_is_among_the_answers(one_programme: eligibility.Rulebook) -> None:
    def shown(start: Interview, *replies: Reply) -> list[str]:
        person = Person([BACK, *replies, RESULT])
        run_loop(start, person, Words("en"), None)
        return labels(person.lines[-1])

    given: dict[str, object] = {"site_country": "KR", "employees": 5}
    start = Interview(one_programme.linked, given)
    assert start.question is None
    assert shown(start.with_group(Basis.ALONE))[-4:] == [
        "Worked out",
        "Employees including the group: 5 people",
        "",
        "The company stands alone",
    ]


def test_the_group_can_be_told_anew_from_the_answers(one_programme: eligibility.Rulebook) -> None:
    start = Interview(one_programme.linked, {"site_country": "KR"}).with_group(Basis.ALONE)
    person = Person([GROUP, SUMS, GROUP, BACK, GROUP, *FIRM, ON, GROUP, BACK, RESULT])
    done = run_loop(start, person, Words("en"), None)
    assert done.group is not None
    assert done.group.basis is Basis.WORKED_OUT
    assert labels(person.lines[-1])[-1] == "The group: 0 more members"
    assert done.draft is not None
    assert done.draft.known[Ask("employees")] == 40
