"""What is known of a definition as criteria: each thing that can be known looks different."""

import pytest

from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import Outcome
from eligibility.engine.case_columns import differences
from eligibility.engine.definition_columns import as_programme
from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.profile import read_profile
from eligibility.engine.reference import Reference
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.small_rules import small

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
DEFINITIONS: dict[str, dict[str, object]] = {
    "is_so": {"type": "truth", "when": {"t0": "yes"}},
    "kind": {
        "type": "choice",
        "choices": {"a": "A", "b": "B"},
        "decide": [{"value": "a", "when": {"t0": "yes"}}, {"value": "b"}],
    },
    "sum": {"type": "money", "currency": "EUR", "amount": {"min": ["cost", "100 EUR"]}},
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return small({"t0": "yes"}, definitions=DEFINITIONS)


def known(rulebook: Rulebook, name: str, answers: dict[str, object]) -> Judgement | Options | Quantity:
    reference = Reference(rulebook, read_profile(rulebook, answers))
    if name == "is_so":
        return reference.is_true(name)
    return reference.options(name) if name == "kind" else reference.number(name)


@pytest.mark.parametrize(
    ("name", "answers", "outcomes"),
    [
        ("is_so", {"t0": True}, {"yes": MET}),
        ("is_so", {"t0": False}, {"yes": NOT_MET}),
        ("is_so", {}, {"yes": UNKNOWN}),
        ("kind", {"t0": False}, {"a": NOT_MET, "b": MET}),
        ("kind", {}, {"a": UNKNOWN, "b": UNKNOWN}),
        ("sum", {"cost": 40}, {"at_least": MET, "above": NOT_MET, "at_most": MET, "below": NOT_MET}),
        ("sum", {}, {"at_least": MET, "above": UNKNOWN, "at_most": MET, "below": UNKNOWN}),
    ],
)
def test_criteria(rulebook: Rulebook, name: str, answers: dict[str, object], outcomes: dict[str, Outcome]) -> None:
    programme = as_programme("case", rulebook.definitions[name], known(rulebook, name, answers))
    result = assess_programme(rulebook, read_profile(rulebook, answers), programme)
    assert {one.id: one.outcome for one in result.criteria} == outcomes


@pytest.mark.parametrize(
    ("name", "told", "true", "what"),
    [
        ("is_so", {"t0": True}, {"t0": False}, {"verdict", "failed"}),
        ("kind", {"t0": True}, {"t0": False}, {"failed"}),
        ("sum", {"cost": 40}, {"cost": 41}, {"failed"}),
        ("sum", {"cost": 40}, {}, {"verdict", "failed", "missing"}),
    ],
)
def test_columns_that_knew_something_else_would_show(
    rulebook: Rulebook, name: str, told: dict[str, object], true: dict[str, object], what: set[str]
) -> None:
    """The reference's knowledge of one company beside the columns' of another: what a wrong engine would give."""
    programme = as_programme("case", rulebook.definitions[name], known(rulebook, name, told))
    result = assess_programme(rulebook, read_profile(rulebook, told), programme)
    assert differences(rulebook, [(read_profile(rulebook, told), result)]) == (1, [])
    tried, found = differences(rulebook, [(read_profile(rulebook, true), result)])
    assert (tried, {kind for _, kind, _, _ in found}) == (1, what)
