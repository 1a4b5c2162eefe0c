"""`eligibility check`: where answers come from, where the result goes, and what happens when the wizard is left."""

import json
import shlex
from pathlib import Path

import pytest

import eligibility.cli.wizard
from eligibility.cli.wizard import WizardLeft
from eligibility.interview.interview import Interview
from eligibility.rulebook.answers_file import read_located
from tests.cli.conftest import Ran, Run

CHECK = ("check", "--no-input", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", "--format", "json")


def answers_of(ran: Ran) -> dict[str, object]:
    assert ran.code == 0, ran.err
    answers = json.loads(ran.out)["answers"]
    assert isinstance(answers, dict)
    return answers


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        ("site_country=DE", "DE"),
        ("site_country=Deutschland", "DE"),
        ("site_country=독일", "DE"),
        ("nonprofit=nein", False),
        ("nonprofit=예", True),
        ("group_employees=50-249", "50..249"),
        ("group_employees=250+", "250.."),
        ("group_turnover=1,2 Mio", 1200000),
        ("kr_average_turnover=12억", 1200000000),
        ("founded=30.6.2019", "2019-06-30"),
        ("public_shareholding=24,5 %", "24.5"),
        ("legal_form=GmbH", "limited_company"),
        ("group_employees=", None),
    ],
)
def test_set_is_read_as_people_type(run: Run, setting: str, answer: object) -> None:
    fact = setting.partition("=")[0]
    assert answers_of(run(*CHECK, "--set", setting)).get(fact) == answer


def test_later_wins(run: Run, tmp_path: Path) -> None:
    resumed, answers = tmp_path / "resumed.yaml", tmp_path / "answers.json"
    resumed.write_text("site_country: KR\nnonprofit: yes\ngroup_employees: 9\ninsolvent: no\n")
    answers.write_text('{"nonprofit": false, "group_employees": 10, "insolvent": null}')
    ran = run(*CHECK, "--resume", str(resumed), "--answers", str(answers), "--set", "group_employees=11")
    assert answers_of(ran) == {"site_country": "KR", "nonprofit": False, "group_employees": 11}


def test_answers_from_standard_input(run: Run) -> None:
    assert answers_of(run(*CHECK, "--answers", "-", stdin=b"site_country: DE\n")) == {"site_country": "DE"}


@pytest.mark.parametrize(
    ("form", "beginning"), [("text", "Funding programmes\n"), ("markdown", "# "), ("html", "<!doctype html>")]
)
def test_result_in_a_file_whole(run: Run, tmp_path: Path, form: str, beginning: str) -> None:
    target = tmp_path / "result"
    target.write_text("old")
    ran = run(*CHECK, "--format", form, "-o", str(target))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert target.read_text().startswith(beginning)
    assert list(tmp_path.glob(".*")) == []
    assert run(*CHECK, "--format", form, "-o", "-").out == target.read_text()


def test_answers_are_saved_for_their_owner_alone(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    ran = run(*CHECK, "--set", "site_country=DE", "--set", "group_employees=50-60", "--save", str(kept))
    assert ran.code == 0
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read_located("kept.yaml", kept.read_bytes()).values == {"site_country": "DE", "group_employees": "50..60"}
    assert answers_of(run(*CHECK, "--resume", str(kept))) == {"site_country": "DE", "group_employees": "50..60"}


@pytest.mark.parametrize("option", ["--answers", "--resume", "--save"])
def test_the_result_never_replaces_the_answers(run: Run, tmp_path: Path, option: str) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text("site_country: DE\n")
    (tmp_path / "other").symlink_to(kept)
    ran = run(*CHECK, option, str(kept), "-o", str(tmp_path / "other"))
    message = f"error: the result would replace the answers in {tmp_path / 'other'}\nhint: choose another name for -o\n"
    assert (ran.code, ran.out, ran.err) == (2, "", message)
    assert kept.read_text() == "site_country: DE\n"


def test_answers_and_result_are_not_mixed(run: Run, tmp_path: Path) -> None:
    ran = run(*CHECK, "--save", "-")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: the answers and the result cannot both go to standard output\n"
        "hint: give one of them a file: -o FILE or --save FILE\n"
    )
    ran = run(*CHECK, "--set", "site_country=DE", "--save", "-", "-o", str(tmp_path / "result"))
    assert (ran.code, ran.out) == (0, 'site_country: "DE"\n')


def test_the_wizard_saves_to_a_file(run: Run) -> None:
    ran = run("check", "--save", "-", terminal=True)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: the wizard saves to a file: name one with --save FILE\n"


def _plays(monkeypatch: pytest.MonkeyPatch, leaves: bool, *, skips: bool = False) -> list[Interview]:
    """Let the wizard answer one question (`skips`: leave a second one open) and go on, or leave."""
    started: list[Interview] = []

    def plays(interview: Interview, *, words: object, save: object, plain: bool, notice: str, aid: object) -> Interview:
        started.append(interview)
        assert callable(save)
        answered = interview.answer("DE") if interview.question else interview
        answered = answered.skip() if skips else answered
        save(answered)
        if leaves:
            raise WizardLeft(answered)
        return answered

    monkeypatch.setattr(eligibility.cli.wizard, "run_wizard", plays)
    return started


def test_wizard_then_result(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _plays(monkeypatch, leaves=False)
    ran = run("check", "--as-of", "2021-03-01", "--format", "json", terminal=True)
    assert answers_of(ran) == {"site_country": "DE"}
    assert [one.only_open for one in started] == [True]


@pytest.mark.parametrize(("day", "only_open"), [("2021-03-01", True), ("2025-03-01", False)])
def test_a_closed_programme_is_asked_about_when_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, day: str, only_open: bool
) -> None:
    started = _plays(monkeypatch, leaves=False)
    run("check", "--as-of", day, "--programme", "de.digital-jetzt", terminal=True)
    assert [one.only_open for one in started] == [only_open]


def test_leaving_keeps_the_answers(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _plays(monkeypatch, leaves=True)
    ran = run("check", "--as-of", "2021-03-01", terminal=True)
    kept = tmp_path / "state" / "eligibility" / "answers.yaml"
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == f"\nYour answers are kept in {kept}\nGo on with: eligibility check --resume\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert answers_of(run(*CHECK, "--resume")) == {"site_country": "DE"}


@pytest.mark.parametrize("name", ["kept.json", "Müller & Söhne's answers.json"])
def test_leaving_with_a_file_of_your_own(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    _plays(monkeypatch, leaves=True)
    kept = tmp_path / name
    ran = run("check", "--as-of", "2021-03-01", "--save", str(kept), terminal=True)
    command = ran.err.splitlines()[-1].removeprefix("Go on with: ")
    assert shlex.split(command) == ["eligibility", "check", "--resume", str(kept)]
    assert json.loads(kept.read_text()) == {"site_country": "DE"}


def test_what_was_left_open_is_kept_and_not_asked_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _plays(monkeypatch, leaves=True, skips=True)
    ran = run("check", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", terminal=True)
    kept = Path(ran.err.splitlines()[1].removeprefix("Your answers are kept in "))
    assert kept.read_text() == 'site_country: "DE"\nsite_region: null\n'
    started = _plays(monkeypatch, leaves=False)
    run("check", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", "--resume", terminal=True)
    [resumed] = started
    assert resumed.answers == {"site_country": "DE"}
    assert resumed.skipped == {"site_region"}
    assert resumed.question is not None
    assert resumed.question.fact not in ("site_country", "site_region")


def test_open_answers_of_a_file_are_asked(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text("site_region: null\n")
    started = _plays(monkeypatch, leaves=False)
    run("check", "--as-of", "2021-03-01", "--answers", str(file), terminal=True)
    assert [one.skipped for one in started] == [frozenset()]


def test_where_the_answers_are_kept_is_told_after_the_result(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _plays(monkeypatch, leaves=False)
    ran = run("check", "--as-of", "2021-03-01", terminal=True)
    assert ran.code == 0
    assert ran.err.splitlines()[1].startswith("Your answers are kept in ")
    assert ran.err.splitlines()[2] == "Go on with: eligibility check --resume"


def test_a_new_start_keeps_the_answers_of_last_time(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "eligibility"
    folder.mkdir(parents=True)
    (folder / "answers.yaml").write_text("nonprofit: false\n")
    told: list[str] = []

    def plays(interview: Interview, *, notice: str, **_: object) -> Interview:
        told.append(notice)
        return interview.answer("DE")

    monkeypatch.setattr(eligibility.cli.wizard, "run_wizard", plays)
    ran = run("check", "--as-of", "2021-03-01", "--format", "json", terminal=True)
    before = folder / "answers-before.yaml"
    assert told == ["To go on with your answers of last time: Ctrl-C, then eligibility check --resume"]
    assert before.read_text() == "nonprofit: false\n"
    assert before.stat().st_mode & 0o777 == 0o600
    assert answers_of(ran) == {"site_country": "DE"}


def test_leaving_without_an_answer_keeps_what_was_kept(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "eligibility"
    folder.mkdir(parents=True)
    (folder / "answers.yaml").write_text("nonprofit: false\n")

    def leaves(interview: Interview, **_: object) -> Interview:
        raise WizardLeft(interview)

    monkeypatch.setattr(eligibility.cli.wizard, "run_wizard", leaves)
    ran = run("check", "--resume", terminal=True)
    assert (ran.code, ran.out, ran.err) == (130, "", "")
    assert (folder / "answers.yaml").read_text() == "nonprofit: false\n"


def test_answers_that_cannot_be_kept_are_shown_with_the_result(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    _plays(monkeypatch, leaves=False)
    target = tmp_path / "file" / "firm.yaml"
    ran = run("check", "--as-of", "2021-03-01", "--save", str(target), terminal=True)
    assert ran.code == 0
    message = f'\nYour answers could not be kept in {target}; here they are:\nsite_country: "DE"\n\n'
    assert ran.err == message


@pytest.mark.parametrize(("options", "plain"), [((), False), (("--plain",), True)])
def test_plain_lines_are_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], plain: bool
) -> None:
    asked: list[bool] = []

    def plays(interview: Interview, *, plain: bool, **_: object) -> Interview:
        asked.append(plain)
        return interview

    monkeypatch.setattr(eligibility.cli.wizard, "run_wizard", plays)
    assert run("check", *options, terminal=True).code == 0
    assert asked == [plain]


def test_priors_of_ones_own(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = _plays(monkeypatch, leaves=False)
    table = tmp_path / "mine.csv"
    table.write_text("fact,country,value,share,basis,source\nnonprofit,,yes,0.5,estimate,mine\n")
    assert run("check", "--as-of", "2021-03-01", "--priors", str(table), terminal=True).code == 0
    [(value, share)] = started[0].priors.rows("nonprofit", None)
    assert (value, str(share)) == (True, "1/2")
    table.write_text("fact,country,value,share,basis,source\nnonprofitt,,yes,0.5,estimate,mine\n")
    refused = run("check", "--priors", str(table), terminal=True)
    assert refused.code == 3
    assert "there is no fact `nonprofitt`" in refused.err
    assert run("check", "--priors", str(tmp_path / "none.csv"), terminal=True).code == 3
