"""What docs/aid.md shows is read, and what can be written is told there."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from eligibility.aid.document import AWARD_KEYS, read_history
from eligibility.aid.headroom import headroom
from eligibility.aid.regulation import REGIMES, Regulation
from eligibility.aid.table import COLUMNS, read_table
from eligibility.cli.loan_entry import TERMS, option
from eligibility.values.interval import Interval

TEXT = Path("docs/aid.md").read_text("utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def test_the_list_of_awards_is_read() -> None:
    history = read_history("aid.yaml", block("yaml").encode())
    assert (len(history.awards), len(history.events)) == (2, 2)
    group = ["mueller", "mueller-spedition"]
    assert headroom(history, group, date(2025, 6, 1), "DE", None).headroom == Interval(237_500, 240_000)


def test_the_table_is_read() -> None:
    header, *rows = csv.reader(block("csv").splitlines(), delimiter=";")
    found = read_table("aid.csv", header, rows, range(2, len(rows) + 2), language="de")
    assert (len(found.history.awards), found.unused) == (2, ())


@pytest.mark.parametrize("name", [*AWARD_KEYS, *map(option, TERMS)])
def test_every_field_is_described(name: str) -> None:
    assert f"`{name}`" in TEXT
    assert name.startswith("--") or name in COLUMNS


@pytest.mark.parametrize("regulation", Regulation)
def test_every_regulation_is_described(regulation: Regulation) -> None:
    assert regulation in TEXT


def test_every_ceiling_is_described() -> None:
    for regime in REGIMES:
        assert all(f"{ceiling.amount:,}" in TEXT for ceiling in regime.ceilings)
