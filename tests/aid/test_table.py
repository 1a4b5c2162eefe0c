"""Awards as a table, in three languages."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.aid.award import History
from eligibility.aid.regulation import Regulation
from eligibility.aid.table import COLUMNS, TableHistory, read_table
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from eligibility.values.spelling import unified
from eligibility.values.truth import Truth


def read(header: list[str], *rows: list[str], language: str = "de", **more: object) -> TableHistory:
    return read_table("aid.csv", header, rows, range(2, len(rows) + 2), language=language, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "header",
    [
        ["granted", "amount", "regulation", "member_state", "recipient", "road_freight"],
        [
            "Datum der Gewährung",
            "Subventionswert (EUR)",
            "Verordnung",
            "Mitgliedstaat",
            "Empfänger",
            "Straßengüterverkehr",
        ],
        [
            "BEWILLIGUNGSDATUM",
            "Bruttosubventionsäquivalent in €",
            "Rechtsgrundlage",
            "Staat",
            "Unternehmen",
            "Road haulage",
        ],
        ["지원 결정일", "보조금 상당액", "규정", "회원국", "수혜 기업", "도로 화물 운송"],
    ],
)
def test_columns(header: list[str]) -> None:
    found = read(header, ["1.3.2023", "12.500,50 €", "VO (EU) Nr. 1407/2013", "DE", "a", "nein"])
    (award,) = found.history.awards
    assert award.granted == date(2023, 3, 1)
    assert award.amount == Interval.point(Fraction(25_001, 2))
    assert (award.regulation, award.member_state, award.recipient) == (Regulation.GENERAL_2013, "DE", "a")
    assert (award.road_freight, str(award.place)) == (Truth.NO, "aid.csv:2:1")
    assert found.unused == ()


def test_what_is_left_open_is_unknown() -> None:
    found = read(["amount", "granted", "Aktenzeichen"], ["", "2024-01-01", "7"], [" ", "", ""], ["1-2", "2024-01-02"])
    assert [award.amount for award in found.history.awards] == [Interval(), Interval(1, 2)]
    award = found.history.awards[0]
    assert (award.regulation, award.member_state, award.recipient, award.road_freight) == (
        None,
        None,
        None,
        Truth.UNKNOWN,
    )
    assert found.unused == ("Aktenzeichen",)


def test_nothing_but_a_header() -> None:
    assert read(["granted", "amount"]) == TableHistory(History(), ())


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        (
            ["granted"],
            ["2024-01-01"],
            "aid.csv:1:1: there is no column `amount` (it may be called amount, Betrag, Subventionswert, Beihilfewert)",
        ),
        (
            ["granted", "Subventionsvert"],
            ["2024-01-01", "1"],
            "aid.csv:1:1: there is no column `amount` (should `Subventionsvert` be `amount`? then rename it)",
        ),
        (
            ["granted", "amount", "Betrag (EUR)"],
            ["2024-01-01", "1", "1"],
            "aid.csv:1:3: two columns hold `amount`: amount and Betrag (EUR) (rename or remove one of them)",
        ),
        (["amount", "granted"], ["1"], "aid.csv:2:2: the day of granting is missing (it cannot be left open)"),
        (
            ["amount", "Bescheiddatum"],
            ["1", "03/04/2024"],
            'aid.csv:2:2: Bescheiddatum: "03/04/2024" can mean 2024-04-03 or 2024-03-04: write the one that is meant',
        ),
        (
            ["granted", "Betrag"],
            ["2024-01-01", "3.500"],
            'aid.csv:2:2: Betrag: "3.500" can mean 3500 or 3.5: write 3500 or 3.50',
        ),
        (
            ["granted", "Betrag"],
            ["2024-01-01", "35 $"],
            'aid.csv:2:2: Betrag: "35 $" is in USD: EUR is expected (convert it at the rate of the day of granting '
            "and give euros; the award letter often states them)",
        ),
        (
            ["granted", "amount", "state"],
            ["2024-01-01", "1", "Bayern"],
            'aid.csv:2:3: state: "Bayern" is no member state (write its two letters, such as DE)',
        ),
    ],
)
def test_refused(header: list[str], row: list[str], message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read(header, row)
    assert str(refused.value.problems[0]) == message


def test_every_problem_in_one_pass() -> None:
    with pytest.raises(AnswerError) as refused:
        read(["granted", "amount", "recipient"], ["x", "y", "a"], ["2024-01-01", "1", "q"], ids=["a"])
    assert [(problem.code, str(problem.place)) for problem in refused.value.problems] == [
        ("not-a-date", "aid.csv:2:1"),
        ("not-a-number", "aid.csv:2:2"),
        ("unknown-enterprise", "aid.csv:3:1"),
    ]


def test_no_name_means_two_columns() -> None:
    names = [unified(name).casefold() for column, aliases in COLUMNS.items() for name in (column, *aliases)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("state", ["AT", "at", "Österreich", "Austria", "오스트리아"])
def test_states_by_name(state: str) -> None:
    (award,) = read(["granted", "amount", "member_state"], ["1.3.2023", "5", state]).history.awards
    assert award.member_state == "AT"
