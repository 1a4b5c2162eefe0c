"""Which files are read: links, devices and directories are refused, all at once, before any of them is opened."""

import os
from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook import files
from eligibility.rulebook.files import KINDS, list_files
from eligibility.rulebook.link import load
from eligibility.rulebook.rules import read_rules
from eligibility.values.problem import RuleError


def refusals(directory: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        list_files(directory)
    return [str(problem).replace(str(directory), "DIR") for problem in caught.value.problems]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    directory = tmp_path / "rules"
    directory.mkdir()
    return directory


def test_what_is_no_file_is_refused_in_one_pass(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("papers: {a: A}")
    (rules / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (rules / "broken-link.csv").symlink_to(tmp_path / "nothing")
    os.mkfifo(rules / "pipe.yaml")
    (rules / "directory.yml").mkdir()
    (rules / "fine.yaml").write_text("papers: {b: B}")
    reason = "links, directories and devices are not read as rules (put the file itself here)"
    names = ["broken-link.csv", "directory.yml", "link.yaml", "pipe.yaml"]
    assert refusals(rules) == [f"rules/{name}: {reason}" for name in names]


def test_linked_directories_are_not_entered(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yaml").write_text("no rules")
    (rules / "papers").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (rules / "up").symlink_to(tmp_path, target_is_directory=True)
    assert refusals(rules) == ["DIR: there is no rule file (.yaml) in this directory"]


def test_large_files_are_not_opened(rules: Path) -> None:
    for name, size in (("a.yaml", 1_000_001), ("b.csv", 10_000_001), ("c.csv", 2_000_000)):
        with (rules / name).open("wb") as opened:
            opened.truncate(size)
    assert refusals(rules) == [
        "rules/a.yaml: the file has 1,000,001 bytes; at most 1,000,000 are read (split it)",
        "rules/b.csv: the file has 10,000,001 bytes; at most 10,000,000 are read (split it)",
    ]


def test_names_that_do_not_show(rules: Path) -> None:
    (rules / "a\x1b[2J.yaml").write_text("")
    (rules / os.fsdecode(b"b\xff.yaml")).write_text("")
    reason = "a file name holds characters that do not show (rename it)"
    assert refusals(rules) == [rf"'rules/a\x1b[2J.yaml': {reason}", rf"'rules/b\udcff.yaml': {reason}"]


def test_too_many_files(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for number in range(4):
        (rules / f"{number}.csv").touch()
    assert refusals(rules) == ["DIR: 4 files; at most 3 are read (give several directories, or fewer files)"]


def test_no_directory(rules: Path) -> None:
    hint = "(name a directory, not a file)"
    assert refusals(rules / "none") == [f"DIR: there is no directory DIR {hint}"]
    (rules / "a.yaml").touch()
    assert refusals(rules / "a.yaml") == [f"DIR: there is no directory DIR {hint}"]


def test_other_files_are_passed_over(rules: Path) -> None:
    for name in ("README.md", "a.yaml~", ".gitignore", "b.json"):
        (rules / name).write_text("not rules")
    assert refusals(rules) == ["DIR: there is no rule file (.yaml) in this directory"]


def test_the_folder_tells_the_kind(rules: Path) -> None:
    for kind in (*KINDS, "others", "programmes/de/by"):
        (rules / kind).mkdir(parents=True, exist_ok=True)
        (rules / kind / "a.yaml").touch()
    (rules / "a.yml").touch()
    assert {file.inner: file.kind for file in list_files(rules)} == {
        "a.yml": "programmes",
        "others/a.yaml": "programmes",
        "programmes/de/by/a.yaml": "programmes",
        **{f"{kind}/a.yaml": kind for kind in KINDS},
    }


def test_priors_are_no_rules(rules: Path) -> None:
    (rules / "facts").mkdir()
    (rules / "facts" / "a.yaml").write_text("topic: a\ntitle: A\nfacts: {}\n")
    before = read_rules([rules]).digest
    (rules / "priors").mkdir()
    (rules / "priors" / "README.md").write_text("what they are")
    (rules / "priors" / "companies.csv").symlink_to("nowhere")
    assert [file.inner for file in list_files(rules)] == ["facts/a.yaml"]
    assert read_rules([rules]).digest == before


def test_directories_of_one_name_keep_their_tables_apart(tmp_path: Path) -> None:
    for name, code in (("one", "A"), ("two", "B")):
        tables = tmp_path / name / "rules" / "tables"
        tables.mkdir(parents=True)
        (tables / f"{name}.yaml").write_text("title: T")
        (tables / f"{name}.csv").write_text(f"code\n{code}\n")
    (tmp_path / "two/rules/tables/one.csv").write_text("code\nC\n")
    rules = read_rules([tmp_path / "one" / "rules", tmp_path / "two" / "rules"])
    assert {name: [row.key for row in table.rows] for name, table in rules.tables.items()} == {
        "one": ["A"],
        "two": ["B"],
    }


def test_a_directory_by_its_relative_name(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (rules / "a.yaml").write_text("id: [")
    monkeypatch.chdir(rules)
    with pytest.raises(RuleError, match=r"^rules/a\.yaml:1:6: this is not YAML: "):
        load([Path()], date(2021, 3, 1))
