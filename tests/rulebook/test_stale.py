"""Sources checked too long ago: those of programmes, definitions and tables, each at its place."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook.rules import read_rules
from eligibility.rulebook.stale import stale_sources

PROGRAMME = """id: de.old
name: Old
summary: A grant.
authority: The bank
kind: grant
selection: entitlement
window: continuous
sources:
  fresh: {title: Fresh, url: "https://example.org/f", checked: 2026-11-01}
  guideline: {title: The guideline, url: "https://example.org/g", checked: 2026-05-01}
requires:
  clause: {manual: The project is new., cite: guideline 1}
cases:
  - {name: any, on: 2026-11-21, given: {}, expect: {verdict: likely}}
"""
TABLE = """title: Areas
source: {title: The list, url: "https://example.org/l", checked: 2026-05-02}
key: code
columns: {weak: truth}
"""
DEFINITIONS = """sources:
  act: {title: The act, url: "https://example.org/a", checked: 2026-05-03}
definitions:
  always: {type: truth, label: Always, when: {any: []}, cite: act 1}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for name, text in (
        ("programmes/old.yaml", PROGRAMME),
        ("tables/areas.yaml", TABLE),
        ("tables/areas.csv", "code,weak\n01,yes\n"),
        ("definitions/always.yaml", DEFINITIONS),
    ):
        path = tmp_path / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("on", "stale"),
    [
        (date(2026, 10, 27), []),
        (date(2026, 10, 28), ["The guideline"]),
        (date(2026, 10, 29), ["The list", "The guideline"]),
        (date(2026, 10, 30), ["The act", "The list", "The guideline"]),
    ],
)
def test_which_are_stale_after_180_days(rules: Path, on: date, stale: list[str]) -> None:
    found = stale_sources(read_rules([rules]), on, 180)
    assert sorted(problem.message.split("`")[1] for problem in found) == sorted(stale)


def test_what_is_said(rules: Path) -> None:
    (problem,) = stale_sources(read_rules([rules]), date(2026, 10, 28), 180)
    assert str(problem) == (
        "rules/programmes/old.yaml:10:76: `The guideline` was last checked on 2026-05-01, 180 days before 2026-10-28"
        " (compare it with the rules, then write the day of that)"
    )


def test_a_file_that_cannot_be_used_is_no_obstacle(rules: Path) -> None:
    programme = rules / "programmes" / "old.yaml"
    programme.write_text(PROGRAMME.replace("checked: 2026-11-01", "checked: soon").replace("kind: grant", "kind: gift"))
    found = stale_sources(read_rules([rules]), date(2026, 10, 28), 180)
    assert [problem.code for problem in found] == ["stale"]
