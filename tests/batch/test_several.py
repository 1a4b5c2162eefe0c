"""Several inputs as one table."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from eligibility.batch.inspect import inspect_table
from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.run import run_batch
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError

A = "id,site_country,employees\n1,DE,5\n2,DE\n3,KR,x\n"
B = "employees;id;site_country\n7;4;DE\n8;5;Ö;KR\n9;6;Nirgendwö\n"


def both(rulebook: Rulebook, folder: Path, tables: Mapping[str, bytes | str], output: str = "out.csv") -> BatchSummary:
    for name, table in tables.items():
        (folder / name).write_bytes(table.encode() if isinstance(table, str) else table)
    first, *further = (folder / name for name in tables)
    summary = run_batch(rulebook, BatchRequest(first, folder / output, further=further))
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
    return summary


def test_rows_count_on(rulebook: Rulebook, tmp_path: Path) -> None:
    shares: list[float] = []
    tables = {
        "a.csv": A.encode(),
        "b.csv": B.encode("cp1252"),
        "c.tsv.gz": gzip.compress(A.replace(",", "\t").encode()),
    }
    summary = both(rulebook, tmp_path, tables)
    assert (summary.rows_read, summary.rows_rejected) == (9, 6)
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert [line.split(",")[:3] for line in lines] == [
        ["id", "site_country", "employees"],
        ["1", "DE", "5"],
        ["4", "DE", "7"],
        ["1", "DE", "5"],
    ]
    rejects = [line.split(",", 5) for line in (tmp_path / "out.rejects.csv").read_text().splitlines()[1:]]
    assert [[*reject[:2], reject[3]] for reject in rejects] == [
        ["2", "3", "wrong-width"],
        ["3", "4", "not-a-number"],
        ["5", "3", "wrong-width"],
        ["6", "4", "unknown-choice"],
        ["8", "3", "wrong-width"],
        ["9", "4", "not-a-number"],
    ]
    assert all(
        reject[4].strip('"').startswith(f"{tmp_path}/{name}: ")
        for reject, name in zip(rejects, ["a.csv", "a.csv", "b.csv", "b.csv", "c.tsv.gz", "c.tsv.gz"], strict=True)
    )
    assert [(Path(name).name, one.encoding, one.delimiter) for name, one in summary.dialects] == [
        ("a.csv", "utf-8", ","),
        ("b.csv", "cp1252", ";"),
        ("c.tsv.gz", "utf-8", "\t"),
    ]
    request = BatchRequest(tmp_path / "a.csv", tmp_path / "o2.csv", further=[tmp_path / "b.csv"])
    run_batch(rulebook, request, lambda rows, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[-1], 0 < shares[0] < 1) == (1, True)


def test_one_row_number_for_each_row_of_the_long_layout(rulebook: Rulebook, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,employees\nx,5\ny,6\n")
    request = BatchRequest(tmp_path / "a.csv", tmp_path / "out.csv", "long", further=[tmp_path / "b.csv"])
    run_batch(rulebook, request)
    rows = [line.split(",")[0] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]]
    assert rows == ["1", "1", "2", "2", "3", "3", "4", "4"]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_other_formats(rulebook: Rulebook, tmp_path: Path, ending: str) -> None:
    import polars as pl

    frames = [pl.DataFrame({"id": ["1"], "employees": [5]}), pl.DataFrame({"employees": [7], "id": ["2"]})]
    for name, frame in zip("ab", frames, strict=True):
        path = tmp_path / f"{name}.{ending}"
        frame.write_parquet(path) if ending == "parquet" else frame.write_ndjson(path)
    paths = [tmp_path / f"{name}.{ending}" for name in "ab"]
    summary = run_batch(rulebook, BatchRequest(paths[0], tmp_path / "out.csv", further=paths[1:]))
    assert (summary.rows_read, summary.rows_assessed) == (2, 2)
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in lines] == [["id", "employees"], ["1", "5"], ["2", "7"]]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            {"a.csv": "id,employees\n", "b.csv": "id,staff,nace\n"},
            "b.csv: the columns are not those of a.csv: it lacks `employees` and has `staff`, `nace` besides "
            "(tables that are read together have the same columns, in any order)",
        ),
        (
            {"a.csv": "id,employees\n", "b.jsonl": '{"id": 1}\n'},
            "b.jsonl: this is JSONL, but a.csv is CSV (inputs that are read together have one format)",
        ),
        (
            {"a.csv": "id,employees\n1,2\n", "b.csv": ""},
            "b.csv: the table is empty (it needs a line of column names)",
        ),
    ],
)
def test_refused(rulebook: Rulebook, tmp_path: Path, tables: Mapping[str, str], message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        both(rulebook, tmp_path, tables)
    assert str(caught.value).replace(f"{tmp_path}/", "") == message
    assert {path.name for path in tmp_path.iterdir()} == set(tables)


def test_the_same_file_twice(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(A)
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(AnswerError, match=r"b\.csv: this input is given twice \(its rows would count twice\)$"):
        run_batch(rulebook, BatchRequest(tmp_path / "a.csv", tmp_path / "o.csv", further=[tmp_path / "b.csv"]))
    (tmp_path / "c.csv").write_text(A)
    with pytest.raises(AnswerError, match=r"c\.csv: the output is the same file as the input"):
        run_batch(rulebook, BatchRequest(tmp_path / "a.csv", tmp_path / "c.csv", further=[tmp_path / "c.csv"]))
    assert (tmp_path / "c.csv").read_text() == A


def test_inspect(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(A)
    (tmp_path / "b.csv").write_bytes(B.encode("cp1252"))
    reading = inspect_table(rulebook, BatchRequest(tmp_path / "a.csv", further=[tmp_path / "b.csv"]))
    assert reading.name == f"{tmp_path}/a.csv and 1 more"
    assert [(Path(name).name, dialect.encoding) for name, dialect in reading.dialects] == [
        ("a.csv", "utf-8"),
        ("b.csv", "cp1252"),
    ]
    assert [(row.row, row.line) for row in reading.rows] == [(1, 2), (2, 3), (3, 4), (4, 2), (5, 3)]
