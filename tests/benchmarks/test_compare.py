"""The measurement of comparisons runs, on a table small enough for every day."""

import pytest

from benchmarks import compare


@pytest.mark.slow
def test_it_measures(capsys: pytest.CaptureFixture[str]) -> None:
    compare.main(["20", "--rounds", "1", "--catalogue", "eleven"])
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("20 rows, ")
    names = [line.partition(":")[0] for line in told[1:]]
    assert names == ["days", "days counts", "limit", "limit counts", "nothing", "nothing counts"]
