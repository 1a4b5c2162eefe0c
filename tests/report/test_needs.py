"""What missing answers would decide, in words: values made by hand, so that each wording is seen."""

from fractions import Fraction

import pytest

from eligibility.advice.explanation import Explanation, Need, Outlook
from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import Value
from eligibility.report.answer_texts import first_of
from eligibility.report.needs import need_items
from eligibility.report.page import Item
from eligibility.report.ranges import span_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words
from tests.report.firms import assessed, rulebook

ENGLISH = RuleSpeech(Words("en"), rulebook())
NO, OPEN, LIKELY, YES = Verdict.NOT_ELIGIBLE, Verdict.UNDETERMINED, Verdict.LIKELY, Verdict.ELIGIBLE


def euros(low: object, high: object) -> Interval:
    return Interval(None if low is None else Fraction(str(low)), None if high is None else Fraction(str(high)))


def outlook(
    values: object, verdict: Verdict, rate: Interval | None = None, amount: Interval | None = None, **ends: bool
) -> Outlook:
    told: tuple[Value, ...] = values if isinstance(values, tuple) else (values,)  # type: ignore[assignment]
    return Outlook(told, verdict, (), rate, amount, **ends)


def items(fact: str, *outlooks: Outlook, award: bool = False, brief: bool = False, language: str = "en") -> list[Item]:
    result = next(one for one in assessed("nothing").programmes if one.id == "de.machines")
    explanation = Explanation("de.machines", OPEN, (), (Need(fact, outlooks, True, award),), ())
    speech = RuleSpeech(Words(language), rulebook())
    return need_items(result, explanation, speech, brief=brief)


def notes(fact: str, *outlooks: Outlook, award: bool = False, brief: bool = False) -> tuple[str, ...]:
    found = items(fact, *outlooks, award=award, brief=brief)
    return next(item.notes for item in found if item.text == ENGLISH.label(fact))


def test_every_missing_fact_is_told_in_the_order_of_asking() -> None:
    result = next(one for one in assessed("nothing").programmes if one.id == "de.machines")
    found = items("insolvent", outlook(True, NO), outlook(False, OPEN))
    assert [item.text for item in found] == ENGLISH.labels(result.missing)
    assert [item.notes for item in found if item.text != "Insolvency"] == [()] * (len(found) - 1)


def test_truth() -> None:
    pair = outlook(True, NO), outlook(False, OPEN)
    assert notes("insolvent", *pair) == ("yes: not eligible", "no: still open")
    assert notes("insolvent", *pair, brief=True) == ("yes: not eligible; no: still open",)


@pytest.mark.parametrize(("language", "line"), [("de", "ja: nicht förderfähig"), ("ko", "예: 지원 대상 아님")])
def test_languages(language: str, line: str) -> None:
    found = items("insolvent", outlook(True, NO), outlook(False, LIKELY), language=language)
    assert line in [note for item in found for note in item.notes]


def test_what_is_the_same_for_all_answers_is_not_told() -> None:
    half, most = Interval.point(Fraction(1, 2)), euros(0, 50000)
    told = notes("insolvent", outlook(True, LIKELY, half, most), outlook(False, OPEN, half, most), award=True)
    assert told == ("yes: likely", "no: still open")
    less = outlook(False, OPEN, Interval.point(Fraction(2, 5)), most)
    assert notes("insolvent", outlook(True, LIKELY, half, most), less, award=True) == (
        "yes: likely, 50%",
        "no: still open, 40%",
    )


def test_money_of_a_no_is_not_told() -> None:
    told = notes("insolvent", outlook(True, YES, None, euros(10, 10)), outlook(False, NO), award=True)
    assert told == ("yes: eligible", "no: not eligible")


def test_no_answer_decides_alone() -> None:
    pair = outlook(True, OPEN), outlook(False, OPEN)
    assert notes("insolvent", *pair) == ("No answer decides anything alone; it counts together with others.",)
    assert notes("insolvent", *pair, brief=True) == ()
    assert notes("insolvent") == ()


def test_what_decides_nothing_by_itself_is_one_line_in_brief() -> None:
    result = next(one for one in assessed("nothing").programmes if one.id == "de.machines")
    alike = (outlook(Interval(None, Fraction(9)), OPEN), outlook(Interval(Fraction(10), None), OPEN))
    needs = (Need("staff", alike, True, False), Need("cost", alike, True, False))
    explanation = Explanation("de.machines", OPEN, (), needs, ())
    brief = need_items(result, explanation, ENGLISH, brief=True)
    assert brief[-1] == Item("These decide only together with other answers:", ("Staff; Cost",))
    assert [item.text for item in brief[:-1]] == [
        label for label in ENGLISH.labels(result.missing) if label not in ("Staff", "Cost")
    ]
    assert [item.text for item in need_items(result, explanation, ENGLISH, brief=False)] == ENGLISH.labels(
        result.missing
    )


def test_codes_that_no_rule_names_come_last() -> None:
    told = notes("region", outlook((), NO), outlook(("01", "05"), OPEN))
    assert told[-1] == "any other answer: not eligible"
    assert len(told) == 2


def test_a_long_list_is_any_other_answer() -> None:
    many = outlook(("01", "02", "03", "04", "05"), NO)
    assert notes("region", many, outlook(("06",), OPEN))[-1] == "any other answer: not eligible"


@pytest.mark.parametrize("n", [3, 4, 9])
def test_few_cases_in_brief(n: int) -> None:
    cases = [outlook(Interval(Fraction(low * 10), Fraction(low * 10 + 9)), NO if low % 2 else OPEN) for low in range(n)]
    told = notes("staff", *cases, brief=True)
    last = {3: "20 to 29 people: still open", 4: "and 1 more case", 9: "and 6 more cases"}[n]
    assert " ".join(told).endswith(last)


@pytest.mark.parametrize(
    ("fact", "low", "high", "text"),
    [
        ("cost", None, None, "whatever it is"),
        ("cost", None, 0, "€0"),
        ("cost", None, 3000, "at most €3,000"),
        ("cost", None, "2999.99", "under €3,000"),
        ("cost", 3000, None, "at least €3,000"),
        ("cost", "0.01", "14999.99", "over €0 to under €15,000"),
        ("cost", "10.01", "10.11", "over €10 to €10.11"),
        ("staff", 3, 249, "3 to 249 people"),
        ("staff", "10.500001", None, "over 10.5 people"),
        ("staff", None, "10.499999", "under 10.5 people"),
        ("staff", "10.5", "49.999999", "10.5 to under 50 people"),
        ("staff", 50, 50, "50 people"),
        ("founded", None, 737425, "until 1 January 2020"),
        ("founded", 737426, None, "from 2 January 2020 on"),
        ("founded", 737425, 737426, "1 January 2020 to 2 January 2020"),
        ("founded", 737425, 737425, "1 January 2020"),
        ("founded", None, None, "whatever it is"),
    ],
)
def test_spans(fact: str, low: object, high: object, text: str) -> None:
    assert span_text(ENGLISH, rulebook().subject(fact), euros(low, high)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (euros("0.01", 7500), "up to €7,500"),
        (euros(4000, "14999.99"), "€4,000 to under €15,000"),
        (euros(0, "7499999.99"), "under €7,500,000"),
        (euros(0, None), "not known yet"),
        (euros("99.99", "99.99"), "€99.99"),
    ],
)
def test_the_last_cent_before_a_round_sum(amount: Interval, text: str) -> None:
    told = notes("cost", outlook(Interval.point(Fraction(1)), YES, None, amount), outlook(Interval(), NO), award=True)
    assert told[0] == "€1: eligible"
    other = outlook(Interval.point(Fraction(2)), YES, None, euros(1, 2))
    told = notes("cost", outlook(Interval.point(Fraction(1)), YES, None, amount), other, award=True)
    assert told[0] == f"€1: eligible, {text}"


def test_first_of() -> None:
    assert first_of(["a", "b"], ENGLISH) == "a or b"
    assert first_of(["a", "b"], ENGLISH, either=False) == "a and b"
    assert first_of(["a", "b", "c", "d", "e"], ENGLISH) == "a, b, c, d and one more"
