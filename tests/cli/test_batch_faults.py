"""Whatever goes wrong in a batch run: the exit code of the contract, and an output that is whole or not there."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import ROOT, Run

DAY = ("--as-of", "2021-03-01", "--programme", "de.digital-jetzt")
PROGRAM = [sys.executable, "-m", "eligibility", "batch"]
MOUNT = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs"]
ENDINGS = ["csv", "jsonl", "parquet", "xlsx"]
ROWS = "site_country,group_employees\n" + "DE,5\nDE,x\n" * 3_000


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != "in.csv"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_device_that_is_full(run: Run, tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text(ROWS)
    (tmp_path / f"out.{ending}").symlink_to("/dev/full")
    ran = run("batch", str(tmp_path / "in.csv"), "-o", str(tmp_path / f"out.{ending}"), *DAY)
    assert (ran.code, ran.out) == (6, "")
    assert "no space left on device" in ran.err.lower()
    assert left(tmp_path) == {f"out.{ending}"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk can be made here")
    yield disk
    # At once for everyone, although a library may hold a file of it open a little longer.
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes disks")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_disk_that_fills_up(run: Run, tmp_path: Path, small_disk: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text(ROWS.replace("5\n", "5\nDE,6\nDE,7\n"))
    old = small_disk / f"out.{ending}"
    old.write_text("from an earlier run")
    ran = run("batch", str(tmp_path / "in.csv"), "-o", str(old), "--layout", "long", *DAY)
    assert (ran.code, ran.out) == (6, "")
    assert "no space left on device" in ran.err.lower()
    assert left(small_disk) == {old.name}
    assert old.read_text() == "from an earlier run"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_directory_that_takes_no_files(run: Run, tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text(ROWS)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        # The rights of files mean nothing to root; what the system keeps for itself does.
        closed = Path("/sys")
    if not closed.is_dir():
        pytest.skip("every directory here takes files")
    ran = run("batch", str(tmp_path / "in.csv"), "-o", str(closed / f"out.{ending}"), *DAY)
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.startswith(f"error: {closed}/")


def test_the_rejects_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ROWS)
    missing = tmp_path / "nowhere" / "r.csv"
    ran = run("batch", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), "--rejects", str(missing), *DAY)
    assert (ran.code, ran.err) == (6, f"error: {missing.parent}: there is no such directory\n")
    assert left(tmp_path) == set()


@pytest.mark.parametrize("linked", ["symlink_to", "hardlink_to"])
@pytest.mark.parametrize("option", ["-o", "--rejects"])
def test_the_input_is_never_written_over(run: Run, tmp_path: Path, linked: str, option: str) -> None:
    table = tmp_path / "in.csv"
    table.write_text(ROWS)
    link = tmp_path / "link.csv"
    getattr(link, linked)(table)
    options = ("-o", str(link)) if option == "-o" else ("-o", str(tmp_path / "out.csv"), "--rejects", str(link))
    what = "output" if option == "-o" else "rejects file"
    ran = run("batch", str(table), *options, *DAY)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"{link}: the {what} is the same file as the input\nhint: choose another name\n"
    assert table.read_text() == ROWS
    assert left(tmp_path) == {"link.csv"}


def stopped(folder: Path, ending: str, number: int) -> tuple[int, bytes]:
    """Run on a table that never ends, and send a signal once the output has been begun."""
    command = [*PROGRAM, "-", "-o", str(folder / f"out.{ending}"), "--quiet", *DAY]
    ran = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert ran.stdin is not None
    assert ran.stdout is not None

    def feed(pipe: IO[bytes]) -> None:
        with suppress(BrokenPipeError):
            pipe.write(b"site_country,group_employees\n")
            while True:
                pipe.write(b"DE,5\n" * 20_000 + b"DE,x\n")

    threading.Thread(target=feed, args=(ran.stdin,), daemon=True).start()
    try:
        deadline = time.monotonic() + 120
        while not list(folder.glob(".out.*.partial")) and time.monotonic() < deadline:
            time.sleep(0.05)
        # Time for some blocks; the run itself would go on for ever.
        time.sleep(1)
        ran.send_signal(number)
        return ran.wait(120), ran.stdout.read()
    finally:
        ran.kill()


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_interrupted_in_the_middle(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"out.{ending}").write_text("from an earlier run")
    assert stopped(tmp_path, ending, signal.SIGINT) == (130, b"")
    assert left(tmp_path) == {f"out.{ending}"}
    assert (tmp_path / f"out.{ending}").read_text() == "from an earlier run"


@pytest.mark.slow
def test_killed_in_the_middle(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("from an earlier run")
    assert stopped(tmp_path, "csv", signal.SIGKILL)[0] == -signal.SIGKILL
    assert (tmp_path / "out.csv").read_text() == "from an earlier run"
    assert all(name == "out.csv" or name.endswith(".partial") for name in left(tmp_path))
