"""Awards from tables as offices export them, and from documents, through one door."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from eligibility.aid.award import Award
from eligibility.aid.regulation import Regulation
from eligibility.batch.aid_table import read_aid
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError

ROWS = [("nordwald", "28.02.2025", "45.000,50", "VO (EU) 2023/2831", "DE"), ("", "2024-05-17", "60000", "", "")]
HEADER = ("Empfänger", "Gewährt am", "Betrag (EUR)", "Verordnung", "Mitgliedstaat")
AMOUNTS = [Interval.point(Fraction("45000.50")), Interval.point(60_000)]


def told(award: Award) -> tuple[object, ...]:
    return award.granted, award.amount, award.regulation, award.member_state, award.recipient


FOUND = [
    (date(2025, 2, 28), AMOUNTS[0], Regulation.GENERAL_2023, "DE", "nordwald"),
    (date(2024, 5, 17), AMOUNTS[1], None, None, None),
]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "aid.csv"
    path.write_text("".join(";".join(row) + "\n" for row in (HEADER, *ROWS)), encoding=encoding)
    assert [told(award) for award in read_aid(path).awards] == FOUND


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "aid.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for index, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(index, 0, row)
    assert [told(award) for award in read_aid(path).awards] == FOUND


def test_document(tmp_path: Path) -> None:
    path = tmp_path / "aid.yaml"
    path.write_text("- {granted: 2025-02-28, amount: 45000.50, recipient: nordwald}\n", encoding="utf-8")
    (award,) = read_aid(path, {"nordwald"}).awards
    assert told(award)[:2] == FOUND[0][:2]


BAD = [
    (
        "aid.csv",
        "Betrag (TEUR);Gewährt am\n45;2025-02-28\n",
        ["aid.csv:1:1: there is no column `amount` (should `Betrag (TEUR)` be `amount`? then rename it)"],
    ),
    (
        "aid.csv",
        "recipient;granted;amount\nnordwlad;2025-02-28;1\nnordwald;soon;1\n",
        [
            'aid.csv:3:2: granted: "soon" is not a date: write it like 2021-06-30 or 30.6.2021',
            "aid.csv:2:1: there is no enterprise `nordwlad` (did you mean `nordwald`?)",
        ],
    ),
    ("aid.yaml", "- {amount: 3}\n", ["aid.yaml:1:3: `granted` is missing (it cannot be left open)"]),
]


@pytest.mark.parametrize(("name", "text", "problems"), BAD)
def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, problems: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(AnswerError) as caught:
        read_aid(Path(name), {"nordwald"})
    assert [str(problem) for problem in caught.value.problems] == problems
