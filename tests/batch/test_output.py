"""An output file is complete or absent, whatever goes wrong."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from eligibility.batch.output import Pending, pending
from tests.batch.runner import Runner

TABLE = "id,employees\n1,5\n2,x\n"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_interrupted(run: Runner, ending: str) -> None:
    def interrupt(rows: int, share: float) -> None:
        assert (rows, share) == (2, 1.0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(TABLE, output=run.folder / f"out.{ending}", progress=interrupt)
    assert run.left() == set()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_write_that_fails(run: Runner, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    output = run.folder / f"out.{ending}"
    output.write_text("from an earlier run")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for writer in ("write_csv", "write_ndjson"):
        monkeypatch.setattr(pl.DataFrame, writer, full)
    monkeypatch.setattr(pl.LazyFrame, "sink_parquet", full)
    with pytest.raises(OSError, match="No space left on device"):
        run(TABLE, output=output)
    assert run.left() == {output.name}
    assert output.read_text() == "from an earlier run"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_full_disk_is_an_error_of_the_system(run: Runner, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pending, "__init__", _full)
    with pytest.raises(OSError, match=r"(?i)no space left"):
        run(TABLE, output=run.folder / f"out.{ending}", rejects=run.folder / "r.csv")
    assert Path("/dev/full").exists()


def _full(self: Pending, path: Path) -> None:
    self.final = self.path = Path("/dev/full") if path.name.startswith("out") else path
    self.direct = True
    self._stream = None


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_finishing_that_fails(run: Runner, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, failing, refuse)
    with pytest.raises(OSError, match="Input/output error"):
        run(TABLE)
    assert run.left() == set()


def break_down(folder: Path) -> None:
    with pending(folder / "a", folder / "b") as files:
        for file in files:
            assert file is not None
            file.open().write(b"1")
        assert len(list(folder.iterdir())) == 2
        1 / 0  # noqa: B018  # any failure


def test_both_files_or_none(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        break_down(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pending(tmp_path / "a", None) as (first, none):
        assert first is not None
        assert none is None
        first.open().write(b"1")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_bytes() == b"1"


def test_what_stood_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0o640)
    with pending(tmp_path / "a") as (file,):
        assert file is not None
        file.open()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_is_written_through(run: Runner) -> None:
    (run.folder / "out.csv").symlink_to(run.folder / "real.csv")
    run(TABLE)
    assert (run.folder / "out.csv").is_symlink()
    assert (run.folder / "real.csv").read_text().startswith("id,employees,")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_two_runs_onto_one_output_do_not_mix(run: Runner, ending: str) -> None:
    output = run.folder / f"out.{ending}"
    run(TABLE, output=output)
    alone, rejects = output.read_bytes(), run.rejects.read_bytes()

    def meanwhile(rows: int, share: float) -> None:
        run(TABLE.replace("1,5", "1,7"), name="in.other.csv", output=output)
        assert output.read_bytes() != alone

    run(TABLE, output=output, progress=meanwhile)
    assert (output.read_bytes(), run.rejects.read_bytes()) == (alone, rejects)
    assert run.left() == {output.name, "out.rejects.csv"}


def test_a_folder_is_no_output(run: Runner) -> None:
    (run.folder / "out.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        run(TABLE)


PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
folder = Path(sys.argv[1])
class Endless:
    def read(self, size):
        print("reading", flush=True)
        return b"1,5\\n" * 200_000
    def tell(self):
        return 0
class Source(Endless):
    def read(self, size):
        self.read = super().read
        return b"id,employees\\n"
run_batch(load([bundled_rules()], date(2021, 3, 1), ["de.digital-jetzt"]), BatchRequest(Source(), folder / sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_control_c(tmp_path: Path, ending: str) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), f"out.{ending}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(60):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert b"KeyboardInterrupt" in process.stderr.read()
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_does_not_exist_is_named(run: Runner) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        run(TABLE, output=run.folder / "nowhere" / "out.csv")
    assert missing.value.strerror == "there is no such directory"
    assert missing.value.filename == str(run.folder / "nowhere")
    assert run.left() == set()
