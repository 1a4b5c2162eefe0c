"""Growth and memory are measured: on tables and rulebooks so small that the figures say nothing."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import scale


@pytest.mark.slow
def test_programmes_are_told_as_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    scale.main(["programmes", "--programmes", "100", "--programme-rows", "50", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"[\d.]+(?= s| times)", "N", line) for line in lines] == [
        "loading the rules",
        "  1 programmes: N s",
        "  10 programmes: N s, N times the line before",
        "  100 programmes: N s, N times the line before",
        "batch, 50 rows, wide Parquet",
        "  1 programmes: N s",
        "  10 programmes: N s, N times the line before",
        "  100 programmes: N s, N times the line before",
    ]


def test_memory_is_that_of_the_command_alone() -> None:
    mine = b"x" * (300 << 20)
    taken = scale.peak(["-c", "taken = b'x' * (100 << 20)"])
    assert 100 / 1024 < taken < 200 / 1024
    assert len(mine) == 300 << 20


@pytest.mark.slow
def test_memory_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scale.measure_memory(tmp_path, 100, ["de.digital-jetzt"])
    told = capsys.readouterr().out
    assert re.fullmatch(r"memory: 100 rows x \d\d columns, 0\.0 GB of CSV: at most 0\.\d\d GiB\n", told)
    assert (tmp_path / "out.parquet").stat().st_size > 0


def test_memory_is_skipped_where_the_disk_is_too_small(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale.shutil, "disk_usage", lambda folder: SimpleNamespace(free=10_000_000))
    scale.measure_memory(tmp_path, 1_000_000, ["de.digital-jetzt"])
    told = capsys.readouterr().out
    assert re.fullmatch(r"memory: skipped, 1,000,000 rows take 0\.\d GB of disk and 0\.0 GB are free\n", told)
