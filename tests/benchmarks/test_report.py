"""The cost of the report is measured: on tables so small that the ratios say nothing."""

import re
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.batch import AS_OF
from benchmarks.rulebooks import write_rules
from eligibility.rulebook.link import load


@pytest.mark.slow
def test_each_layout_is_told_as_ratios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(tmp_path / "rules", 3)
    report.measure(load([tmp_path / "rules"], AS_OF), tmp_path, 300, 1)
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "300 rows, 3 programmes"
    for layout, line in zip(("wide", "long"), lines, strict=True):
        assert re.fullmatch(rf"{layout} with report: [\d.]+ s; to {layout}: [\d.]+; to long: [\d.]+", line)
