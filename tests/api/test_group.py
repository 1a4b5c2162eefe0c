"""`assess` with an ownership structure and a list of awards: what they fill, whom they are about, what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import eligibility
from eligibility import AnswerError

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
GROUP, AID = ROOT / "examples/group.yaml", ROOT / "examples/aid.yaml"
RECEIVED = "de_minimis_received"


@pytest.fixture(scope="module")
def rulebook() -> eligibility.Rulebook:
    return eligibility.load_rulebook(as_of=DAY, programmes=["de.grw"])


def filled(assessment: eligibility.Assessment) -> dict[str, dict[str, Any]]:
    """What was filled from other sources than answers."""
    derived = assessment.to_dict()["derived"]
    return {fact: told for fact, told in derived.items() if "from" in told}


def test_a_structure_fills_what_the_answers_leave_open(rulebook: eligibility.Rulebook) -> None:
    structure = eligibility.read_ownership(GROUP, rulebook.as_of)
    assessment = rulebook.assess({"employees": 40}, structure=structure)
    found = filled(assessment)
    assert found["group_employees"] == {"value": None, "min": "67.5", "max": "69", "from": "ownership"}
    assert found["own_turnover"] == {"value": "4200000.00", "from": "ownership"}
    assert "employees" not in found
    assert assessment.to_dict()["answers"] == {"employees": 40}
    assert RECEIVED not in found


def test_the_subject_is_chosen_and_its_sheet_stands_in_the_data(rulebook: eligibility.Rulebook) -> None:
    structure = eligibility.read_ownership([str(GROUP)], rulebook.as_of)
    assessment = rulebook.assess({}, structure=structure, subject="saegewerk")
    assert filled(assessment)["employees"] == {"value": None, "min": "60", "max": "65", "from": "ownership"}
    sheet = assessment.to_dict("ko")["group"]
    assert sheet["subject"] == "saegewerk"
    Draft202012Validator(json.loads((ROOT / "docs/group.schema.json").read_text("utf-8"))).validate(sheet)
    assert "group" not in rulebook.assess({}).to_dict()


@pytest.mark.parametrize(
    ("subject", "state", "received"),
    [
        # Anna Birk links nobody in a single undertaking, so that the workshop of hers does not count.
        (None, "DE", {"value": "105000.00"}),
        (None, "de", {"value": "105000.00"}),
        # The seat of the firm does not say where its next project will be.
        (None, None, {"value": None, "min": "0.00", "max": "105000.00"}),
        (None, "FR", {"value": "0.00"}),
        ("nordwald", "DE", {"value": "105000.00"}),
    ],
)
def test_aid_of_the_single_undertaking(
    rulebook: eligibility.Rulebook, subject: str | None, state: str | None, received: dict[str, object]
) -> None:
    structure = eligibility.read_ownership(GROUP, rulebook.as_of)
    awards = eligibility.read_awards(AID, structure)
    assessment = rulebook.assess({}, structure=structure, subject=subject, awards=awards, member_state=state)
    assert filled(assessment)[RECEIVED] == {**received, "from": "aid"}
    assert assessment.group is not None
    assert assessment.group.aid is not None


def test_the_site_decides_whose_aid_counts(rulebook: eligibility.Rulebook) -> None:
    structure = eligibility.read_ownership(GROUP, rulebook.as_of)
    awards = eligibility.read_awards(AID, structure)
    assessment = rulebook.assess({"site_country": "FR"}, structure=structure, awards=awards)
    assert filled(assessment)[RECEIVED] == {"value": "0.00", "from": "aid"}


def test_aid_without_a_structure_leaves_open_who_else_counts(rulebook: eligibility.Rulebook) -> None:
    found = filled(rulebook.assess({}, awards=eligibility.read_awards(str(AID)), member_state="DE"))
    assert found == {RECEIVED: {"value": None, "min": "60000.00", "max": "130000.00", "from": "aid"}}


def test_an_answer_stands_over_the_aid(rulebook: eligibility.Rulebook) -> None:
    awards = eligibility.read_awards(AID)
    assessment = rulebook.assess({RECEIVED: 7}, awards=awards, member_state="DE")
    assert filled(assessment) == {}
    assert assessment.to_dict()["answers"] == {RECEIVED: 7}


def test_a_structure_from_tables(rulebook: eligibility.Rulebook) -> None:
    folder = ROOT / "examples/portfolio"
    structure = eligibility.read_ownership(sorted(folder.glob("*.csv")), rulebook.as_of)
    with pytest.raises(AnswerError) as refused:
        rulebook.assess({}, structure=structure)
    assert str(refused.value) == "the structure does not say which firm is meant (give `subject`)"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"subject": "nordwalt"}, "unknown-subject", "there is no enterprise `nordwalt` (did you mean `nordwald`?)"),
        (
            {"subject": "anna"},
            "not-an-enterprise",
            "`anna` is no enterprise, so that there is no size to tell (give the id of a company as `subject`)",
        ),
        (
            {"structure": None, "subject": "birkenhof"},
            "no-structure",
            "`subject` says something of `structure`, which is not given (give `structure`, or leave `subject` out)",
        ),
        (
            {"awards": None, "member_state": "DE"},
            "no-awards",
            "`member_state` says something of `awards`, which is not given "
            "(give `awards`, or leave `member_state` out)",
        ),
        (
            {"member_state": "Narnia"},
            "unknown-state",
            '`member_state`: "Narnia" is no member state (write its two letters, such as DE)',
        ),
    ],
)
def test_what_cannot_be_assessed(
    rulebook: eligibility.Rulebook, options: dict[str, Any], code: str, message: str
) -> None:
    structure = eligibility.read_ownership(GROUP, rulebook.as_of)
    given = {"structure": structure, "awards": eligibility.read_awards(AID, structure), **options}
    with pytest.raises(AnswerError) as refused:
        rulebook.assess({}, **given)
    assert str(refused.value) == message
    assert [problem.code for problem in refused.value.problems] == [code]


def test_wrong_answers_are_refused_beside_a_structure(rulebook: eligibility.Rulebook) -> None:
    structure = eligibility.read_ownership(GROUP, rulebook.as_of)
    with pytest.raises(AnswerError, match=r"^`employes`: there is no such fact \(did you mean `employees`\?\)$"):
        rulebook.assess({"employes": 5}, structure=structure)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    structure = eligibility.read_ownership(GROUP, DAY)
    with pytest.raises(OSError, match="group"):
        eligibility.read_ownership(tmp_path / "group.yaml", DAY)
    with pytest.raises(OSError, match="aid"):
        eligibility.read_awards(tmp_path / "aid.yaml")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("subject: a\nenterprises: {a: {employees: many}}\n")
    with pytest.raises(AnswerError) as refused:
        eligibility.read_ownership(wrong, DAY)
    assert str(refused.value) == (f'{wrong}:2:30: `employees`: "many" is not a number: write it like 1200000 or 12.5')
    wrong.write_text("- {granted: 2025-01-02, amount: 5, recipient: nordwalt}\n- {amount: 5}\n")
    with pytest.raises(AnswerError) as both:
        eligibility.read_awards(wrong, structure)
    assert [str(problem) for problem in both.value.problems] == [
        f"{wrong}:2:3: `granted` is missing (it cannot be left open)",
        f"{wrong}:1:3: there is no enterprise `nordwalt` (did you mean `nordwald`?)",
    ]
