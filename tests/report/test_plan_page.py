"""The funding plan in words, from plans made by hand."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.advice.plan import Application, Combination, FundingPlan, Limit, OpenPoint, PlanStep
from eligibility.language.cite import Cite
from eligibility.language.shape import Text
from eligibility.report.page import Group
from eligibility.report.plan_page import plan_groups
from eligibility.report.plan_steps import step_text, steps_table, when_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words
from tests.report.firms import AS_OF, assessed, rulebook

ENGLISH = RuleSpeech(Words("en"), rulebook())
CITE = Cite("guideline", "5", "Guideline on machines", "https://example.org/guideline", date(2026, 11, 21))
MACHINES, TWO, ADVICE, YOUNG = "de.machines", "de.machines-two", "de.advice", "kr.young"


def money(low: int, high: int | None = None) -> Interval:
    return Interval(Fraction(low), Fraction(low if high is None else high))


def application(programme: str, cash: Interval, costs: tuple[str, ...] = ("cost",), chance: int = 1) -> Application:
    return Application(programme, costs, cash, cash, Fraction(chance, 1), ())


def combined(*applications: Application) -> Combination:
    total = money(0)
    for one in applications:
        total = total + one.money
    return Combination(applications, total, Fraction(total.high or 0))


def plan(best: Combination, currency: str = "EUR", second: Combination | None = None, **parts: object) -> FundingPlan:
    told: dict[str, object] = {"limits": (), "open_points": (), "steps": (), **parts}
    return FundingPlan(currency, best, second, **told)  # type: ignore[arg-type]


def groups(*plans: FundingPlan, language: str = "en") -> list[Group]:
    return list(plan_groups(plans, assessed("german"), RuleSpeech(Words(language), rulebook())))


def lines(found: FundingPlan, language: str = "en") -> list[str]:
    (group,) = groups(found, language=language)
    return [text.replace("\u00a0", " ") for item in group.items for text in (item.text, *item.notes)]


def test_no_plan_no_section() -> None:
    assert groups() == []
    assert groups(plan(combined())) == []


def test_a_sum_that_is_known_is_one_column() -> None:
    (group,) = groups(plan(combined(application(MACHINES, money(37500)))))
    (table,) = group.tables
    assert group.title == "Funding plan"
    assert [column.title for column in table.columns] == ["Programme", "What for", "Money", "Apply by"]
    assert table.rows == (("Grants for machines", "Cost", "€37,500", "31 December 2021"),)
    assert table.totals == ()


def test_sure_and_possible_are_two() -> None:
    best = combined(application(MACHINES, money(20000, 37500)), application(ADVICE, money(500), ()))
    (table,) = groups(plan(best))[0].tables
    assert [column.title for column in table.columns][2:4] == ["Sure", "Possible"]
    assert table.rows[1] == ("Advice on site", "", "€500", "€500", "at all times")
    assert table.totals == ("Total", "", "€20,500", "€38,000", "")


def test_currencies_never_add_up() -> None:
    two = plan(combined(application(MACHINES, money(1))), "EUR"), plan(combined(application(YOUNG, money(2))), "KRW")
    assert [group.title for group in groups(*two)] == ["Funding plan (EUR)", "Funding plan (KRW)"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Own share: €22,500 to €40,000 of costs of €60,000"),
        ("de", "Eigenanteil: 22.500 € bis 40.000 € bei Kosten von 60.000 €"),
        ("ko", "자부담: €22,500~€40,000 (총비용 €60,000)"),
    ],
)
def test_own_share(language: str, line: str) -> None:
    found = lines(plan(combined(application(MACHINES, money(20000, 37500)))), language)
    assert found[0] == line


def test_a_cost_that_is_not_known_has_no_own_share() -> None:
    assert lines(plan(combined(application(MACHINES, money(1), ("staff", "region"))))) == []


def test_second_best() -> None:
    best, second = combined(application(MACHINES, money(500))), combined(application(ADVICE, money(0, 400)))
    assert lines(plan(best, second=second))[2:] == ["Second best: Advice on site (up to €400)", "€100 less"]
    same = combined(application(ADVICE, money(500)))
    assert lines(plan(best, second=same))[3] == "just as much"


def test_chance() -> None:
    best = combined(Application(MACHINES, (), money(500), money(500), Fraction(1, 3), ()))
    assert lines(plan(best)) == ["Grants for machines: counted with a chance of 33.3333%"]


def test_what_is_cut() -> None:
    best = combined(Application(MACHINES, (), money(900), money(500), Fraction(1), ("de_minimis", "ceiling")))
    assert lines(plan(best)) == [
        "Grants for machines: €500 in this plan, alone €900",
        "the de-minimis headroom does not hold more",
        "all aid for the same cost together has a ceiling",
    ]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("excluded", "Not together: Grants for machines and Advice on site"),
        ("same_costs", "Each cost is funded once (Cost): Grants for machines and Advice on site"),
        (
            "ceiling",
            "All aid for the same cost together has a ceiling (Cost): Grants for machines and Advice on site",
        ),
        ("de_minimis", "The de-minimis headroom is used up: Grants for machines and Advice on site"),
    ],
)
def test_limits(kind: str, line: str) -> None:
    rule = Text(de="Regel.", en="A rule.", ko="규칙.")
    limit = Limit(kind, (MACHINES, ADVICE), ("cost",), Fraction(1500), rule, (CITE,))  # type: ignore[arg-type]
    (group,) = groups(plan(combined(application(MACHINES, money(1), ())), limits=(limit,)))
    (item,) = group.items
    assert (item.text, item.notes) == (line, ("A rule.", "Without this limit: €1,500 more"))
    assert item.sources[0].url == CITE.url


@pytest.mark.parametrize("kind", ["together", "amount", "grant_equivalent", "chance", "headroom", "hopeless"])
@pytest.mark.parametrize("language", ["de", "en", "ko"])
def test_open_points_name_their_programmes(kind: str, language: str) -> None:
    point = OpenPoint(kind, (TWO,))  # type: ignore[arg-type]
    (line,) = lines(plan(combined(application(MACHINES, money(1), ())), open_points=(point,)), language)
    assert line.endswith({"de": ": Maschinen II", "en": ": Machines II", "ko": ": 기계 설비 2"}[language])


@pytest.mark.parametrize(
    ("step", "what", "when"),
    [
        (
            PlanStep("papers", (MACHINES,), None, AS_OF, ("plan",)),
            "Collect the papers for Grants for machines: Investment plan",
            "by 1 March 2021",
        ),
        (PlanStep("apply", (MACHINES,), None, None), "Apply for Grants for machines", ""),
        (PlanStep("wait", (TWO,), AS_OF, None), "Wait until applications open: Machines II", "from 1 March 2021 on"),
        (
            PlanStep("beside", (TWO, ADVICE), AS_OF, date(2021, 4, 1)),
            "Use as well: Machines II; Advice on site",
            "from 1 March 2021 to 1 April 2021",
        ),
        (PlanStep("start", (MACHINES,), None, None), "Only now place orders: Grants for machines", ""),
    ],
)
def test_steps(step: PlanStep, what: str, when: str) -> None:
    assert (step_text(step, ENGLISH), when_text(step, ENGLISH)) == (what, when)


def test_steps_of_one_kind_and_day_are_one_line() -> None:
    beside = [PlanStep("beside", (one,), None, None) for one in (TWO, ADVICE)]
    (table,) = steps_table((*beside, PlanStep("apply", (MACHINES,), None, None)), ENGLISH)
    assert [row[0] for row in table.rows] == [
        "Use as well: Machines II; Advice on site",
        "Apply for Grants for machines",
    ]
    assert steps_table((), ENGLISH) == ()


def test_in_brief_no_papers_are_named() -> None:
    step = PlanStep("papers", (MACHINES,), None, None, ("plan",))
    assert step_text(step, ENGLISH, brief=True) == "Collect the papers for Grants for machines"
