"""Cases that deviate are told with what was expected and what was got, at their place."""

from pathlib import Path

import pytest

from eligibility.engine import case_columns
from eligibility.engine.cases import run_cases
from eligibility.rulebook.check import check_rules
from eligibility.rulebook.rules import Rules, read_rules

FACTS = """
topic: company
title: Company
facts:
  staff: {type: number, label: Staff, question: How many?}
  cost: {type: money, currency: EUR, label: Cost, question: How much?}
  open: {type: truth, label: Open, question: Open?}
  legal: {type: choice, choices: {a: A, b: B}, label: Form, question: Which?}
"""
DEFINITIONS = """
definitions:
  size:
    type: choice
    label: Size
    choices: {small: Small, large: Large}
    decide: [{value: small, when: {staff: ..49}}, {value: large}]
    cases:
      - {name: small, on: 2021-03-01, given: {staff: 5}, expect: {value: large}}
      - {name: range, on: 2021-03-01, given: {staff: 40..60}, expect: {value: unknown, missing: [staff]}}
  twice:
    type: money
    currency: EUR
    label: Twice
    amount: {sum: [cost, cost]}
    cases:
      - {name: half, on: 2021-03-01, given: {cost: 100}, expect: {value: 100 EUR}}
      - {name: open, on: 2021-03-01, given: {cost: 100..200}, expect: {value: 200..400 EUR}}
"""
PROGRAMME = """
id: de.x
name: X
summary: X
authority: X
kind: grant
selection: first_come
window: 2021-01-01..2021-12-31
sources: {g: {title: T, url: "https://example.org", checked: 2021-01-01}}
requires:
  small: {when: {size: small}, cite: g 1}
award:
  rate: {rate: 50 %, cite: g 2}
  pays: {all: {share_of: cost, cite: g 2}}
cases:
"""
GIVEN = "given: {staff: 5, cost: 100}"


def read(tmp_path: Path, *cases: str) -> Rules:
    for name, text in (
        ("facts/f.yaml", FACTS),
        ("definitions/d.yaml", DEFINITIONS),
        ("programmes/p.yaml", PROGRAMME + "".join(f"  - {{{case}}}\n" for case in cases)),
    ):
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(text)
    return read_rules([tmp_path / "own"])


def told(rules: Rules) -> list[str]:
    return [str(problem) for problem in run_cases(rules).problems if "`de.x`" in problem.message]


@pytest.mark.parametrize(
    ("case", "messages"),
    [
        (
            f"name: a, on: 2021-03-01, {GIVEN}, expect: {{verdict: eligible, rate: 50 %, amount: 50 EUR}}",
            [],
        ),
        (
            f"name: a, on: 2022-03-01, {GIVEN}, "
            "expect: {verdict: likely, window: open, failed: [small], missing: [staff]}",
            [
                "verdict: expected likely, got eligible",
                "window: expected open, got closed",
                "failed: expected small, got nothing",
                "missing: expected staff, got nothing",
            ],
        ),
        (
            f"name: a, on: 2021-03-01, {GIVEN}, expect: {{rate: 40 %..50 %, amount: 49.99 EUR, value: yes}}",
            [
                "value: expected yes, got a programme, which has none",
                "rate: expected 40 %..50 %, got 50 %",
                "amount: expected 49.99 EUR, got 50 EUR",
            ],
        ),
        (
            "name: a, on: 2021-03-01, given: {staff: 50}, expect: {amount: 0 EUR, rate: none}",
            ["amount: expected 0 EUR, got none"],
        ),
        ("name: a, on: 2021-03-01, given: {staff: 5, cost: 10..20}, expect: {amount: 5..10}", []),
    ],
)
def test_deviations(tmp_path: Path, case: str, messages: list[str]) -> None:
    expected = [f"own/programmes/p.yaml:16:5: case `a` of `de.x`: {message}" for message in messages]
    assert told(read(tmp_path, case)) == expected


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("name: a, given: {}, expect: {}", "case `a` of `de.x` has no day (write `on: 2021-03-01`)"),
        (
            "name: a, base: bb, on: 2021-03-01, expect: {}",
            "case `a` of `de.x`: there is no case `bb` to start from",
        ),
        ("name: a, base: a, on: 2021-03-01, expect: {}", "case `a` of `de.x`: the case `a` starts from itself"),
        (
            "name: a, on: 2021-03-01, given: {stafff: 5}, expect: {}",
            "case `a` of `de.x`: `stafff`: there is no such fact (did you mean `staff`?)",
        ),
    ],
)
def test_cases_that_cannot_run(tmp_path: Path, case: str, message: str) -> None:
    assert told(read(tmp_path, case)) == [f"own/programmes/p.yaml:16:5: {message}"]


def test_base_gives_answers_and_day(tmp_path: Path) -> None:
    rules = read(
        tmp_path,
        f"name: a, on: 2021-03-01, {GIVEN}, expect: {{amount: 50 EUR}}",
        "name: b, base: a, given: {cost: 300}, expect: {amount: 150 EUR}",
        "name: c, base: b, given: {staff: 50}, expect: {failed: [small], window: open}",
    )
    assert told(rules) == []


def test_definitions(tmp_path: Path) -> None:
    ran = run_cases(read(tmp_path, f"name: a, on: 2021-03-01, {GIVEN}, expect: {{}}"))
    assert (ran.cases, ran.on_columns) == (5, 3)
    assert [str(problem) for problem in ran.problems] == [
        "own/definitions/d.yaml:9:9: case `small` of `size`: value: expected large, got small",
        "own/definitions/d.yaml:17:9: case `half` of `twice`: value: expected 100 EUR, got 200 EUR",
        "own/definitions/d.yaml:8:5: no case of `size` has `staff` just above 49, where a rule changes "
        "(add a case that gives it, with what is expected there)",
    ]


def test_columns_that_differ_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = read(tmp_path, f"name: a, on: 2021-03-01, {GIVEN}, expect: {{}}")
    monkeypatch.setattr(case_columns, "_VERDICTS", tuple(reversed(case_columns._VERDICTS)))
    assert told(rules) == [
        "own/programmes/p.yaml:16:5: case `a` of `de.x`: verdict on columns: expected eligible, got not_eligible"
    ]


def test_each_kind_of_verdict_needs_a_case(tmp_path: Path) -> None:
    rules = read(tmp_path, f"name: a, on: 2021-03-01, {GIVEN}, expect: {{verdict: likely}}")
    hint = "(each programme shows a yes, a no and an undetermined case)"
    assert [str(problem) for problem in check_rules(rules)] == [
        f"own/programmes/p.yaml:15:1: no case of `de.x` expects `not_eligible` {hint}",
        f"own/programmes/p.yaml:15:1: no case of `de.x` expects `undetermined` {hint}",
    ]
