"""`compare`: both kinds of input, what each side may be, and every refusal with its message."""

import json
import shutil
from pathlib import Path

import pytest

from eligibility.cli import compare_sides
from eligibility.rulebook.files import bundled_rules
from tests.cli.conftest import ROOT, Run

TABLE = str(ROOT / "examples" / "companies.csv")
COMPANY = str(ROOT / "examples" / "company.yaml")
CUT = ("compare", "2021-06-30", "2021-07-01")
ONE = ("--programme", "de.digital-jetzt")


@pytest.fixture
def wider(tmp_path: Path) -> str:
    """A copy of one file with 499 made 749."""
    text = (bundled_rules() / "programmes" / "de" / "digital-jetzt.yaml").read_text("utf-8")
    folder = tmp_path / "wider"
    folder.mkdir()
    (folder / "dj.yaml").write_text(text.replace("3..499", "3..749").replace("..499:", "..749:"), "utf-8")
    return str(folder)


def test_a_table(run: Run) -> None:
    ran = run(*CUT, TABLE, *ONE)
    assert ran.code == 0
    assert ran.out.startswith("What changes\n============\nBefore: as of 30 June 2021, rules of version ")
    assert "\n48 companies compared; something changes for 16\n" in ran.out
    assert "\nde.digital-jetzt         16            0          2  -€43,400.01\n" in ran.out
    assert ran.err.startswith("48 rows read: 48 assessed, 0 rejected\nread as CSV, utf-8, delimiter ,\n")
    quiet = run(*CUT, TABLE, *ONE, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, ran.out, "")


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# What changes\n"), ("html", "<!doctype html>\n")])
def test_formats(run: Run, form: str, begins: str) -> None:
    for source in (TABLE, COMPANY):
        ran = run(*CUT, source, *ONE, "--quiet", "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(
            begins.replace("changes", "changes for this company" if source == COMPANY else "changes")
        )


def test_another_language(run: Run) -> None:
    assert run(*CUT, COMPANY, *ONE, "--quiet", "--lang", "ko").out.startswith("이 기업에 달라지는 점\n")


def test_lines_and_rejects(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("company_id;site_country;people\na;DE;50\nb;DE;many\n", "utf-8")
    output = tmp_path / "changes.csv"
    ran = run(*CUT, str(table), *ONE, "-o", str(output), "--map", "people=group_employees", "--format", "json")
    assert ran.code == 5
    assert json.loads(ran.out)["rows"] == {"read": 2, "compared": 1, "rejected": 1, "changed": 1}
    assert ran.err == (
        "2 rows read: 1 assessed, 1 rejected\n"
        "read as CSV, utf-8, delimiter ;\n"
        "2 columns used\n"
        "  rejected for not-a-number: 1\n"
        f"  the rejected rows are in {tmp_path}/changes.rejects.csv\n"
        "\n"
        "To look further:\n"
        f"  how the cells are read: eligibility inspect {table}\n"
    )
    lines = [line.split(",") for line in output.read_text("utf-8").splitlines()]
    assert [line[1:5] for line in lines] == [
        ["id", "programme", "verdict_a", "verdict_b"],
        ["a", "de.digital-jetzt", "undetermined", "undetermined"],
    ]
    assert lines[1][-4:] == ["0.50", "0.70", "0.40", "0.60"]


def test_rejects_without_an_output_go_to_standard_error(run: Run) -> None:
    ran = run(*CUT, "-", *ONE, "--quiet", stdin=b"company_id,group_employees\na,many\n")
    assert ran.code == 5
    assert ran.err.startswith("row,line,column,code,message,text\n1,2,group_employees,not-a-number,")


def test_an_engine_and_a_default(run: Run) -> None:
    told = [
        json.loads(run(*CUT, TABLE, *ONE, "--quiet", "--format", "json", "--engine", engine).out)
        for engine in ("polars", "duckdb")
    ]
    assert told[0] == told[1]
    few = b"company_id,group_employees\na,50\n"
    given = run(*CUT, "-", *ONE, "--quiet", "--format", "json", "--set", "site_country=KR", stdin=few)
    assert json.loads(given.out)["rows"]["changed"] == 0


def test_a_company(run: Run, tmp_path: Path) -> None:
    ran = run(*CUT, COMPANY, *ONE)
    assert (ran.code, ran.err) == (0, "")
    assert "  Amount: €26,400 → €21,600\n  Rate: 55% → 45%\n" in ran.out
    assert run(*CUT, "--answers", COMPANY, *ONE).out == ran.out
    settled = run(*CUT, COMPANY, *ONE, "--set", "site_country=KR")
    assert "Nothing changes for this company\n" in settled.out
    as_json = tmp_path / "company.JSON"
    as_json.write_text(json.dumps({"site_country": "DE", "group_employees": 50}), "utf-8")
    assert "  Rate: 50% to 70% → 40% to 60%\n" in run(*CUT, str(as_json), *ONE).out


def test_a_directory_replaces(run: Run, wider: str) -> None:
    ran = run("compare", "2021-03-01", wider, TABLE, *ONE, "--format", "json")
    assert ran.code == 0
    assert ran.err.startswith("B replaces: de.digital-jetzt\n48 rows read")
    told = json.loads(ran.out)
    assert [told[side]["as_of"] for side in ("before", "after")] == ["2021-03-01"] * 2
    assert (told["before"]["replaced"], told["after"]["replaced"]) == ([], ["de.digital-jetzt"])
    assert told["before"]["digest"] != told["after"]["digest"]
    (one,) = told["programmes"]
    assert {"before": "not_eligible", "after": "eligible", "rows": 2} in one["verdicts"]
    assert one["money"]["difference"] == {"currency": "EUR", "min": "80000.00", "max": "80000.00", "unbounded": 0}
    company = run("compare", wider, "2021-03-01", COMPANY, *ONE, "--set", "group_employees=600")
    assert company.err == "A replaces: de.digital-jetzt\n"
    assert "  Verdict: eligible → not eligible\n" in company.out


def test_the_day_of_directories(run: Run, wider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def days(*arguments: str) -> list[str]:
        told = json.loads(run("compare", *arguments, COMPANY, *ONE, "--quiet", "--format", "json").out)
        return [told[side]["as_of"] for side in ("before", "after")]

    other = shutil.copytree(wider, tmp_path / "other")
    assert days(wider, "2021-03-01", "--as-of", "2022-01-01") == ["2022-01-01", "2021-03-01"]
    assert days(wider, str(other), "--as-of", "2022-01-01") == ["2022-01-01", "2022-01-01"]
    monkeypatch.setattr(compare_sides, "day_of", lambda as_of: None)
    assert days("2021-03-01", wider) == ["2021-03-01", "2021-03-01"]


def test_own_rules_for_both(run: Run, wider: str, tmp_path: Path) -> None:
    """Without the bundled rules those of --rules are what both sides share."""
    base = tmp_path / "base"
    shutil.copytree(bundled_rules(), base, ignore=lambda folder, names: {"kr"} & set(names))
    shared = ("--rules", str(base), "--no-bundled-rules", "--quiet", "--format", "json")
    told = json.loads(run("compare", "2021-03-01", wider, COMPANY, *shared, "--set", "group_employees=600").out)
    assert [one["id"] for one in told["programmes"]] == ["de.digital-jetzt"]
    assert told["after"]["replaced"] == ["de.digital-jetzt"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("2021-03-01", "2021-03-01", TABLE),
            2,
            "error: both sides are the same: 2021-03-01\n"
            "hint: name two days, two directories, or a day and a directory\n",
        ),
        (
            ("{wider}", "{wider}/.", TABLE),
            2,
            "error: both sides are the same: {wider}\nhint: name two days, two directories, or a day and a directory\n",
        ),
        (("2021-03-01", "2021-02-30", TABLE), 2, 'error: "2021-02-30" is not in the calendar: there is no such day\n'),
        (
            ("2021-03-01", "1.3.2021", TABLE),
            2,
            'error: "1.3.2021" is not a date: write year, month and day like 2021-06-30\n',
        ),
        (
            ("2021-03-01", "no/such", TABLE),
            4,
            "no/such: this is neither a directory nor a day\nhint: name a directory of rules, or a day as YYYY-MM-DD\n",
        ),
        (
            ("2021-03-01", "2021-07-01", TABLE, "--as-of", "2021-04-01"),
            2,
            "error: --as-of is for directories of rules, and both sides are days\nhint: leave --as-of out\n",
        ),
        (("2021-03-01", "2021-07-01", "no.csv"), 3, "no.csv: there is no such file\n"),
        (("2021-03-01", "2021-07-01", "no.yaml"), 3, "no.yaml: there is no such file\n"),
        (("2021-03-01", "2021-07-01"), 2, "error: `INPUT` is missing\n"),
        (("2021-03-01",), 2, "error: `B` is missing\n"),
        (
            ("2021-03-01", "2021-07-01", TABLE, "--answers", COMPANY),
            2,
            f"error: there are both a table and answers: {TABLE}, {COMPANY}\nhint: compare one after the other\n",
        ),
        (
            ("2021-03-01", "2021-07-01", COMPANY, "-o", "x.csv"),
            2,
            f"error: --output is for tables, and {COMPANY} holds the answers of one company\n"
            "hint: leave --output out\n",
        ),
        (
            ("2021-03-01", "2021-07-01", COMPANY, "--header", "2"),
            2,
            f"error: --header is for tables, and {COMPANY} holds the answers of one company\n"
            "hint: leave --header out\n",
        ),
        (
            ("2021-03-01", "2021-07-01", TABLE, "-o", "-"),
            2,
            "error: the changes and the summary cannot both go to standard output\nhint: name a file with -o FILE\n",
        ),
        (
            ("2021-03-01", "2021-07-01", TABLE, "--programme", "de.digital-jets"),
            2,
            "error: there is no programme `de.digital-jets`\nhint: did you mean `de.digital-jetzt`?\n",
        ),
        (
            ("2021-03-01", "2021-07-01", TABLE, "--no-bundled-rules"),
            2,
            "error: there are no rules: give a directory with --rules, or keep the bundled ones\n",
        ),
        (
            ("2021-03-01", "2021-07-01", COMPANY, "--set", "group_employes=5"),
            3,
            "error: `group_employes`: there is no such fact\nhint: did you mean `group_employees`?\n",
        ),
        (
            ("2021-03-01", "2021-07-01", TABLE, "--engine", "spark"),
            2,
            "error: --engine: `spark` is not one of the choices\nhint: one of: polars, duckdb\n",
        ),
    ],
)
def test_refused(run: Run, wider: str, arguments: tuple[str, ...], code: int, message: str) -> None:
    ran = run("compare", *(one.replace("{wider}", wider) for one in arguments), "--quiet")
    assert (ran.code, ran.out, ran.err) == (code, "", message.replace("{wider}", wider))


def test_rules_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "p.yaml").write_text("id: de.x\nkinds: grant\n", "utf-8")
    ran = run("compare", "2021-03-01", str(own), TABLE)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("own/p.yaml:1:1: ")
    (own / "p.yaml").unlink()
    empty = run("compare", "2021-03-01", str(own), TABLE)
    assert (empty.code, empty.err) == (4, f"{own}: there is no rule file (.yaml) in this directory\n")


def test_more_rejects_than_allowed_leave_nothing(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("id,group_employees\na,many\n", "utf-8")
    ran = run(*CUT, str(table), *ONE, "-o", str(tmp_path / "out.csv"), "--max-rejects", "0")
    assert (ran.code, ran.out) == (3, "")
    assert "more than 0 rows cannot be used" in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["in.csv"]
