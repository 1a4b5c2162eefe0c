"""What the sheets tell besides figures, and structures at the edge of what can be worked out."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from eligibility.group import owner_ways
from eligibility.group.korea import group_turnovers, korean_sheet
from eligibility.group.korean_sheet import AffiliateEntry, KoreanNote, KoreanSheet
from eligibility.group.owners import LARGE, giant, large_owners, owner_sheet
from eligibility.group.sheet import Relation, Step, Through
from eligibility.group.structure import OPEN, Kind, Structure, from_rows
from eligibility.group.turnovers import LARGEST
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.korean_rows import Row, firm, holding, holdings, person

N = KoreanNote


def made(firms: list[Row], held: str) -> Structure:
    return from_rows(firms, holdings(text for text in held.split("; ") if text))


def sheet_of(structure: Structure, name: str) -> KoreanSheet:
    return korean_sheet(structure, structure.node(name))


def entry_of(structure: Structure, name: str, other: str) -> AffiliateEntry:
    node = structure.node(other)
    return next(entry for entry in sheet_of(structure, name).entries if entry.node == node)


UNKNOWN_FLAGS = [
    ({"country": None}, {N.COUNTRY_UNKNOWN}),
    ({"kr_audited": None}, {N.AUDIT_UNKNOWN}),
    ({"kr_nonprofit": None}, {N.NONPROFIT_UNKNOWN}),
    ({"kr_exempt_investor": None}, {N.EXEMPTION_UNKNOWN}),
    ({"kr_average_turnover": None}, {N.TURNOVER_UNKNOWN}),
    ({"kr_average_turnover": Interval(10, 20)}, {N.TURNOVER_UNKNOWN}),
]


@pytest.mark.parametrize(("about", "notes"), UNKNOWN_FLAGS)
def test_what_is_missing_is_named(about: dict[str, Any], notes: set[KoreanNote]) -> None:
    structure = made([{**firm("P", 30), **about}, firm("S", 100)], "P S 40")
    entry = entry_of(structure, "S", "P")
    settled = notes == {N.TURNOVER_UNKNOWN}
    assert set(entry.notes) == notes
    assert entry.certain is (Truth.YES if settled else Truth.UNKNOWN)
    assert entry.ratio == (Interval.point(40) if settled else Interval(0, 40))
    assert sheet_of(structure, "S").certain is entry.certain


def test_an_unknown_share_leaves_everything_open() -> None:
    structure = from_rows([firm("P", 30), firm("S", 100)], [{"holder": "P", "held": "S"}])
    entry = entry_of(structure, "S", "P")
    assert (entry.certain, entry.ratio, entry.notes) == (Truth.UNKNOWN, Interval(0, 100), (N.SHARES_UNKNOWN,))
    assert sheet_of(structure, "S").total == Interval(100, 130)


def test_a_range_that_decides_the_control_but_not_the_amount() -> None:
    held = [{"holder": "P", "held": "S", "share": Interval(30, 45)}]
    entry = entry_of(from_rows([firm("P", 30), firm("S", 100)], held), "S", "P")
    assert (entry.certain, entry.ratio, entry.adds) == (Truth.YES, Interval(30, 45), Interval(9, Fraction(27, 2)))
    assert entry.notes == (N.SHARES_UNKNOWN,)


def test_an_unknown_share_is_at_most_the_rest() -> None:
    firms, rest = [firm("P", 30), firm("Q", 7), firm("S", 100)], {"holder": "Q", "held": "S"}
    assert sheet_of(from_rows(firms, [holding("P S 75"), rest]), "S").total == Interval.point(130)
    assert sheet_of(from_rows(firms, [holding("P S 60"), rest]), "S").total == Interval.point(130)
    assert sheet_of(from_rows(firms, [holding("P S 45"), rest]), "S").total == Interval(100, Fraction(241, 2))


def test_an_undescribed_firm() -> None:
    structure = made([firm("P", 30)], "P S 40")
    entry = entry_of(structure, "P", "S")
    assert {N.UNDESCRIBED, N.COUNTRY_UNKNOWN, N.NONPROFIT_UNKNOWN, N.TURNOVER_UNKNOWN} <= set(entry.notes)
    assert sheet_of(structure, "P").total == Interval(30, None)
    own = sheet_of(structure, "S").entries[0]
    assert (own.relation, own.notes) == (Relation.OWN, (N.UNDESCRIBED, N.TURNOVER_UNKNOWN))


def test_shares_of_its_own() -> None:
    structure = made([firm("S", 100)], "S S 10")
    assert sheet_of(structure, "S").notes == (N.OWN_SHARES,)
    assert owner_sheet(structure, 0).notes == (N.OWN_SHARES,)


def test_listed_means_audited() -> None:
    about = {"kr_audited": None, "kr_listed": Truth.YES}
    assert entry_of(made([{**firm("P", 30), **about}, firm("S", 100)], "P S 40"), "S", "P").certain is Truth.YES


def test_whether_the_consolidating_firm_is_listed_is_not_known() -> None:
    structure = made([firm("P", 30, kr_listed=None), firm("S", 100, consolidated_in="P")], "P S 20")
    entry = entry_of(structure, "S", "P")
    assert (entry.type, entry.certain, entry.ratio) == (5, Truth.UNKNOWN, Interval(0, 20))
    assert entry.notes == (N.LISTING_UNKNOWN,)


def test_the_paths_and_those_who_count_together() -> None:
    structure = made(
        [firm("P", 300), firm("K", 20, kr_audited=Truth.NO), firm("S", 100), person("gap")],
        "P K 40; P S 20; K S 15; gap S 5; gap P 60",
    )
    entry, node = entry_of(structure, "S", "P"), structure.node

    def step(holder: str, held: str, share: int) -> Step:
        return Step(node(holder), node(held), Through.VOTES, Interval.point(share))

    assert entry.relation is Relation.KR_PARENT
    assert entry.type == 2
    assert entry.together == Interval.point(40)
    assert entry.paths == ((step("P", "S", 20),), (step("P", "K", 40), step("K", "S", 15)))
    assert set(entry.bloc) == {node("K"), node("gap")}
    assert entry.notes == (N.FAMILY_COUNTED,)
    assert entry_of(structure, "P", "S").relation is Relation.KR_CHILD


def test_parents_of_each_other_are_told_once() -> None:
    structure = made([firm("A", 50), firm("B", 300)], "A B 35; B A 40")
    sheet = sheet_of(structure, "A")
    assert [entry.node for entry in sheet.entries] == [0, 1]
    assert sheet.entries[1].notes == (N.MUTUAL,)
    assert sheet.entries[1].ratio == Interval.point(40)


def test_a_structure_without_any_figure() -> None:
    structure = made([firm("A"), firm("B")], "A B 40")
    assert sheet_of(structure, "A").total == Interval(0, None)
    low, high = group_turnovers(structure)
    assert (low.tolist(), high.tolist()) == ([0, 0], [OPEN, OPEN])
    assert owner_sheet(structure, 1).verdict is Truth.UNKNOWN


def test_a_structure_without_any_holding() -> None:
    structure = made([firm("A", 5, kr_total_assets=1)], "")
    assert sheet_of(structure, "A").total == Interval.point(5)
    assert [end.tolist() for end in group_turnovers(structure)] == [[5], [5]]
    assert owner_sheet(structure, 0).verdict is Truth.NO
    assert large_owners(structure).tolist() == [-1]


def test_nothing_at_all() -> None:
    structure = from_rows([], [])
    assert [end.tolist() for end in group_turnovers(structure)] == [[], []]
    assert large_owners(structure).tolist() == []


def test_very_large_turnovers_stay_exact() -> None:
    amount = LARGEST - 1
    structure = made([firm("A", amount), firm("B", amount)], "A B 33.333333")
    total = amount + Fraction("0.33333333") * amount
    assert sheet_of(structure, "A").total == Interval.point(total)
    assert group_turnovers(structure)[0].tolist() == [round(total)] * 2


def test_turnovers_beyond_all_measure_are_bounded_from_below() -> None:
    structure = made([firm("A", 3 * LARGEST), firm("B", 1), firm("C", 5)], "A B 40")
    low, high = group_turnovers(structure)
    assert low.tolist() == [LARGEST, LARGEST * 2 // 5 + 1, 5]
    assert high.tolist() == [OPEN, OPEN, 5]
    assert sheet_of(structure, "B").total == Interval.point(3 * LARGEST * Fraction(2, 5) + 1)


def test_half_a_won_is_rounded_up() -> None:
    structure = made([firm("A", 5), firm("B", 1)], "A B 30")
    assert sheet_of(structure, "B").total == Interval.point(Fraction(5, 2))
    assert group_turnovers(structure)[0].tolist() == [5, 3]


def test_a_thousand_unknown_shares_do_not_overflow() -> None:
    names = [f"K{number}" for number in range(1500)]
    rows = [{"holder": "P", "held": name, "share": Fraction(60)} for name in names]
    rows += [{"holder": name, "held": "S", "share": None} for name in names]
    structure = from_rows([firm("P", 100), firm("S", 7), *(firm(name, 0) for name in names)], rows)
    entry = entry_of(structure, "S", "P")
    assert (entry.certain, entry.ratio) == (Truth.UNKNOWN, Interval(0, 100))
    assert group_turnovers(structure)[1][structure.node("S")] == 107


def test_more_ways_than_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_ways, "MOST_PATHS", 3)
    firms = [firm("A", kr_total_assets=600_000_000_000), *(firm(name, kr_total_assets=0) for name in "BCDS")]
    structure = made(firms, "A B 40; A C 40; A D 40; B S 20; C S 20; D S 20")
    sheet = owner_sheet(structure, structure.node("S"))
    assert sheet.verdict is Truth.UNKNOWN
    assert sheet.notes == (N.PATHS_CUT,)
    assert large_owners(structure)[structure.node("S")] == 0


def test_ways_that_are_cut_below_nobody_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_ways, "MOST_PATHS", 1)
    structure = made([firm(name, kr_total_assets=0) for name in "ABS"], "A S 40; B S 40; B A 40")
    sheet = owner_sheet(structure, structure.node("S"))
    assert (sheet.verdict, sheet.notes) == (Truth.NO, (N.PATHS_CUT,))


@pytest.mark.parametrize(("length", "verdict"), [(10, Truth.YES), (59, Truth.YES), (80, Truth.UNKNOWN)])
def test_a_long_row_of_firms(length: int, verdict: Truth) -> None:
    names = [f"F{number}" for number in range(length)]
    firms = [firm(name, kr_total_assets=0) for name in names]
    firms[-1]["kr_total_assets"] = 600_000_000_000
    rows = [{"holder": above, "held": below, "share": Fraction(60)} for below, above in pairwise(names)]
    assert owner_sheet(from_rows(firms, rows), 0).verdict is verdict
    assert large_owners(from_rows(firms, rows))[0] == verdict.value


def test_an_owner_tells_its_ways_and_assets() -> None:
    structure = made([firm("A", kr_total_assets=600_000_000_000), firm("K"), firm("S")], "A S 10; A K 60; K S 30")
    sheet = owner_sheet(structure, structure.node("S"), LARGE)
    entry, other = sheet.entries
    assert structure.nodes.ids[entry.node] == "A"
    assert entry.share == Interval.point(40)
    assert entry.assets == Interval.point(600_000_000_000)
    assert (entry.largest, entry.large, entry.counts, entry.verdict) == (Truth.YES,) * 4
    assert sorted(len(way) for way in entry.paths) == [1, 2]
    assert (structure.nodes.ids[other.node], other.notes) == ("K", (N.ASSETS_UNKNOWN,))
    assert sheet.verdict is Truth.YES


def test_investors_exempt_from_one_rule_only() -> None:
    fund = firm("A", kr_total_assets=20_000_000_000_000, kr_exempt_investor=Truth.YES)
    structure = made([fund, firm("S")], "A S 60")
    assert owner_sheet(structure, 1, LARGE).verdict is Truth.NO
    sheet = owner_sheet(structure, 1, giant(10_000_000_000_000))
    assert (sheet.verdict, sheet.entries[0].notes) == (Truth.UNKNOWN, (N.EXEMPTION_UNKNOWN,))


@pytest.mark.parametrize("kind", [Kind.PUBLIC_BODY, Kind.RESEARCH, Kind.LOCAL_AUTHORITY])
def test_what_is_not_for_profit_by_its_nature(kind: Kind) -> None:
    owner = firm("A", kind=kind, kr_nonprofit=None, kr_total_assets=20_000_000_000_000)
    structure = made([owner, firm("S")], "A S 60")
    assert owner_sheet(structure, 1, LARGE).verdict is Truth.NO
    assert owner_sheet(structure, 1, giant(10_000_000_000_000)).verdict is Truth.YES
    stated = made([{**owner, "kr_nonprofit": Truth.NO}, firm("S")], "A S 60")
    assert owner_sheet(stated, 1, LARGE).verdict is Truth.YES


def test_a_venture_capital_company_by_its_nature() -> None:
    owner = firm("A", 100, kind=Kind.VENTURE_CAPITAL, kr_exempt_investor=None, kr_total_assets=600_000_000_000)
    structure = made([owner, firm("S", 1)], "A S 60")
    assert owner_sheet(structure, 1, LARGE).verdict is Truth.NO
    assert sheet_of(structure, "S").total == Interval.point(1)
