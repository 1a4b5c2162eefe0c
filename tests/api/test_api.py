"""What `import eligibility` offers."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import eligibility
from eligibility import AnswerError, EligibilityError, Outcome, RuleError, Verdict

DAY = date(2021, 3, 1)


@pytest.fixture(scope="module")
def rulebook() -> eligibility.Rulebook:
    return eligibility.load_rulebook(as_of=DAY, programmes=["de.digital-jetzt"])


def test_an_assessment_by_programme(rulebook: eligibility.Rulebook) -> None:
    assessment = rulebook.assess({"site_country": "KR"})
    result = assessment["de.digital-jetzt"]
    assert result.verdict is Verdict.NOT_ELIGIBLE
    assert result.failed == ("site",)
    assert result.criteria[0].outcome is Outcome.NOT_MET
    assert [one.id for one in assessment] == ["de.digital-jetzt"]
    with pytest.raises(KeyError, match=r"de\.zim"):
        assessment["de.zim"]


def test_as_plain_data(rulebook: eligibility.Rulebook) -> None:
    data = rulebook.assess({"site_country": "DE"}).to_dict("de")
    assert (data["schema"], data["as_of"], data["answers"]) == (
        "eligibility.assessment/1",
        "2021-03-01",
        {"site_country": "DE"},
    )
    assert data["next_question"]["fact"] == "site_region"
    assert data["next_question"]["text"].startswith("In welchem Kreis")
    assert rulebook.assess({"site_country": "KR"}).to_dict()["next_question"] is None


def test_every_definition_is_told(rulebook: eligibility.Rulebook) -> None:
    """Also those that no programme of this rulebook reads; people are shown only the others."""
    derived = rulebook.assess({"kr_size_class": "mid_sized", "kr_average_turnover": 10**11}).to_dict()["derived"]
    assert set(derived) == set(rulebook.linked.definitions)
    assert derived["kr_early_mid_sized"] == {"value": True}
    assert derived["kr_size_class"] == {"value": "mid_sized", "given": True}


def test_the_day_decides() -> None:
    before, after = (
        eligibility.load_rulebook(as_of=day, programmes=["de.digital-jetzt"]).assess({"group_employees": 50})
        for day in (date(2021, 6, 30), date(2021, 7, 1))
    )
    rates = [one["de.digital-jetzt"].award for one in (before, after)]
    assert [award.rate.low * 100 for award in rates if award and award.rate and award.rate.low] == [50, 40]


@pytest.mark.parametrize("wrap", [lambda frame: frame, lambda frame: frame.lazy()], ids=["eager", "lazy"])
def test_a_frame_comes_back_as_it_came(rulebook: eligibility.Rulebook, wrap: Callable[[pl.DataFrame], object]) -> None:
    frame = pl.DataFrame({"name": ["A", "B"], "site_country": ["DE", "KR"], "group_employees": [50, None]})
    found = rulebook.assess_frame(wrap(frame))
    assert isinstance(found, type(wrap(frame)))
    rows = found.lazy().collect()
    assert rows.columns[:5] == ["name", "site_country", "group_employees", "eligible_count", "eligible"]
    assert rows["de.digital-jetzt"].to_list() == ["undetermined", "not_eligible"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"site_contry": "DE"}, "`site_contry`: there is no such fact (did you mean `site_country`?)"),
        ({"group_employees": -1}, "`group_employees`: -1 is too small: at least 0"),
        ({"group_employees": True}, "`group_employees`: a number is expected, not true"),
        ({"nonprofit": 1}, "`nonprofit`: a truth (true or false) is expected, not 1"),
        ({"public_shareholding": 101}, "`public_shareholding`: 101 is too large: at most 100"),
        ({"group_turnover": "1.005"}, "`group_turnover`: an amount in EUR has at most 2 decimals"),
        ({"group_employees": Fraction(1, 3)}, "`group_employees`: this number cannot be written with up to 6 decimals"),
        ({"group_employees": 10**5000}, "`group_employees`: this number cannot be written"),
        ({5: 1}, "`5`: there is no such fact"),
        ({"founded": datetime(2020, 1, 1)}, "`founded`: a date is expected, not 2020-01-01 00:00:00"),
        ({"founded": date(9999, 12, 31)}, '`founded`: "9999-12-31" is out of range: the years 1900 to 2200 are read'),
        ({"founded": "2020-01-01<..<2020-01-02"}, "`founded`: a known range includes both its ends"),
        ({"legal_form": ["a", "b"]}, "`legal_form`: a choice is expected, not a list"),
        ({"group_employees": "0<..5"}, "`group_employees`: a known range includes both its ends: write `50..249`"),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_used(rulebook: eligibility.Rulebook, answers: dict[str, object], message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        rulebook.assess(answers)
    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, EligibilityError)
    assert refused.value.problems[0].code


def test_an_interview_refuses_answers_at_its_start(rulebook: eligibility.Rulebook) -> None:
    with pytest.raises(AnswerError) as refused:
        rulebook.interview({"site_contry": "DE", "nonprofit": None})
    assert str(refused.value) == "`site_contry`: there is no such fact (did you mean `site_country`?)"


def test_every_wrong_answer_is_told(rulebook: eligibility.Rulebook) -> None:
    with pytest.raises(AnswerError) as refused:
        rulebook.assess({"group_employees": "x", "nonprofit": "perhaps", "site_country": "DE"})
    assert len(refused.value.problems) == 2


def test_no_rules_at_all() -> None:
    with pytest.raises(RuleError, match="there are no rules: give a directory or keep the bundled ones"):
        eligibility.load_rulebook(as_of=DAY, bundled=False)


def test_own_rules_are_added_and_a_name_clash_is_an_error(tmp_path: Path) -> None:
    own = Path("rules/programmes/de/mittelstand-digital.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(own.replace("id: de.mittelstand-digital", "id: de.own"), "utf-8")
    assert "de.own" in eligibility.load_rulebook(as_of=DAY, paths=[tmp_path]).linked.programmes
    (tmp_path / "clash.yaml").write_text(own, "utf-8")
    with pytest.raises(RuleError, match=r"there is a programme `de\.mittelstand-digital` already"):
        eligibility.load_rulebook(as_of=DAY, paths=[tmp_path])


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (datetime(2021, 3, 1), "datetime.datetime(2021, 3, 1, 0, 0)"),
        (date(1, 1, 1), "datetime.date(1, 1, 1)"),
        (date(9999, 12, 31), "datetime.date(9999, 12, 31)"),
        ("2021-03-01", "'2021-03-01'"),
        (2021, "2021"),
        (None, "None"),
    ],
)
def test_a_day_that_is_none(day: Any, shown: str) -> None:
    with pytest.raises(EligibilityError) as refused:
        eligibility.load_rulebook(as_of=day)
    message = f"`as_of` is a date of the years 1900 to 2200, not {shown} (such as date(2021, 3, 1))"
    assert str(refused.value) == message
    assert refused.value.problems[0].code == "not-a-date"


@pytest.mark.parametrize("wrap", [str, Path])
def test_one_directory_and_one_programme_need_no_list(tmp_path: Path, wrap: Callable[[Path], str | Path]) -> None:
    own = Path("rules/programmes/de/mittelstand-digital.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(own.replace("id: de.mittelstand-digital", "id: de.own"), "utf-8")
    book = eligibility.load_rulebook(as_of=DAY, paths=wrap(tmp_path), programmes="de.own")
    assert list(book.linked.programmes) == ["de.own"]


def test_a_layout_that_is_none(rulebook: eligibility.Rulebook) -> None:
    with pytest.raises(AnswerError, match="there is no layout `Long`"):
        rulebook.assess_frame(pl.DataFrame({"site_country": ["DE"]}), layout="Long")


def test_a_column_may_have_any_name(rulebook: eligibility.Rulebook) -> None:
    frame = pl.DataFrame({"row number": [7, 8], "site_country": ["DE", "KR"]})
    assert rulebook.assess_frame(frame, layout="long")["row"].to_list() == [1, 2]


def test_unknown_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Programme'"):
        _ = eligibility.Programme  # type: ignore[attr-defined]
    assert eligibility.__version__


HEADER = "fact,country,value,share,basis,source\n"


def sure_of(fact: str, value: str) -> str:
    """A table of priors in which nearly every firm gives this answer."""
    return f"{HEADER}{fact},,{value},0.99,estimate,mine\n"


def test_own_priors_decide_the_order(tmp_path: Path) -> None:
    rulebook = eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes="de.digital-jetzt")
    first = {}
    for fact, value in (("digitalisation_plan", "no"), ("project_started", "yes")):
        table = tmp_path / f"{fact}.csv"
        table.write_text(sure_of(fact, value))
        question = rulebook.interview({}, priors=table).answer("DE").answer("09162").question
        assert question is not None
        first[fact] = question.fact
    # What most probably rules the programme out is asked first.
    assert first == {"digitalisation_plan": "digitalisation_plan", "project_started": "project_started"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (sure_of("digitalisation_plann", "no").encode(), "there is no fact `digitalisation_plann`"),
        (HEADER.encode() + b"nonprofit,,\xff,0.5,estimate,mine\n", "byte 50 is not UTF-8"),
    ],
)
def test_priors_that_cannot_be_used(rulebook: eligibility.Rulebook, tmp_path: Path, data: bytes, message: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_bytes(data)
    with pytest.raises(eligibility.AnswerError) as refused:
        rulebook.interview({}, priors=table)
    assert refused.value.problems[0].message == message
