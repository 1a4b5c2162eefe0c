"""The engine Spark writes what Polars writes, rejects included, and leaves nothing behind where it fails."""

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from eligibility.batch import spark_run
from eligibility.batch.request import BatchRequest, BatchSummary, ReportTo
from eligibility.batch.run import run_batch
from eligibility.batch.spark_run import Places, run_spark
from eligibility.batch.spark_session import spark_session
from eligibility.cli.main import main
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.batch.spark import MARKS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [*MARKS, pytest.mark.usefixtures("session")]

EXAMPLES = Path("examples/companies.csv")
MESSY = """\
company_id;Name;site_country;Mitarbeiter;nonprofit;training_cost;legal.form
1;"Müller; Söhne";DE;12;nein;1000.50;other
2;=cmd();DE;3..600;ja;;
3;x;KR;abc;no;5;
4;y;KR
5;"z
q";DE;499;;12.3456;
6;ü;XX;-1;vielleicht;;
7;"open;DE;1;no;;
8;"fi
ne";DE;7.5;NEIN;17000 EUR;@x
"""


def text_of(folder: Path) -> str:
    """Return what stands in the part files of a directory that is complete."""
    assert (folder / "_SUCCESS").exists()
    first, *others = [part.read_text() for part in sorted(folder.glob("part-*"))]
    header = first.partition("\n")[0] + "\n" if folder.suffix == ".csv" else ""
    return first + "".join(part.removeprefix(header) for part in others)


def both(rulebook: Rulebook, table: Path, folder: Path, ending: str, **options: Any) -> BatchSummary:
    """Run a table by Polars and by Spark and compare output, rejects and counts."""
    report = ReportTo(folder / "report.html", lambda summary: f"{summary.rows_read} rows")
    first = run_batch(rulebook, BatchRequest(table, folder / f"polars{ending}", report=report, **options))
    assert first.portfolio is not None
    report.path.unlink()
    places = Places(str(table), str(folder / f"spark{ending}"), str(folder / "spark.rejects.csv"))
    second = run_spark(rulebook, BatchRequest(table, report=report, **options), places)
    assert report.path.read_text() == f"{first.rows_read} rows"
    assert second.rows_read == second.rows_assessed + second.rows_rejected
    for name in (
        "portfolio",
        "rows_read",
        "rows_assessed",
        "rejects",
        "made_unknown",
        "verdicts",
        "columns",
        "carried",
        "dialect",
    ):
        assert getattr(second, name) == getattr(first, name)
    assert text_of(folder / "spark.rejects.csv") == (folder / "polars.rejects.csv").read_text()
    if ending == ".parquet":
        written = pl.read_parquet(folder / "polars.parquet").cast({pl.Enum: pl.String})
        assert pl.read_parquet(folder / "spark.parquet" / "part-*.parquet").equals(written)
    else:
        assert text_of(folder / f"spark{ending}") == (folder / f"polars{ending}").read_text()
    return second


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        (".csv", {"layout": "long"}),
        (".csv", {"on_bad_value": "unknown"}),
        (".csv", {"raw_cells": True, "mapping": {"legal.form": "legal_form"}}),
        (".jsonl", {"layout": "long", "defaults": {"site_country": "KR"}}),
        (".parquet", {"id_column": "Name"}),
    ],
)
def test_a_messy_table(rulebook: Rulebook, tmp_path: Path, ending: str, options: dict[str, Any]) -> None:
    table = tmp_path / "in.csv"
    table.write_text(MESSY)
    assert both(rulebook, table, tmp_path, ending, **options).rows_read == 8


def test_parquet_keeps_its_types(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "in.parquet"
    frame = pl.read_csv(EXAMPLES, infer_schema=False).with_columns(nested=pl.lit([1, 2]), small=pl.lit(3, pl.Int8))
    frame.write_parquet(table)
    both(rulebook, table, tmp_path, ".parquet")


def test_packed_json_lines(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl.gz"
    table.write_bytes(gzip.compress(b'{"employees": 12.50, "a.b": "x"}\n{"employees": []}\n\n{"employees": 3}\n'))
    assert both(rulebook, table, tmp_path, ".jsonl").rejects == {"not-json": 1}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_rows_are_numbered_by_the_names_of_the_files(rulebook: Rulebook, tmp_path: Path, ending: str) -> None:
    source = tmp_path / "in"
    source.mkdir()
    # The second file is the larger one, which Spark reads first.
    for name, ids in (("a", range(2)), ("b", range(2, 900)), ("_hidden", range(5))):
        frame = pl.DataFrame(
            {"id": [f"{one:03}" for one in ids], "employees": ["12" if one % 2 else "x" for one in ids]}
        )
        path = source / f"{name}.{ending}"
        frame.write_csv(path) if ending == "csv" else frame.write_parquet(path)
    places = Places(str(source), str(tmp_path / "out.parquet"), str(tmp_path / "out.rejects.csv"))
    summary = run_spark(rulebook, BatchRequest(source, layout="long"), places)
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (900, 450, 450)
    found = pl.read_parquet(tmp_path / "out.parquet" / "part-*.parquet").select("row", "id").unique().sort("row")
    assert found.rows() == [(one + 1, f"{one:03}") for one in range(1, 900, 2)]
    rejected = [int(line.partition(",")[0]) for line in text_of(tmp_path / "out.rejects.csv").splitlines()[1:]]
    assert rejected == list(range(1, 900, 2))


@pytest.mark.parametrize(
    ("files", "options", "message"),
    [
        ({}, {}, "in: there is no such file or directory"),
        ({"_only": "x"}, {}, "in: the directory holds no files"),
        ({"a.csv": "x\n1\n"}, {}, "no column is named like a fact: `x`"),
        ({"a.csv": "employees\nx\nx\n"}, {"max_rejects": 1}, "in: 2 rows cannot be used, more than 1"),
        ({"a.csv": "employees\n1\n", "b.csv": "nace\nC\n"}, {}, "are not those of the first file: `nace`"),
        (
            {"a.csv": "employees\n1\n", "b.csv": b"employees\n\xff\n"},
            {},
            "the table is not UTF-8, and its text does not show what else it is",
        ),
        ({"a.txt": "employees\n1\n"}, {"defaults": {"nace": 3}}, "`nace`"),
        ({"a.csv": "employees,eligible\n1,2\n"}, {}, "the input has a column `eligible`, which the output adds"),
    ],
)
def test_refused(
    rulebook: Rulebook, tmp_path: Path, files: dict[str, str | bytes], options: dict[str, Any], message: str
) -> None:
    source = tmp_path / "in"
    for name, data in files.items():
        source.mkdir(exist_ok=True)
        (source / name).write_bytes(data.encode() if isinstance(data, str) else data)
    places = Places(str(source), str(tmp_path / "out.csv"), str(tmp_path / "out.rejects.csv"))
    with pytest.raises(AnswerError) as caught:
        run_spark(rulebook, BatchRequest(source, **options), places)
    assert message in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} <= {"in"}


def test_what_stands_there_is_not_written_over(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    places = Places(str(EXAMPLES), str(tmp_path / "out.csv"), str(tmp_path / "out.rejects.csv"))
    with pytest.raises(AnswerError, match="something stands there already, and Spark writes over nothing"):
        run_spark(rulebook, BatchRequest(EXAMPLES), places)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_run_that_fails_leaves_nothing(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        def task(_: object) -> Any:
            raise ValueError("broken")

        return task

    monkeypatch.setattr(spark_run, "assess", broken)
    places = Places(str(EXAMPLES), str(tmp_path / "out.csv"), str(tmp_path / "out.rejects.csv"))
    with pytest.raises(Exception, match="broken"):
        run_spark(rulebook, BatchRequest(EXAMPLES), places)
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_fails_leaves_nothing(rulebook: Rulebook, tmp_path: Path) -> None:
    def fail(_: BatchSummary) -> str:
        raise OSError(28, "No space left on device")

    table = tmp_path / "in.csv"
    table.write_text(MESSY)
    places = Places(str(table), str(tmp_path / "out.csv"), str(tmp_path / "rejects.csv"))
    with pytest.raises(OSError, match="No space left on device"):
        run_spark(rulebook, BatchRequest(table, report=ReportTo(tmp_path / "r.html", fail)), places)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_report_in_place_of_the_input_is_refused(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(MESSY)
    places = Places(str(table), str(tmp_path / "out.csv"), str(tmp_path / "rejects.csv"))
    with pytest.raises(AnswerError, match="the report is the same file as the input"):
        run_spark(rulebook, BatchRequest(table, report=ReportTo(table, str)), places)
    assert table.read_text() == MESSY


def test_a_failure_of_spark_is_one_of_writing(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    places = Places(str(EXAMPLES), str(tmp_path / "file" / "out.csv"), str(tmp_path / "out.rejects.csv"))
    with pytest.raises(OSError, match="Spark failed"):
        run_spark(rulebook, BatchRequest(EXAMPLES), places)
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_the_session_is_left_as_it_was(session: "SparkSession", rulebook: Rulebook, tmp_path: Path) -> None:
    before = session.conf.get("spark.sql.files.maxPartitionBytes")
    run_spark(rulebook, BatchRequest(EXAMPLES), Places(str(EXAMPLES), f"{tmp_path}/out.csv", f"{tmp_path}/r.csv"))
    assert session.conf.get("spark.sql.files.maxPartitionBytes") == before
    assert spark_session() is session


@pytest.mark.parametrize("library", ["pyspark.sql", "pyarrow"])
def test_without_the_library(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(AnswerError) as caught:
        spark_session()
    message = f"the engine `spark` needs a library that is not installed: {library}"
    assert str(caught.value) == f"{message} (pip install 'eligibility[spark]'; Spark also needs Java 17 or newer)"


def test_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "in.csv"
    table.write_text("site_country,employees\nDE,12\nDE,x\n")
    options = ["--engine", "spark", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", "--lang", "en"]
    assert main(["batch", str(table), "-o", str(tmp_path / "out.csv"), *options]) == 5
    assert capfd.readouterr().err.startswith(
        f"""\
2 rows read: 1 assessed, 1 rejected
read as CSV, utf-8, delimiter ,
2 columns used
  rejected for not-a-number: 1
  the rejected rows are in {tmp_path}/out.rejects.csv
"""
    )
    assert text_of(tmp_path / "out.rejects.csv").startswith("row,line,column,code,message,text\n2,3,employees,")
