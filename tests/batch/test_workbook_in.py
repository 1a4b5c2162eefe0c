"""Sheets of workbooks as tables."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch import sheet
from eligibility.batch.mapping import KnownNames
from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.sheet import SheetCell, column_letters
from eligibility.batch.workbook_cells import CellTexts
from eligibility.batch.workbook_in import Workbook
from eligibility.batch.workbook_parts import DAY, NUMBER, PERCENT, Parts, meaning_of
from eligibility.values.problem import AnswerError
from tests.batch.runner import Runner
from tests.batch.workbooks import packed, parts, workbook

KNOWN = KnownNames(("employees", "umsatz"))
HEADER = ["id", "employees"]
SAVE = "open it in Excel and save it anew, or as CSV UTF-8"


def read(run: Runner, data: bytes, **options: object) -> tuple[BatchSummary, list[str], list[str]]:
    """Run it; return the summary, the first columns of the output, the rejects."""
    summary = run(data, name="in.xlsx", **options)
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
    width = len(summary.columns) + len(summary.carried)
    lines = run.output.read_text().splitlines()
    return summary, [",".join(line.split(",")[:width]) for line in lines], run.rejects.read_text().splitlines()[1:]


def test_an_office_sheet(run: Runner) -> None:
    data = workbook(
        {
            "Firmen": [
                ["Firmenliste 2021"],
                [],
                [
                    "id",
                    "",
                    "site_country",
                    "employees",
                    "founded",
                    "public\nshareholding",
                    "group_turnover",
                    "nonprofit",
                ],
                ["0012", None, "DE", 12.5, (36925, "dd.mm.yyyy"), (0.25, "0.0 %"), 0.1 + 0.2, True],
                [],
                ["0013", None, "DE", "3", "2001-02-03", 25, (1234.5, '#,##0.00 "€"'), False],
            ],
            "Notizen": [["Stand: heute"]],
        }
    )
    summary, lines, rejects = read(run, data, mapping={"public shareholding": "public_shareholding"})
    assert summary.dialect.sheet == "Firmen"
    assert lines == [
        "id,site_country,employees,founded,public shareholding,group_turnover,nonprofit",
        "0012,DE,12.5,2001-02-03,25%,0.3,true",
        "0013,DE,3,2001-02-03,25,1234.5,false",
    ]
    assert rejects == []


def test_the_same_verdicts_as_csv(run: Runner) -> None:
    rows = [["id", "site_country", "employees", "founded"], ["1", "DE", 7.5, "2001-02-03"], ["2", "KR", 400, None]]
    run("\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows), layout="long")
    plain = run.output.read_text()
    read(run, workbook({"A": rows}), layout="long")
    assert run.output.read_text() == plain


@pytest.mark.parametrize(
    ("decimal", "cells", "kept"),
    [
        (None, [12.345, "12,5", 1234.5], ["12.345", '"12,5"', "1234.5"]),
        (None, ["1.234", "1234", 1], [None, "1234", "1"]),
        (",", [12.345, "1.234,5", 1234.5], ["12.345", '"1.234,5"', "1234.5"]),
        (".", [12.345, "1,234.5", 1234.5], ["12.345", '"1,234.5"', "1234.5"]),
    ],
)
def test_numbers_are_clear_and_texts_are_not(
    run: Runner, decimal: str | None, cells: list[object], kept: list[str | None]
) -> None:
    data = workbook({"A": [["employees"], *([cell] for cell in cells)]})
    summary = run(data, name="in.xlsx", decimal=decimal)
    lines = [line.partition(",0,")[0] for line in run.output.read_text().splitlines()[1:]]
    assert lines == [text for text in kept if text is not None]
    assert summary.rows_rejected == kept.count(None)


@pytest.mark.parametrize("keep", [False, True])
def test_errors_and_formulas_without_a_result(run: Runner, keep: bool) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>employees</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>note</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="3"><c r="A3"><f>A1+B1</f><v></v></c></row>'
        '<row r="4"><c r="A4"><v>5</v></c><c r="B4"><f>C4</f></c></row>'
        '<row r="5"><c r="A5"><v>6</v></c><c r="B5" t="e"><v>#N/A</v></c></row>'
        '<row r="6"><c r="A6" t="str"><f>IF(1,"")</f><v></v></c></row>'
        '<row r="7"><c r="A7"><v>7</v></c><c r="D7"><v>8</v></c></row>'
    )
    summary, lines, rejects = read(run, packed(parts(rows)), on_bad_value="unknown" if keep else "reject")
    bare = "7,7,,cell-without-column,the cell D7 stands under no column name,8"
    if keep:
        assert lines[1:] == ["#DIV/0!,", "'=A1+B1,", "5,'=C4", "6,#N/A"]
        assert summary.made_unknown == {"employees": 2}
        assert rejects == [bare.replace("7,7", "5,7")]
    else:
        assert lines[1:] == ["5,'=C4", "6,#N/A"]
        assert rejects == [
            "1,2,employees,error-value,the cell shows the error #DIV/0!,#DIV/0!",
            "2,3,employees,formula-without-result,"
            "the formula has no result: open the file in Excel and save it,'=A1+B1",
            bare.replace("7,7", "5,7"),
        ]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(None, "Daten"), ("Daten", "Daten"), ("daten", "Daten"), ("2", "Daten"), ("Alt", "Alt")],
)
def test_which_sheet(run: Runner, wanted: str | None, chosen: str) -> None:
    rows = [HEADER, ["1", 5]]
    data = workbook({"Deckblatt": [["Liste"]], "Alt": rows, "Daten": rows}, hidden=["Alt"])
    summary, lines, _ = read(run, data, sheet=wanted)
    assert (summary.dialect.sheet, lines[1]) == (chosen, "1,5")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (None, "several sheets may be meant: `2020`, `2021` (name one with --sheet)"),
        ("Dta", "there is no sheet `Dta` (did you mean `Data`?)"),
        ("4", "there is no sheet `4` (it has `2020`, `2021`, `Data`)"),
        ("Data", "the sheet `Data` is empty (it needs a row of names)"),
    ],
)
def test_no_sheet(run: Runner, wanted: str | None, message: str) -> None:
    data = workbook({"2020": [HEADER, ["1", 5]], "2021": [HEADER, ["1", 6]], "Data": []})
    with pytest.raises(AnswerError) as refused:
        run(data, name="in.xlsx", sheet=wanted)
    assert str(refused.value) == f"{run.folder / 'in.xlsx'}: {message}"
    assert run.left() == set()


def test_a_mapped_name_tells_the_header(run: Runner) -> None:
    data = workbook({"A": [["Liste"], ["Kopfzahl"], [7]], "B": [["x"]]})
    summary, lines, _ = read(run, data, mapping={"Kopfzahl": "employees"})
    assert (summary.dialect.sheet, lines) == ("A", ["Kopfzahl", "7"])


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (parts(""), "the workbook has no visible sheet with cells (it needs a row of names)"),
        (
            parts('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
            f"the workbook cannot be read: row 1 has a cell in column 16,384; 10,000 are read ({SAVE})",
        ),
        (
            parts('<row><c r="?1"><v>1</v></c></row>'),
            f"the workbook cannot be read: row 1 has a cell that calls itself `?1` ({SAVE})",
        ),
        (
            parts('<row><c t="s"><v>3</v></c></row>', texts="<si><t>a</t></si>"),
            f"the workbook cannot be read: a cell refers to the text 3, which the workbook does not have ({SAVE})",
        ),
        (
            {**parts(""), "xl/worksheets/sheet1.xml": "<worksheet><sheetData>"},
            f"the workbook cannot be read: its XML is damaged on line 1: no element found ({SAVE})",
        ),
        (
            {name: part for name, part in parts("").items() if name != "xl/styles.xml"},
            "the workbook cannot be read: a part is missing: "
            f"There is no item named 'xl/styles.xml' in the archive ({SAVE})",
        ),
        (
            {**parts(""), "xl/workbook.xml": "<workbook"},
            f"the workbook cannot be read: its XML is damaged: unclosed token: line 1, column 0 ({SAVE})",
        ),
        (
            {**parts(""), "_rels/.rels": "<Relationships/>"},
            f"the workbook cannot be read: it names no workbook ({SAVE})",
        ),
    ],
    ids=["empty", "far", "letters", "text", "cut", "missing", "broken", "no workbook"],
)
def test_what_cannot_be_read(run: Runner, contents: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        run(packed(contents), name="in.xlsx")
    assert str(refused.value) == f"{run.folder / 'in.xlsx'}: {message}"
    assert run.left() == set()


def test_a_cell_of_many_megabytes(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LONGEST_CELL", 1_000)
    rows = f'<row><c t="inlineStr"><is><t>{"x" * 1_001}</t></is></c></row>'
    with pytest.raises(AnswerError, match="row 1 has a cell of more than 1,000 letters"):
        run(packed(parts(rows)), name="in.xlsx")


def test_a_cell_far_down_costs_nothing(run: Runner) -> None:
    far = '<row r="1"><c t="inlineStr"><is><t>employees</t></is></c></row><row r="1048576"><c><v>5</v></c></row>'
    summary, lines, _ = read(run, packed(parts(far)))
    assert (summary.rows_read, lines) == (1, ["employees", "5"])


def test_names_that_stand_twice(run: Runner) -> None:
    with pytest.raises(AnswerError) as refused:
        run(workbook({"A": [["employees", "x", "x"]]}), name="in.xlsx")
    assert str(refused.value) == f"{run.folder / 'in.xlsx'}:1:1: two columns are called `x` (rename one of them)"


def test_a_damaged_sheet(run: Runner) -> None:
    data = workbook({"A": [HEADER, *([str(n), n] for n in range(2_000))]})
    start = data.index(b"xl/worksheets/sheet1.xml") + 2_000
    with pytest.raises(AnswerError, match="the workbook cannot be read: "):
        run(data[:start] + b"\0" * 50 + data[start + 50 :], name="in.xlsx")
    assert run.left() == set()


def test_shared_texts_and_how_they_are_spoken(run: Runner) -> None:
    texts = "<si><r><t>empl</t></r><r><t>oyees</t></r><rPh><t>x</t></rPh></si><si><t/></si>"
    rows = '<row><c t="s"><v>0</v></c></row><row><c t="n"><v>3</v></c></row><row><c t="s"><v>1</v></c></row>'
    _, lines, _ = read(run, packed(parts(rows, texts=texts)))
    assert lines == ["employees", "3", ""]


def test_blocks_and_share(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(workbook({"A": [HEADER, *([str(n), n] for n in range(5))]}))
    with Workbook(path, BatchRequest(path), KNOWN, rows=2) as book:
        found = [(block.cells.rows(), block.rows, block.lines, block.read) for block in book.blocks()]
        assert book.share == 1.0
    assert found == [
        ([("0", "0"), ("1", "1")], [1, 2], [2, 3], 2),
        ([("2", "2"), ("3", "3")], [3, 4], [4, 5], 2),
        ([("4", "4")], [5], [6], 1),
    ]


def text_of(value: str, meaning: str = NUMBER, kind: str = "n", since_1904: bool = False) -> str | None:
    return CellTexts(Parts((), (), (meaning,), since_1904)).text(SheetCell(0, kind, 0, value, None))


@pytest.mark.parametrize(
    ("value", "meaning", "text"),
    [
        ("12", NUMBER, "12"),
        ("-3", NUMBER, "-3"),
        ("12.0", NUMBER, "12"),
        ("0.10000000000000001", NUMBER, "0.1"),
        ("0.30000000000000004", NUMBER, "0.3"),
        ("1.5E+3", NUMBER, "1500"),
        ("1E-7", NUMBER, "0.0000001"),
        ("123456789012345678", NUMBER, "123456789012346000"),
        ("1e999", NUMBER, "1e999"),
        ("x", NUMBER, "x"),
        ("0.25", PERCENT, "25%"),
        ("0.07", PERCENT, "7%"),
        ("0.29", PERCENT, "29%"),
        ("1", PERCENT, "100%"),
        ("36925", DAY, "2001-02-03"),
        ("36925.5", DAY, "2001-02-03 12:00:00"),
        ("1", DAY, "1900-01-01"),
        ("59", DAY, "1900-02-28"),
        ("61", DAY, "1900-03-01"),
        ("0.5", DAY, "0.5"),
        ("3000000", DAY, "3000000"),
        ("x", DAY, "x"),
    ],
)
def test_texts_of_numbers(value: str, meaning: str, text: str) -> None:
    assert text_of(value, meaning) == text


def test_days_of_the_other_system() -> None:
    assert text_of("35463", DAY, since_1904=True) == "2001-02-03"
    assert text_of("2001-02-03T00:00:00", kind="d") == "2001-02-03"


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_a_number_that_can_be_typed_comes_back(digits: int, places: int) -> None:
    text = text_of(repr(digits / 10**places))
    assert text is not None
    assert round(float(text) * 10**places) == digits


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert text_of(str((day - date(1899, 12, 30)).days), DAY) == day.isoformat()


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("General", NUMBER),
        ("0.00", NUMBER),
        ('#,##0.00\\ "€"', NUMBER),
        ('0 "days"', NUMBER),
        ("[Red]0", NUMBER),
        ("[h]:mm", NUMBER),
        ("hh:mm", NUMBER),
        ("0%", PERCENT),
        ('0"%"', NUMBER),
        ("[$-407]d. mmmm yyyy", DAY),
        ('yyyy"년" m"월" d"일"', DAY),
        ("mmm", DAY),
        ("#,##0_d", NUMBER),
    ],
)
def test_formats(code: str, meaning: str) -> None:
    assert meaning_of(code) == meaning


def test_formats_by_number_alone(run: Runner) -> None:
    numbers = [0, 14, 9, 31]
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    cells = "".join(f'<c s="{style}"><v>36925</v></c>' for style in range(5))
    names = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("employees", "b", "c", "d", "e"))
    _, lines, _ = read(
        run, packed(parts(f"<row>{names}</row><row>{cells}</row>", styles=f"<cellXfs>{styles}</cellXfs>"))
    )
    assert lines[1] == "36925,2001-02-03,3692500%,2001-02-03,36925"


@pytest.mark.parametrize("decimal", [None, ","])
def test_numbers_with_a_point_are_marked(tmp_path: Path, decimal: str | None) -> None:
    path = tmp_path / "in.xlsx"
    rows = [["employees", "x"], ["1.5", 1], [1.5, "2.5"], [99, 2.5, "stray"], [(0.125, "0.0%"), 3]]
    path.write_bytes(workbook({"A": rows}))
    with Workbook(path, BatchRequest(path, decimal=decimal), KNOWN) as book:
        (block,) = book.blocks()
    assert {name: mask.to_list() for name, mask in block.numbers.items()} == {"employees": [False, True, True]}
    assert block.cells["employees"].to_list() == ["1.5", "1.5", "12.5%"]


def test_a_workbook_since_1904(run: Runner) -> None:
    data = workbook({"A": [["founded"], [(35463, "yyyy-mm-dd")]]}, date_1904=True)
    _, lines, _ = read(run, data)
    assert lines == ["founded", "2001-02-03"]


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters
