"""What may happen while a command runs, as exit codes: with real streams where the system decides."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import eligibility.api
from tests.cli.conftest import ROOT, Run

PROGRAM = [sys.executable, "-m", "eligibility"]
CHECK = ("check", "--no-input", "--as-of", "2021-03-01")


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a secret of the company")


def test_a_defect_tells_its_place_and_no_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eligibility.api, "load_rulebook", broken)
    ran = run(*CHECK)
    assert (ran.code, ran.out) == (70, "")
    line = broken.__code__.co_firstlineno + 1
    assert ran.err == (
        f"error: this is a defect in eligibility: ZeroDivisionError at test_exit_codes.py:{line}\n"
        "please report it with the command that you ran\n"
        "--debug shows where it happened; that text may hold your data\n"
    )


@pytest.mark.parametrize("place", ["first", "last", "variable"])
def test_debug_shows_the_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(eligibility.api, "load_rulebook", broken)
    if place == "variable":
        monkeypatch.setenv("ELIGIBILITY_DEBUG", "1")
    arguments = {"first": ("--debug", *CHECK), "last": (*CHECK, "--debug"), "variable": CHECK}[place]
    ran = run(*arguments)
    assert ran.code == 70
    assert "Traceback (most recent call last):" in ran.err
    assert "ZeroDivisionError: a secret of the company" in ran.err


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (PermissionError(13, "Permission denied", "a.csv"), 6, "error: a.csv: Permission denied\n"),
        (OSError(28, "No space left on device"), 6, "error: No space left on device\n"),
    ],
)
def test_what_the_system_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(eligibility.api, "load_rulebook", fails)
    ran = run(*CHECK)
    assert (ran.code, ran.out, ran.err) == (code, "", message)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [("--help",), ("facts", "--template")])
def test_a_full_disk_under_standard_output(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        ran = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (6, "error: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_under_the_output_file(run: Run) -> None:
    ran = run(*CHECK, "-o", "/dev/full")
    assert (ran.code, ran.err) == (6, "error: No space left on device\n")


def test_a_file_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "result.txt"
    ran = run(*CHECK, "-o", str(target))
    assert (ran.code, ran.err) == (6, f"error: {target}: No such file or directory\n")


def test_the_reader_went_away() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        ran = subprocess.run(
            [*PROGRAM, "facts", "--template"], stdout=pipe, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_the_reader_of_a_batch_run_goes_away_early(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("site_country\n" + "DE\n" * 20_000)
    with subprocess.Popen(
        [*PROGRAM, "batch", str(table), "-o", "-", "--as-of", "2021-03-01"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        assert ran.stdout.readline()
        ran.stdout.close()
        assert (ran.stderr.read(), ran.wait(60)) == (b"", 141)


@pytest.mark.parametrize(
    ("closing", "arguments", "message"),
    [
        (">&-", CHECK, "error: standard output is closed\n"),
        (">&-", ("batch", "examples/companies.csv", "-o", "-"), "error: standard output is closed\n"),
        ("<&-", (*CHECK, "--answers", "-"), "error: standard input is closed\n"),
        ("<&-", ("inspect", "-"), "error: standard input is closed\n"),
    ],
)
def test_a_standard_stream_that_is_closed(closing: str, arguments: tuple[str, ...], message: str) -> None:
    command = ["/bin/sh", "-c", f'"$@" {closing}', "sh", *PROGRAM, *arguments]
    ran = subprocess.run(command, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (6, message)


_EAGER = "import sys, eligibility.cli.progress as p; p._EACH_ELSEWHERE = -1; import eligibility.cli.main as m"
EAGER = [sys.executable, "-c", f"{_EAGER}; sys.exit(m.main())"]
"""The program, telling its progress after every block."""


@pytest.mark.parametrize("options", [("-o", "-"), ("-o", "-", "--quiet"), ("-o", "{}"), ("-o", "{}", "--rejects", "-")])
def test_batch_with_standard_error_closed(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "in.csv").write_text("site_country,group_employees\nDE,5\nDE,many\n")
    written = [option.format(tmp_path / "out.csv") for option in options]
    arguments = ["batch", str(tmp_path / "in.csv"), *written, "--as-of", "2021-03-01", "--layout", "long"]
    command = [*EAGER, *arguments, "--programme", "de.digital-jetzt"]
    ran = subprocess.run(["/bin/sh", "-c", '"$@" 2>&-', "sh", *command], stdout=subprocess.PIPE, cwd=ROOT, check=False)
    assert ran.returncode == 5
    found = ran.stdout.decode() if "{}" not in options else (tmp_path / "out.csv").read_text()
    assert [line.split(",")[:4] for line in found.splitlines()[1:]] == [["1", "", "de.digital-jetzt", "undetermined"]]
    assert (tmp_path / "out.rejects.csv").exists() == (options == ("-o", "{}"))


def test_letters_that_standard_output_does_not_take() -> None:
    ran = subprocess.run(
        [*PROGRAM, "programmes", "--lang", "ko"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (
        6,
        "error: standard output takes only the letters of ascii\nhint: set PYTHONUTF8=1, or write to a file with -o\n",
    )


def test_interrupted_while_it_waits(tmp_path: Path) -> None:
    pipe = tmp_path / "answers.yaml"
    os.mkfifo(pipe)
    arguments = [*PROGRAM, *CHECK, "--answers", str(pipe)]
    started = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    try:
        # Opening waits for the other end: from then on the program waits for its input.
        with pipe.open("wb"):
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=30)
    finally:
        started.kill()
    assert (started.returncode, out, err) == (130, b"", b"")
