"""What is asked and what is not, by examples; and the halves of a follow-up."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import read_value
from eligibility.interview.interview import Interview
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.engine.small_rules import small

Definitions = Mapping[str, Mapping[str, object]]
TRUTH: Definitions = {"d": {"type": "truth", "when": {"staff": "3.."}}}
SUM: Definitions = {"d": {"type": "money", "currency": "EUR", "amount": {"sum": ["cost", "fee"]}}}
CAPPED: Definitions = {"d": {"type": "money", "currency": "EUR", "amount": {"min": ["cost", "3000 EUR"]}}}
CHOICE: Definitions = {
    "d": {
        "type": "choice",
        "choices": {"a": "A", "b": "B", "c": "C"},
        "decide": [
            {"value": "a", "when": {"t0": True}, "cite": "s 1"},
            {"value": "b", "when": {"t1": True}, "cite": "s 1"},
            {"value": "c"},
        ],
    }
}
WEAK: Definitions = {
    "d": {"type": "truth", "lookup": {"table": "areas", "key": "place", "column": "weak", "else": "asked"}}
}
ROWS = ("09,yes,0 EUR,,", "09162,no,0 EUR,,")
CLOSING = {"born": {"business_year_end": {"closing": "closes", "age": "..1 year"}}}


def asked(interview: Interview) -> str | None:
    return None if interview.question is None else interview.question.fact


def verdict(interview: Interview) -> Verdict:
    """The verdict, told and counted alike."""
    (result,) = interview.assessed.programmes
    count = interview.count
    assert count.ruled_out == (result.verdict is Verdict.NOT_ELIGIBLE)
    assert count.possible == (result.verdict in (Verdict.ELIGIBLE, Verdict.LIKELY))
    return result.verdict


@pytest.mark.parametrize(
    ("when", "definitions", "given", "fact", "says"),
    [
        ({"any": [{"staff": "3.."}, {"staff": "..<3"}]}, {}, {}, None, "eligible"),
        ({"any": [{"staff": "3.."}, {"staff": "..<3"}]}, {}, {"staff": "1..40"}, None, "eligible"),
        ({"any": [{"place": ["09162"]}, {"none": [{"place": ["09162"]}]}]}, {}, {"place": "09"}, None, "eligible"),
        ({"staff": "3..", "all": [{"staff": "..<3"}]}, {}, {}, None, "not_eligible"),
        ({"staff": "3..50"}, {}, {"staff": "4..40"}, None, "eligible"),
        ({"staff": "3..50"}, {}, {"staff": "4..60"}, "staff", "undetermined"),
        ({"place": ["09"]}, {}, {"place": "09"}, None, "eligible"),
        ({"place": ["09162"]}, {}, {"place": "09"}, "place", "undetermined"),
        ({"d": "3500 EUR.."}, CAPPED, {}, None, "not_eligible"),
        ({"d": "4000 EUR.."}, CAPPED, {"d": 5000}, None, "eligible"),
        ({"d": ["b"]}, CHOICE, {"t0": True}, None, "not_eligible"),
        ({"d": ["b", "c"]}, CHOICE, {"t0": False}, None, "eligible"),
        ({"d": True}, WEAK, {"place": "09162"}, None, "not_eligible"),
        ({"d": True}, WEAK, {"place": "09"}, "place", "undetermined"),
        ({"d": True}, WEAK, {"place": "14"}, "d", "undetermined"),
        ({"fee": {"at_most": "cost"}}, {}, {"cost": 10}, "fee", "undetermined"),
        ({"fee": {"at_most": "cost"}}, {}, {"cost": "10..20", "fee": "1..10"}, None, "eligible"),
        ({"fee": {"at_most": "cost"}}, {}, {"cost": "10..20", "fee": "1..15"}, "cost", "undetermined"),
        ({"fee": {"at_most": "cost"}}, {}, {"cost": 10, "fee": "1..15"}, "fee", "undetermined"),
        (CLOSING, {}, {"born": "2020-06-30"}, "closes", "undetermined"),
        (CLOSING, {}, {"born": "2020-06-30", "closes": "2020-12-31"}, None, "eligible"),
    ],
)
def test_the_next_question(
    when: Mapping[str, object], definitions: Definitions, given: Mapping[str, object], fact: str | None, says: str
) -> None:
    interview = Interview(small(when, definitions=definitions, rows=ROWS), given)
    assert asked(interview) == fact
    assert verdict(interview) == says


def test_a_definition_is_asked_for_when_a_fact_behind_it_is_not_known() -> None:
    interview = Interview(small({"d": True}, definitions=TRUTH)).skip()
    assert asked(interview) == "d"
    interview = interview.answer(True)
    assert verdict(interview) == "eligible"
    assert interview.aside == {}, "without it the programme would be open again"


def test_a_definition_is_asked_for_when_nobody_knows_a_fact_more_exactly() -> None:
    interview = Interview(small({"d": True}, definitions=TRUTH)).answer("1..40")
    assert interview.question is not None
    assert interview.question.halves == ("1..2.999999", "3..40")
    assert asked(interview.skip()) == "d"


def test_a_definition_that_the_other_facts_decide_is_not_asked_for() -> None:
    interview = Interview(small({"d": ["b"]}, definitions=CHOICE)).skip()
    assert asked(interview) == "t1"
    interview = interview.answer(False)
    assert asked(interview) is None
    assert verdict(interview) == "not_eligible"


def test_a_large_programme_asks_for_definitions_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eligibility.engine.cells.MOST_NODES", 0)
    interview = Interview(small({"d": "500 EUR.."}, definitions=SUM)).skip().skip()
    assert asked(interview) == "d"
    assert verdict(interview.answer(600)) == "eligible"


def capped() -> Rulebook:
    pays = {
        "p": {"share_of": "cost", "when": {"t0": True}, "cite": "s 1"},
        "fixed": {"fixed": "9000 EUR", "cite": "s 1"},
    }
    return small(award={"rate": "50 %", "pays": pays, "at_most": [{"amount": "8000 EUR", "cite": "s 1"}]})


def test_a_part_that_a_cap_makes_indifferent_is_not_asked_for() -> None:
    assert asked(Interview(capped(), {"cost": 1000})) is None


def test_a_range_of_an_amount_stays_a_range() -> None:
    pays = {"p": {"share_of": "cost", "cite": "s 1"}}
    interview = Interview(small(award={"rate": "50 %", "pays": pays})).answer("1000..3000")
    assert asked(interview) is None
    (result,) = interview.assessed.programmes
    assert result.award is not None
    assert result.award.amount == Interval(500, 1500)


@pytest.mark.parametrize(
    ("when", "known", "halves"),
    [
        ({"staff": "3..50"}, "4..60", ("4..50", "50.000001..60")),
        ({"staff": "..<50"}, "4..60", ("4..49.999999", "50..60")),
        ({"cost": "3000 EUR.."}, "1000..4000", ("1000..2999.99", "3000..4000")),
        ({"cost": {"at_most": {"quotient": ["1000 EUR", "3"]}}}, "1..900", ("1..333.33", "333.34..900")),
        ({"assets": "..<777777 KRW"}, "1..800000", ("1..777776", "777777..800000")),
        ({"share": "..33.33 %"}, "10..50", ("10..33.33", "33.34..50")),
        ({"born": "2020-02-29.."}, "2019-01-01..2021-01-01", ("2019-01-01..2020-02-28", "2020-02-29..2021-01-01")),
        ({"born": "..2020-02-29"}, "2019-01-01..", ("2019-01-01..2020-02-29", "2020-03-01..")),
        ({"cost": "3000 EUR.."}, "2999.99..3000", ("2999.99", "3000")),
    ],
)
def test_the_halves_of_a_range(when: Mapping[str, object], known: str, halves: tuple[str, str]) -> None:
    interview = Interview(small(when), {next(iter(when)): known})
    question = interview.question
    assert question is not None
    assert question.halves == halves
    low, high, whole = (read_value(question.subject, text) for text in (*halves, known))
    assert isinstance(low, Interval)
    assert isinstance(high, Interval)
    assert isinstance(whole, Interval)
    assert (low.low, high.high) == (whole.low, whole.high)
    assert question.threshold is not None
    assert low.high is not None
    assert high.low is not None
    assert low.high <= Fraction(question.threshold.value) <= high.low
    for half in halves:
        assert asked(interview.answer(half)) is None


@pytest.mark.parametrize(
    ("when", "known", "answer", "message"),
    [
        ({"staff": "3..50"}, "1..40", 41, "`41` does not lie in `1..40`, as known so far"),
        ({"staff": "3..50"}, "1..40", "30..", "`30..` does not lie in `1..40`, as known so far"),
        ({"place": ["09162"]}, "09", "14713", "`14713` does not lie in `09`, as known so far"),
    ],
)
def test_an_answer_outside_what_is_known_is_refused(
    when: Mapping[str, object], known: str, answer: object, message: str
) -> None:
    interview = Interview(small(when), {next(iter(when)): known})
    with pytest.raises(AnswerError) as refused:
        interview.answer(answer)
    problem = refused.value.problems[0]
    assert (problem.code, problem.message) == ("outside", message)
    assert problem.hint == "if that was wrong, change the answer given before"
    assert verdict(interview.change(next(iter(when))).answer(answer)) in tuple(Verdict)
