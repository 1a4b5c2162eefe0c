"""The rivals are measured where they are installed, and only if they say what our reference evaluator says."""

import re

import pytest

from benchmarks import digital_jetzt, rivals
from benchmarks.digital_jetzt import CRITERIA, SCHEMA, Answer, answered

ROW = dict.fromkeys(SCHEMA, 1)


@pytest.mark.slow
def test_ours_is_told_and_rivals_that_are_not_installed_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    rivals.main(["400", "--row-engine-rows", "20", "--rounds", "1"])
    told = capsys.readouterr().out
    for name in (rivals.FRAME, rivals.COLUMNS):
        assert re.search(rf"^{name}: [\d,]+ companies a second$", told, re.MULTILINE)
    for name, distribution in (("ZEN, decision graph", "zen"), ("rule-engine", "rule_engine")):
        ratio = rf"^assess_frame / {name} = [\d.]+, columns / {name} = [\d.]+$"
        skipped = rf"^skipped: {distribution} is not installed"
        assert re.search(ratio, told, re.MULTILINE) or re.search(skipped, told, re.MULTILINE)


@pytest.mark.parametrize(
    "wrong", [Answer("eligible", (), (), None), Answer("not_eligible", ("site",), (), None)], ids=["verdict", "reasons"]
)
def test_a_rival_that_says_something_else_is_refused(wrong: Answer) -> None:
    row = digital_jetzt.companies(1, 0.0).to_dicts()[0]
    right = digital_jetzt.reference(digital_jetzt.rulebook(), row)
    assert right == Answer("not_eligible", ("public_share", "not_started"), (), None)
    rivals._check("rival", [right], [(row, right)])
    with pytest.raises(AssertionError) as refused:
        rivals._check("rival", [wrong], [(row, right)])
    assert str(refused.value) == f"rival says {wrong} of {row}, the reference evaluator {right}"


@pytest.mark.parametrize(
    ("said", "unknown", "answer"),
    [
        ({}, None, Answer("eligible", (), (), 10.0)),
        ({"plan": None}, "digitalisation_plan", Answer("undetermined", (), ("digitalisation_plan",), 10.0)),
        ({"plan": None, "site": False}, "digitalisation_plan", Answer("not_eligible", ("site",), (), None)),
        ({"amount": None}, "training_cost", Answer("eligible", (), ("training_cost",), None)),
    ],
)
def test_truths_of_row_engines_become_an_answer(
    said: dict[str, bool | None], unknown: str | None, answer: Answer
) -> None:
    row = {**ROW, unknown: None} if unknown else ROW
    truths = {**dict.fromkeys(CRITERIA, True), "amount": 10.0, **said}
    assert answered(row, list(truths.values())) == answer
