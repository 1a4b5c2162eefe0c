"""Synthetic rulebooks: as many programmes as asked for, the same from run to run, with every verdict among them."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.companies import write_table
from benchmarks.rulebooks import CRITERIA, FACTS, write_rules
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.link import load

DAY = date(2021, 3, 1)


def test_as_many_programmes_as_asked_for_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("once", "again"):
        write_rules(tmp_path / name, 12)
    once, again = (load([tmp_path / name], DAY) for name in ("once", "again"))
    assert once.digest == again.digest
    assert len(once.programmes) == 12
    assert len(once.facts) == sum(FACTS.values())
    assert {len(programme.criteria) for programme in once.programmes.values()} == {CRITERIA}


@pytest.mark.slow
def test_companies_get_every_verdict(tmp_path: Path) -> None:
    write_rules(tmp_path / "rules", 12)
    rulebook = load([tmp_path / "rules"], DAY)
    write_table(list(rulebook.facts.values()), tmp_path / "table.csv", 500)
    summary = run_batch(rulebook, BatchRequest(tmp_path / "table.csv", tmp_path / "out.parquet"))
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected == 500
    assert summary.rows_rejected == 0
    found = {verdict for counts in summary.verdicts.values() for verdict, count in counts.items() if count}
    assert found == {"eligible", "undetermined", "not_eligible"}
