"""`eligibility check` in a real pseudo-terminal: from the command to its exit code."""

import sys
from pathlib import Path

import pytest

from tests.wizard import play
from tests.wizard.stage import Played
from tests.wizard.terminal import DOWN, ENTER, LEAVE, RESULT, Terminal

CHECK = ["check", "--lang", "en", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt"]
COMMAND = ["-m", "eligibility", *CHECK]
COUNTRY, REGION = "In which country", "In which district or region"


def played(*options: str, home: Path) -> Played:
    return Played(play.command, *CHECK, *options, env={"XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home)})


def begun(terminal: Terminal) -> Terminal:
    """The wizard with Germany as the answer to its first question."""
    terminal.wait(COUNTRY)
    terminal.send("german")
    terminal.wait("Germany (DE)")
    terminal.send(DOWN, ENTER)
    terminal.wait(REGION)
    return terminal


def test_leaving_keeps_the_answers_and_says_how_to_go_on(tmp_path: Path) -> None:
    # A process of its own, as it is started from a shell.
    terminal = begun(Terminal(COMMAND, env={"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}))
    terminal.send(LEAVE)
    said = terminal.finish()
    kept = tmp_path / "eligibility" / "answers.yaml"
    assert terminal.child.exitstatus == 130
    assert f"Your answers are kept in {kept}" in said
    assert "Go on with: eligibility check --resume" in said
    assert kept.read_text("utf-8") == 'site_country: "DE"\n'
    assert kept.stat().st_mode & 0o777 == 0o600


def test_going_on_where_one_left(tmp_path: Path) -> None:
    saved = tmp_path / "firm.yaml"
    left = begun(played("--save", str(saved), home=tmp_path))
    left.send(LEAVE)
    left.finish()
    resumed = played("--resume", str(saved), home=tmp_path)
    resumed.wait(REGION)
    resumed.send(RESULT)
    said = resumed.finish()
    assert resumed.process.exitcode == 0
    assert "More answers are needed" in said


def test_answers_that_cannot_be_kept_are_not_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    terminal = played("--save", str(tmp_path / "file" / "firm.yaml"), home=tmp_path)
    begun(terminal).send(LEAVE)
    said = terminal.finish()
    assert terminal.process.exitcode == 130
    assert "could not be kept" in said
    assert 'site_country: "DE"' in said


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_without_a_terminal_nothing_is_asked(stream: str) -> None:
    redirect = {"stdin": "</dev/null", "stderr": "2>/dev/null"}[stream]
    command = f'exec "$0" {" ".join(COMMAND)} {redirect}'
    terminal = Terminal(["-c", command, sys.executable], program="/bin/sh")
    terminal.finish()
    assert terminal.child.exitstatus == 2
