"""A directory that replaces: what it repeats means what it says, all else stays as it was."""

import json
from datetime import date
from pathlib import Path

import pytest

from eligibility.engine.assess import assess
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import read_rules
from eligibility.values.problem import RuleError
from tests.engine.random_rules import HARMLESS_CASE, SOURCES

DAY = date(2021, 3, 1)


def written(folder: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder


def programme(name: str, limit: str) -> dict[str, object]:
    return {
        "id": name,
        **dict.fromkeys(("name", "summary", "authority"), name),
        "kind": "grant",
        "selection": "entitlement",
        "window": "continuous",
        "sources": SOURCES,
        "requires": {"size": {"when": {"people": limit}, "cite": "s 1"}},
        "cases": [HARMLESS_CASE],
    }


def facts(**labels: str) -> dict[str, object]:
    written = {name: {"type": "number", "label": label, "question": "?"} for name, label in labels.items()}
    return {"topic": "firm", "title": "Firm", "facts": written}


def definition(limit: str) -> dict[str, object]:
    body = {"type": "truth", "label": "small", "question": "?", "when": {"people": limit}}
    return {"sources": SOURCES, "definitions": {"small": body}}


def table(rows: str) -> dict[str, object]:
    return {
        "tables/areas.yaml": {"title": "Areas", "columns": {"weak": "truth"}},
        "tables/areas.csv": f"code,weak,valid_from,valid_to\n{rows}\n",
    }


@pytest.fixture
def base(tmp_path: Path) -> Path:
    files = {
        "facts/firm.yaml": facts(people="People", sales="Sales"),
        "definitions/small.yaml": definition("..9"),
        "papers/papers.yaml": {"papers": {"plan": "Plan"}},
        "programmes/a.yaml": programme("de.a", "..499"),
        "programmes/b.yaml": programme("de.b", "..9"),
        **table("09,yes,,"),
    }
    return written(tmp_path / "base", files)


def eligible(rulebook: Rulebook, people: int) -> list[str]:
    return [one.id for one in assess(rulebook, {"people": people}).programmes if one.verdict.value == "eligible"]


def test_a_programme(base: Path, tmp_path: Path) -> None:
    changed = written(tmp_path / "new", {"a-changed.yaml": programme("de.a", "..749")})
    before, after = load([base], DAY), load([base], DAY, replacing=[changed])
    assert [eligible(before, people) for people in (499, 500, 749, 750)] == [["de.a"], [], [], []]
    assert [eligible(after, people) for people in (499, 500, 749, 750)] == [["de.a"], ["de.a"], ["de.a"], []]
    assert (before.replaced, after.replaced) == ((), ("de.a",))
    assert list(after.programmes) == ["de.a", "de.b"]
    assert before.digest != after.digest


def test_every_kind(base: Path, tmp_path: Path) -> None:
    files = {
        "facts/firm.yaml": facts(people="Staff"),
        "definitions/small.yaml": definition("..49"),
        "papers/papers.yaml": {"papers": {"plan": "Draft"}},
        **table("01,no,,"),
    }
    rulebook = load([base], DAY, replacing=[written(tmp_path / "new", files)])
    assert sorted(rulebook.replaced) == ["areas", "people", "plan", "small"]
    assert rulebook.subject("people").wording.label.in_("en") == "Staff"
    assert list(rulebook.facts) == ["people", "sales"]
    assert assess(rulebook, {"people": 30}).derived["small"].value.truth.known is True  # type: ignore[union-attr]
    assert rulebook.papers["plan"].in_("en") == "Draft"
    assert [row.key for row in rulebook.tables["areas"].rows] == ["01"]


def test_new_ids_are_added(base: Path, tmp_path: Path) -> None:
    rulebook = load([base], DAY, replacing=[written(tmp_path / "new", {"c.yaml": programme("de.c", "..1")})])
    assert (list(rulebook.programmes), rulebook.replaced) == (["de.a", "de.b", "de.c"], ())


def test_the_last_one_stands_and_the_order_is_in_the_digest(base: Path, tmp_path: Path) -> None:
    one = written(tmp_path / "one", {"a.yaml": programme("de.a", "..1")})
    two = written(tmp_path / "two", {"a.yaml": programme("de.a", "..2")})
    first, second = load([base], DAY, replacing=[one, two]), load([base], DAY, replacing=[two, one])
    assert (eligible(first, 2), eligible(second, 2)) == (["de.a", "de.b"], ["de.b"])
    assert first.replaced == second.replaced == ("de.a", "de.a")
    assert first.digest != second.digest


def test_without_it_a_repeated_id_stays_an_error(base: Path, tmp_path: Path) -> None:
    changed = written(tmp_path / "new", {"a.yaml": programme("de.a", "..749")})
    with pytest.raises(RuleError) as refused:
        load([base, changed], DAY)
    assert [problem.message for problem in refused.value.problems] == ["there is a programme `de.a` already"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"a.yaml": programme("de.a", "..1"), "b.yaml": programme("de.a", "..2")},
            "there is a programme `de.a` already",
        ),
        ({"facts/firm.yaml": facts(small="Small")}, "there is a definition `small` already"),
        ({"a.yaml": programme("de.a", "..x")}, 'new/a.yaml:1:278: "x" is not a number'),
    ],
)
def test_refused(base: Path, tmp_path: Path, files: dict[str, object], message: str) -> None:
    with pytest.raises(RuleError) as refused:
        load([base], DAY, replacing=[written(tmp_path / "new", files)])
    assert message in str(refused.value)


def test_what_others_read_must_fit(base: Path, tmp_path: Path) -> None:
    """A fact that is replaced by one of another type breaks the programmes that read it, and they say so."""
    people = {"type": "truth", "label": "People?", "question": "?"}
    files: dict[str, object] = {
        "facts/firm.yaml": {"topic": "firm", "title": "Firm", "facts": {"people": people}},
        "definitions/small.yaml": definition("yes"),
    }
    with pytest.raises(RuleError) as refused:
        load([base], DAY, replacing=[written(tmp_path / "new", files)])
    files_named = {problem.place.file for problem in refused.value.problems if problem.place}
    assert files_named == {"base/programmes/a.yaml", "base/programmes/b.yaml"}


def test_kept_trees_of_two_directories_of_one_name(base: Path, tmp_path: Path) -> None:
    """Both directories are called `base` and hold a file of one name, of which each keeps its own tree."""
    other = written(tmp_path / "other" / "base", {"programmes/a.yaml": programme("de.c", "..749")})
    first = load([base], DAY, keep_in=tmp_path / "kept", replacing=[other])
    assert read_rules([base], tmp_path / "kept", [other]).kept
    again = load([base], DAY, keep_in=tmp_path / "kept", replacing=[other])
    assert list(again.programmes) == list(first.programmes) == ["de.a", "de.b", "de.c"]
    assert [eligible(again, people) for people in (9, 500)] == [["de.a", "de.b", "de.c"], ["de.c"]]
