"""From the command to the result, on a real terminal, in each language; and what may interrupt it."""

from pathlib import Path

import pytest

import eligibility
from eligibility.cli.wizard.screens import is_listed
from eligibility.engine.profile import read_answer
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview
from eligibility.interview.question import Question
from eligibility.report.speech import RuleSpeech
from eligibility.rulebook.answers_file import read_located
from eligibility.words import Words
from tests.wizard import play
from tests.wizard.stage import Played
from tests.wizard.terminal import DOWN, ENTER, LEAVE, RESULT, TAB

DAY = "2021-03-01"
CHECK = ("check", "--as-of", DAY, "--programme", "de.digital-jetzt")
GIVEN: dict[str, object] = {
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "insolvent": False,
    "in_difficulty": False,
    "public_shareholding": 0,
    "project_started": False,
    "value_chain_project": False,
    "it_security_project": False,
    "training_cost": 0,
    "de_minimis_received": 0,
}
# What is typed for each question in each language, and what it means; every other question is answered with no.
TYPED = {
    "site_country": ({"de": "deutsch", "en": "german", "ko": "독일"}, "DE"),
    "group_employees": ({"de": "10-300", "en": "10 to 300 people", "ko": "10명~300명"}, "10..300"),
    "digital_investment_cost": ({"de": "60 Tsd", "en": "60k", "ko": "6만"}, 60000),
}
YES = {"digitalisation_plan"}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    file = tmp_path / "given.yaml"
    file.write_text("".join(f"{fact}: {_yaml(answer)}\n" for fact, answer in GIVEN.items()))
    return file


def _yaml(answer: object) -> str:
    return str(answer).lower() if isinstance(answer, bool) else f'"{answer}"'


def begun(*options: str, home: Path, lang: str, columns: int = 80, rows: int = 24) -> Played:
    env = {"XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    return Played(play.command, *CHECK, "--lang", lang, *options, env=env, columns=columns, rows=rows)


def label(book: eligibility.Rulebook, fact: str, answer: object, lang: str) -> str:
    return RuleSpeech(Words(lang), book.linked).answer(fact, read_answer(book.linked, fact, answer))


def step(
    terminal: Played, book: eligibility.Rulebook, interview: Interview, question: Question, lang: str
) -> Interview:
    """Answer one question on the terminal and in the mirror."""
    if interview.asks_for_group:
        terminal.wait(Words(lang).say("Does the company stand alone, without partner or linked enterprises?"))
        terminal.pick(Words(lang).say("No, and I know the sums of the group"))
        return interview.with_group(Basis.SUMS)
    if question.halves is not None:
        terminal.wait(label(book, question.fact, question.halves[0], lang))
        terminal.send(ENTER)
        return interview.answer(question.halves[0])
    terminal.wait(question.text(lang))
    if is_listed(question.subject):
        terminal.pick(Words(lang).say("yes" if question.fact in YES else "no"))
        return interview.answer(question.fact in YES)
    texts, answer = TYPED[question.fact]
    terminal.send(texts[lang])
    if question.subject.names:
        terminal.wait(f"{label(book, question.fact, answer, lang)} ({answer})")
        terminal.send(DOWN)
    terminal.send(ENTER)
    return interview.answer(answer)


@pytest.mark.parametrize(
    ("lang", "columns", "rows", "result"),
    [
        ("de", 80, 24, "Das ist eine erste Orientierung, keine Rechtsberatung"),
        ("en", 60, 20, "This is a first orientation"),
        ("ko", 40, 20, "법률 자문이"),
    ],
)
def test_from_the_command_to_the_result(
    one_programme: eligibility.Rulebook, given: Path, tmp_path: Path, lang: str, columns: int, rows: int, result: str
) -> None:
    saved = tmp_path / "saved.yaml"
    options = ("--answers", str(given), "--save", str(saved))
    terminal = begun(*options, home=tmp_path, lang=lang, columns=columns, rows=rows)
    interview = one_programme.interview(GIVEN)
    asked = []
    while (question := interview.question) is not None:
        asked.append("the group" if interview.asks_for_group else question.fact)
        interview = step(terminal, one_programme, interview, question, lang)
    terminal.wait(Words(lang).say("Check your answers"))
    terminal.send(ENTER)
    said = terminal.finish()
    assert terminal.process.exitcode == 0
    assert "".join(result.split()) in "".join(said.split())
    assert asked.count("the group") == 1
    assert asked.count("group_employees") > 1
    # What was typed is an answers file like any other, with the same result.
    transcript = read_located("saved.yaml", saved.read_bytes()).values
    assert saved.stat().st_mode & 0o777 == 0o600
    assert one_programme.assess(transcript).to_dict("en") == one_programme.assess(interview.answers).to_dict("en")


def test_from_the_command_to_the_result_in_plain_lines(
    one_programme: eligibility.Rulebook, given: Path, tmp_path: Path
) -> None:
    terminal = begun("--plain", "--answers", str(given), home=tmp_path, lang="ko", columns=40, rows=20)
    interview = one_programme.interview(GIVEN)
    while (question := interview.question) is not None:
        terminal.wait(lambda: terminal.rows()[terminal.screen.cursor.y] == ">")
        if interview.asks_for_group:
            terminal.send("2\r")
            interview = interview.with_group(Basis.SUMS)
        elif question.halves is not None:
            terminal.send("1\r")
            interview = interview.answer(question.halves[0])
        elif is_listed(question.subject):
            terminal.send("１\r" if question.fact in YES else "2\r")
            interview = interview.answer(question.fact in YES)
        else:
            texts, answer = TYPED[question.fact]
            terminal.send(f"{texts['ko']}\r")
            interview = interview.answer(answer)
    terminal.wait(lambda: terminal.rows()[terminal.screen.cursor.y] == ">")
    terminal.send(">\r")
    said = terminal.finish()
    assert terminal.process.exitcode == 0
    assert "\x1b" not in said.split("6만")[0]
    assert "10명~300명" in said
    assert "법률자문이" in "".join(said.split())


def test_a_power_cut_loses_nothing(tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    terminal = begun("--save", str(saved), home=tmp_path, lang="en")
    terminal.wait("In which country")
    terminal.send("DE", ENTER)
    terminal.wait("In which district or region")
    terminal.send(ENTER)
    terminal.wait(lambda: not terminal.shows("In which district or region"))
    terminal.kill()
    assert saved.read_text() == 'site_country: "DE"\nsite_region: null\n'
    assert saved.stat().st_mode & 0o777 == 0o600
    again = begun("--resume", str(saved), home=tmp_path, lang="en")
    again.wait(lambda: again.shows("Ctrl-C: leave"))
    assert not again.shows("In which country")
    assert not again.shows("In which district or region")
    again.send(RESULT)
    again.finish()


def test_ctrl_c_twice_is_out_at_once(tmp_path: Path) -> None:
    terminal = begun(home=tmp_path, lang="en")
    terminal.wait("In which country")
    terminal.send("DE", ENTER)
    terminal.wait("In which district or region")
    terminal.child.send(LEAVE + LEAVE)
    terminal.finish()
    assert terminal.process.exitcode == 130
    assert (tmp_path / "eligibility" / "answers.yaml").read_text() == 'site_country: "DE"\n'


def test_stopping_early_shows_the_result_of_what_is_known(tmp_path: Path) -> None:
    terminal = begun(home=tmp_path, lang="de")
    terminal.wait("In welchem Land")
    terminal.send(RESULT)
    said = terminal.finish()
    assert terminal.process.exitcode == 0
    assert "Es fehlen noch Angaben" in said


def test_a_range_is_chosen_with_the_tab_key(one_programme: eligibility.Rulebook, tmp_path: Path) -> None:
    words = Words("ko")
    terminal = Played(play.wizard, "ko", {"site_country": "DE", **GIVEN, "nonprofit": False}, columns=40, rows=20)
    wording = one_programme.linked.facts["group_employees"].wording
    assert wording.question is not None
    terminal.pick(words.say("No, and I know the sums of the group"))
    terminal.wait(wording.question.ko)
    assert terminal.shows(words.say("Tab: choose a range"))
    terminal.send(TAB)
    terminal.wait("3~50명")
    terminal.pick("50명 초과 250명 이하")
    following = one_programme.linked.facts["digitalisation_plan"].wording
    assert following.question is not None
    terminal.wait(following.question.ko)
    terminal.wait(words.say("Ctrl-C: leave"))
    terminal.send(RESULT)
    assert '"group_employees": "50.000001..250"' in terminal.finish()


@pytest.mark.parametrize("lang", ["de", "en", "ko"])
def test_the_longest_question_fits_a_small_screen(catalogue: eligibility.Rulebook, lang: str) -> None:
    """At 40 columns and 20 rows the question, the answer and the keys show; what is cut stands behind `?`."""
    words = Words(lang)
    facts = catalogue.linked.facts.values()
    asked = [fact for fact in facts if fact.wording.help is not None and fact.wording.question is not None]

    def length(fact: object) -> int:
        wording = fact.wording  # type: ignore[attr-defined]
        return len(wording.question.in_(lang)) + len(wording.help.in_(lang))

    fact = max(asked, key=length)
    terminal = Played(play.one_question, lang, fact.id, columns=40, rows=20)
    assert fact.wording.question is not None
    assert fact.wording.help is not None
    terminal.wait(fact.wording.question.in_(lang))
    terminal.wait(words.say("Ctrl-C: leave"))
    assert any(row.startswith(" >") for row in terminal.rows())
    assert terminal.shows("... (?)")
    assert terminal.shows(words.say("?: why"))
    terminal.send("?")
    terminal.wait(words.say("Back to the question"))
    last = fact.wording.help.in_(lang)[-12:]
    while not terminal.shows(last) and terminal.shows(words.say("Read on")):
        terminal.turn(ENTER)
        terminal.wait(words.say("Back to the question"))
    assert terminal.shows(last)
    terminal.kill()


def test_a_signal_from_outside_leaves_as_ctrl_c_does(tmp_path: Path) -> None:
    terminal = Played(play.wizard, "en", {"site_country": "DE", "site_region": "14713"})
    terminal.wait("What is the legal form")
    terminal.wait("Ctrl-C: leave")
    terminal.interrupt()
    assert '"left"' in terminal.finish()
