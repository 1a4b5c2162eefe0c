"""What looks like a fact is suggested, and only where the likeness means something."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eligibility.batch.inspect import inspect_table
from eligibility.batch.likeness import by_content, similar
from eligibility.batch.request import BatchRequest
from eligibility.rulebook.rulebook import Rulebook


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("Mitarbeitr", "employees"),
        ("nonprofits", "nonprofit"),
        ("Umsatz Gruppe 2022 (TEUR)", "group_turnover"),
        ("Jahresumsatz 2023", "own_turnover"),
        ("Land", None),
        ("Ort", None),
        ("PLZ", None),
        ("Name", None),
        ("Status", None),
        ("Kundennummer", None),
        ("대표자", None),
        ("비고", None),
    ],
)
def test_similar_names(whole_rulebook: Rulebook, name: str, fact: str | None) -> None:
    assert similar(whole_rulebook, [name]) == ({} if fact is None else {name: fact})


@pytest.mark.parametrize(
    ("name", "cells", "fact"),
    [
        ("Land", ["Bayern", "Hessen", ""], "site_region"),
        ("Land", ["DE", "KR"], "site_country"),
        ("Land", ["Deutschland", "Österreich"], "site_country"),
        ("Land", ["3", "x"], None),
        ("Land", [], None),
        ("소재지", ["부산", "서울"], "site_region"),
        ("소재지", ["서울특별시 강남구 테헤란로 1"], None),
        ("Branche", ["Maschinenbau", "Handel", "frei"], "nace"),
        ("Firma", ["Bayern"], None),
    ],
)
def test_content_tells_what_a_loose_name_means(
    whole_rulebook: Rulebook, name: str, cells: Sequence[str], fact: str | None
) -> None:
    found = by_content(whole_rulebook, [name], lambda column: cells)
    assert found == ({} if fact is None else {name: fact})


def test_inspect_suggests_by_content_and_takes_nothing(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Land;Mitarbeiter\nBayern;5\nHessen;7\n", encoding="utf-8")
    land, staff = inspect_table(rulebook, BatchRequest(path)).columns
    assert (land.fact, land.suggestion, staff.fact) == (None, "site_region", "employees")


def test_what_a_map_speaks_of_is_suggested_no_more(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Land;Mitarbeiter\nBayern;5\n", encoding="utf-8")
    land, _ = inspect_table(rulebook, BatchRequest(path, mapping={"Land": ""})).columns
    assert (land.fact, land.suggestion) == (None, None)
