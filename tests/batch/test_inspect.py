from pathlib import Path

from eligibility.batch.inspect import CellReading, inspect_table
from eligibility.batch.request import BatchRequest, Dialect
from eligibility.rulebook.rulebook import Rulebook


def test_reading(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "\ufeffid;Mitarbeitr;Umsatz Gruppe;Gründung;öffentliche Beteiligung\n"
        "1;5;1.234,50;2001-02-03;12,5 %\n2;;abc;;\n3;x\n"
    )
    reading = inspect_table(rulebook, BatchRequest(path, decimal=","))
    assert reading.dialect == Dialect("csv", "utf-8-sig", ";", '"', 1, 0, "mark")
    assert [(column.name, column.fact, column.type, column.suggestion) for column in reading.columns] == [
        ("id", None, None, None),
        ("Mitarbeitr", None, None, "employees"),
        ("Umsatz Gruppe", "group_turnover", "money", None),
        ("Gründung", "founded", "date", None),
        ("öffentliche Beteiligung", "public_shareholding", "percent", None),
    ]
    assert (reading.id_column, reading.problems) == ("id", ())
    assert [(row.row, row.line) for row in reading.rows] == [(1, 2), (2, 3), (3, 4)]
    assert reading.rows[0].cells == (
        CellReading("Umsatz Gruppe", "1.234,50", "1234.5", None),
        CellReading("Gründung", "2001-02-03", "2001-02-03", None),
        CellReading("öffentliche Beteiligung", "12,5 %", "12.5", None),
    )
    bad = reading.rows[1].cells[0]
    assert bad.problem is not None
    assert (bad.value, bad.problem.code) == (None, "not-money")
    assert str(reading.rows[2].problem) == f"{path}:4:1: the record has 2 cells; the header names 5"
    assert {file.name for file in tmp_path.iterdir()} == {"in.csv"}


def test_five_rows_at_most(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("employees,nonprofit\n" + "3..5,ja\n" * 9)
    reading = inspect_table(rulebook, BatchRequest(path))
    assert [[cell.value for cell in row.cells] for row in reading.rows] == [["3..5", "true"]] * 5


def test_problems_are_told(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("employees,Mitarbeiter\n1,2\n")
    reading = inspect_table(rulebook, BatchRequest(path))
    assert [str(problem) for problem in reading.problems] == [
        "the columns `employees` and `Mitarbeiter` both hold `employees` (choose one: --map 'Mitarbeiter=employees')"
    ]
    assert reading.rows == ()
