"""The speed against the floor is measured: on tables so small that the ratios say nothing."""

import re
from pathlib import Path

import pytest

from benchmarks import batch
from benchmarks.rulebooks import write_rules
from eligibility.rulebook.link import load

LINE = r"{layout} {ending}: [\d.]+ s / \(\w+ [\d.]+ s \+ \w+ [\d.]+ s\) = [\d.]+"


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_each_layout_is_told_as_a_ratio(tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    write_rules(tmp_path / "rules", 3)
    batch.measure(load([tmp_path / "rules"], batch.AS_OF), tmp_path, 300, ("wide", "long"), ending, 2)
    head, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"300 rows x \d\d columns, 0 MB, 3 programmes", head)
    for layout, line in zip(("wide", "long"), lines, strict=True):
        assert re.fullmatch(LINE.format(layout=layout, ending=ending), line)


@pytest.mark.slow
def test_the_bundled_catalogue_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    batch.main(["100", "--catalogue", "eleven", "--layout", "wide", "--rounds", "1"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.endswith(f"{len(batch.ELEVEN)} programmes")
    assert re.fullmatch(LINE.format(layout="wide", ending="parquet"), line)
