"""Rule files that are wrong: every problem, word for word, at its place; UPDATE_GOLDENS=1 writes the texts anew.

Each case is a file in the folder of its kind or, in `whole/`, a directory. It is read together with the directory
`good/every_construct`, so that there are facts, definitions and tables to speak of; the expected text stands beside it.
"""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook.link import Linker
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.rules import read_rules
from eligibility.values.problem import Problem, RuleError

HERE = Path(__file__).parent
BAD, BASE = HERE / "bad", HERE / "good" / "every_construct"
AS_OF = date(2021, 3, 1)
PLAIN = sorted((BAD / "plain").glob("*.yaml"))
FILES = sorted(path for kind in ("facts", "definitions", "programmes") for path in (BAD / kind).glob("*.yaml"))
WHOLE = sorted(path for path in (BAD / "whole").iterdir() if path.is_dir())


def compare(case: Path, problems: list[Problem]) -> None:
    golden = case.with_suffix(".txt")
    found = "".join(f"{problem}\n" for problem in problems)
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found != ""
    assert found == golden.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def linked(*directories: Path) -> list[Problem]:
    return Linker(read_rules(directories)).link(AS_OF)[1]


@pytest.mark.parametrize("case", PLAIN, ids=named)
def test_not_plain_yaml(case: Path) -> None:
    with pytest.raises(RuleError) as caught:
        read_document(case.name, case.read_bytes())
    compare(case, list(caught.value.problems))


@pytest.mark.parametrize("case", FILES, ids=named)
def test_wrong_file(case: Path, tmp_path: Path) -> None:
    place = tmp_path / "bad" / case.parent.name
    place.mkdir(parents=True)
    shutil.copy(case, place)
    compare(case, linked(BASE, tmp_path / "bad"))


@pytest.mark.parametrize("case", WHOLE, ids=named)
def test_wrong_directory(case: Path) -> None:
    compare(case, linked(BASE, case))


def test_every_expected_text_has_its_case() -> None:
    cases = {case.with_suffix(".txt") for case in (*PLAIN, *FILES, *WHOLE)}
    assert set(BAD.rglob("*.txt")) == cases
