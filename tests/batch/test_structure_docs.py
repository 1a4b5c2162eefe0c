"""What docs/ownership.md says of files is so: its examples are read, and no column or code is left out."""

import re
from datetime import date
from pathlib import Path

import pytest

from eligibility.batch.structure_table import read_structure
from eligibility.group.columns import Table, columns_of
from eligibility.group.document import KEYS, read_document_structure
from eligibility.group.structure import Control, Kind

DAY = date(2026, 1, 1)
DOCS = Path("docs/ownership.md").read_text("utf-8")
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(Path("eligibility/group").glob("*.py")))
PERIODS = re.compile(r"_(?:previous|earlier)$")


def test_the_document_is_read() -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    structure = read_document_structure("g.yaml", written.encode(), DAY)
    assert (len(structure.nodes), len(structure.holdings), structure.subject) == (5, 4, 0)


def test_the_tables_are_read(tmp_path: Path) -> None:
    tables = re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", DOCS, re.DOTALL)
    for name, written in tables:
        (tmp_path / name).write_text(written, "utf-8")
    structure = read_structure([tmp_path / name for name, _ in tables], DAY)
    assert (len(structure.nodes), len(structure.holdings), structure.nodes.undescribed) == (4, 3, {3})


@pytest.mark.parametrize("table", Table)
def test_every_column_is_described(table: Table) -> None:
    # Other years and consolidated accounts are described once for all figures.
    columns = {PERIODS.sub("", name) for name in columns_of(table) if not re.match("consolidated_(?!in|share)", name)}
    assert [name for name in sorted(columns) if f"`{name}`" not in DOCS] == []


def test_every_word_is_described() -> None:
    words = [str(word.name).lower() for word in (*Kind, *Control)] + list(KEYS)
    assert [word for word in words if not re.search(rf"`{word}`|^{word}:", DOCS, re.MULTILINE)] == []


def test_every_code_of_checks_is_described() -> None:
    codes = set(re.findall(r'faults\.add\(\s*"([a-z-]+)"', SOURCES))
    assert codes
    assert [code for code in sorted(codes) if f"`{code}`" not in DOCS] == []
