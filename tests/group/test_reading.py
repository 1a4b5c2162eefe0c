"""Rows of texts as a structure: what is read of shares, figures, words and periods."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from eligibility.group.reading import structure_of_texts
from eligibility.group.structure import OPEN, SHARE_SCALE, WHOLE, Control, Kind, Measure, Period, Structure
from eligibility.group.text_rows import Style, TextRows
from eligibility.values.interval import Interval
from eligibility.values.problem import Place
from eligibility.values.truth import Truth
from tests.group.structures import DAY, read, text_rows

FIRMS = ("id", "a", "b", "c")


def figure(structure: Structure, measure: Measure, period: Period = Period.LATEST) -> list[Interval]:
    return [structure.nodes.figures[measure, period].interval(node, measure.scale) for node in range(3)]


# What is written, the mark of its column, and both ends in percent.
SHARES = [
    ("0", ".", 0, 0),
    ("50", ".", 50, 50),
    ("50.01", ".", Fraction("50.01"), Fraction("50.01")),
    ("33.333333", ".", Fraction("33.333333"), Fraction("33.333333")),
    ("50,01", ",", Fraction("50.01"), Fraction("50.01")),
    ("50,01 %", ",", Fraction("50.01"), Fraction("50.01")),
    ("33.333", ".", Fraction("33.333"), Fraction("33.333")),
    ("33,333", ",", Fraction("33.333"), Fraction("33.333")),
    ("50%", ".", 50, 50),
    ("25..50", ".", 25, 50),
    ("25,5..50", ",", Fraction("25.5"), 50),
    ("25..", ".", 25, 100),
    ("..25", ".", 0, 25),
    ("25 - 50", ".", 25, 50),
    ("25 bis 50 %", ".", 25, 50),
    ("über 50", ".", 50 + Fraction(1, SHARE_SCALE), 100),
    ("unknown", ".", 0, 100),
    ("k. A.", ".", 0, 100),
    ("미상", ".", 0, 100),
    ("", ".", 0, 100),
]


@pytest.mark.parametrize(("text", "mark", "low", "high"), SHARES)
def test_shares(text: str, mark: str, low: Fraction, high: Fraction) -> None:
    rows = text_rows("edges.csv", "holder|held|share", f"a|b|{text}")
    styled = TextRows(rows.cells, rows.where, {}, {"share": Style(mark)})
    holdings = structure_of_texts([], [styled], DAY).holdings
    for found, end in (
        (holdings.capital_low, low),
        (holdings.votes_low, low),
        (holdings.capital_high, high),
        (holdings.votes_high, high),
    ):
        assert found.tolist() == [end * SHARE_SCALE]


FIGURES = [
    ("employees", "12.5", Interval.point(Fraction("12.5"))),
    ("employees", "12 VZÄ", Interval.point(12)),
    ("employees", "3 명", Interval.point(3)),
    ("employees", "25-30", Interval(25, 30)),
    ("employees", "unknown", Interval()),
    ("turnover", "1.2M EUR", Interval.point(1_200_000)),
    ("turnover", "4200000.55", Interval.point(Fraction("4200000.55"))),
    ("turnover", "1.5 Mio. €", Interval.point(1_500_000)),
    ("turnover", "1M..2M", Interval(1_000_000, 2_000_000)),
    ("turnover", "1000000..", Interval(1_000_000, None)),
    ("balance_sheet", "", Interval()),
    ("kr_average_turnover", "12억", Interval.point(1_200_000_000)),
    ("kr_total_assets", "5000억 KRW", Interval.point(500_000_000_000)),
    ("kr_total_assets", "1조 2000억", Interval.point(1_200_000_000_000)),
]


@pytest.mark.parametrize(("column", "text", "told"), FIGURES)
def test_figures(column: str, text: str, told: Interval) -> None:
    measure = next(measure for measure in Measure if measure.word == column)
    structure = read([f"id|name|{column}_previous|consolidated_{column}_earlier", f"a|A|{text}|7", f"b||1|{text}"])
    assert figure_at(structure, measure, text) == told


def figure_at(structure: Structure, measure: Measure, text: str) -> Interval:
    own = structure.nodes.figures[measure, Period.PREVIOUS].interval(0, measure.scale)
    assert structure.nodes.consolidated[measure, Period.EARLIER].interval(1, measure.scale) == own
    return own


def test_columns_of_thousands() -> None:
    rows = text_rows("firms.csv", "id|turnover", "a|1.234,5", "b|2", "c|1,00001")
    styled = TextRows(rows.cells, rows.where, {"turnover": "Umsatz (TEUR)"}, {"turnover": Style(",", 1000)})
    structure = structure_of_texts([styled], [], DAY)
    assert figure(structure, Measure.TURNOVER) == [
        Interval.point(1_234_500),
        Interval.point(2000),
        Interval.point(Fraction("1000.01")),
    ]


def test_everything_else_of_an_enterprise() -> None:
    structure = read(
        [
            "id|name|kind|country|markets|acts_with|family|consolidated_in|consolidated_share|budget|inhabitants"
            "|kr_audited|kr_listed|kr_nonprofit|kr_exempt_investor|fiscal_year_start",
            "a|Nord GmbH|Unternehmen|Südkorea|C16; C31|||b|60.5|||ja|no|unknown|yes|04-01",
            "b||gemeinde|de|unknown|||||9.9M|4000..5000|||||",
            "c||자연인|France|;|Birk|Birk|||||||||",
        ]
    )
    nodes = structure.nodes
    assert nodes.kinds.tolist() == [Kind.ENTERPRISE, Kind.LOCAL_AUTHORITY, Kind.PERSON]
    assert dict(nodes.names) == {0: "Nord GmbH"}
    assert nodes.countries == {0: "KR", 1: "DE", 2: "FR"}
    assert nodes.markets == {0: frozenset({"C16", "C31"})}
    assert nodes.acts_with == nodes.families == {2: "Birk"}
    assert nodes.consolidated_in is not None
    assert nodes.consolidated_share is not None
    assert nodes.consolidated_in.tolist() == [1, -1, -1]
    assert nodes.consolidated_share.tolist() == [60_500_000, WHOLE, WHOLE]
    assert nodes.budgets == {1: Interval.point(990_000_000)}
    assert nodes.inhabitants == {1: Interval(4000, 5000)}
    assert (nodes.kr_audited, nodes.kr_listed) == ({0: Truth.YES}, {0: Truth.NO})
    assert (nodes.kr_nonprofit, nodes.kr_exempt_investor) == ({}, {0: Truth.YES})
    assert nodes.fiscal_year_starts == {0: (4, 1)}
    assert nodes.undescribed == frozenset()


ALL = Control.MAJORITY | Control.APPOINTS | Control.DOMINANT | Control.AGREEMENT
CONTROLS = [
    ("", Control.NONE, Control.NONE),
    ("none", Control.NONE, Control.NONE),
    ("keine", Control.NONE, Control.NONE),
    ("majority", Control.MAJORITY, Control.MAJORITY),
    ("appoints; dominant", Control.APPOINTS | Control.DOMINANT, Control.APPOINTS | Control.DOMINANT),
    ("Stimmbindung", Control.AGREEMENT, Control.AGREEMENT),
    ("지배적 영향력", Control.DOMINANT, Control.DOMINANT),
    ("unknown", Control.NONE, ALL),
    ("majority;unbekannt", Control.MAJORITY, ALL),
]


@pytest.mark.parametrize(("text", "certain", "possible"), CONTROLS)
def test_control(text: str, certain: Control, possible: Control) -> None:
    holdings = read(holdings=["holder|held|control", f"a|b|{text}"]).holdings
    assert holdings.control.tolist() == [certain]
    assert holdings.possible_control.tolist() == [possible]


def test_capital_and_votes() -> None:
    lines = ["holder|held|capital|votes|share|invested|involved", "a|b|30|25..40|||", "c|b|||5|1.2M|no", "d|b|1||||?"]
    holdings = read(holdings=lines).holdings
    assert holdings.capital_low.tolist() == [30 * SHARE_SCALE, 5 * SHARE_SCALE, SHARE_SCALE]
    assert holdings.votes_low.tolist() == [25 * SHARE_SCALE, 5 * SHARE_SCALE, 0]
    assert holdings.votes_high.tolist() == [40 * SHARE_SCALE, 5 * SHARE_SCALE, WHOLE]
    assert holdings.invested == {1: Interval.point(120_000_000)}
    assert holdings.involved == {1: Truth.NO}


PERIODS = [
    ("2025-12-31", [1]),
    ("2026-01-01", [1, 2]),
    ("2026-06-30", [1, 2]),
    ("2026-07-01", [2]),
]


@pytest.mark.parametrize(("day", "shares"), PERIODS)
def test_holdings_in_force(day: str, shares: list[int]) -> None:
    lines = ["holder|held|share|since|until", "a|b|1||2026-07-01", "c|b|2|1.1.2026|", "a|b|3|2026-07-02|"]
    structure = read(holdings=lines, as_of=date.fromisoformat(day))
    assert [low // SHARE_SCALE for low in structure.holdings.capital_low.tolist()] == shares


def test_nodes_that_nobody_describes() -> None:
    structure = read(["id|employees", "b|5"], ["holder|held|share", "z|b|10", "a|z|5"])
    assert list(structure.nodes.ids) == ["b", "z", "a"]
    assert structure.nodes.undescribed == {1, 2}
    figures = structure.nodes.figures[Measure.EMPLOYEES, Period.LATEST]
    assert (figures.low.tolist(), figures.high.tolist()) == ([5_000_000, 0, 0], [5_000_000, OPEN, OPEN])


def test_own_shares_are_kept_apart() -> None:
    structure = read(holdings=["holder|held|share", "a|a|10", "b|a|95"])
    assert structure.own_shares == {structure.node("a")}
    assert len(structure.holdings) == 1


def test_places() -> None:
    structure = read(["id", "a", "", "b"], ["holder|held|share", "a|a|1", "a|b|5", "x|b|5"])
    assert dict(structure.places) == {
        0: Place("firms.csv", 2, 1),
        1: Place("firms.csv", 4, 1),
        -1: Place("edges.csv", 3, 1),
        -2: Place("edges.csv", 4, 1),
    }


def test_several_tables_are_one() -> None:
    firms = [text_rows("one.csv", "id|employees", "a|5"), text_rows("two.csv", "id|name", "b|B")]
    edges = [text_rows("x.csv", "holder|held|share", "a|b|60"), text_rows("y.csv", "holder|held", "b|c")]
    structure = structure_of_texts(firms, edges, DAY)
    assert list(structure.nodes.ids) == ["a", "b", "c"]
    assert dict(structure.nodes.names) == {1: "B"}
    assert (structure.places[1], structure.places[-2]) == (Place("two.csv", 2, 1), Place("y.csv", 2, 1))


def test_no_rows_at_all() -> None:
    structure = structure_of_texts([], [], DAY)
    assert (len(structure.nodes), len(structure.holdings), dict(structure.places)) == (0, 0, {})
    assert pl.Series(structure.nodes.ids, dtype=pl.String).is_empty()
