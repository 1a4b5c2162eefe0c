"""Near misses in words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eligibility.advice.advice import Advice, advise
from eligibility.advice.change import Change, Changed
from eligibility.engine.assess import assess
from eligibility.engine.assessment import AwardResult, ProgrammeResult, Verdict
from eligibility.language.award import AwardReading
from eligibility.report.near_misses import change_items, change_text
from eligibility.report.speech import RuleSpeech
from eligibility.report.text import text_report
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.words import Words
from tests.report.firms import FIRMS, assessed, rulebook

NOTHING = AwardReading(None, (), None, (), None, None, None, None, None)
COST = Changed("cost", Interval.point(Fraction(60000)), Interval.point(Fraction(90000)))
SOLVENT = Changed("insolvent", True, False)
MOVE = Changed("region", "05366", "13")


def award(low: int | None, high: int | None, rate: int | None = None) -> AwardResult:
    ends = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    return AwardResult("EUR", None if rate is None else Interval.point(Fraction(rate, 100)), ends, NOTHING)


def result(firm: str = "german") -> ProgrammeResult:
    return next(one for one in assessed(firm).programmes if one.id == "de.machines")


def change(
    *changed: Changed, verdict: Verdict, then: AwardResult | None, gain: tuple[int | None, int | None]
) -> Change:
    rises = (None if gain[0] is None else Fraction(gain[0]), None if gain[1] is None else Fraction(gain[1]))
    return Change("de.machines", changed, verdict, then, rises, None if then is None else then.currency)


@pytest.mark.parametrize(
    ("then", "gain", "told"),
    [
        (award(40000, 40000), (2500, 2500), "€40,000 (€2,500 more)"),
        (award(40000, 40000, 50), (2500, 2500), "50%, €40,000 (€2,500 more)"),
        (award(0, 40000), (0, 2500), "up to €40,000 (up to €2,500 more)"),
        (award(38000, 40000), (500, 2500), "€38,000 to €40,000 (€500 to €2,500 more)"),
        (award(38000, None), (500, None), "at least €38,000 (at least €500 more)"),
        (award(0, None), (None, None), "not known yet"),
        (award(37500, 37500), (0, 0), "€37,500"),
        (replace(award(0, 40000), rate=Interval()), (0, 2500), "up to €40,000 (up to €2,500 more)"),
    ],
)
def test_more_money(then: AwardResult, gain: tuple[int | None, int | None], told: str) -> None:
    found = change(COST, verdict=Verdict.ELIGIBLE, then=then, gain=gain)
    speech = RuleSpeech(Words("en"), rulebook())
    assert change_text(found, result(), speech) == f"Cost: €90,000 instead of €60,000 – then: {told}"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Cost: €90,000 instead of €60,000 and Insolvency: no instead of yes – then: eligible, up to €40,000"),
        (
            "de",
            "Kosten: 90.000 € statt 60.000 € und Insolvenz: nein statt ja – dann: förderfähig, bis zu 40.000 €",
        ),
        ("ko", "사업비: €60,000 대신 €90,000 및 도산: 예 대신 아니요 – 이 경우: 지원 대상, 최대 €40,000"),
    ],
)
def test_a_no_becomes_a_yes(language: str, told: str) -> None:
    found = change(COST, SOLVENT, verdict=Verdict.ELIGIBLE, then=award(0, 40000), gain=(0, 40000))
    text = change_text(found, result("large"), RuleSpeech(Words(language), rulebook()))
    assert text.replace("\u00a0", " ") == told


def test_no_longer_ruled_out() -> None:
    found = change(SOLVENT, verdict=Verdict.UNDETERMINED, then=None, gain=(None, None))
    told = change_text(found, result("large"), RuleSpeech(Words("en"), rulebook()))
    assert told == "Insolvency: no instead of yes – then: still open"


def test_a_fact_that_was_not_answered() -> None:
    found = change(replace(COST, before=None), verdict=Verdict.LIKELY, then=None, gain=(None, None))
    told = change_text(found, result("large"), RuleSpeech(Words("en"), rulebook()))
    assert told == "Cost: €90,000 – then: likely"


def with_places() -> Rulebook:
    rules = rulebook()
    place = replace(rules.facts["region"], changeable="place")
    return replace(rules, facts={**rules.facts, "region": place})


def test_a_move_comes_last_and_on_a_screen_only_where_asked_for() -> None:
    speech = RuleSpeech(Words("en"), with_places())
    move = change(MOVE, verdict=Verdict.ELIGIBLE, then=award(40000, 40000), gain=(2500, 2500))
    more = change(COST, verdict=Verdict.ELIGIBLE, then=award(40000, 40000), gain=(2500, 2500))

    def told(also: tuple[str, ...], *, brief: bool) -> list[str]:
        items = change_items((move, more), result(), speech, also, brief=brief)
        return [item.text.partition(":")[0] for item in items]

    assert told((), brief=False) == ["Cost", "District"]
    assert told((), brief=True) == ["Cost"]
    assert told(("region",), brief=True) == ["District", "Cost"]


def test_many_changes() -> None:
    costs = [replace(COST, after=Interval.point(Fraction(n))) for n in range(70000, 70009)]
    found = [change(one, verdict=Verdict.ELIGIBLE, then=award(40000, 40000), gain=(2500, 2500)) for one in costs]
    items = change_items(found, result(), RuleSpeech(Words("en"), rulebook()), (), brief=False)
    assert (len(items), items[-1].text) == (6, "and 4 more changes")


def test_a_change_that_was_asked_for_is_told_in_the_report() -> None:
    found = assess(rulebook(), {**FIRMS["german"], "staff": 300})
    silent, asked = (text_report(found, "en", 80, (), advise(found, also)) for also in ((), ("staff",)))
    assert "What would change it" not in silent
    assert "- Staff: 249 people instead of 300 people – then: eligible" in asked


def test_without_advice_nothing_is_promised() -> None:
    nothing = Advice({}, {}, ())
    assert "What would" not in text_report(assessed("german"), "en", 80, (), nothing)
