"""Aid beside a group that is told in the wizard: whose of it counts follows from who is named."""

from datetime import date

import pytest

import eligibility
from eligibility.aid.award import Award, History, Merger, Part, Split
from eligibility.aid.regulation import Regulation
from eligibility.cli.wizard.group_aid import GroupAid
from eligibility.cli.wizard.loop import run_loop
from eligibility.group.findings import found_of_firm, group_findings
from eligibility.interview.interview import Interview
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from eligibility.words import Words
from tests.wizard.person import BACK, RESULT, SIZED, Command, Person, Reply, in_file_order

ADD, ON, SHEET, REMOVE = Command.ADD, Command.CONTINUE, Command.SHEET, Command.REMOVE
FIRM: tuple[Reply, ...] = ("worked_out", "Kim GmbH", "40", "5 million", "4 million", "38", "4 million", "3 million")
NORD: tuple[Reply, ...] = ("Nord Holding", "enterprise", "holds_us", "60", "60", "46", "30m", "20m", "", "", "")
RECEIVED = "de_minimis_received"


def award(amount: int, recipient: str | None = None, carried_by: str | None = None) -> Award:
    day, known = date(2020, 5, 1), Interval.point(amount)
    return Award(day, known, Regulation.GENERAL_2013, "DE", recipient, Truth.NO, carried_by)


AID = GroupAid(History((award(1000), award(200, "nord-holding"), award(30, "Sued AG"))), "DE")


def played(book: eligibility.Rulebook, *replies: Reply, aid: GroupAid = AID) -> tuple[Interview, Person]:
    """Play from the first question on the group, with what the list of aid says before any is told."""
    person = Person(list(replies))
    alone = found_of_firm(book.linked, None, None, aid.history, aid.member_state)
    start = in_file_order(book, dict(SIZED))
    start = Interview(book.linked, start.given, findings=group_findings(alone), choose=start.choose)
    assert start.told[RECEIVED] == "1000..1230"
    done = run_loop(start, person, Words("en"), None, aid=aid)
    assert person.replies == []
    return done, person


@pytest.mark.parametrize(
    ("replies", "received"),
    [
        ((RESULT,), "1000..1230"),
        (("sums", RESULT), "1000..1230"),
        ((*FIRM, RESULT), "1000..1230"),
        ((*FIRM, ON, RESULT), "1000..1230"),
        ((*FIRM, ADD, *NORD, ON, RESULT), "1200..1230"),
        ((*FIRM, ADD, *NORD, ADD, "Sued AG", "person", "holds_us", "10", "10", "none", ON, RESULT), "1200"),
    ],
)
def test_the_group_told_decides_whose_aid_counts(
    one_programme: eligibility.Rulebook, replies: tuple[Reply, ...], received: str
) -> None:
    done, _ = played(one_programme, *replies)
    assert done.told[RECEIVED] == received
    assert done.found[RECEIVED].source == "aid"
    assert RECEIVED not in done.answers


def test_a_change_of_the_group_counts_the_aid_anew(one_programme: eligibility.Rulebook) -> None:
    names = "Sued AG", "enterprise", "holds_us", "10", "10", "none", *([""] * 6)
    told, _ = played(one_programme, *FIRM, ADD, *NORD, ADD, *names, ON, RESULT)
    assert told.told[RECEIVED] == "1200"
    changed = run_loop(
        told.change("nonprofit"),
        Person([BACK, BACK, "worked_out", "1", REMOVE, ON, RESULT]),
        Words("en"),
        None,
        aid=AID,
    )
    assert changed.told[RECEIVED] == "1000..1200"


def test_an_answer_stands_over_the_list(one_programme: eligibility.Rulebook) -> None:
    done, _ = played(one_programme, *FIRM, ADD, *NORD, ON, RESULT)
    answered = Interview(one_programme.linked, {**SIZED, RECEIVED: 5}, findings=done.findings, group=done.group)
    assert answered.told[RECEIVED] == 5
    assert RECEIVED not in answered.found


def test_who_is_not_named_is_told(one_programme: eligibility.Rulebook) -> None:
    _, person = played(one_programme, *FIRM, ADD, *NORD, RESULT)
    overviews = [screen.help for screen in person.screens if screen.heading == "The group of the company"]
    assert overviews[0].endswith(
        "The list of aid also names nord-holding, Sued AG. Who belongs to the group must be called so here."
    )
    assert overviews[1].endswith("The list of aid also names Sued AG. Who belongs to the group must be called so here.")


def test_many_names_are_cut_and_signs_for_the_terminal_are_shown(one_programme: eligibility.Rulebook) -> None:
    aid = GroupAid(History((award(1000), *(award(46, f"{n}\x1b[2J") for n in "abcde"))), "DE")
    _, person = played(one_programme, *FIRM, RESULT, aid=aid)
    assert r"also names a\x1b[2J, b\x1b[2J, c\x1b[2J, …. Who" in person.screens[-1].help


def test_the_sheet_has_the_aid(one_programme: eligibility.Rulebook) -> None:
    _, person = played(one_programme, *FIRM, ADD, *NORD, SHEET, RESULT)
    [(_, lines)] = person.pages
    assert any("Nord Holding" in line and "200" in line for line in lines)


def test_all_names_of_the_list_are_called_as_in_the_group() -> None:
    events = (
        Merger(date(2019, 1, 1), ("KIM gmbh", "old"), "kim-gmbh"),
        Split(date(2019, 2, 1), "kim gmbh", (Part("nord holding"), Part("gone"))),
    )
    history = History((award(1, "kim gmbh", "NORD HOLDING"),), events, "kimgmbh")
    aid = GroupAid(history)
    found = aid.among(["Kim GmbH", "Nord Holding"])
    assert found.firm == found.awards[0].recipient == "Kim GmbH"
    assert found.awards[0].carried_by == "Nord Holding"
    merger, split = found.events
    assert isinstance(merger, Merger)
    assert isinstance(split, Split)
    assert (merger.parties, merger.into) == (("Kim GmbH", "old"), "Kim GmbH")
    assert (split.firm, [part.id for part in split.parts]) == ("Kim GmbH", ["Nord Holding", "gone"])
    assert aid.unplaced(["Kim GmbH"]) == ()
    assert AID.unplaced(["Nord Holding"]) == ("Sued AG",)
