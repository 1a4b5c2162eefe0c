"""Synthetic companies: the same from run to run, about 12 % unknown, no company twice, chunks that do not show."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from benchmarks import companies
from benchmarks.companies import LEAST_POOL, UNKNOWN, facts_read, most_read, write_table
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([bundled_rules()], date(2021, 3, 1), ["de.digital-jetzt", "kr.dx-academy"])


def test_the_same_bytes_whatever_the_chunks(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = most_read(rulebook, 5)
    write_table(facts, tmp_path / "whole.csv", 1_000)
    monkeypatch.setattr(companies, "CHUNK_CELLS", 7 * 83)
    write_table(facts, tmp_path / "chunks.csv", 1_000)
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "chunks.csv").read_bytes()


def test_no_company_comes_twice_and_some_answers_are_unknown(rulebook: Rulebook, tmp_path: Path) -> None:
    facts = facts_read(rulebook)
    write_table(facts, tmp_path / "table.csv", 2 * LEAST_POOL)
    table = pl.read_csv(tmp_path / "table.csv", infer_schema=False)
    assert table.columns == ["company_id", "name", *(fact.id for fact in facts)]
    answers = table.drop("company_id", "name")
    assert answers.n_unique() > 1.99 * LEAST_POOL
    unknown = sum(answers.null_count().row(0)) / (answers.height * answers.width)
    assert unknown == pytest.approx(UNKNOWN, abs=0.01)


def test_most_read_are_the_facts_of_most_programmes(rulebook: Rulebook) -> None:
    readers = {name: sum(name in read for read in rulebook.reads.values()) for name in rulebook.facts}
    chosen = most_read(rulebook, 3)
    left_out = set(readers) - {fact.id for fact in chosen}
    assert min(readers[fact.id] for fact in chosen) >= max(readers[name] for name in left_out)
