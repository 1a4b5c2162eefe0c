"""The summary, the open questions, and why a verdict stands."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from eligibility.advice.advice import Advice, advise
from eligibility.advice.explanation import Explanation, Ground, Need
from eligibility.advice.plan import Application, Combination, FundingPlan, PlanStep
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.report.assessment import assessment_page
from eligibility.report.grounds import deciding_answers, met_criteria, refusal_notes
from eligibility.report.page import Group, Item, Page
from eligibility.report.questions import missing_facts, questions_group
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words
from tests.report.firms import FIRMS, advice, assessed, rulebook

ENGLISH = RuleSpeech(Words("en"), rulebook())
HALF = {"site_country": "DE", "insolvent": False}


def page(found: Assessed, told: Advice, language: str = "en", name: str = "") -> Page:
    return assessment_page(found, language, (), told, name=name)


def summary(answers: Mapping[str, object], language: str = "en", plan: FundingPlan | None = None) -> list[str]:
    found = assess(rulebook(), answers)
    worked_out = advise(found)
    told = worked_out if plan is None else Advice(worked_out.explanations, {}, (plan,))
    group = page(found, told, language).groups[0]
    return [text.replace("\u00a0", " ") for item in group.items for text in (item.text, *item.notes)]


def result(found: Assessed, programme: str) -> ProgrammeResult:
    return next(one for one in found.programmes if one.id == programme)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "1 programme can be applied for now",
                "but a clause is left to the authority",
                "Money in the funding plan: none yet",
                "To find out first: How many staff?",
                "1 programme still open: 3 more answers would tell more",
            ],
        ),
        (
            "de",
            [
                "1 Programm kann jetzt beantragt werden",
                "über einen Punkt entscheidet aber noch die Behörde",
                "Fördergeld laut Förderplan: noch keines",
                "Zuerst klären: Wie viele Beschäftigte?",
                "1 Programm noch offen: Klarheit durch 3 weitere Angaben",
            ],
        ),
        (
            "ko",
            [
                "지금 신청할 수 있는 사업 1개",
                "다만 담당 기관의 판단이 남아 있음",
                "계획에 따른 지원금: 아직 없음",
                "가장 먼저 확인할 사항: 종업원은 몇 명입니까?",
                "아직 판정되지 않은 사업 1개: 추가 답변 3개 필요",
            ],
        ),
    ],
)
def test_answers_are_missing(language: str, lines: list[str]) -> None:
    assert summary(HALF, language) == lines


def test_what_can_be_applied_for() -> None:
    assert summary(FIRMS["german"]) == [
        "2 programmes can be applied for now",
        "for 1 of them the authority decides one point",
        "Money in the funding plan: €37,500",
        "Grants for machines",
        "Next deadline: 31 December 2021",
        "Grants for machines",
        "To do first: Collect the papers for Grants for machines",
        "by 31 December 2021",
    ]


def test_nothing_at_all() -> None:
    found = assess(rulebook(), {"site_country": "KR", "founded": "2001-01-01"})
    lines = [item.text for item in page(found, advise(found)).groups[0].items]
    assert lines == ["No programme can be applied for as things stand.", "Money in the funding plan: none yet"]


def test_a_range_of_money_and_no_day() -> None:
    money = Interval(Fraction(0), Fraction(900))
    best = Combination((Application("de.machines", (), money, money, Fraction(1), ()),), money, Fraction(900))
    step = PlanStep("apply", ("de.machines",), None, None)
    lines = summary(FIRMS["german"], plan=FundingPlan("EUR", best, None, (), (), (step,)))
    assert "Money in the funding plan: up to €900" in lines
    assert lines[-1] == "To do first: Apply for Grants for machines"


def test_closed_programmes_ask_for_nothing() -> None:
    found = assess(rulebook(date(2023, 1, 1)), HALF)
    groups = page(found, advise(found)).groups
    assert "Open questions" not in [group.title for group in groups]
    assert not any("still open" in item.text for item in groups[0].items)


@pytest.mark.parametrize("name", ["Muster GmbH", "{0} {what} %s", "<b>x</b>"])
def test_name(name: str) -> None:
    assert page(assessed("german"), advice("german"), "de", name).lead[0] == f"Unternehmen: {name}"


def test_no_name_no_line() -> None:
    assert page(assessed("german"), advice("german")).lead[0] == "As of 1 March 2021"


def told_of(*needs: Need) -> Advice:
    return Advice({"de.machines": Explanation("de.machines", Verdict.UNDETERMINED, (), needs, ())}, {}, ())


def test_the_most_useful_question_comes_first() -> None:
    found = assessed("nothing")
    needs = Need("cost", (), True, True), Need("staff", (), True, False), Need("region", (), False, True)
    missing = missing_facts([result(found, "de.machines")], told_of(*needs), ENGLISH)
    assert [one.fact for one in missing[:3]] == ["cost", "staff", "region"]
    assert (missing[0].verdicts, missing[0].awards, missing[0].programmes) == (1, 1, 1)


def test_a_programme_that_lacks_little_counts_more() -> None:
    nearly = assess(rulebook(), {**FIRMS["german"], "staff": None, "site_country": None})
    results = [result(nearly, "de.machines"), result(nearly, "de.machines-two")]
    explanations = advise(nearly).explanations
    missing = missing_facts(results, Advice(explanations, {}, ()), ENGLISH)
    assert [(one.fact, one.weight) for one in missing] == [("site_country", Fraction(3, 2)), ("staff", Fraction(1, 2))]


@pytest.mark.parametrize(("brief", "rows", "more"), [(False, 6, ()), (True, 5, ("and 1 more answer",))])
def test_questions(brief: bool, rows: int, more: tuple[str, ...]) -> None:
    found = assessed("nothing")
    missing = missing_facts(found.programmes, advice("nothing"), ENGLISH)[:6]
    (group,) = questions_group(missing, ENGLISH, brief=brief)
    assert (len(group.tables[0].rows), tuple(item.text for item in group.items)) == (rows, more)
    assert questions_group([], ENGLISH, brief=brief) == ()


def grounded(*grounds: Ground) -> Explanation:
    return Explanation("de.machines", Verdict.ELIGIBLE, grounds, (), ())


def test_why_in_full_and_in_brief() -> None:
    found = assessed("german")
    machines = result(found, "de.machines")
    explanation = grounded(Ground(("site", "size"), ("staff", "site_country")))
    (met,) = met_criteria(machines, ENGLISH)
    assert (met.label, met.items[0].text) == ("Criteria that are met", "The site is in Germany.")
    assert met.items[0].sources[0].url == "https://example.org/guideline"
    (full,) = deciding_answers(explanation, found, ENGLISH, brief=False)
    assert full.label == "Decided by these answers"
    assert [item.text for item in full.items] == ["Country: Germany", "Staff: 50 people"]
    (brief,) = deciding_answers(explanation, found, ENGLISH, brief=True)
    assert brief.items == (Item("Country: Germany; Staff: 50 people"),)
    assert deciding_answers(grounded(), found, ENGLISH, brief=False) == ()


def test_why_not() -> None:
    found = assessed("large")
    form = next(one for one in result(found, "kr.young").criteria if one.id == "form")
    either = grounded(Ground(("form",), ("staff",)), Ground(("form",), ("public_share",)), Ground(("site",), ("cost",)))
    assert refusal_notes(form, either, found, ENGLISH) == (
        "Your answer – Staff: 300 people",
        "Worked out – Size: large",
        "Enough by itself too: Public share: 30%",
    )
    assert refusal_notes(form, None, found, ENGLISH) == ENGLISH.known(form.facts, found.profile, found.derived)


def test_the_order_of_the_page() -> None:
    def titles(groups: tuple[Group, ...]) -> list[str]:
        return [group.title for group in groups]

    assert titles(page(assessed("german"), advice("german")).groups) == [
        "At a glance",
        "Funding plan",
        "Apply now",
        "Likely: a clause is left to the authority",
        "You would qualify, but applications are not open",
        "Not eligible",
        "Worked out from your answers",
    ]
    assert titles(page(assessed("nothing"), advice("nothing")).groups) == [
        "At a glance",
        "More answers are needed",
        "Open questions",
    ]
