"""Facts that a definition works out: when that stands, what is still missing, and why it is so."""

import pytest

from eligibility.engine.assess import assess
from eligibility.engine.profile import read_profile
from eligibility.engine.worked_out import completed
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.profiles import Answers
from tests.engine.small_rules import small
from tests.engine.test_equal import differences

CHOICES = {"choices": {"a": "A", "b": "B", "c": "C"}}
POOR = {
    "type": "truth",
    "decide": [
        {"value": "yes", "when": {"staff": "..2"}, "cite": "s 1"},
        {"value": "yes", "when": {"size": "c", "low": "yes"}, "cite": ["s 2", "s 3"]},
        {"value": "unknown", "when": {"hours": "400.."}},
        {"value": "no", "cite": "s 4"},
    ],
}
LOW = {"type": "truth", "when": {"fee": {"below": {"product": ["50 %", "cost"]}}}}
BIG = {"type": "choice", **CHOICES, "decide": [{"value": "c", "when": {"hours": "100.."}}, {"value": "a"}]}
SOUND: Answers = {"staff": 10, "cost": 100, "fee": 50, "hours": 20}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    requires = {
        "c": {"when": {"t0": "no"}, "cite": "s"},
        "d": {"when": {"size": ["a", "b"]}, "cite": "s"},
    }
    return small(
        requires=requires, definitions={"low": LOW, "big": BIG, "poor": POOR}, worked_out={"t0": "poor", "size": "big"}
    )


@pytest.mark.parametrize(
    ("answers", "verdict", "failed", "missing"),
    [
        ({}, "undetermined", (), {"t0", "size"}),
        ({"staff": 2}, "not_eligible", ("c",), set()),
        ({"staff": 3}, "undetermined", (), {"t0", "size"}),
        (SOUND, "eligible", (), set()),
        # A cent less than half is too little, but for who is not of the size.
        ({**SOUND, "fee": "49.99"}, "eligible", (), set()),
        ({**SOUND, "fee": "49.99", "hours": 100}, "not_eligible", ("c", "d"), set()),
        ({**SOUND, "fee": "50", "hours": 100}, "not_eligible", ("d",), set()),
        ({**SOUND, "fee": "40..60"}, "eligible", (), set()),
        ({**SOUND, "fee": "40..60", "size": "c"}, "not_eligible", ("d",), set()),
        ({"staff": 3, "cost": 100, "fee": "40..60", "size": "a"}, "undetermined", (), {"t0"}),
        # An answer stands, for the fact, for what works it out, and for what that reads.
        ({"staff": 2, "t0": False, "size": "a"}, "eligible", (), set()),
        ({**SOUND, "poor": True}, "not_eligible", ("c",), set()),
        ({**SOUND, "poor": True, "t0": False}, "eligible", (), set()),
        ({**SOUND, "big": "c"}, "not_eligible", ("d",), set()),
        ({**SOUND, "size": "b"}, "eligible", (), set()),
        # What the law leaves open is asked.
        ({**SOUND, "size": "a", "hours": 400}, "undetermined", (), {"t0"}),
    ],
)
def test_where_it_stands(
    rulebook: Rulebook, answers: Answers, verdict: str, failed: tuple[str, ...], missing: set[str]
) -> None:
    result = assess(rulebook, answers).programmes[0]
    assert (result.verdict, result.failed, result.missing) == (verdict, failed, missing)


def test_a_table_says_the_same(rulebook: Rulebook) -> None:
    rows: list[Answers] = [
        {"staff": staff, "size": size, "hours": hours, "t0": t0, "poor": poor}
        for staff in (None, 2, 3)
        for size in (None, "a", "c")
        for hours in (None, 50, 400)
        for t0 in (None, True, False)
        for poor in (None, True, False)
    ]
    rows = [{name: answer for name, answer in row.items() if answer is not None} for row in rows]
    assert differences(rulebook, ["staff", "size", "hours", "t0", "poor"], rows, lazy=False) == []
    plain = [{name: answer for name, answer in row.items() if name in ("staff", "hours")} for row in rows]
    assert differences(rulebook, ["staff", "hours"], plain, lazy=True) == []


@pytest.mark.parametrize(
    ("answers", "values"),
    [
        ({}, {}),
        ({"staff": 2}, {"t0": True}),
        (SOUND, {"t0": False, "size": "a"}),
        ({**SOUND, "t0": True}, {"t0": True, "size": "a"}),
        ({**SOUND, "size": "b"}, {"t0": False, "size": "b"}),
    ],
)
def test_the_profile_is_completed(rulebook: Rulebook, answers: Answers, values: Answers) -> None:
    profile = read_profile(rulebook, answers)
    known = completed(rulebook, profile)
    assert {name: known.given(name) for name in ("t0", "size") if name in known.values} == values
    assert known.answers == profile.answers == answers


@pytest.mark.parametrize(
    ("answers", "otherwise", "facts", "places"),
    [
        ({"staff": 2}, False, ("staff",), ["1"]),
        ({**SOUND, "fee": 49, "hours": 100}, False, ("cost", "fee", "size"), ["2", "3"]),
        ({**SOUND, "fee": 49, "size": "c"}, False, ("cost", "fee", "size"), ["2", "3"]),
        ({**SOUND, "size": "a"}, True, ("staff", "hours", "cost", "fee", "size"), ["4"]),
        ({"staff": 2, "poor": False}, False, ("poor",), []),
    ],
)
def test_the_reason(
    rulebook: Rulebook, answers: Answers, otherwise: bool, facts: tuple[str, ...], places: list[str]
) -> None:
    reason = assess(rulebook, answers).derived["t0"].reason
    assert reason is not None
    assert (reason.definition, reason.otherwise, reason.facts) == ("poor", otherwise, facts)
    assert [cite.section for cite in reason.cites] == places
    assert (reason.condition is None) is (otherwise or "poor" in answers)


@pytest.mark.parametrize(("fee", "otherwise"), [(49, False), (50, True)])
def test_the_reason_of_a_condition(fee: int, otherwise: bool) -> None:
    rulebook = small({"t0": "no"}, definitions={"low": LOW}, worked_out={"t0": "low"})
    found = assess(rulebook, {"cost": 100, "fee": fee}).derived["t0"]
    assert found.reason is not None
    assert found.reason.condition is not None
    assert (found.reason.otherwise, found.reason.facts) == (otherwise, ("cost", "fee"))


def test_the_reason_of_a_table() -> None:
    weak = {"type": "truth", "lookup": {"table": "areas", "key": "place", "column": "weak"}, "cite": "s 5"}
    rulebook = small({"t0": "no"}, definitions={"feeble": weak}, worked_out={"t0": "feeble"}, rows=("14,yes,0 EUR,,",))
    found = assess(rulebook, {"place": "14713"})
    reason = found.derived["t0"].reason
    assert reason is not None
    assert (reason.condition, reason.otherwise, reason.facts) == (None, False, ("place",))
    assert [cite.section for cite in reason.cites] == ["5"]
    assert found.programmes[0].verdict == "not_eligible"
    assert "t0" not in assess(rulebook, {"place": "09"}).derived


def test_what_is_answered_or_open_is_not_told(rulebook: Rulebook) -> None:
    assert not {"t0", "size"} & set(assess(rulebook, {"staff": 3}).derived)
    assert "t0" not in assess(rulebook, {"staff": 2, "t0": True}).derived
