"""Bad invocations: the exit code and every word."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

CHECK = ("check", "--no-input")

USAGE = [
    (("chek",), "error: there is no command `chek`\nhint: did you mean `check`?\n"),
    (
        ("assess",),
        "error: there is no command `assess`\n"
        "hint: one of: check, batch, compare, inspect, programmes, facts, group, grant-equivalent, rules\n",
    ),
    (("CHECK",), "error: there is no command `CHECK`\nhint: did you mean `check`?\n"),
    (("--colour", "check"), "error: there is no option `--colour`\n"),
    (("rules", "tset"), "error: there is no command `tset`\nhint: did you mean `test`?\n"),
    (("check", "--programe", "x"), "error: there is no option `--programe`\nhint: did you mean `--programme`?\n"),
    (("batch", "t.csv", "--laout", "long"), "error: there is no option `--laout`\nhint: did you mean `--layout`?\n"),
    (("check", "-x"), "error: there is no option `-x`\n"),
    (("check", "--answers"), "error: the option `--answers` needs a value\n"),
    (("rules", "check", "--stale", "soon"), "error: the option `--stale` needs a whole number\n"),
    (("rules", "check", "--stale", "0"), "error: the option `--stale` needs a whole number of at least 1\n"),
    (("rules", "check", "--stale", "1.5"), "error: the option `--stale` needs a whole number\n"),
    (
        ("batch", "t.csv", "-o", "o.csv", "--max-rejects=-1", "--lang", "de"),
        "Fehler: Die Option `--max-rejects` braucht eine ganze Zahl ab 0\n",
    ),
    (("check", "--no-input=x"), "error: the option `--no-input` takes no value\n"),
    (("check", "extra"), "error: nothing can be done with `extra`\n"),
    (
        ("check",),
        "error: there is no terminal to ask questions on\n"
        "hint: use --no-input, and give answers with --answers FILE or --set FACT=VALUE\n",
    ),
    ((*CHECK, "--format", "jsn"), "error: --format: `jsn` is not one of the choices\nhint: did you mean `json`?\n"),
    ((*CHECK, "--lang", "fr"), "error: --lang: `fr` is not one of the choices\nhint: one of: de, en, ko\n"),
    (
        (*CHECK, "--as-of", "2021-02-30"),
        'error: --as-of: "2021-02-30" is not in the calendar: there is no such day\n',
    ),
    (
        (*CHECK, "--set", "group_employees"),
        "error: `--set group_employees` is not written as FACT=VALUE\nhint: such as --set group_employees=50\n",
    ),
    (
        (*CHECK, "--programme", "de.digital-jetz"),
        "error: there is no programme `de.digital-jetz`\nhint: did you mean `de.digital-jetzt`?\n",
    ),
    (
        (*CHECK, "--no-bundled-rules"),
        "error: there are no rules: give a directory with --rules, or keep the bundled ones\n",
    ),
    ((*CHECK, "--answers", "-", "--resume", "-"), "error: standard input can be read only once\n"),
    (("batch",), "error: `INPUT` is missing\n"),
    (
        ("batch", "x.csv", "--engine", "spark"),
        "error: Spark reads and writes files, not standard input and output\n"
        "hint: name the input and, with -o, the output\n",
    ),
    (
        ("batch", "x.csv", "--engine", "spark", "-o", "x.xlsx"),
        "error: Spark reads and writes no workbooks: x.xlsx\nhint: use Parquet, CSV or JSON Lines, or another engine\n",
    ),
    (
        ("inspect", "-", "--map", "staff"),
        "error: `--map staff` is neither COLUMN=FACT nor a file\n"
        'hint: such as --map "Number of staff=group_employees"\n',
    ),
    (
        ("batch", "x.csv", "--report", "r.pdf"),
        "error: the report is HTML, and its file is r.pdf\nhint: name a file that ends in .html\n",
    ),
    (
        ("batch", "x.csv", "--report", "-"),
        "error: the report is a file of its own and cannot go to standard output\n"
        "hint: name a file that ends in .html\n",
    ),
    (
        ("batch", "x.csv", "-o", "y.parquet", "--excel"),
        "error: --excel is for CSV, and the output is y.parquet\nhint: leave --excel out, or write .csv\n",
    ),
    (
        ("batch", "x.csv", "--max-rejects", "-1"),
        "error: the option `--max-rejects` needs a whole number of at least 0\n",
    ),
    (
        ("programmes", "kr.globl-1000"),
        "error: there is no programme `kr.globl-1000`\nhint: did you mean `kr.global-1000`?\n",
    ),
    (("facts", "employes"), "error: there is no fact or definition `employes`\nhint: did you mean `employees`?\n"),
    (("facts", "nace", "--template"), "error: --template prints every fact: leave `nace` out\n"),
    (
        ("facts", "--template", "--format", "json"),
        "error: --template prints a CSV header: leave --format json out\n",
    ),
    (
        ("rules", "check", "--no-bundled-rules"),
        "error: there are no rules: name a directory, or keep the bundled ones\n",
    ),
    (
        ("rules", "schema", "programs"),
        "error: `programs` is no kind of rule file\nhint: did you mean `programmes`?\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE, ids=[" ".join(arguments) for arguments, _ in USAGE])
def test_wrong_usage(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == message


def test_no_command_shows_the_help_as_what_is_wrong(run: Run) -> None:
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: eligibility [OPTIONS] COMMAND [ARGS]...\n")


ANSWERS = [
    (
        ("--set", "group_employes=5"),
        b"",
        "error: `group_employes`: there is no such fact\nhint: did you mean `group_employees`?\n",
    ),
    (
        ("--set", "group_employees=1.234"),
        b"",
        'error: `group_employees`: "1.234" can mean 1234 or 1.234: write 1234 or 1.2340\n',
    ),
    (
        ("--set", "legal_form=limited_compny"),
        b"",
        'error: `legal_form`: "limited_compny" is not one of the choices\nhint: did you mean `limited_company`?\n',
    ),
    (
        ("--set", "site_region=München"),
        b"",
        'error: `site_region`: "München" fits several names\n'
        "hint: write `09162` (Munich (city)), `09184` (Munich (district))\n",
    ),
    (
        ("--answers", "-"),
        b"site_country: DE\ngroup_turnover: 1.200.000,50\nnonprofitt: no\n",
        'standard input:2:1: `group_turnover`: "1.200.000,50" is not a number: '
        "write digits with a point for decimals, like 12.5\n"
        "    group_turnover: 1.200.000,50\n"
        "    ^\n"
        "\n"
        "standard input:3:1: `nonprofitt`: there is no such fact\n"
        "    nonprofitt: no\n"
        "    ^\n"
        "hint: did you mean `nonprofit`?\n"
        "\n"
        "2 problems\n",
    ),
    (
        ("--answers", "-"),
        "  업종: [\n".encode(),
        "standard input:1:8: this is not YAML: did not find expected node content\n      업종: [\n             ^\n",
    ),
    (("--answers", "-"), b"- DE\n", "standard input:1:1: answers are a map from facts to values\n    - DE\n    ^\n"),
    (
        ("--answers", "-"),
        b"site_country: \xff\n",
        "standard input:1:15: byte 15 is not UTF-8\nhint: save the file as UTF-8\n",
    ),
    (
        ("--answers", "-"),
        b"nonprofit: perhaps\n",
        'standard input:1:1: `nonprofit`: "perhaps" is not a truth: write yes or no\n    nonprofit: perhaps\n    ^\n',
    ),
]


@pytest.mark.parametrize(("arguments", "stdin", "message"), ANSWERS)
def test_answers_that_cannot_be_used(run: Run, arguments: tuple[str, ...], stdin: bytes, message: str) -> None:
    ran = run(*CHECK, *arguments, stdin=stdin)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(message)


INPUTS = [
    ((*CHECK, "--answers", "nowhere.yaml"), "nowhere.yaml: there is no such file\n"),
    ((*CHECK, "--answers", "."), ".: this is a directory, not a file\n"),
    (("batch", "nowhere.csv"), "nowhere.csv: there is no such file\n"),
    (("inspect", "nowhere.csv"), "nowhere.csv: there is no such file\n"),
    (("batch", "pyproject.toml/t.csv"), "pyproject.toml/t.csv: there is no such file\n"),
    (
        ("batch", "examples/companies.csv", "--sheet", "1"),
        "examples/companies.csv: only workbooks (.xlsx) have sheets\nhint: leave --sheet out\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), INPUTS)
def test_input_that_cannot_be_used(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err) == (3, "", message)


@pytest.mark.parametrize("command", ["batch", "inspect"])
def test_a_directory_named_like_a_table(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "t.csv").mkdir()
    ran = run(command, str(tmp_path / "t.csv"))
    assert (ran.code, ran.out, ran.err) == (3, "", f"{tmp_path}/t.csv: this is a directory, not a file\n")


def test_a_map_with_a_column_without_a_fact(run: Run, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("Land: site_country\nStaff:\n")
    ran = run("inspect", "-", "--map", str(tmp_path / "map.yaml"))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"{tmp_path}/map.yaml:2:1: the column `Staff` has no fact\n    Staff:\n    ^\n"


def test_nothing_to_resume(run: Run, tmp_path: Path) -> None:
    ran = run(*CHECK, "--resume")
    assert (ran.code, ran.err) == (3, f"{tmp_path}/state/eligibility/answers.yaml: there is no such file\n")


def test_rules_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "programme.yaml").write_text("id: {a: &b c}\n")
    ran = run(*CHECK, "--rules", str(tmp_path / "own"))
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "own/programme.yaml:1:9: anchors and aliases (`&`, `*`) are not part of the rule language\n"
        "    id: {a: &b c}\n"
        "            ^\n"
        "hint: write the value out\n"
    )


def test_a_rule_directory_that_is_not_there(run: Run) -> None:
    ran = run(*CHECK, "--rules", "nowhere")
    assert ran.code == 4
    assert ran.err.startswith("nowhere: there is no directory nowhere\n")
