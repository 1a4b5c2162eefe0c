import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.batch.runner import Runner

MESSY = """\
company_id;Name;site_country;Mitarbeiter;nonprofit;training_cost
1;"Müller; Söhne";DE;12;nein;1000.50
2;=cmd();DE;3..600;ja;
3;x;KR;abc;no;5
4;y;KR
5;"z
q";DE;499;;12.3456
6;ü;XX;-1;vielleicht;
7;"open;DE;1;no;
8;fine;DE;7.5;NEIN;17000 EUR
"""
MESSY_REJECTS = [
    [
        "3",
        "4",
        "Mitarbeiter",
        "not-a-number",
        '"abc" is not a number: write digits with a point for decimals, like 12.5',
        "abc",
    ],
    ["4", "5", "", "wrong-width", "the record has 3 cells; the header names 6", "4;y;KR"],
    ["5", "6", "training_cost", "too-many-decimals", "an amount in EUR has at most 2 decimals", "12.3456"],
    ["6", "8", "site_country", "unknown-choice", "`XX` is not one of the choices", "XX"],
    ["7", "9", "", "open-quote", "a quotation mark opens here and does not close", '7;"open;DE;1;no;'],
]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), strict=True))


def test_a_messy_table(run: Runner) -> None:
    summary = run(MESSY)
    assert rows(run.rejects.read_text())[1:] == MESSY_REJECTS
    assert [row[0] for row in rows(run.output.read_text())] == ["company_id", "1", "2", "8"]
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (8, 3, 5)
    assert summary.rejects == {
        "not-a-number": 1,
        "wrong-width": 1,
        "too-many-decimals": 1,
        "unknown-choice": 1,
        "open-quote": 1,
    }
    assert summary.columns == {
        "site_country": "site_country",
        "Mitarbeiter": "employees",
        "nonprofit": "nonprofit",
        "training_cost": "training_cost",
    }
    assert (summary.carried, summary.id_column) == (("company_id", "Name"), "company_id")
    assert (summary.dialect.delimiter, summary.dialect.encoding) == (";", "utf-8")
    assert {sum(counts.values()) for counts in summary.verdicts.values()} == {3}


def test_columns_are_carried_untouched(run: Runner) -> None:
    run('company_id,note,employees,"a ""b"""\n0012,"x, y",007,"l\nm"\n0013,,  7 ,\n')
    assert [row[:4] for row in rows(run.output.read_text())] == [
        ["company_id", "note", "employees", 'a "b"'],
        ["0012", "x, y", "007", "l\nm"],
        ["0013", "", "  7 ", ""],
    ]


def test_formulas_are_made_harmless(run: Runner) -> None:
    table = "=id,note,employees,legal_form\n=1+1,-5,5,other\n+49,@x,6,other\n"
    run(table)
    assert [row[:3] for row in rows(run.output.read_text())] == [
        ["'=id", "note", "employees"],
        ["'=1+1", "-5", "5"],
        ["+49", "'@x", "6"],
    ]
    run(table, raw_cells=True)
    assert [row[:2] for row in rows(run.output.read_text())] == [["=id", "note"], ["=1+1", "-5"], ["+49", "@x"]]


def test_bad_cells_that_become_unknown_are_harmless_too(run: Runner) -> None:
    summary = run("employees\n=cmd\n5\n", on_bad_value="unknown")
    assert [row[0] for row in rows(run.output.read_text())] == ["employees", "'=cmd", "5"]
    assert (summary.rows_rejected, summary.made_unknown) == (0, {"employees": 1})


def test_rejects_are_harmless_and_verbatim(run: Runner) -> None:
    run("id,employees\n1,=2+3\n")
    assert rows(run.rejects.read_text())[1][5] == "'=2+3"
    run("id,employees\n1,=2+3\n", raw_cells=True)
    assert rows(run.rejects.read_text())[1][5] == "=2+3"


def test_defaults_fill_what_is_empty(run: Runner) -> None:
    table = "id,site_country,employees\n1,,1\n2,KR,\n3,  ,1..5\n"
    run(table, defaults={"site_country": "DE", "nonprofit": True, "group_employees": "2"}, layout="long")
    failed = {row[1]: row[5] for row in rows(run.output.read_text()) if row[2] == "de.digital-jetzt"}
    assert failed == {"1": "headcount;nonprofit", "2": "site;headcount;nonprofit", "3": "headcount;nonprofit"}


@pytest.mark.parametrize(
    ("defaults", "message"),
    [
        ({"employes": "3"}, "`employes`: there is no such fact (did you mean `employees`?)"),
        (
            {"employees": "many"},
            '`employees`: "many" is not a number: write digits with a point for decimals, like 12.5',
        ),
        ({"employees": "3..5"}, "`employees`: a range cannot stand for empty cells of a table (give one value)"),
    ],
)
def test_defaults_that_cannot_be_used(run: Runner, defaults: dict[str, object], message: str) -> None:
    with pytest.raises(AnswerError, match=f"^{re.escape(message)}$"):
        run("nace\nC28\n", defaults=defaults)
    assert run.left() == set()


def test_too_many_rejects_write_nothing(run: Runner) -> None:
    table = "employees\na\nb\n3\n"
    assert run(table, max_rejects=2).rows_rejected == 2
    before = run.output.read_bytes()
    with pytest.raises(AnswerError) as caught:
        run(table, max_rejects=1)
    assert str(caught.value).endswith(
        'in.csv:3:1: more than 1 rows cannot be used; the last of them: "b" is not a number: '
        "write digits with a point for decimals, like 12.5 (see `inspect`, or allow more)"
    )
    assert run.output.read_bytes() == before
    assert run.left() == {"out.csv", "out.rejects.csv"}


def test_same_input_same_bytes(run: Runner) -> None:
    found = []
    for _ in range(2):
        for layout in ("wide", "long"):
            run(MESSY, layout=layout)
            found.append((run.output.read_bytes(), run.rejects.read_bytes()))
    assert found[:2] == found[2:]


def test_a_header_alone(run: Runner) -> None:
    assert run("employees\n").rows_read == 0
    assert len(rows(run.output.read_text())) == 1
    assert run("employees", layout="long").rows_read == 0
    assert run.output.read_text() == (
        "row,id,programme,verdict,window,failed,missing,rate_min,rate_max,amount_min,amount_max,currency\n"
    )
    for ending in ("parquet", "jsonl"):
        assert run("employees\n", output=run.folder / f"out.{ending}").rows_read == 0
        assert (run.folder / f"out.{ending}").exists()


def test_streams(rulebook: Rulebook) -> None:
    output, rejects = io.BytesIO(), io.StringIO()
    request = BatchRequest(io.BytesIO(b"id,employees\n1,5\n2,x\n"), output, rejects=rejects, layout="long")
    summary = run_batch(rulebook, request)
    assert (summary.rows_assessed, summary.rejects_path) == (1, None)
    assert output.getvalue().count(b"\n") == 3
    assert rejects.getvalue().startswith("row,line,column,code,message,text\n2,3,employees,not-a-number,")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"name": "in.xls"},
            "in.xls: old Excel workbooks cannot be read "
            "(open it in a spreadsheet and save it as .xlsx or as CSV UTF-8)",
        ),
        (
            {"name": "in.ods"},
            "in.ods: OpenDocument tables cannot be read "
            "(open it in a spreadsheet and save it as .xlsx or as CSV UTF-8)",
        ),
        ({"name": "in.xlsx.gz"}, "in.xlsx.gz: a packed workbook cannot be read (unpack it first)"),
        ({"sheet": "1"}, "in.csv: only workbooks (.xlsx) have sheets (leave --sheet out)"),
        (
            {"name": "in.dat"},
            "in.dat: the ending `.dat` is not known (known: .csv, .tsv, .txt, .parquet, .jsonl, .ndjson, .xlsx, .xlsm)",
        ),
        (
            {"name": "in"},
            "in: the file name has no ending that tells its format "
            "(known: .csv, .tsv, .txt, .parquet, .jsonl, .ndjson, .xlsx, .xlsm)",
        ),
        ({"output": "out.xls"}, "out.xls: old Excel workbooks cannot be written (write .xlsx or .csv)"),
        ({"output": "out.csv.gz"}, "out.csv.gz: the ending `.gz` is not known (known: .csv, .parquet, .jsonl, .xlsx)"),
        ({"output": "in.csv"}, "in.csv: the output is the same file as the input (choose another name)"),
        ({"rejects": "in.csv"}, "in.csv: the rejects file is the same file as the input (choose another name)"),
        ({"rejects": "out.csv"}, "out.csv: the rejects file is the same file as the output (choose another name)"),
        ({"delimiter": '"'}, '`"` cannot be a delimiter (one ASCII character such as `,` or `;`)'),
        ({"decimal": ",", "delimiter": ","}, "the decimal mark cannot be the delimiter too (write the other one)"),
        ({"decimal": "'"}, "`'` cannot be a decimal mark (write `,` or `.`)"),
    ],
)
def test_refused(run: Runner, options: dict[str, str], message: str) -> None:
    name = options.pop("name", "in.csv")
    given: dict[str, object] = {
        key: run.folder / text if key in ("output", "rejects") else text for key, text in options.items()
    }
    with pytest.raises(AnswerError) as caught:
        run("employees\n5\n", name, **given)
    assert str(caught.value).removeprefix(f"{run.folder}/") == message
    assert run.left() <= {"in"}


def test_the_input_under_another_name(run: Runner) -> None:
    (run.folder / "in.csv").write_text("employees\n5\n")
    (run.folder / "in.link.csv").symlink_to(run.folder / "in.csv")
    with pytest.raises(AnswerError, match="the output is the same file as the input"):
        run("employees\n5\n", output=run.folder / "in.link.csv")
    assert (run.folder / "in.csv").read_text() == "employees\n5\n"


def test_an_output_column_that_is_there_already(run: Runner) -> None:
    with pytest.raises(AnswerError) as caught:
        run("employees,likely\n5,x\n")
    assert str(caught.value) == (
        "the input has a column `likely`, which the output adds (rename it in the input, or use --layout long)"
    )
    run("employees,likely\n5,x\n", layout="long")


pieces = st.sampled_from(
    ["1", "DE", "-5", "=1", '"', '""', ",", ",", "\n", "\n", "\r\n", "ja", " ", "x", "ü", "\0", "2..5", '"a\nb"', "\t"]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_counts_always_add_up(rulebook: Rulebook, body: str) -> None:
    output, rejects = io.BytesIO(), io.StringIO()
    table = b"site_country,employees,note\n" + body.encode()
    summary = run_batch(rulebook, BatchRequest(io.BytesIO(table), output, rejects=rejects, raw_cells=True))
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
    assert sum(summary.rejects.values()) == summary.rows_rejected
    assert len(rows(output.getvalue().decode())) == summary.rows_assessed + 1
    told = rows(rejects.getvalue().replace("\0", "0"))[1:]
    assert len(told) == summary.rows_rejected
    numbers = [int(row[0]) for row in told]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= summary.rows_read for number in numbers)


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_csv_for_excel(run: Runner, layout: str) -> None:
    table = "id,site_country,group_employees,digital_investment_cost,x;y\n0012,DE,12,100000.55,1.5\n"
    run(table, layout=layout)
    plain = [line.split(",") for line in run.output.read_text().splitlines()]
    run(table, layout=layout, excel=".")
    assert run.output.read_bytes().decode("utf-8-sig").split("\r\n")[:-1] == [",".join(line) for line in plain]
    assert run.output.read_bytes().startswith(b"\xef\xbb\xbf")
    run(table, layout=layout, excel=",")
    with run.output.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.reader(stream, delimiter=";"))
    ours = [index for index, name in enumerate(plain[0]) if "amount" in name or "rate" in name]
    assert any("." in plain[1][index] for index in ours)
    for line, expected in zip(found, plain, strict=True):
        written = [text.replace(".", ",") if index in ours else text for index, text in enumerate(expected)]
        assert line == (expected if line == found[0] else written)
