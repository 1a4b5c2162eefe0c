"""Every scalar is text: what YAML 1.1 would turn into something else is read by what its place expects."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.rulebook.link import Linker
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.rules import read_rules
from eligibility.rulebook.tree import plain

SURPRISES = (
    *("NO", "no", "on", "off", "y", "N", "yes", "true", "False"),
    *("12:30", "190:20:30", "010", "0x1F", "0o17", "0b11", "1_000", "1e3", "1.10", "+1", ".5", "5."),
    *(".nan", ".inf", "-.inf", "2024-02-30", "2024-01-01", "2024-01-01T00:00:00Z", "=", "1.0.0"),
)
HERE = Path(__file__).parent
PROGRAMME = """id: de.wrong
name: Wrong
summary: Wrong
authority: The office
kind: grant
selection: lottery
window: continuous
sources: {{guideline: {{title: G, url: https://example.org/g, checked: 2026-11-21}}}}
requires:
  one: {{when: {{{fact}: {test}}}, cite: guideline}}
cases: [{{name: none, expect: {{verdict: undetermined}}}}]
"""


@pytest.mark.parametrize("written", SURPRISES)
def test_read_as_text(written: str) -> None:
    assert plain(read_document("x.yaml", f"{written}: [{written}, '{written}']".encode()).root) == {
        written: [written] * 2
    }


@pytest.mark.parametrize(
    ("fact", "test", "message"),
    [
        # The Norway test: a country where a country is expected, a truth where a truth is.
        ("country", "NO", None),
        ("country", "[DE, NO]", None),
        ("nonprofit", "NO", None),
        ("nonprofit", "no", None),
        ("nonprofit", "false", None),
        ("country", "no", "`no` is not a choice of `country` (did you mean `NO`?)"),
        ("country", "false", "`false` is not a choice of `country` (one of `DE`, `NO`, `KR`)"),
        ("employees", "NO", '"NO" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", "010", None),
        ("employees", "1.10", None),
        ("employees", "12:30", '"12:30" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", "1_000", '"1_000" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", "1e3", '"1e3" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", "0x1F", '"0x1F" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", ".nan", '".nan" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", ".inf", '".inf" is not a number: write digits with a point for decimals, like 12.5'),
        ("employees", "+1", '"+1" is not a number: write digits with a point for decimals, like 12.5'),
        ("nonprofit", "12:30", '"12:30" is not a truth: write yes or no'),
        ("founded", "2024-01-01", None),
        ("founded", "2024-02-29..", None),
        ("founded", "2024-02-30", '"2024-02-30" is not in the calendar: there is no such day'),
        (
            "founded",
            "2024-01-01T00:00:00Z",
            '"2024-01-01T00:00:00Z" is not a date: write year, month and day like 2021-06-30',
        ),
        ("region", "09", None),
        ("region", "09162", None),
        ("industry", "010", None),
        ("industry", "1_0", '"1_0" is not a NACE code: write the section letter, digits or both, like C, C28 or 28.1'),
    ],
)
def test_understood_by_its_place(fact: str, test: str, message: str | None, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(PROGRAMME.format(fact=fact, test=test), encoding="utf-8")
    problems = Linker(read_rules([HERE / "good" / "every_construct", tmp_path])).link(date(2021, 3, 1))[1]
    column = PROGRAMME.splitlines()[9].format(fact=fact, test=test).index(f": {test}") + 3
    place = f"{tmp_path.name}/bad.yaml:10:{column}: "
    assert [str(problem) for problem in problems] == ([] if message is None else [place + message])
