"""Trees kept between runs: the same rulebook as from the files, and never one of other files."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook.kept import Kept
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import read_rules
from eligibility.values.problem import RuleError

GOOD = Path("tests/rulebook/good")
DAY = date(2024, 3, 1)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD / "every_construct", tmp_path / "own"))


def essence(rulebook: Rulebook) -> tuple[object, ...]:
    """All of a rulebook but the cases, of which only the first are kept."""
    programmes = [(one.id, one.window, one.criteria, one.award, one.observe) for one in rulebook.programmes.values()]
    names = [one.shape.name for one in rulebook.programmes.values()]
    bodies = [(one.id, one.body, one.wording.label) for one in rulebook.definitions.values()]
    return rulebook.digest, rulebook.facts, rulebook.tables, rulebook.papers, programmes, names, bodies


def only_file(folder: Path) -> Path:
    (kept,) = folder.iterdir()
    return kept


def test_the_same_rulebook(own: Path, tmp_path: Path) -> None:
    first = load([own], DAY, keep_in=tmp_path / "kept")
    assert read_rules([own], tmp_path / "kept").kept
    assert essence(load([own], DAY, keep_in=tmp_path / "kept")) == essence(first)


def test_a_changed_file_is_noticed(own: Path, tmp_path: Path) -> None:
    before = load([own], DAY, keep_in=tmp_path / "kept")
    file = own / "papers" / "papers.yaml"
    file.write_text(file.read_text("utf-8") + "# changed\n", "utf-8")
    assert not read_rules([own], tmp_path / "kept").kept
    assert load([own], DAY, keep_in=tmp_path / "kept").digest != before.digest
    assert read_rules([own], tmp_path / "kept").kept


def test_problems_have_their_place_all_the_same(own: Path, tmp_path: Path) -> None:
    read_rules([own], tmp_path / "kept")
    # What is wrong only when it is linked is found in kept trees too.
    kept = only_file(tmp_path / "kept")
    text = json.loads(kept.read_text("utf-8"))
    (name,) = (name for name in text["trees"] if name.endswith("grant.yaml"))
    text["trees"][name]["papers"] = ["no_such_paper"]
    kept.write_text(json.dumps(text), "utf-8")
    with pytest.raises(RuleError) as refused:
        load([own], DAY, keep_in=tmp_path / "kept")
    assert "there is no paper `no_such_paper`" in str(refused.value)
    assert refused.value.problems[0].place is not None
    assert refused.value.problems[0].place.line > 1


def test_rules_with_problems_are_not_kept(own: Path, tmp_path: Path) -> None:
    (own / "papers" / "papers.yaml").write_text("papers: 5\n", "utf-8")
    assert read_rules([own], tmp_path / "kept").problems
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", '{"format": 0}', "[" * 100_000, '{"format": 3, "digest": "x", "trees": []}']
)
def test_a_spoilt_file_is_not_used(own: Path, tmp_path: Path, spoilt: str) -> None:
    first = load([own], DAY, keep_in=tmp_path / "kept")
    only_file(tmp_path / "kept").write_text(spoilt, "utf-8")
    assert essence(load([own], DAY, keep_in=tmp_path / "kept")) == essence(first)


def test_a_place_that_cannot_be_written_to_is_no_problem(own: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert load([own], DAY, keep_in=tmp_path / "file" / "kept").programmes
    assert Kept(None, [own]).load("any") == {}
