"""Ownership structures from files: tables in every format, told apart by their columns, and documents."""

import gzip
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from eligibility.batch.structure_table import columns_of_table, read_structure
from eligibility.batch.text_table import Columns, read_rows
from eligibility.group.columns import Table
from eligibility.group.quantities import EUROS
from eligibility.group.structure import SHARE_SCALE, Control, Measure, Period, Structure
from eligibility.group.text_rows import Style
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError, Place
from tests.batch.workbooks import workbook

DAY = date(2026, 1, 1)
FIRMS = "id,name,employees,turnover\na,Süd GmbH,12.5,1000000.50\nb,,..9,\n"
EDGES = "holder,held,share,control\nb,a,50.01,appoints\nz,a,25..30,\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def file(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(structure: Structure) -> tuple[object, ...]:
    nodes, holdings = structure.nodes, structure.holdings
    employees = nodes.figures[Measure.EMPLOYEES, Period.LATEST]
    return (
        list(nodes.ids),
        dict(nodes.names),
        employees.interval(0, Measure.EMPLOYEES.scale),
        employees.interval(1, Measure.EMPLOYEES.scale),
        nodes.figures[Measure.TURNOVER, Period.LATEST].interval(0, 100),
        holdings.capital_low.tolist(),
        holdings.votes_high.tolist(),
        holdings.control.tolist(),
    )


TOLD = (
    ["a", "b", "z"],
    {0: "Süd GmbH"},
    Interval.point(Fraction("12.5")),
    Interval(0, 9),
    Interval.point(Fraction("1000000.50")),
    [50_010_000, 25 * SHARE_SCALE],
    [50_010_000, 30 * SHARE_SCALE],
    [Control.APPOINTS, 0],
)


def as_excel() -> list[Path]:
    sheets = {
        "Notizen": [["nur", "Text"]],
        "leer": [],
        "Firmen": [
            ["Kundennummer", "Firma", "Mitarbeiter", "Umsatz"],
            ["a", "Süd GmbH", 12.5, 1000000.5],
            ["b", None, "..9"],
        ],
        "Anteile": [
            ["Gesellschafter", "Beteiligung", "Anteil", "Kontrolle"],
            ["b", "a", (0.5001, "0.00%"), "Bestellung"],
            ["z", "a", "25..30"],
        ],
    }
    return [file("portfolio.xlsx", workbook(sheets))]


def as_parquet() -> list[Path]:
    firms = {"id": ["a", "b"], "name": ["Süd GmbH", None], "employees": ["12.5", "..9"], "turnover": [1000000.5, None]}
    edges = {"holder": ["b", "z"], "held": ["a", "a"], "share": ["50.01", "25..30"], "control": [["appoints"], []]}
    pl.DataFrame(firms).write_parquet("firms.parquet")
    pl.DataFrame(edges).write_parquet("edges.parquet")
    return [Path("firms.parquet"), Path("edges.parquet")]


def as_json_lines() -> list[Path]:
    firms = (
        '{"id": "a", "name": "Süd GmbH", "employees": 12.5, "turnover": 1000000.50}\n{"id": "b", "employees": "..9"}\n'
    )
    edges = '{"holder": "b", "held": "a", "share": 50.01, "control": "appoints"}\n'
    more = '{"holder": "z", "held": "a", "share": "25..30"}\n'
    return [file("firms.jsonl", firms), file("edges.jsonl", edges + more)]


GERMAN = (
    "Auszug vom 1.1.2026\n\nKundennummer;Firma;Beschäftigte;Umsatz (TEUR);Bilanzsumme (geschätzt)\n"
    "a;Süd GmbH;12,5;1.000,0005;viel\nb;;..9;;\n"
)
GERMAN_EDGES = "Gesellschafter;Beteiligung;Anteil in %;Kontrolle\nb;a;50,01;bestellt\nz;a;25 bis 30;keine\n"
WAYS: dict[str, Callable[[], list[Path]]] = {
    "csv": lambda: [file("firms.csv", FIRMS), file("edges.csv", EDGES)],
    "the other way round": lambda: [file("edges.csv", EDGES), file("firms.csv", FIRMS)],
    "tsv": lambda: [file("f.tsv", FIRMS.replace(",", "\t")), file("e.tsv", EDGES.replace(",", "\t"))],
    "packed": lambda: [file("f.csv.gz", gzip.compress(FIRMS.encode())), file("edges.csv", EDGES)],
    "german": lambda: [file("f.csv", GERMAN.encode("cp1252")), file("e.csv", GERMAN_EDGES)],
    "excel": as_excel,
    "parquet": as_parquet,
    "json lines": as_json_lines,
    "several": lambda: [
        file("one.csv", "\n".join(FIRMS.splitlines()[:2])),
        file("two.csv", "id,employees\nb,..9\n"),
        file("edges.csv", EDGES),
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_it(way: str) -> None:
    assert told(read_structure(WAYS[way](), DAY)) == TOLD


def test_places_are_lines_of_the_files() -> None:
    structure = read_structure(WAYS["german"](), DAY)
    assert structure.places[1] == Place("f.csv", 5, 1)
    assert structure.places[-2] == Place("e.csv", 3, 1)


DOCUMENT = (
    "subject: a\nenterprises: {a: {name: Süd GmbH, employees: 12.5, turnover: 1000000.50}, b: {employees: ..9}, z: }\n"
)


@pytest.mark.parametrize("name", ["group.yaml", "group.yml", "group", "group.json"])
def test_documents(name: str) -> None:
    if name.endswith(".json"):
        content = (
            '{"subject": "a", "enterprises": {"a": {"name": "Süd GmbH", "employees": 12.5, "turnover": 1000000.50},'
            ' "b": {"employees": "..9"}, "z": null}, "holdings": [{"holder": "b", "held": "a", "share": 50.01,'
            ' "control": ["appoints"]}, {"holder": "z", "held": "a", "share": "25..30"}]}'
        )
    else:
        edges = "- {holder: b, held: a, share: 50.01, control: appoints}\n- {holder: z, held: a, share: 25..30}\n"
        content = f"{DOCUMENT}holdings:\n{edges}"
    structure = read_structure([file(name, content)], DAY)
    assert told(structure) == TOLD
    assert structure.subject == 0


def test_a_table_of_the_same_firms_in_two_files() -> None:
    with pytest.raises(AnswerError) as refused:
        read_structure([file("one.csv", FIRMS), file("two.csv", "id,employees\na,3\n")], DAY)
    assert str(refused.value) == "two.csv:2:1: `a` is described twice, first in one.csv:2 (keep one of the two)"


def test_decimals_without_evidence_are_not_guessed() -> None:
    path = file("edges.csv", "holder;held;share\na;b;3,500\n")
    with pytest.raises(AnswerError) as refused:
        read_structure([path], DAY)
    assert str(refused.value) == (
        'edges.csv:2:1: `share`: "3,500" may mean thousands or decimals: tell the decimal sign (--decimal)'
    )
    assert read_structure([path], DAY, decimal=",").holdings.capital_low.tolist() == [3_500_000]


def test_numbers_of_their_own_beside_texts_with_commas() -> None:
    rows = [["holder", "held", "share"], ["a", "b", 12.25], ["c", "b", "7,5"], ["d", "b", 3]]
    structure = read_structure([file("e.xlsx", workbook({"x": rows}))], DAY)
    assert structure.holdings.capital_low.tolist() == [12_250_000, 7_500_000, 3_000_000]


def test_numbers_of_their_own_beside_a_text_that_nobody_can_tell() -> None:
    rows = [["holder", "held", "share"], ["a", "b", 12.25], ["c", "b", "3,500"]]
    path = file("e.xlsx", workbook({"x": rows}))
    with pytest.raises(AnswerError) as refused:
        read_structure([path], DAY)
    assert str(refused.value) == (
        'e.xlsx:3:1: `share`: "3,500" may mean thousands or decimals (tell the decimal sign (--decimal))'
    )
    assert read_structure([path], DAY, decimal=",").holdings.capital_low.tolist() == [12_250_000, 3_500_000]


def test_unused_columns_are_left_out() -> None:
    structure = read_structure([file("e.csv", "holder,held,share,note,Anteil (indirekt)\na,b,5,x,77\n")], DAY)
    assert structure.holdings.capital_low.tolist() == [5_000_000]


HINT = "holdings have `holder` and `held`, enterprises `id` and what is known of them, such as `employees`"
REFUSED = [
    (
        {"x.csv": "holder,share\na,5\n"},
        "x.csv:1:1: this looks like a table of holdings, in which `held` is missing"
        " (rename the column that holds it; here are `holder`, `share`)",
    ),
    (
        {"x.csv": "id,foo\na,5\n"},
        "x.csv:1:1: this is neither a table of holdings (`holder` and `held` missing)"
        f" nor one of enterprises (all but `id` missing) ({HINT}; here are `id`, `foo`)",
    ),
    (
        {"x.csv": "id,holder,held,employees\na,b,c,5\n"},
        "x.csv:1:1: this table has `holder` and `held` like holdings, and `id` and `employees` like enterprises"
        " (write them as two tables)",
    ),
    (
        {"x.csv": "id,turnover,Umsatz\na,5,5\n"},
        "x.csv:1:1: the columns `turnover` and `Umsatz` both hold `turnover` (rename one of them, or take it out)",
    ),
    (
        {"x.csv": "id,Umsatz (USD)\na,5\n"},
        "x.csv:1:1: the column `Umsatz (USD)` would hold `turnover`, which is counted in EUR"
        " (rename it if it is not `turnover`)",
    ),
    (
        {"x.csv": 'id;Umsatz\na;"1.234,5"\nb;"1,234.5"\n'},
        'x.csv:2:1: the column `Umsatz` is written in two ways: "1.234,5" in line 2, "1,234.5" in line 3'
        " (write all numbers in one way)",
    ),
    (
        {"x.csv": "id;Umsatz (TEUR)\na;5 Mio\n"},
        'x.csv:2:1: `Umsatz (TEUR)`: "5 Mio" has a unit, and its column has another one: write only one',
    ),
    (
        {"x.csv": "id,employees\na,5,7\nb,6\n"},
        "x.csv:2:1: the record has 3 cells; the header names 2",
    ),
    (
        {"a.csv": "holder,held,share\na,b,101\n", "b.csv": "id,employees\na,-1\n"},
        'a.csv:2:1: `share`: "101" is no share: write 0 to 100, in percent\nb.csv:2:1: `employees`: "-1" is below zero',
    ),
    (
        {"x.yaml": "enterprises: {a: }\n", "y.csv": EDGES},
        "x.yaml: a structure written as a document is one file (give it alone, or write all as tables)",
    ),
    ({"x.csv": ""}, "x.csv: the table is empty (it needs a line of column names)"),
    (
        {"x.xls": "?"},
        "x.xls: old Excel workbooks cannot be read (open it in a spreadsheet and save it as .xlsx or as CSV UTF-8)",
    ),
]


@pytest.mark.parametrize(("files", "message"), REFUSED)
def test_refused(files: dict[str, str], message: str) -> None:
    paths = [file(name, content) for name, content in files.items()]
    with pytest.raises(AnswerError) as refused:
        read_structure(paths, DAY)
    assert str(refused.value) == message


def test_the_same_file_twice() -> None:
    path = file("e.csv", EDGES)
    with pytest.raises(AnswerError) as refused:
        read_structure([path, path], DAY)
    assert str(refused.value) == "e.csv: this file is given twice (its rows would count twice)"


def test_a_workbook_without_any_such_table() -> None:
    path = file("x.xlsx", workbook({"x": [["foo", "bar"], ["1", "2"]]}))
    with pytest.raises(AnswerError) as refused:
        read_structure([path], DAY)
    assert str(refused.value) == (
        "x.xlsx:1:1: sheet `x`: this is neither a table of holdings (`holder` and `held` missing)"
        f" nor one of enterprises (`id` missing) ({HINT}; here are `foo`, `bar`)"
    )


def test_a_column_of_lists_of_lists() -> None:
    pl.DataFrame({"id": ["a"], "name": [{"x": 1}], "employees": [1]}).write_parquet("x.parquet")
    with pytest.raises(AnswerError) as refused:
        read_structure([Path("x.parquet")], DAY)
    assert str(refused.value) == "the column `name` holds Struct({'x': Int64}), which is no text or number"


def test_floating_point_numbers_are_rounded_to_what_counts() -> None:
    shares = [0.1 + 0.2, 33.333333333, 100 / 3]
    pl.DataFrame({"holder": ["a", "b", "c"], "held": ["x"] * 3, "share": shares}).write_parquet("x.parquet")
    assert read_structure([Path("x.parquet")], DAY).holdings.capital_low.tolist() == [300_000, 33_333_333, 33_333_333]


def test_rows_of_any_other_table() -> None:
    columns = Columns({"firm": "firm", "betrag": "amount", "amount": "amount"}, {"amount": EUROS})
    rows, problems = read_rows(file("x.csv", "note;Firm;Betrag\n?;a;1.234,50\n?;b;7\n"), columns)
    assert rows.cells.to_dict(as_series=False) == {"firm": ["a", "b"], "amount": ["1.234,50", "7"]}
    assert (rows.styles, rows.name("amount"), problems) == ({"amount": Style(",", 1)}, "Betrag", [])


def test_examples(request: pytest.FixtureRequest) -> None:
    folder = request.config.rootpath / "examples"
    portfolio = read_structure([folder / "portfolio" / name for name in ("holdings.csv", "enterprises.csv")], DAY)
    assert (len(portfolio.nodes), len(portfolio.holdings), portfolio.nodes.undescribed) == (10, 8, {9})
    group = read_structure([folder / "group.yaml"], DAY)
    assert (len(group.nodes), group.subject, group.own_shares) == (5, 0, {0})


@pytest.mark.parametrize("table", Table)
def test_no_name_means_two_columns(table: Table) -> None:
    columns = columns_of_table(table)
    assert all(columns.found(name) == (name, None) for name in dict.fromkeys(columns.names.values()))


NUMBERED = [["Nr.", "Firma", "Land", "Mitarbeitende"], ["1", "Alpha GmbH", "Deutschland", "5"]]


def test_a_sheet_of_holdings_without_an_end_is_not_passed_over() -> None:
    held = [["Gesellschafter", "Objekt", "Anteil"], ["9", "1", "60"]]
    path = file("x.xlsx", workbook({"firms": NUMBERED, "held": held}))
    with pytest.raises(AnswerError) as refused:
        read_structure([path], DAY)
    assert str(refused.value) == (
        "x.xlsx:1:1: sheet `held`: this looks like a table of holdings, in which `held` is missing"
        " (rename the column that holds it; here are `Gesellschafter`, `Objekt`, `Anteil`)"
    )


@pytest.mark.parametrize(
    ("header", "ids"),
    [
        pytest.param("Nr.;Firma;Umsatz\n7;Alpha;5\n", ["7"], id="numbers of rows"),
        pytest.param("Firma;Umsatz\nAlpha;5\n", ["Alpha"], id="names"),
        pytest.param("Nr.;Kundennummer;Firma;Umsatz\n7;K-1;Alpha;5\n", ["K-1"], id="ids come first"),
    ],
)
def test_what_stands_in_for_ids(header: str, ids: list[str]) -> None:
    structure = read_structure([file("x.csv", header)], DAY)
    assert list(structure.nodes.ids) == ids
    assert structure.nodes.label(0) == (ids[0] if ids == ["Alpha"] else "Alpha")


def test_names_alone_make_no_table_of_enterprises() -> None:
    path = file("x.csv", "Firma;Land\nAlpha;DE\n")
    with pytest.raises(AnswerError, match="this is neither a table of holdings"):
        read_structure([path], DAY)
