"""The group in the wizard on a real terminal, in each language, and what of it is kept."""

from pathlib import Path

import pytest

from eligibility.rulebook.answers_file import read_located
from eligibility.words import Words
from tests.wizard import play
from tests.wizard.stage import Played
from tests.wizard.terminal import DOWN, ENTER, LEAVE, RESULT

GIVEN = """\
site_country: DE
site_region: "14713"
legal_form: limited_company
in_formation: false
nonprofit: false
insolvent: false
in_difficulty: false
public_shareholding: 0
"""
OWN = ["40", "5000000", "4000000", "38", "4000000", "3000000"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    file = tmp_path / "firm.yaml"
    file.write_text(GIVEN)
    return file


def begun(kept: Path, *options: str, lang: str, columns: int = 80, rows: int = 24) -> Played:
    home = str(kept.parent)
    check = ("check", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", "--lang", lang)
    env = {"XDG_STATE_HOME": home, "XDG_CACHE_HOME": home}
    told = ("--resume", str(kept), "--save", str(kept), *options)
    return Played(play.command, *check, *told, env=env, columns=columns, rows=rows)


@pytest.mark.parametrize(
    ("lang", "columns", "rows", "name", "sheet"),
    [
        pytest.param("de", 80, 24, "Müller & Söhne KG", "Herleitung: Müller & Söhne KG", marks=pytest.mark.slow),
        pytest.param("en", 60, 20, "Miller Ltd", "Derivation sheet: Miller Ltd", marks=pytest.mark.slow),
        ("ko", 40, 20, "한빛전자", "산정 내역: 한빛전자"),
    ],
)
def test_a_group_is_worked_out(kept: Path, lang: str, columns: int, rows: int, name: str, sheet: str) -> None:
    say = Words(lang).say
    terminal = begun(kept, lang=lang, columns=columns, rows=rows)
    terminal.wait(say("Does the company stand alone, without partner or linked enterprises?"))
    terminal.pick(say("No, work the sums out with me"))
    terminal.wait(say("What is the company called?"))
    # A name is needed: nothing invites to leave it empty.
    assert not terminal.shows(say("Enter: confirm, empty: I do not know"))
    terminal.send(name, ENTER)
    for figure in OWN:
        terminal.wait(lambda: terminal.rows()[terminal.screen.cursor.y].strip() == ">")
        terminal.send(figure, ENTER)
    terminal.wait(say("Name the first one"))
    terminal.send(ENTER)
    terminal.wait(say("Who belongs to the group? Name one."))
    terminal.send("Nord AG", ENTER)
    terminal.wait(say("What is {name}?", name="Nord AG"))
    terminal.send(ENTER)
    terminal.wait(say("How does {name} belong to the group?", name="Nord AG"))
    terminal.send(ENTER)
    terminal.wait(say("What share of the capital of {held} does {holder} hold?", held=name, holder="Nord AG"))
    terminal.send("60", ENTER)
    terminal.wait(say("What share of the votes in {held} does {holder} have?", held=name, holder="Nord AG"))
    terminal.wait("> 60")
    terminal.send(ENTER)
    for _ in range(6):
        terminal.wait(lambda: terminal.rows()[terminal.screen.cursor.y].strip() == ">")
        terminal.send("46", ENTER)
    terminal.wait(say("Show the derivation sheet"))
    terminal.send(DOWN, DOWN)
    terminal.send(ENTER)
    terminal.wait(sheet)
    terminal.pick(say("Back to the question"))
    terminal.wait(say("Everybody is named: use these figures"))
    terminal.pick(say("Everybody is named: use these figures"))
    terminal.wait(say("Show the result now"))
    terminal.send(RESULT)
    said = terminal.finish()
    assert terminal.process.exitcode == 0
    assert "".join(sheet.split()) in "".join(said.split())
    beside = kept.with_name("firm.ownership.yaml")
    assert beside.stat().st_mode & 0o777 == 0o600
    assert "complete" not in beside.read_text("utf-8")
    assert "group_employees" not in read_located("firm.yaml", kept.read_bytes()).values


def test_what_was_told_of_a_group_is_there_again(kept: Path) -> None:
    terminal = begun(kept, lang="en")
    terminal.wait("Does the company stand alone")
    terminal.pick("No, work the sums out with me")
    terminal.wait("What is the company called?")
    terminal.send("Miller Ltd", ENTER)
    terminal.wait("Miller Ltd: employees")
    terminal.send("40", ENTER)
    terminal.wait("Miller Ltd: turnover")
    terminal.send(LEAVE)
    said = terminal.finish()
    assert terminal.process.exitcode == 130
    assert f"Your answers are kept in {kept}" in said
    beside = kept.with_name("firm.ownership.yaml")
    assert beside.read_text("utf-8").startswith('complete: no\nsubject: "Miller Ltd"\n')
    assert beside.stat().st_mode & 0o777 == 0o600
    again = begun(kept, lang="en")
    again.wait("Does the company stand alone")
    again.wait("> No, work the sums out with me")
    again.send(ENTER)
    again.wait("Miller Ltd: turnover")
    again.send(LEAVE)
    again.finish()


def test_standing_alone_is_remembered(kept: Path) -> None:
    terminal = begun(kept, lang="en")
    terminal.wait("Does the company stand alone")
    terminal.send(ENTER)
    terminal.wait("How many people does the company employ")
    terminal.send(LEAVE)
    terminal.finish()
    again = begun(kept, lang="en")
    again.wait("How many people does the company employ")
    again.send("60", ENTER)
    again.wait("Show the result now")
    again.send(RESULT)
    again.finish()
    assert again.process.exitcode == 0
    assert read_located("firm.yaml", kept.read_bytes()).values["group_employees"] == "60"


def test_a_new_start_puts_the_group_of_last_time_aside(tmp_path: Path) -> None:
    state = tmp_path / "eligibility"
    state.mkdir()
    (state / "answers.yaml").write_text('site_country: "KR"\n')
    (state / "answers.ownership.yaml").write_text("subject: a\nenterprises: {a: {employees: 5}}\n")
    env = {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    terminal = Played(play.command, "check", "--as-of", "2021-03-01", "--lang", "en", env=env)
    terminal.wait("In which country")
    terminal.send("DE", ENTER)
    terminal.wait("In which district or region")
    terminal.send(LEAVE)
    terminal.finish()
    assert not (state / "answers.ownership.yaml").exists()
    assert (state / "answers-before.ownership.yaml").exists()


def test_a_group_in_plain_lines(kept: Path) -> None:
    terminal = begun(kept, "--plain", lang="ko", columns=40, rows=20)
    replies = ["3", "한빛전자", *OWN, "2", "<", "4", ">"]
    for reply in replies:
        terminal.wait(lambda: terminal.rows()[terminal.screen.cursor.y] == ">")
        terminal.send(f"{reply}\r")
    said = terminal.finish()
    assert terminal.process.exitcode == 0
    assert "한빛전자" in said
    assert "\x1b" not in said.split(OWN[0])[0]
