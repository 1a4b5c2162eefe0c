"""`programmes`, `facts`, `rules`, and the smaller parts of the command line."""

import json
import re
from pathlib import Path

import pytest

from eligibility.cli import wording
from eligibility.cli.main import with_resume_value
from eligibility.cli.output import write_whole
from eligibility.cli.progress import progress_line
from eligibility.cli.table import mapping_of
from eligibility.rulebook.files import bundled_rules
from tests.cli.conftest import ROOT, Run


def test_programmes_as_data(run: Run) -> None:
    listed = json.loads(run("programmes", "--as-of", "2021-03-01", "--format", "json").out)["programmes"]
    assert "de.digital-jetzt" in [one["id"] for one in listed]
    shown = json.loads(run("programmes", "de.digital-jetzt", "--as-of", "2021-03-01", "--format", "json").out)
    assert shown["id"] == "de.digital-jetzt"


def test_template_is_a_header_that_batch_takes(run: Run, tmp_path: Path) -> None:
    ran = run("facts", "--template")
    header = ran.out.removesuffix("\n").split(",")
    known = json.loads(run("facts", "--format", "json").out)
    assert set(header) <= {one["id"] for one in (*known["facts"], *known["definitions"])}
    assert header[: len(known["facts"])] == [one["id"] for one in known["facts"]]
    assert len(set(header)) == len(header)
    table = tmp_path / "table.csv"
    table.write_text(ran.out + "," * (len(header) - 1) + "\n")
    assessed = run("batch", str(table), "--as-of", "2021-03-01", "--layout", "long", "--programme", "kr.global-1000")
    assert (assessed.code, assessed.out.splitlines()[1].split(",")[:4]) == (
        0,
        ["1", "", "kr.global-1000", "undetermined"],
    )


def test_batch_rejects_and_sums_up(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("company_id;Land;staff\na;DE;50\nb;DE;many\n")
    arguments = (
        "batch",
        str(table),
        "-o",
        str(tmp_path / "o.csv"),
        "--as-of",
        "2021-03-01",
        "--programme",
        "de.digital-jetzt",
    )
    ran = run(*arguments, "--map", "Land=site_country", "--map", "staff=group_employees")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == (
        "2 rows read: 1 assessed, 1 rejected\n"
        "read as CSV, utf-8, delimiter ;\n"
        "2 columns used\n"
        "  rejected for not-a-number: 1\n"
        f"  the rejected rows are in {tmp_path}/o.rejects.csv\n"
        "\n"
        "                    eligible  likely  undetermined  not eligible\n"
        "  de.digital-jetzt         -       -             1             -\n"
        "\n"
        "To look further:\n"
        f"  how the cells are read: eligibility inspect {table}\n"
        f"  the reasons for each verdict: eligibility batch {table} --layout long -o FILE\n"
        "  what a programme asks for: eligibility programmes de.digital-jetzt\n"
    )
    quiet = run(*arguments, "--quiet", "--map", "Land=site_country", "--map", "staff=group_employees")
    assert (quiet.code, quiet.err) == (5, "")


def test_rules_check_finds(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "p.yaml").write_text("id: de.x\nkinds: grant\n")
    ran = run("rules", "check", str(own), "--no-bundled-rules", "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 1
    assert {one["file"] for one in found} == {"own/p.yaml"}
    assert ("unknown-key", 2, 1, "did you mean `kind`?") in [
        (one["code"], one["line"], one["column"], one["hint"]) for one in found
    ]
    assert run("rules", "test", str(own), "--no-bundled-rules").code == 4


@pytest.mark.parametrize(
    ("part", "message"),
    [("check", "no problem found\n"), ("test", "3 cases ran, 3 of them on columns too\n")],
)
def test_rules_without_a_problem(run: Run, part: str, message: str) -> None:
    own = str(ROOT / "tests" / "rulebook" / "good" / "plain_texts")
    ran = run("rules", part, own, "--no-bundled-rules")
    assert (ran.code, ran.out, ran.err) == (0, "", message)
    ran = run("rules", part, own, "--no-bundled-rules", "--format", "json")
    assert (ran.code, ran.out, ran.err) == (0, "[]\n", message)


def test_the_bundled_rules_named_again_do_not_clash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from eligibility.rulebook.files import bundled_rules

    ran = run("check", "--no-input", "--rules", str(bundled_rules() / "programmes"), "--format", "json")
    assert ran.code == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["check", "--resume"], ["check", "--resume="]),
        (["check", "--resume", "--no-input"], ["check", "--resume=", "--no-input"]),
        (["check", "--resume", "a.yaml"], ["check", "--resume", "a.yaml"]),
        (["check", "--resume", "-"], ["check", "--resume", "-"]),
        (["check", "--resume=a"], ["check", "--resume=a"]),
    ],
)
def test_resume_with_and_without_a_file(written: list[str], read: list[str]) -> None:
    assert with_resume_value(written) == read


@pytest.mark.parametrize(
    ("language", "rows", "share", "seconds", "line"),
    [
        ("en", 1500, 0, 3, "1,500 rows, 500 a second"),
        ("en", 1500, 0.25, 30, "1,500 rows, 50 a second, 25 %, 1:30 left"),
        ("en", 10, 1, 0, "10 rows, 0 a second, 100 %, 0:00 left"),
        ("de", 1500, 0, 3, "1.500 Zeilen, 500 je Sekunde"),
        ("de", 3000000, 0.5, 2, "3.000.000 Zeilen, 1.500.000 je Sekunde, 50 %, noch 0:02"),
    ],
)
def test_progress(language: str, rows: int, share: float, seconds: float, line: str) -> None:
    wording.use(language)
    assert progress_line(rows, share, seconds) == line


@pytest.mark.parametrize(
    ("language", "on_bad_value", "code", "summary"),
    [
        (
            "en",
            "unknown",
            0,
            "1,200 rows read: 1,200 assessed, 0 rejected\n"
            "read as CSV, utf-8, delimiter ,\n"
            "2 columns used\n"
            "  taken as unknown in group_employees: 1,200\n"
            "\n"
            "                    eligible  likely  undetermined  not eligible\n"
            "  de.digital-jetzt         -       -         1,200             -\n",
        ),
        (
            "de",
            "reject",
            5,
            "1.200 Zeilen gelesen: 0 geprüft, 1.200 zurückgewiesen\n"
            "gelesen als CSV, utf-8, Trennzeichen ,\n"
            "2 Spalten verwendet\n"
            "  zurückgewiesen wegen not-a-number: 1.200\n"
            "  die zurückgewiesenen Zeilen stehen in {}/o.rejects.csv\n",
        ),
    ],
)
def test_counts_as_the_language_writes_them(
    run: Run, tmp_path: Path, language: str, on_bad_value: str, code: int, summary: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("site_country,group_employees\n" + "DE,many\n" * 1200)
    arguments = ("batch", str(table), "-o", str(tmp_path / "o.csv"), "--as-of", "2021-03-01", "--lang", language)
    ran = run(*arguments, "--on-bad-value", on_bad_value, "--programme", "de.digital-jetzt")
    told, _, further = ran.err.rpartition("\n\n")
    assert (ran.code, f"{told}\n") == (code, summary.format(tmp_path))
    assert str(table) in further


def test_mapping_from_pairs_and_files(tmp_path: Path) -> None:
    file = tmp_path / "year=2021" / "map.yaml"
    file.parent.mkdir()
    file.write_text("Land: site_country\na=b: nace\n")
    long = "Zahl der Beschäftigten " * 20
    assert mapping_of(["Zahl = der=group_employees", str(file), f"{long}=employees"]) == {
        "Zahl = der": "group_employees",
        "Land": "site_country",
        "a=b": "nace",
        long.strip(): "employees",
    }


def test_a_file_is_written_whole_or_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o640, True)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"newer")
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "link.txt"]


TABLE = b"company_id;Firma;headcount;employes\na;M\xc3\xbcller;1,5;\nb;\x1b[2J;many;\n"
TABLE_TEXT = """\
standard input: CSV, utf-8, delimiter ;

Columns:
  company_id  names the company
  Firma       carried along
  headcount   group_employees (number)
  employes    carried along; for employees give --map

First rows:
  row 1, line 2
    headcount: 1.5  <- 1,5
  row 2, line 3
    headcount: rejected: "many" is not a number
"""


def test_inspect_names_what_a_name_may_mean(run: Run) -> None:
    ran = run("inspect", "-", stdin=b"site_region\nLeipzig\n")
    assert '    site_region: rejected: "Leipzig" fits several names (write `14713`, `14729`)\n' in ran.out


def test_inspect_shows_how_a_table_is_read(run: Run) -> None:
    arguments = ("inspect", "-", "--map", "headcount=group_employees", "--decimal", ",")
    ran = run(*arguments, stdin=TABLE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(TABLE_TEXT.rstrip("\n"))
    found = json.loads(run(*arguments, "--format", "json", stdin=TABLE).out)
    assert found["schema"] == "eligibility.reading/1"
    assert (found["delimiter"], found["id_column"]) == (";", "company_id")
    assert found["columns"][3] == {
        "name": "employes",
        "fact": None,
        "type": None,
        "suggestion": "employees",
        "unit": None,
        "left_out": None,
        "decision": None,
    }
    assert found["columns"][2]["decision"] == {"choice": ",", "why": "forced", "about": "decimals", "witnesses": []}
    assert found["rows"][0]["cells"] == [{"column": "headcount", "text": "1,5", "value": "1.5", "problem": None}]
    assert found["rows"][1]["cells"][0]["problem"]["code"] == "not-a-number"


def test_inspect_of_a_table_that_batch_refuses(run: Run) -> None:
    ran = run("inspect", "-", stdin=b"employees,Mitarbeiter\n1,2\n")
    assert ran.code == 3
    assert "\n  employees    carried along" in ran.out
    assert ran.err.startswith("error: the columns `employees` and `Mitarbeiter` both hold `employees`\n")


@pytest.mark.parametrize(
    ("terminal", "environment", "bold"),
    [
        (True, {"TERM": "xterm"}, True),
        (False, {"TERM": "xterm"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
    ],
)
def test_headings_are_bold_on_a_terminal_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], bold: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = run("facts", "nace", terminal=terminal).out
    plain = re.sub("\x1b\\[[0-9]*m", "", shown)
    assert (plain != shown) is bold
    assert "\x1b" not in plain
    assert plain == run("facts", "nace").out
    assert shown.count("\x1b[1m") == (1 if bold else 0)


def test_rules_check_names_stale_sources(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "programmes"
    folder.mkdir(parents=True)
    (folder / "old.yaml").write_text(OLD, encoding="utf-8")
    arguments = ("rules", "check", str(tmp_path / "own"), "--no-bundled-rules", "--stale", "180", "--as-of")
    fresh, stale = run(*arguments, "2026-07-29"), run(*arguments, "2026-07-30")
    assert (fresh.code, fresh.err) == (0, "no problem found\n")
    assert stale.code == 1
    assert "`The guideline` was last checked on 2026-01-31, 180 days before 2026-07-30" in stale.out
    assert "own/programmes/old.yaml:9:76" in stale.out


OLD = """id: de.old
name: Old
summary: A grant.
authority: The bank
kind: grant
selection: entitlement
window: continuous
sources:
  guideline: {title: The guideline, url: "https://example.org/g", checked: 2026-01-31}
requires:
  clause: {manual: The project is new., cite: guideline 1}
cases:
  - {name: any, on: 2026-11-21, given: {}, expect: {verdict: likely}}
  - {name: none, on: 2026-11-21, given: {}, expect: {verdict: not_eligible}}
  - {name: open, on: 2026-11-21, given: {}, expect: {verdict: undetermined}}
"""


def test_a_file_stands_for_itself(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "programmes"
    folder.mkdir(parents=True)
    case = "{name: any, on: 2026-11-21, given: {}, expect: {verdict: likely}}"
    (folder / "right.yaml").write_text(OLD.replace("de.old", "de.right"), encoding="utf-8")
    (folder / "wrong.yaml").write_text(OLD.replace(f"  - {case}\n", ""), encoding="utf-8")
    (tmp_path / "elsewhere.yaml").write_text(OLD, encoding="utf-8")
    own = ("--no-bundled-rules", str(tmp_path / "own"))
    wrong, right = str(folder / "wrong.yaml"), str(folder / "right.yaml")
    assert run("rules", "check", *own).code == 1
    assert run("rules", "check", *own, right).err == "no problem found\n"
    assert "no case of `de.old` expects `eligible`" in run("rules", "check", *own, wrong).out
    assert "5 cases ran" in run("rules", "test", *own).err
    assert "3 cases ran" in run("rules", "test", *own, right).err
    refused = run("rules", "test", *own, str(tmp_path / "elsewhere.yaml"))
    assert refused.code == 2
    assert "elsewhere.yaml` lies in none of the directories of rules" in refused.err
    bundled = run("rules", "test", str(bundled_rules() / "definitions" / "de_minimis.yaml"))
    ran = int(bundled.err.split()[0])
    assert 12 <= ran < 100
