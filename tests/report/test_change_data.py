"""Near misses as JSON."""

from eligibility.advice.change import Change
from eligibility.advice.changes import changes
from eligibility.engine.assess import assess
from eligibility.report.change_data import changes_dict
from eligibility.report.data import to_dict
from tests.engine.small_rules import small
from tests.report.firms import assessed
from tests.report.test_data import CLOSED, written

CAPPED = {
    "rate": "33.33 %",
    "pays": {"p": {"share_of": "cost", "cite": "s 1"}},
    "at_most": [{"amount": "3000 EUR", "cite": "s 2"}],
}


def told(when: dict[str, object], answers: dict[str, object], award: dict[str, object] | None = None) -> list[object]:
    rulebook = small(when, award=award)
    found: tuple[Change, ...] = changes(assess(rulebook, answers), also=list(answers))["de.a"]
    return written(changes_dict(found, rulebook))


def test_answers_are_written_as_they_are_given() -> None:
    assert told({"share": "25.."}, {"share": "10..12.5"}) == [
        {
            "facts": [{"fact": "share", "before": "10..12.5", "after": 25}],
            "verdict": "eligible",
            "currency": None,
            "rate": None,
            "amount": None,
            "gain": None,
        }
    ]
    [change] = told({"born": "2020-01-01..", "t0": "yes"}, {"born": "2019-05-05", "t0": False})
    assert change["facts"] == [  # type: ignore[index]
        {"fact": "t0", "before": False, "after": True},
        {"fact": "born", "before": "2019-05-05", "after": "2020-01-01"},
    ]


def test_money_is_a_string() -> None:
    [change] = told({"t0": "yes"}, {"t0": False, "cost": "9000..9500.50"}, CAPPED)
    assert change == {
        "facts": [{"fact": "t0", "before": False, "after": True}],
        "verdict": "eligible",
        "currency": "EUR",
        "rate": {"min": "0.3333", "max": "0.3333"},
        "amount": {"min": "2999.70", "max": "3000.00"},
        "gain": {"min": "2999.70", "max": "3000.00"},
    }


def test_an_end_that_is_not_bounded() -> None:
    rulebook = small({"t0": "yes"}, award={key: value for key, value in CAPPED.items() if key != "at_most"})
    [change] = changes_dict(changes(assess(rulebook, {"t0": False}), also=["t0"])["de.a"], rulebook)
    assert change["gain"] == {"min": "0.00", "max": None}


def test_the_schema_knows_them() -> None:
    data = to_dict(assessed("german"), "en")
    programme = data["programmes"][0]  # type: ignore[index]
    programme["changes"] = told({"t0": "yes"}, {"t0": False, "cost": 100}, CAPPED)
    programme["changes"] += told({"staff": "5.."}, {"staff": "2..3"})
    CLOSED.validate(written(data))
