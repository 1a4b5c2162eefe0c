"""Both sides of each threshold need a case in the cell that borders on it."""

from pathlib import Path

import pytest

from eligibility.engine.cases import run_cases
from eligibility.rulebook.rules import read_rules

FACTS = """
topic: company
title: Company
facts:
  staff: {type: number, label: Staff, question: How many?}
  share: {type: percent, label: Share, question: How much?}
  born: {type: date, label: Born, question: When?}
  cost: {type: money, currency: EUR, label: Cost, question: How much?}
"""
PROGRAMME = """
id: de.x
name: X
summary: X
authority: X
kind: grant
selection: first_come
window: continuous
sources: {{g: {{title: T, url: "https://example.org", checked: 2021-01-01}}}}
requires:
  tested: {{when: {{{when}}}, cite: g 1}}
cases:
{cases}
"""


def gaps(folder: Path, when: str, *given: str) -> list[str]:
    """What is told of a programme with this condition and cases with these answers."""
    cases = "\n".join(
        f"  - {{name: c{index}, on: 2021-03-01, given: {{{answers}}}, expect: {{}}}}"
        for index, answers in enumerate(given)
    )
    for name, text in (("facts/f.yaml", FACTS), ("programmes/p.yaml", PROGRAMME.format(when=when, cases=cases))):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    problems = run_cases(read_rules([folder])).problems
    assert all(problem.code == "untouched" for problem in problems)
    around = ("no case of `de.x` has ", ", where a rule changes")
    return [problem.message.removeprefix(around[0]).removesuffix(around[1]) for problem in problems]


ALL_FOUR = [f"`staff` just {where}" for where in ("below 3", "at or above 3", "at or below 499", "above 499")]


@pytest.mark.parametrize(
    ("when", "given", "told"),
    [
        ("staff: 3..499", ["staff: 2", "staff: 3", "staff: 499", "staff: 499.5"], []),
        ("staff: 3..499", ["staff: 2", "staff: 200", "staff: 5000"], []),
        ("staff: 3..499", ["staff: 200"], ["`staff` just below 3", "`staff` just above 499"]),
        ("staff: 3..499", ["staff: 2..3"], ALL_FOUR),
        ("staff: [..2, 500..]", ["staff: 2", "staff: 500"], ["`staff` just above 2", "`staff` just below 500"]),
        ("staff: 50<..", ["staff: 50"], ["`staff` just above 50"]),
        ("staff: ..<50", ["staff: 49"], ["`staff` just at or above 50"]),
        ("share: 0..0", ["share: 0"], ["`share` just above 0 %"]),
        ("share: 0..", ["share: 5"], []),
        ("born: 2020-01-01..", ["born: 2020-01-01"], ["`born` just below 2020-01-01"]),
        ("born: {age: ..1 year}", ["born: 2020-03-01"], ["`born` just below 2020-03-01"]),
        ("cost: {at_most: 100 EUR}", ["cost: 100"], ["`cost` just above 100 EUR"]),
        ("cost: {above: 100 EUR}", ["cost: 101"], ["`cost` just at or below 100 EUR"]),
        ("none: [{staff: 10..}]", ["staff: 9"], ["`staff` just at or above 10"]),
    ],
)  # fmt: skip
def test_gaps(tmp_path: Path, when: str, given: list[str], told: list[str]) -> None:
    assert gaps(tmp_path, when, *given) == told


def test_where_and_what_to_do(tmp_path: Path) -> None:
    gaps(tmp_path, "staff: 3..", "staff: 3")
    (problem,) = run_cases(read_rules([tmp_path])).problems
    assert problem.place is not None
    assert problem.place.source == "cases:"
    assert problem.hint == "add a case that gives it, with what is expected there"
