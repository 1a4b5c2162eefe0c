"""`batch --report` from the command line: a file in the language asked for, together with the output or not at all."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

TABLE = "id,site_country,employees\n1,DE,5\n2,KR,x\n"
ONE = ("--programme", "de.digital-jetzt", "--as-of", "2021-03-01")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Förderbericht: clients.csv"),
        ("en", "Funding report: clients.csv"),
        ("ko", "지원 사업 보고서: clients.csv"),
    ],
)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_report(run: Run, table: Path, tmp_path: Path, engine: str, language: str, title: str) -> None:
    report, output = tmp_path / "r.HTML", tmp_path / "out.csv"
    ran = run(
        "batch", str(table), "-o", str(output), "--report", str(report), "--lang", language, "--engine", engine, *ONE
    )
    assert (ran.code, ran.out) == (5, "")
    assert str(report) in ran.err
    html = report.read_text()
    assert f'<html lang="{language}">' in html
    assert f"<h1>{title}</h1>" in html
    assert "<svg" in html
    assert output.exists()


def test_the_summary_names_the_report(run: Run, table: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    ran = run("batch", str(table), "-o", str(tmp_path / "out.csv"), "--report", str(report), *ONE)
    assert f"\n  the report on all rows is in {report}\n" in ran.err


def test_standard_output_has_the_verdicts_alone(run: Run, table: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    ran = run("batch", "-", "--report", str(report), "--quiet", *ONE, stdin=table.read_bytes())
    assert ran.out.startswith("id,site_country,employees,eligible_count,")
    assert "<h1>Funding report: standard input</h1>" in report.read_text()


def test_several_tables_are_one_report(run: Run, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(TABLE)
    report = tmp_path / "r.html"
    run("batch", str(table), str(other), "-o", str(tmp_path / "out.csv"), "--report", str(report), *ONE)
    html = report.read_text()
    assert "<h1>Funding report: clients.csv and 1 more</h1>" in html
    assert "4 rows read: 2 assessed, 2 rejected" in html
    assert str(tmp_path) not in html


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-o", "out.csv", "--report", "out.csv.html/r.html"), "there is no such directory"),
        (("-o", "r.html", "--report", "q.html"), "r.html"),
        (("-o", "out.csv", "--rejects", "r.html", "--report", "r.html"), "the report is the same file as the rejects"),
    ],
)
def test_without_a_place_nothing_is_written(
    run: Run, table: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(table.parent)
    ran = run("batch", table.name, *options, *ONE)
    assert ran.code in (2, 3, 6)
    assert message in ran.err
    assert [path.name for path in table.parent.iterdir() if path.is_file()] == [table.name]
