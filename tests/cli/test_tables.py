"""Tables on the command line: several at once, how they are read, and what is told of it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_batch_takes_files_and_patterns(run: Run, tmp_path: Path) -> None:
    for name, table in (("b 2.csv", "id;employees\n2;6\n"), ("b 10.csv", "id,employees\n3,7\n4,x\n"), ("a.csv", "")):
        (tmp_path / name).write_text(table)
    (tmp_path / "a.csv").write_bytes("Stand\nemployees|id\n'5'|'Müller'\n'6'|'x'\n".encode("cp1252"))
    (tmp_path / "b dir.csv").mkdir()
    arguments = ("batch", str(tmp_path / "a.csv"), str(tmp_path / "b*.csv"), "-o", str(tmp_path / "out.csv"))
    ran = run(*arguments, "--as-of", "2021-03-01", "--programme", "de.digital-jetzt", "--lang", "en")
    files = f"{tmp_path}/a.csv '{tmp_path}/b 10.csv' '{tmp_path}/b 2.csv'"
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == (
        "5 rows read: 4 assessed, 1 rejected\n"
        f"{tmp_path}/a.csv: read as CSV, cp1252 (its text shows it), delimiter |, quotation mark ', "
        "column names in line 2, 1 line above them skipped\n"
        f"{tmp_path}/b 10.csv: read as CSV, utf-8, delimiter ,\n"
        f"{tmp_path}/b 2.csv: read as CSV, utf-8, delimiter ;\n"
        "1 column used\n"
        "  rejected for not-a-number: 1\n"
        f"  the rejected rows are in {tmp_path}/out.rejects.csv\n"
        "\n"
        "                    eligible  likely  undetermined  not eligible\n"
        "  de.digital-jetzt         -       -             4             -\n"
        "\n"
        "To look further:\n"
        f"  how the cells are read: eligibility inspect {files}\n"
        f"  the reasons for each verdict: eligibility batch {files} --layout long -o FILE\n"
        "  what a programme asks for: eligibility programmes de.digital-jetzt\n"
    )
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["5", "Müller"], ["6", "x"], ["7", "3"], ["6", "2"]]
    assert (
        (tmp_path / "out.rejects.csv")
        .read_text()
        .splitlines()[1]
        .startswith(f'4,3,employees,not-a-number,"{tmp_path}/b 10.csv: ""x"" is not a number')
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("batch", "nowhere-*.csv"), 3, "nowhere-*.csv: no file fits this pattern\n"),
        (("inspect", "nowhere-*.csv"), 3, "nowhere-*.csv: no file fits this pattern\n"),
        (
            ("batch", "-", "examples/companies.csv"),
            2,
            "error: standard input cannot be read together with files\nhint: leave - out\n",
        ),
        (
            ("inspect", "-", "--encoding", "cp994"),
            3,
            "error: there is no encoding `cp994`\nhint: did you mean `cp949`?\n",
        ),
        (("inspect", "-", "--quote", "ab"), 3, "error: `ab` cannot be a quotation mark\n"),
        (("inspect", "-", "--header", "0"), 2, "error: the option `--header` needs a whole number of at least 1\n"),
    ],
)
def test_inputs_that_do_not_go_together(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    ran = run(*arguments, stdin=b"employees\n1\n")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)


def test_what_a_reading_tells_as_data(run: Run) -> None:
    table = b"'a';'b'\n'employees';'site_country'\n'1';'DE'\n"
    ran = run("inspect", "-", "--format", "json", "--header", "2", "--quote", "'", "--encoding", "cp949", stdin=table)
    found = json.loads(ran.out)
    told = {
        "format": "csv",
        "encoding": "cp949",
        "encoding_because": "forced",
        "sheet": None,
        "delimiter": ";",
        "quote": "'",
        "header_line": 2,
        "lines_skipped": 1,
    }
    assert {key: found[key] for key in told} == told
    assert found["inputs"] == [{"name": "standard input", **told}]
    assert [column["fact"] for column in found["columns"]] == ["employees", "site_country"]


@pytest.mark.parametrize(
    ("variables", "code", "shown"),
    [
        ({"LANG": "ko_KR.UTF-8"}, 0, "cp949 (as usual in your country)"),
        ({"LC_CTYPE": "ko_KR.UTF-8", "LANG": "de_DE.UTF-8"}, 0, "cp949 (as usual in your country)"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, 3, "cp949: `회사,employees`"),
        ({}, 3, "cp949: `회사,employees`"),
    ],
)
def test_the_locale_decides_what_the_text_leaves_open(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], code: int, shown: str
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ran = run("inspect", "-", "--lang", "en", stdin="회사,employees\n삼성,1\n".encode("cp949"))
    assert ran.code == code
    assert shown in ran.out + ran.err
