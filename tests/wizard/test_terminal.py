"""The wizard in a real pseudo-terminal, as a person sees and steers it."""

import json
import re
import sys
from pathlib import Path

import pytest

import eligibility
from eligibility.words import Words
from tests.wizard import play
from tests.wizard.stage import Played
from tests.wizard.terminal import BACK, CLEAR, DOWN, END, ENTER, LEAVE, PROGRAM, RESULT, UP, Terminal

FIRM: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "nonprofit": False,
    "insolvent": False,
}
SHARE = "What percentage of the capital or votes do public bodies hold?"


def arguments(language: str, given: dict[str, object]) -> list[str]:
    return ["-c", PROGRAM, json.dumps([language, given, ["de.digital-jetzt"]])]


def ended(terminal: Terminal) -> dict[str, object]:
    """What the program said in its last line."""
    [line] = re.findall(r'\{"(?:done|left)": .*\}', terminal.finish())
    found: dict[str, object] = json.loads(line)
    return found


@pytest.mark.parametrize(
    ("language", "typed", "country"),
    [("de", "deutschl", "Deutschland"), ("en", "german", "Germany"), ("ko", "독일", "독일")],
)
def test_from_the_first_question_to_the_answers(
    one_programme: eligibility.Rulebook, language: str, typed: str, country: str
) -> None:
    words, facts = Words(language), one_programme.linked.facts

    def question(fact: str) -> str:
        wording = facts[fact].wording
        assert wording.question is not None
        return wording.question.in_(language)

    terminal = Played.wizard(language, {})
    terminal.wait(question("site_country"))
    terminal.send(typed)
    terminal.wait(f"{country} (DE)")
    terminal.send(DOWN, ENTER)
    terminal.wait(question("site_region"))
    terminal.send(ENTER)
    terminal.wait(question("legal_form"))
    terminal.send(UP, UP, UP, UP, ENTER)
    terminal.wait(question("in_formation"))
    terminal.send(ENTER)
    terminal.wait(words.say("Check your answers"))
    title = one_programme.linked.topics["company"].in_(language)
    assert terminal.shows(title)
    assert terminal.shows(f"{facts['site_country'].wording.label.in_(language)}: {country}")
    assert terminal.shows(f"{facts['site_region'].wording.label.in_(language)}: {words.say('not known')}")
    terminal.send(ENTER)
    answers = {"site_country": "DE", "legal_form": "other", "in_formation": True}
    assert ended(terminal) == {"done": answers, "saves": 4}


def test_back_shows_the_answer_as_it_was_left_and_change_returns_to_the_answers() -> None:
    terminal = Played.wizard("en", FIRM)
    terminal.wait("undertaking in difficulty")
    terminal.send(DOWN, ENTER)
    terminal.wait(SHARE)
    terminal.send("10-25 %", ENTER)
    terminal.wait("Public shareholding: read as 10% to 25%")
    terminal.send(BACK)
    terminal.wait("> 10..25")
    terminal.send(CLEAR, "100", ENTER)
    terminal.wait("Check your answers")
    terminal.pick("Undertaking in difficulty: no")
    terminal.wait("undertaking in difficulty")
    terminal.wait("> no")
    terminal.send(UP, ENTER)
    terminal.wait("Undertaking in difficulty: yes")
    terminal.send(ENTER)
    answers = {**FIRM, "in_difficulty": True, "public_shareholding": 100}
    assert ended(terminal) == {"done": answers, "saves": 4}


@pytest.mark.parametrize("key", [LEAVE, END])
def test_leaving_keeps_the_answers(key: str) -> None:
    terminal = Played.wizard("en", FIRM)
    terminal.wait("undertaking in difficulty")
    terminal.send(DOWN, ENTER)
    terminal.wait(SHARE)
    terminal.send(key)
    assert ended(terminal) == {"left": {**FIRM, "in_difficulty": False}, "saves": 1}


def test_a_country_is_found_by_a_part_of_its_name_in_any_language() -> None:
    terminal = Played.wizard("de", {})
    terminal.wait("In welchem Land")
    terminal.send("south k")
    terminal.wait("Südkorea (KR)")
    terminal.send(ENTER)
    terminal.wait("Südkorea")
    terminal.send(RESULT)
    assert ended(terminal) == {"done": {"site_country": "KR"}, "saves": 1}


def test_an_ambiguous_number_is_asked_again_and_why_is_told() -> None:
    terminal = Played.wizard("en", {**FIRM, "in_difficulty": False})
    terminal.wait(SHARE)
    terminal.send("1,234", ENTER)
    terminal.wait("1,234 can mean 1234 or 1.234: write 1234 or 1.2340.")
    terminal.wait("> 1,234")
    terminal.send("?")
    terminal.wait("This is asked for:")
    terminal.send(BACK)
    terminal.wait("> 1,234")
    terminal.send(CLEAR, "2,5", ENTER)
    terminal.wait("Public shareholding: read as 2.5%")
    terminal.send(RESULT)
    assert ended(terminal) == {"done": {**FIRM, "in_difficulty": False, "public_shareholding": "2.5"}, "saves": 1}


def test_korean_on_a_small_screen(one_programme: eligibility.Rulebook) -> None:
    words, facts = Words("ko"), one_programme.linked.facts
    terminal = Played.wizard("ko", {"site_country": "DE"}, columns=40, rows=20)
    for fact, keys in (
        ("site_region", ["라이프치히(시)", ENTER]),
        ("legal_form", [DOWN, DOWN, ENTER]),
        ("in_formation", []),
    ):
        wording = facts[fact].wording
        assert wording.question is not None
        terminal.wait(wording.question.ko)
        assert terminal.shows(words.say("Ctrl-C: leave"))
        assert "\ufffd" not in terminal.text()
        if fact == "legal_form":
            # Prompts cut off what is too wide: what stands there whole was broken in time.
            assert all(terminal.shows(text.ko) for text in list(facts[fact].names.values())[:4])
        terminal.send(*keys)
    assert terminal.shows(words.say("I do not know"))
    terminal.send(LEAVE)
    assert "left" in ended(terminal)


def test_a_tiny_screen_still_shows_the_question() -> None:
    terminal = Played.wizard("en", FIRM, columns=40, rows=8)
    terminal.wait("Does the company count as")
    terminal.wait("> yes")
    terminal.send(LEAVE)
    assert "left" in ended(terminal)


def test_prompts_go_to_standard_error(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = ["-c", 'exec "$@" > "$0"', str(told), sys.executable, *arguments("en", FIRM)]
    terminal = Terminal(command, program="/bin/sh")
    terminal.wait("undertaking in difficulty")
    terminal.send(RESULT)
    terminal.finish()
    assert json.loads(told.read_text()) == {"done": FIRM, "saves": 0}


def test_no_color_is_respected() -> None:
    terminal = Played(play.wizard, "en", {**FIRM, "in_difficulty": False}, env={"NO_COLOR": "1"})
    terminal.wait(SHARE)
    terminal.send("many", ENTER)
    terminal.wait("That is not a number")
    terminal.send(LEAVE)
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", terminal.finish()) for code in found.split(";")}
    assert codes
    assert not {code for code in codes if re.fullmatch(r"[349][0-9]|10[0-9]", code)}


def test_a_dumb_terminal_is_not_steered() -> None:
    terminal = Played(play.wizard, "en", FIRM, env={"TERM": "dumb"})
    terminal.wait("Type the number of a line")
    terminal.send("2\r")
    terminal.wait(SHARE)
    terminal.send(">\r")
    written = terminal.finish()
    assert "\x1b" not in written
    assert json.loads(written.strip().splitlines()[-1]) == {"done": {**FIRM, "in_difficulty": False}, "saves": 1}
