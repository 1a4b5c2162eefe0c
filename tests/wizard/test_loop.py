"""The loop over an interview, with a scripted person in place of a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pytest

import eligibility
from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Suggestion, Typed
from eligibility.cli.wizard.loop import WizardLeft, run_loop
from eligibility.interview.interview import Interview, Question
from eligibility.interview.order import by_file
from eligibility.words import Words

YES, NO = True, False
BACK, WHY, RESULT, UNKNOWN, GO_ON = (
    Command.BACK,
    Command.WHY,
    Command.RESULT,
    Command.UNKNOWN,
    Command.CONTINUE,
)
# What Digital Jetzt asks a firm for, in this order, with answers that keep it possible.
FIRM: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "nonprofit": False,
    "insolvent": False,
    "in_difficulty": False,
}
RANGE, EXACT = Command.RANGE, Command.EXACT
Reply = Answer | Command | Typed | type[BaseException]


@dataclass
class Person:
    """Answers in turn; remembers what was shown."""

    replies: list[Reply]
    screens: list[Screen] = field(default_factory=list)
    lines: list[Sequence[Option | Heading]] = field(default_factory=list)
    starts: list[object] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pages: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        self.screens.append(screen)
        self.lines.append(lines)
        self.starts.append(start)
        reply = self._next()
        assert not isinstance(reply, Typed)
        assert reply in (WHY, BACK, RESULT) or reply in [line.value for line in lines if isinstance(line, Option)]
        return reply

    def enter(self, screen: Screen, text: str, suggestions: Sequence[Suggestion] = ()) -> Typed:
        self.screens.append(screen)
        self.texts.append(text)
        reply = self._next()
        if isinstance(reply, Command):
            return Typed(text, reply)
        assert isinstance(reply, str | Typed)
        return Typed(reply) if isinstance(reply, str) else reply

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        self.pages.append((heading, paragraphs))

    def _next(self) -> Answer | Command | Typed:
        reply = self.replies.pop(0)
        if isinstance(reply, type):
            raise reply
        return reply

    @property
    def headings(self) -> list[str]:
        return [screen.heading for screen in self.screens]


Run = Callable[..., tuple[Interview, Person]]
SIZED: dict[str, object] = {**FIRM, "public_shareholding": 0}


def in_file_order(book: eligibility.Rulebook, given: dict[str, object] | None = None) -> Interview:
    """An interview whose order does not depend on what companies are like."""
    return Interview(book.linked, given or {}, choose=by_file)


@pytest.fixture
def run(one_programme: eligibility.Rulebook) -> Run:
    def run(*replies: Reply, given: dict[str, object] | None = None) -> tuple[Interview, Person]:
        person = Person(list(replies))
        done = run_loop(in_file_order(one_programme, given), person, Words("en"), None)
        assert person.replies == []
        return done, person

    return run


def labels(lines: Sequence[Option | Heading]) -> list[str]:
    return [line.label for line in lines]


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
    done, person = run(RANGE, WHY, "50.000001..250", RESULT, given=SIZED)
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
    done, _ = run(*replies, given=SIZED)
    assert {fact: answer for fact, answer in done.answers.items() if fact not in SIZED} == answers


def test_a_question_without_thresholds_offers_no_ranges(run: Run) -> None:
    _, person = run(RESULT)
    assert not person.screens[0].ranges


def test_an_ambiguous_number_is_chosen_from_its_readings(run: Run) -> None:
    done, person = run("1.234", 1234, RESULT, given=SIZED)
    assert person.screens[1].error == "1.234: what is meant?"
    assert labels(person.lines[0]) == ["1,234 people", "1.234 people", "", "Type it again"]
    assert person.screens[2].notice == "Employees including the group: read as 1,234 people"
    assert done.answers["group_employees"] == 1234


def test_an_ambiguous_line_can_be_typed_again(run: Run) -> None:
    done, person = run("1.234", WHY, BACK, "50", RESULT, given=SIZED)
    assert person.screens[-2].error == "1.234 can mean 1234 or 1.234: write 1234 or 1.2340."
    assert person.texts == ["", "1.234"]
    assert done.answers["group_employees"] == 50


def test_the_result_can_be_wanted_while_choosing_a_reading(run: Run) -> None:
    done, _ = run("1.234", RESULT, given=SIZED)
    assert "group_employees" not in done.answers


def test_an_ambiguous_name_is_chosen_from_those_that_fit(run: Run) -> None:
    done, person = run("DE", "Leipzig", "14713", RESULT)
    assert labels(person.lines[0])[:2] == ["Leipzig (city)", "Leipzig (district)"]
    assert done.answers["site_region"] == "14713"


def test_answers_without_effect_are_listed_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Interview, "aside", property(lambda interview: {"insolvent": False}))
    given = {**FIRM, "nonprofit": True}
    done, person = run("insolvent", BACK, RESULT, given=given)
    assert labels(person.lines[0])[-3:] == [
        "",
        "Not needed any more (kept, but without effect)",
        "Insolvency proceedings: no",
    ]
    assert [line.label for line in person.lines[0] if isinstance(line, Option) and line.faint] == [
        "Insolvency proceedings: no"
    ]
    assert done.answers == given
