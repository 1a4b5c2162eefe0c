"""The benchmarks run: on tables so small that their ratios say nothing."""

import re

import pytest

from benchmarks.batch import main


def test_batch_prints_a_ratio_for_each_layout_and_ending(capsys: pytest.CaptureFixture[str]) -> None:
    main(["300", "--catalogue", "eleven", "--ending", "parquet", "csv", "--rounds", "1"])
    told = capsys.readouterr().out
    assert re.findall(r"^(wide|long) (parquet|csv): [\d.]+ s / \(.*\) = [\d.]+$", told, re.MULTILINE) == [
        ("wide", "parquet"),
        ("long", "parquet"),
        ("wide", "csv"),
        ("long", "csv"),
    ]
