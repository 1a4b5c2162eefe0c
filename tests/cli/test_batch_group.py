"""`batch --ownership --aid`: what it tells, and what does not go together."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

PORTFOLIO = ("--ownership", "examples/portfolio/enterprises.csv", "--ownership", "examples/portfolio/holdings.csv")
FIRMS = ("batch", "examples/clients.csv", "--as-of", "2026-11-01", "--programme", "de.bafa-beratung")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "rows found in the ownership structure: 4, not found: 0; firms that it has: 7"),
        ("de", "Zeilen in den Beteiligungen gefunden: 4, nicht gefunden: 0; Unternehmen darin: 7"),
        ("ko", "지분 관계에서 찾은 행: 4, 찾지 못한 행: 0, 지분 관계의 기업 수: 7"),
    ],
)
def test_the_summary_tells_how_many_were_found(run: Run, tmp_path: Path, language: str, line: str) -> None:
    ran = run(*FIRMS, "-o", str(tmp_path / "out.csv"), *PORTFOLIO, "--lang", language)
    assert ran.code == 0
    assert line in ran.err.splitlines()


def test_aid_of_the_whole_undertaking(run: Run, tmp_path: Path) -> None:
    aid = tmp_path / "aid.csv"
    aid.write_text("recipient,granted,amount,regulation,member_state\nK-1002,2026-01-05,299999,2023/2831,DE\n")
    ran = run(*FIRMS, "-o", "-", *PORTFOLIO, "--aid", str(aid), "--layout", "long")
    missing = {row.split(",")[1]: "de_minimis_received" in row for row in ran.out.splitlines()[1:]}
    assert missing == dict.fromkeys(("K-1001", "K-1002", "K-1003", "K-1004"), False)
    ran = run(*FIRMS, "-o", "-", *PORTFOLIO, "--layout", "long")
    assert "de_minimis_received" in ran.out


REFUSED = [
    (
        ("--aid", "aid.csv"),
        "error: --aid needs --ownership: the aid of a whole undertaking counts\n"
        "hint: add --ownership FILE; firms that stand alone need a table of their ids\n",
    ),
    (
        (*PORTFOLIO, "--member-state", "DE"),
        "error: --member-state is for the aid of --aid FILE\nhint: leave it out, or add --aid FILE\n",
    ),
    (
        (*PORTFOLIO, "--engine", "spark"),
        "error: Spark takes no ownership structures\nhint: use another engine: a million firms fit on one machine\n",
    ),
    (
        ("--ownership", "-"),
        "error: ownership and aid cannot be read from standard input\nhint: name files\n",
    ),
    (
        (*PORTFOLIO, "--aid", "-"),
        "error: ownership and aid cannot be read from standard input\nhint: name files\n",
    ),
    (
        (*PORTFOLIO, "--aid", "README.md", "--member-state", "Atlantis"),
        "error: --member-state: ",
    ),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_options_that_do_not_go_together(run: Run, options: tuple[str, ...], message: str) -> None:
    ran = run(*FIRMS, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--ownership", "nowhere.csv"), "nowhere.csv: there is no such file\n"),
        ((*PORTFOLIO, "--aid", "nowhere.csv"), "nowhere.csv: there is no such file\n"),
    ],
)
def test_files_that_are_not_there(run: Run, options: tuple[str, ...], message: str) -> None:
    ran = run(*FIRMS, *options)
    assert (ran.code, ran.out, ran.err) == (3, "", message)


def test_a_table_without_ids(run: Run) -> None:
    ran = run("batch", "-", *PORTFOLIO, "--as-of", "2026-11-01", stdin=b"Firma,employees\nx,5\n")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "error: no column names each company, so that none can be found in the ownership structure\n"
        "hint: name it with --id COLUMN\n"
    )
