"""`eligibility group`: a sheet from real files, in every format, and whatever can be wrong with what is given."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import ROOT, Run

DAY = ("--as-of", "2026-11-22")
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/group.schema.json").read_text(encoding="utf-8")))
HAN = """
subject: han
enterprises:
  han: {name: 한빛정밀, country: KR, kr_average_turnover: 12억, kr_total_assets: 20억, kr_nonprofit: no}
  mo:
    name: 모회사
    country: KR
    kr_average_turnover: 100억
    kr_total_assets: 6000억
    kr_audited: yes
    kr_listed: no
    kr_nonprofit: no
    kr_exempt_investor: no
holdings:
  - {holder: mo, held: han, share: 40}
"""


@pytest.fixture(autouse=True)
def _beside_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)


def test_text(run: Run) -> None:
    ran = run("group", "examples/group.yaml", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Derivation sheet: Holzbau Birkenhof GmbH (birkenhof)\n====")
    assert "\n- EU size class by the latest figures: medium-sized enterprise\n" in ran.out
    assert "\nTotal                                67.5 to 69  €8,090,000  at least €7,910,000\n" in ran.out
    assert "Looked at, adds nothing" in ran.out
    assert "Korea" not in ran.out
    assert "De-minimis" not in ran.out


def test_tables_are_the_same_structure(run: Run) -> None:
    ran = run("group", "examples/portfolio/*.csv", "--subject", "K-1002", *DAY, "--lang", "de")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Herleitung: Nordwald Beteiligungs GmbH (K-1002)\n")


def test_data(run: Run) -> None:
    ran = run("group", "examples/group.yaml", "--aid", "examples/aid.yaml", "--format", "json", *DAY)
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    SCHEMA.validate(data)
    assert (data["schema"], data["as_of"], data["subject"]) == ("eligibility.group/1", "2026-11-22", "birkenhof")
    assert data["size"]["totals"]["employees"]["latest"] == {"min": "67.5", "max": "69"}
    assert data["korea"] is None
    assert data["aid"]["members"] == ["birkenhof", "nordwald"]
    assert data["aid"]["awards"][0]["recipient"] == "birkenhof"
    # Which state grants the next aid is not said: it may be one that has granted nothing.
    assert data["aid"]["headroom"] == {"min": "195000.00", "max": "300000.00"}


@pytest.mark.parametrize(("form", "begin"), [("markdown", "# Derivation sheet"), ("html", "<!doctype html>")])
def test_file(run: Run, form: str, begin: str) -> None:
    ran = run("group", "examples/group.yaml", "--format", form, "-o", "sheet", *DAY)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert Path("sheet").read_text(encoding="utf-8").startswith(begin)


def test_headroom_of_a_member_state(run: Run) -> None:
    ran = run("group", "examples/group.yaml", "--aid", "examples/aid.yaml", "--member-state", "de", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "\n- May still be granted: €195,000\n" in ran.out
    assert "\n- It next grows on 17 May 2027, by €60,000\n" in ran.out


@pytest.mark.parametrize("table", ["Empfänger;Gewährt am;Betrag\nnordwald;28.02.2025;45.000,50\n"])
def test_aid_from_a_table(run: Run, table: str) -> None:
    Path("aid.csv").write_text(table, encoding="utf-8")
    ran = run("group", "examples/group.yaml", "--aid", "aid.csv", "--format", "json", *DAY)
    assert (ran.code, ran.err) == (0, "")
    award = json.loads(ran.out)["aid"]["awards"][0]
    assert (award["recipient"], award["granted"]) == ("nordwald", "2025-02-28")
    assert award["amount"] == {"min": "0.00", "max": "45000.50"}


def test_korean_firm(run: Run) -> None:
    Path("han.yaml").write_text(HAN, encoding="utf-8")
    ran = run("group", "han.yaml", "--format", "json", *DAY)
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    SCHEMA.validate(data)
    assert data["korea"]["total"] == {"min": "5200000000", "max": "5200000000"}
    assert [entry["id"] for entry in data["korea"]["owners"]["entries"]] == ["mo"]
    text = run("group", "han.yaml", "--lang", "ko", *DAY)
    assert "관계기업 합산 평균매출액: 52억원" in text.out


def test_rules_of_ones_own_without_the_class(run: Run) -> None:
    own = str(ROOT / "tests/report/rules")
    ran = run("group", "examples/group.yaml", "--no-bundled-rules", "--rules", own, *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "Size class" not in ran.out
    assert "Enterprises that count" in ran.out


REFUSED = [
    (("nope.yaml",), 3, "nope.yaml: there is no such file\n"),
    (("examples",), 3, "examples: this is a directory, not a file\n"),
    (("-",), 2, "error: ownership and aid cannot be read from standard input\nhint: name files\n"),
    (
        ("examples/group.yaml", "--subject", "birkenhoff"),
        2,
        "error: there is no enterprise `birkenhoff` in the files\nhint: did you mean `birkenhof`?\n",
    ),
    (
        ("examples/group.yaml", "--subject", "xyz"),
        2,
        "error: there is no enterprise `xyz` in the files\n"
        "hint: name it with --subject; the files have: birkenhof, nordwald, saegewerk, zimmerei\n",
    ),
    (
        ("examples/group.yaml", "--subject", "anna"),
        2,
        "error: `anna` is no enterprise, so that there is no size to tell\n"
        "hint: name it with --subject; the files have: birkenhof, nordwald, saegewerk, zimmerei\n",
    ),
    (
        ("examples/portfolio/enterprises.csv",),
        2,
        "error: it is not said which firm the sheet is about\n"
        "hint: name it with --subject; the files have: K-1001, K-1002, K-1003, K-1004, K-1005, K-1006\n",
    ),
    (
        ("examples/group.yaml", "--member-state", "DE"),
        2,
        "error: --member-state is for the aid of --aid FILE\nhint: leave it out, or add --aid FILE\n",
    ),
    (
        ("examples/group.yaml", "--aid", "examples/aid.yaml", "--member-state", "XX"),
        2,
        'error: --member-state: "XX" is no member state\nhint: write its two letters, such as DE\n',
    ),
    (("examples/group.yaml", "--aid", "nope.csv"), 3, "nope.csv: there is no such file\n"),
    (
        ("examples/group.yaml", "-o", "examples/../examples/group.yaml"),
        2,
        "error: the sheet would replace examples/../examples/group.yaml, from which it is made\n"
        "hint: choose another name for -o\n",
    ),
    (
        ("examples/group.yaml", "--format", "pdf"),
        2,
        "error: --format: `pdf` is not one of the choices\nhint: one of: text, json, markdown, html\n",
    ),
    ((), 2, "error: `INPUT` is missing\n"),
    (
        ("examples/group.yaml", "--no-bundled-rules"),
        2,
        "error: there are no rules: give a directory with --rules, or keep the bundled ones\n",
    ),
]


@pytest.mark.parametrize(("arguments", "code", "message"), REFUSED)
def test_refused(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    ran = run("group", *arguments, *DAY)
    assert (ran.code, ran.out, ran.err) == (code, "", message)


def test_every_problem_of_a_file_is_told_at_its_place(run: Run) -> None:
    Path("bad.yaml").write_text("subject: a\nenterprises:\n  a: {employes: 3}\n  b: {kin: person}\n", encoding="utf-8")
    ran = run("group", "bad.yaml", *DAY)
    assert (ran.code, ran.out) == (3, "")
    assert "bad.yaml:3:7:" in ran.err
    assert "bad.yaml:4:" in ran.err
    assert "2 problems" in ran.err


def test_a_sheet_goes_nowhere_that_is_not_there(run: Run) -> None:
    ran = run("group", "examples/group.yaml", "-o", "none/sheet.html", *DAY)
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == "error: none/sheet.html: No such file or directory\n"


def test_hostile_names_do_not_reach_the_terminal(run: Run) -> None:
    Path("evil.yaml").write_text(
        'subject: a\nenterprises:\n  a: {name: "\\e]0;owned\\a\\e[2J", employees: 3}\n', encoding="utf-8"
    )
    ran = run("group", "evil.yaml", *DAY)
    assert ran.code in (0, 3)
    assert "\x1b" not in ran.out + ran.err


def test_a_number_with_two_readings_is_settled_by_its_sign(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_bytes('회사명,상시근로자수\n한빛정밀,"1,200"\n'.encode("cp949"))
    refused = run("group", str(table), "--subject", "한빛정밀")
    assert (refused.code, "(--decimal)" in refused.err) == (3, True)
    done = run("group", str(table), "--subject", "한빛정밀", "--decimal", ".", "--encoding", "cp949", "--lang", "ko")
    assert (done.code, "1,200" in done.out) == (0, True)


def test_files_without_any_enterprise(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text("id,employees\n")
    refused = run("group", str(table), "--subject", "a")
    assert refused.code == 2
    assert "the files have no enterprise in force on this day" in refused.err
