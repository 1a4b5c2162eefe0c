"""Names of codes in reference tables."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.language.shape import Text
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

TABLE = """\
code,de,en,ko,also
D,Energie,Energy,에너지,
D35,Energie,Energy,에너지,Strom;power
"""
FACTS = "topic: firm\ntitle: Firm\nfacts:\n  nace: {type: code, form: nace, names_from: names, label: L, question: Q}\n"
SOURCE = "source: {title: T, url: https://example.org, checked: 2026-11-21}\n"


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    for kind in ("facts", "tables"):
        (tmp_path / kind).mkdir()
    (tmp_path / "facts" / "firm.yaml").write_text(FACTS)
    (tmp_path / "tables" / "names.yaml").write_text(f"title: Names\n{SOURCE}key: code\ncolumns: {{}}\n")
    (tmp_path / "tables" / "names.csv").write_text(TABLE)
    return load([tmp_path], date(2026, 11, 21))


def test_names_are_made_when_asked_for(book: Rulebook) -> None:
    names = book.facts["nace"].names
    assert (list(names), len(names), "D" in names, "C" in names) == (["D", "D35"], 2, True, False)
    assert names["D35"] == Text(de="Energie", en="Energy", ko="에너지")
    assert names["D35"] is names["D35"]
    with pytest.raises(KeyError):
        names["C"]


def test_other_spellings(book: Rulebook) -> None:
    assert book.facts["nace"].spellings == {"D35": ("Strom", "power")}
