"""Registers and odd structures are drawn as told, and worked out: so small that the figures say nothing."""

import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks import group, holdings
from eligibility.batch.structure_table import read_structure
from eligibility.group.certainty import Reading
from eligibility.group.size import Read
from eligibility.group.structure import Kind, Structure


def read(tables: holdings.Tables, folder: Path) -> Structure:
    return read_structure(holdings.write(tables, folder), group.AS_OF)


def test_a_register_is_what_it_is_said_to_be(tmp_path: Path) -> None:
    structure = read(holdings.register(2_000, 3_000), tmp_path)
    kinds, held = structure.nodes.kinds, structure.holdings
    assert (np.count_nonzero(kinds == Kind.ENTERPRISE), np.count_nonzero(kinds == Kind.PERSON)) == (2_000, 800)
    assert 2_900 <= len(held) <= 3_000
    assert 0.01 < np.mean(held.votes_low != held.votes_high) < 0.05
    assert {period.name for _, period in structure.nodes.figures} == {"LATEST", "PREVIOUS"}
    sizes = np.bincount(Read(structure, Reading.MOST).groups.of)
    assert 3 < sizes.max() < 200
    first, again = (holdings.register(100, 150) for _ in range(2))
    assert all(one.equals(other) for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize(
    ("name", "largest", "partners"),
    [
        ("a chain", 50, 0),
        ("a ring", 50, 0),
        ("a ladder of joint majorities", 50, 0),
        ("one fund", 1, 98),
        ("one owner", 49, 0),
        ("a chain under a town", 49, 0),
    ],
)
def test_an_odd_structure_is_as_odd_as_its_name(tmp_path: Path, name: str, largest: int, partners: int) -> None:
    found = Read(read(holdings.ODD[name](50), tmp_path), Reading.MOST)
    assert (np.bincount(found.groups.of).max(), len(found.partners.one)) == (largest, partners)


def test_the_table_has_the_figures_of_all(tmp_path: Path) -> None:
    paths = holdings.write(holdings.chain(3), tmp_path)
    group.work(paths, tmp_path / "sizes.csv")
    table = pl.read_csv(tmp_path / "sizes.csv")
    assert table["id"].to_list() == ["E0", "E1", "E2"]
    assert table["employees latest low"].to_list() == [30 * 10**6] * 3
    assert table["turnover previous high"].to_list() == [3 * 10**8] * 3


@pytest.mark.slow
def test_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    group.main(["--firms", "200", "--odd-firms", "100", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"\d+\.\d+", "N", line) for line in lines] == [
        "register: 200 firms, 300 holdings",
        "  read, added up, written: N s (at most 60)",
        "  Polars reading and writing alone: N s, ratio N",
        "  memory: at most N GiB (at most 4)",
        *(f"{name}: N and N s for 10 and 100 firms, N times" for name in holdings.ODD),
    ]
