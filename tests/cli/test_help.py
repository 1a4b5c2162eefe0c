"""Help: golden pages, the same in three languages, examples that run, and a start that is quick."""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eligibility.cli import batch, check, compare, facts, grant_equivalent, group, inspect, programmes, rules, wording
from eligibility.cli.help import cells
from eligibility.cli.wording import LANGUAGES, language_of
from tests.cli.conftest import ROOT, Run

COMMANDS = {
    "root": (),
    "check": ("check",),
    "batch": ("batch",),
    "compare": ("compare",),
    "inspect": ("inspect",),
    "programmes": ("programmes",),
    "facts": ("facts",),
    "group": ("group",),
    "grant-equivalent": ("grant-equivalent",),
    "rules": ("rules",),
    "rules-check": ("rules", "check"),
    "rules-test": ("rules", "test"),
    "rules-schema": ("rules", "schema"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_page(run: Run, golden: Callable[[str, str], None], name: str) -> None:
    ran = run(*COMMANDS[name], "--help")
    assert (ran.code, ran.err) == (0, "")
    golden(f"help-{name}.txt", ran.out)
    assert run(*COMMANDS[name], "-h").out == ran.out


@pytest.mark.parametrize("arguments", [("--help", "check"), ("-h", "rules"), ("--debug", "--help", "check")])
def test_root_page_before_the_name_of_a_command(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err) == (0, run("--help").out, "")


@pytest.mark.parametrize("language", ["de", "ko"])
@pytest.mark.parametrize("name", ["root", "check", "compare"])
def test_page_in_another_language(
    run: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    monkeypatch.setenv("ELIGIBILITY_LANG", language)
    ran = run(*COMMANDS[name], "--help")
    assert (ran.code, ran.err) == (0, "")
    golden(f"help-{name}.{language}.txt", ran.out)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_language_shows_the_same_options_within_the_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    english = run(*COMMANDS[name], "--help").out
    # By the variable: the root and `rules` have no --lang.
    monkeypatch.setenv("ELIGIBILITY_LANG", language)
    page = run(*COMMANDS[name], "--help").out
    assert (page == english) == (language == "en")
    names = [line.split("  ")[1] for line in english.splitlines() if line.startswith("  -")]
    assert [line.split("  ")[1] for line in page.splitlines() if line.startswith("  -")] == names
    assert [line for line in page.splitlines() if line.startswith("  $ ")] == _commands(english)
    texts = [line for line in page.splitlines() if not line.startswith("  $ ")]
    assert [line for line in texts if cells(line) > 80] == []


def _commands(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("  $ ")]


def test_help_goes_through_the_catalogue(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from eligibility.words import Words

    monkeypatch.setenv("ELIGIBILITY_LANG", "de")
    monkeypatch.setattr(Words, "say", lambda self, message, **values: message.format(**values).upper())
    page = run("facts", "--help").out
    assert "USAGE: ELIGIBILITY FACTS [OPTIONS] [ID]" in page
    assert "LIST THE FACTS AND DEFINITIONS" in page
    assert "AN EMPTY TABLE TO FILL IN:" in page
    assert "PRINT A CSV HEADER WITH EVERY FACT" in page
    assert "  $ eligibility facts --template > companies.csv" in page


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "en"),
        (("check", "--lang", "ko"), {"ELIGIBILITY_LANG": "de"}, "ko"),
        (("check", "--lang=de"), {}, "de"),
        (("check", "--lang"), {"LANG": "ko_KR.UTF-8"}, "ko"),
        ((), {"ELIGIBILITY_LANG": "de", "LC_ALL": "ko_KR.UTF-8"}, "de"),
        ((), {"ELIGIBILITY_LANG": "fr", "LANG": "de_AT.UTF-8"}, "de"),
        ((), {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"),
        ((), {"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "de_DE"}, "ko"),
        ((), {"LANG": "de-CH"}, "de"),
    ],
)
def test_language(arguments: tuple[str, ...], environment: dict[str, str], language: str) -> None:
    assert language_of(arguments, environment) == language


def _examples() -> list[str]:
    rooms = [room.EXAMPLES for room in (check, batch, compare, inspect, programmes, facts, group, grant_equivalent)]
    rooms.extend(examples for _, _, _, examples in rules.COMMANDS)
    assert all(sum(line.startswith("$ ") for line in lines) >= 2 for lines in rooms)
    return [line.removeprefix("$ ") for lines in rooms for line in lines if line.startswith("$ ")]


def _other_programmes(folder: str, names: list[str]) -> set[str]:
    kept = {"digital-jetzt.yaml", "mittelstand-digital.yaml"}
    return set(names) - kept if Path(folder).parent.name == "programmes" else set()


@pytest.mark.parametrize("example", _examples())
def test_example_runs(run: Run, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example runs in a checkout; the wizard is left to the tests of the wizard."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    # Two programmes are enough for the examples about rules: `make rules` runs the whole catalogue.
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=_other_programmes)
    if example.startswith("eligibility rules "):
        monkeypatch.setattr("eligibility.rulebook.files.bundled_rules", lambda: tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(example.partition(" > ")[0])
    assert words[0] == "eligibility"
    ran = run(*words[1:])
    if words[1:] == ["check", "--lang", "de"]:
        assert (ran.code, ran.out) == (2, "")
        return
    # The table of examples holds rows that are rejected, to show what happens to them.
    assert ran.code in ((0, 5) if words[1] == "batch" else (0,)), ran.err
    quiet = "-o" in words or words[1:3] in (["rules", "check"], ["rules", "test"])
    assert ran.out or quiet


def test_start_is_quick() -> None:
    program = "from eligibility.cli.main import main\nmain(['--help'])\nimport sys\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "typer" in loaded
    assert not loaded & {"polars", "narwhals", "yaml", "babel", "jinja2", "questionary", "rich", "eligibility.api"}


def test_language_is_that_of_the_last_run(run: Run) -> None:
    run("--help")
    assert wording.language() == "en"
    run("check", "--help", "--lang", "de")
    assert wording.language() == "de"


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("eligibility 0.")
