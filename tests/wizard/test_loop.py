"""The loop over an interview, with a scripted person in place of a terminal."""

import pytest

import eligibility
from eligibility.cli.wizard.asker import Option, Typed
from eligibility.cli.wizard.loop import WizardLeft, run_loop
from eligibility.interview.interview import Interview
from eligibility.words import Words
from tests.wizard.person import (
    BACK,
    FIRM,
    GO_ON,
    NO,
    RESULT,
    UNKNOWN,
    WHY,
    YES,
    Person,
    Run,
    in_file_order,
    labels,
)


def test_answers_are_stored_as_in_an_answers_file(run: Run) -> None:
    done, person = run("germany", "Leipzig (Stadt)", "limited_company", NO, NO, UNKNOWN, NO, "10-25", RESULT)
    assert done.answers == {
        "site_country": "DE",
        "site_region": "14713",
        "legal_form": "limited_company",
        "in_formation": False,
        "nonprofit": False,
        "in_difficulty": False,
        "public_shareholding": "10..25",
    }
    assert done.skipped == {"insolvent"}
    assert person.screens[0].count == "Programmes: 0 possible, 0 ruled out, 1 open"
    assert person.screens[0].why == "For: Digital Now – investment grants for SMEs"


def test_a_reading_that_differs_from_the_line_is_told_once(run: Run) -> None:
    _, person = run("DE", "14713", RESULT)
    assert [screen.notice for screen in person.screens] == [
        "Every question may be left open. Nothing leaves this computer.",
        "",
        "",
    ]
    _, person = run("germany", RESULT)
    assert person.screens[-1].notice == "Country of the site: read as Germany"


def test_an_empty_line_is_i_do_not_know(run: Run) -> None:
    done, _ = run(" ", RESULT)
    assert done.answers == {}
    assert done.skipped == {"site_country"}


def test_a_mistake_is_told_and_the_line_stays(run: Run) -> None:
    done, person = run("1,234", "200", "24.9", RESULT, given=FIRM)
    assert [screen.error for screen in person.screens[:3]] == [
        "",
        "1,234 can mean 1234 or 1.234: write 1234 or 1.2340.",
        "It can be 0% to 100%.",
    ]
    assert person.texts == ["", "1,234", "200"]
    assert done.answers["public_shareholding"] == "24.9"


def test_why_shows_the_programmes_with_their_sources_and_keeps_the_line(run: Run) -> None:
    _, person = run(Typed("12", WHY), RESULT, given=FIRM)
    assert person.texts == ["", "12"]
    [(heading, paragraphs)] = person.pages
    assert heading == "What percentage of the capital or votes do public bodies hold?"
    start = paragraphs.index("This is asked for:")
    assert paragraphs[start + 1 : start + 3] == ["", "Digital Now – investment grants for SMEs (grant)"]
    assert paragraphs[start + 3].startswith("  ")
    assert paragraphs[start + 4].startswith("  - ")
    assert paragraphs[start + 5].startswith("    https://")
    _, person = run("DE", "", WHY, RESULT)
    assert [heading for heading, _ in person.pages] == ["What is the legal form of the company?"]


def test_back_walks_through_all_questions_with_their_answers(run: Run) -> None:
    done, person = run("DE", "KR-26", "limited_company", NO, BACK, BACK, BACK, BACK, BACK, "KR", RESULT)
    assert person.texts == ["", "", "Busan (KR-26)", "Germany (DE)", "Germany (DE)"]
    assert person.screens[-2].notice == "This is the first question."
    assert done.answers == {"site_country": "KR"}


def test_going_back_puts_the_cursor_on_the_answer(run: Run) -> None:
    _, person = run("DE", "", "cooperative", UNKNOWN, NO, BACK, BACK, BACK, RESULT)
    assert person.starts == [None, None, None, None, False, UNKNOWN, "cooperative"]


def test_answers_are_checked_and_changed_at_the_end(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Interview, "aside", {})
    given = {fact: answer for fact, answer in FIRM.items() if fact != "nonprofit"}
    done, person = run(YES, "nonprofit", BACK, "nonprofit", YES, RESULT, given=given)
    assert person.headings[1] == "Check your answers"
    assert labels(person.lines[1]) == [
        "Show the result",
        "< Back",
        "",
        "Place",
        "Country of the site: Germany",
        "Region of the site: Leipzig (city)",
        "",
        "The company",
        "Legal form: Private limited company",
        "Company still being formed: no",
        "Non-profit body: yes",
        "Insolvency proceedings: no",
        "Undertaking in difficulty: no",
    ]
    assert person.starts == [None, None, True, None, True, None]
    assert person.headings[-1] == "Check your answers"
    assert done.answers == {**given, "nonprofit": True}


def test_questions_opened_by_a_change_come_before_the_answers_again(run: Run) -> None:
    given = {**FIRM, "nonprofit": True}
    done, person = run("nonprofit", NO, "0", RESULT, given=given)
    assert person.headings == [
        "Check your answers",
        "Is the company a non-profit body?",
        "What percentage of the capital or votes do public bodies hold?",
        person.headings[-1],
    ]
    assert person.headings[-1] != "Check your answers"
    assert done.answers["public_shareholding"] == 0


def test_what_was_known_from_the_start_can_be_changed_by_going_back(run: Run) -> None:
    done, person = run(BACK, "legal_form", "association", RESULT, given=FIRM)
    assert person.headings[1] == "Check your answers"
    assert labels(person.lines[0])[:2] == ["Go on with the questions", "Show the result"]
    assert person.headings[3] == "Check your answers"
    assert done.answers["legal_form"] == "association"
    _, person = run(BACK, GO_ON, RESULT, given=FIRM)
    assert person.headings[0] == person.headings[2]


def test_skipped_questions_are_listed_as_not_known(run: Run) -> None:
    _, person = run(UNKNOWN, BACK, YES, RESULT, given={key: FIRM[key] for key in list(FIRM)[:3]})
    assert "Company still being formed: yes" in labels(person.lines[-1])
    _, person = run(UNKNOWN, YES, RESULT, given={key: FIRM[key] for key in list(FIRM)[:3]})
    assert "Company still being formed: not known" in labels(person.lines[-1])


def test_nothing_to_ask_ends_at_the_answers(run: Run) -> None:
    done, person = run(RESULT, given={"site_country": "KR"})
    assert person.headings == ["Check your answers"]
    assert done.answers == {"site_country": "KR"}


@pytest.mark.parametrize("way", [KeyboardInterrupt, EOFError])
def test_leaving_hands_the_answers_over(one_programme: eligibility.Rulebook, way: type[BaseException]) -> None:
    saved: list[dict[str, object]] = []
    person = Person(["DE", "", UNKNOWN, YES, BACK, way])
    with pytest.raises(WizardLeft, match="the wizard was left before the result") as caught:
        run_loop(
            in_file_order(one_programme), person, Words("en"), lambda interview: saved.append(dict(interview.answers))
        )
    assert caught.value.interview.answers == {"site_country": "DE"}
    assert saved[:2] == [{"site_country": "DE"}, {"site_country": "DE"}]
    assert len(saved) == 4


def test_what_is_saved_can_be_resumed(one_programme: eligibility.Rulebook) -> None:
    saved: list[dict[str, object]] = []
    person = Person(["DE", "Leipzig (Stadt)", "limited_company", NO, RESULT])
    words = Words("en")
    done = run_loop(
        in_file_order(one_programme), person, words, lambda interview: saved.append(dict(interview.answers))
    )
    assert saved[-1] == done.answers
    resumed = in_file_order(one_programme, saved[-1]).question
    assert resumed is not None
    assert done.question is not None
    assert resumed.fact == done.question.fact == "nonprofit"


def test_answers_without_effect_are_listed_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Interview, "aside", property(lambda interview: {"insolvent": False}))
    given = {**FIRM, "nonprofit": True}
    done, person = run("insolvent", BACK, RESULT, given=given)
    assert labels(person.lines[0])[-3:] == [
        "",
        "Not needed (kept, but without effect)",
        "Insolvency proceedings: no",
    ]
    assert [line.label for line in person.lines[0] if isinstance(line, Option) and line.faint] == [
        "Insolvency proceedings: no"
    ]
    assert done.answers == given
