"""Verdicts as workbooks, read back by another library."""

import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.batch import workbook_out
from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.workbook_in import Workbook
from eligibility.batch.workbook_page import held
from eligibility.values.formula import neutral
from eligibility.values.problem import AnswerError
from tests.batch.runner import Runner
from tests.cli.conftest import ROOT

TABLE = (
    "id,site_country,group_employees,digital_investment_cost,founded,Notiz\n"
    "0012,DE,12,100000.5,2001-02-03,=1+1\n0013,KR,x,,,\n0014,DE,400,,,<r>x</r>\n"
)


def write(run: Runner, table: str | bytes = TABLE, **options: object) -> tuple[BatchSummary, openpyxl.Workbook]:
    path = run.folder / "out.xlsx"
    summary = run(table, output=path, **options)
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
    return summary, openpyxl.load_workbook(path)


@pytest.mark.parametrize(("layout", "order"), [("wide", ["wide", "long"]), ("long", ["long", "wide"])])
def test_three_sheets(run: Runner, layout: str, order: list[str]) -> None:
    summary, book = write(run, layout=layout)
    assert book.sheetnames == [*order, "summary"]
    assert (summary.rows_read, summary.rows_rejected) == (3, 1)
    assert [sheet.freeze_panes for sheet in (book["wide"], book["long"])] == ["B2", "D2"]
    assert [book[name].auto_filter.ref for name in ("wide", "long")] == ["A1:P3", "A1:L5"]
    assert all(cell.font.b for sheet in order for cell in book[sheet][1])


def test_the_wide_sheet(run: Runner) -> None:
    _, book = write(run)
    header, first, second = (tuple(cell.value for cell in row) for row in book["wide"].iter_rows())
    assert header[:8] == (*TABLE.splitlines()[0].split(","), "eligible_count", "eligible")
    assert first[:6] == ("0012", "DE", "12", "100000.5", "2001-02-03", "'=1+1")
    assert second[5] == "<r>x</r>"
    money = book["wide"].cell(2, header.index("de.digital-jetzt amount_max") + 1)
    assert (money.value, money.number_format) == (100000, '#,##0.00 "EUR"')
    verdict = book["wide"].cell(3, header.index("kr.world-class-plus") + 1)
    assert (verdict.value, verdict.fill.fgColor.rgb) == ("not_eligible", "FFEDEDED")


def test_the_long_sheet(run: Runner) -> None:
    _, book = write(run)
    run(TABLE, layout="long")
    plain = [line.split(",") for line in run.output.read_text().splitlines()]
    rows = [[cell.value for cell in row] for row in book["long"].iter_rows()]
    assert rows[0] == plain[0]
    exact = [[None if text == "" else text for text in line] for line in plain[1:]]
    for row, line in zip(rows[1:], exact, strict=True):
        assert row[1:7] == line[1:7]
        assert [None if value is None else Decimal(str(value)) for value in (row[0], *row[7:11])] == [
            None if text is None else Decimal(text) for text in (line[0], *line[7:11])
        ]
    cell = book["long"].cell(2, 8)
    assert cell.number_format == "0.00##%"


def test_the_summary_sheet(run: Runner) -> None:
    _, book = write(run, id_column="Notiz")
    rows = [[cell.value for cell in row if cell.value is not None] for row in book["summary"].iter_rows()]
    assert rows[:3] == [["run", ""], ["input", "in.csv"], ["as_of", "2021-03-01"]]
    assert rows[3][1].startswith("sha256:")
    assert rows[4:8] == [["rows read", 3], ["rows assessed", 2], ["rows rejected", 1], []]
    assert rows[8] == ["programme", "eligible", "likely", "undetermined", "not_eligible"]
    assert rows[9] == ["de.digital-jetzt", 0, 0, 2, 0]
    assert ["Notiz", "id"] in rows
    assert ["id", "carried along"] in rows
    assert rows[-2:] == [["rejected for", "rows"], ["not-a-number", 1]]


def test_raw_cells(run: Runner) -> None:
    _, book = write(run, raw_cells=True)
    cell = book["wide"]["F2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_types_of_parquet(run: Runner) -> None:
    frame = pl.DataFrame(
        {
            "employees": [12],
            "big": [2**63 - 1],
            "exact": [Decimal("0.10")],
            "nonprofit": [True],
            "nan": [float("nan")],
            "founded": [pl.date(2001, 2, 3)],
        },
        strict=False,
    ).with_columns(founded=pl.date(2001, 2, 3))
    frame.write_parquet(run.folder / "in.parquet")
    _, book = write(run, (run.folder / "in.parquet").read_bytes(), name="in.parquet")
    assert [cell.value for cell in book["wide"][2]][:6] == [12, str(2**63 - 1), 0.1, True, "nan", "2001-02-03"]


def test_no_rows(run: Runner) -> None:
    _, book = write(run, "employees\n")
    assert [sheet.max_row for sheet in (book["wide"], book["long"])] == [1, 1]


@pytest.mark.parametrize(
    ("limits", "table", "message"),
    [
        (
            {"MOST_ROWS": 5},
            TABLE.replace("x", "1"),
            "a sheet of Excel ends after 5 rows; 3 companies or more with 2 programmes each do not fit "
            "(write .csv or .parquet, or choose programmes with --programme)",
        ),
        (
            {"MOST_COLUMNS": 12},
            TABLE,
            "the sheet `wide` would have 16 columns; Excel has 12 "
            "(write .csv or .parquet, or choose programmes with --programme)",
        ),
        (
            {},
            f"employees,x\n1,{'y' * 32_768}\n",
            "the cell in row 2 and column 2 has 32,768 letters; Excel takes 32,767 (write .csv or .parquet)",
        ),
        (
            {},
            f"employees,x\n1,<r>{'y' * 32_768}</r>\n",
            "the cell in row 2 and column 2 has 32,775 letters; Excel takes 32,767 (write .csv or .parquet)",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:String length must be:UserWarning")
def test_what_a_sheet_cannot_hold(
    run: Runner, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int], table: str, message: str
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(workbook_out, name, limit)
    with pytest.raises(AnswerError) as refused:
        write(run, table)
    assert str(refused.value) == message
    assert run.left() == set()


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (Decimal("0.10"), True),
        (Decimal("8.28"), True),
        (Decimal("9999999999999.99"), True),
        (Decimal("99999999999999.99"), False),
        (Decimal("99999999999999.00"), True),
        (Decimal("123456789012345678.90"), False),
        (10**15, True),
        (2**53 + 1, False),
        (0.1, True),
        (1 / 3, False),
        (0.1 + 0.2, False),
        (float("inf"), False),
    ],
)
def test_numbers_that_a_workbook_holds(value: float | Decimal, exact: bool) -> None:
    assert (held(value) is not None) == exact


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_is_held_is_exact_to_the_cent(cents: int) -> None:
    amount = Decimal(cents) / 100
    number = held(amount)
    assert number is not None
    # As the library writes it, and as any reader of doubles takes it.
    assert Decimal(f"{number:.16G}") == amount
    assert Decimal(repr(float(f"{number:.16G}"))) == amount


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    ["<r></r>", "<r>&</r>", "_x0041_", "_x000D_\r", "a\r\nb", " a ", "\ufffe", "\0", "=1", "'=1", "http://x", "{=1}"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=40))
def test_texts_come_back(run: Runner, texts: list[str]) -> None:
    path = run.folder / "out.xlsx"
    pl.DataFrame({"employees": [1] * len(texts), "x": texts}).write_parquet(run.folder / "in.parquet")
    run((run.folder / "in.parquet").read_bytes(), name="in.parquet", output=path)
    with Workbook(path, BatchRequest(path, sheet="wide"), ["employees"]) as book:
        found = [text for block in book.blocks() for text in block.cells["x"].to_list()]
    assert found == [neutral(text) for text in texts]


PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
folder = Path(sys.argv[1])
rulebook = load([bundled_rules()], date(2021, 3, 1), ["de.digital-jetzt", "kr.world-class-plus"])
for ending in ("csv", "jsonl", "parquet", "xlsx"):
    run_batch(rulebook, BatchRequest(Path("examples/companies.csv"), folder / f"out.{ending}"))
"""


@pytest.mark.slow
def test_the_same_bytes_from_run_to_run(tmp_path: Path) -> None:
    digests = []
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/New_York")):
        (folder := tmp_path / seed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], cwd=ROOT, env=environment, check=True)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert len(digests[0]) == 5
    assert digests[0] == digests[1]


def test_nothing_in_the_package_tells_the_time(run: Runner) -> None:
    write(run)
    with ZipFile(run.folder / "out.xlsx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")
