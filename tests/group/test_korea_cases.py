"""The worked groups, by the program and by the literal reading."""

from fractions import Fraction

import pytest

from eligibility.group.korea import group_turnovers, korean_sheet
from eligibility.group.owners import LARGE, giant_owner, large_owner, owner_sheet
from eligibility.group.sheet import Relation
from eligibility.group.structure import from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.affiliate_cases import GROUPS, Group
from tests.group.literal_korea import Literal
from tests.group.owner_cases import BILLION_500, OWNERS, TRILLION_10, Owned
from tests.group.test_korea_against_text import half_up


@pytest.mark.parametrize("case", GROUPS, ids=lambda case: case.name)
def test_group(case: Group) -> None:
    structure, text = from_rows(case.enterprises, case.holdings), Literal(case.enterprises, case.holdings)
    low, high = group_turnovers(structure)
    links = set()
    for firm in text.corporations:
        sheet = korean_sheet(structure, structure.node(firm))
        links |= {
            f"{structure.nodes.ids[entry.node]} {firm} {entry.type}"
            for entry in sheet.entries
            if entry.relation is Relation.KR_PARENT
        }
        if firm in case.totals:
            total = Fraction(case.totals[firm])
            assert (firm, sheet.total) == (firm, Interval.point(total))
            assert text.total(firm) == total
            assert low[structure.node(firm)] == high[structure.node(firm)] == half_up(total)
    # Of two that are each other's parent, a sheet tells one.
    assert links <= set(case.links) or not case.links
    told = {frozenset(link.split()[:2]) for link in links}
    assert not case.links or told == {frozenset(link.split()[:2]) for link in case.links}
    assert all(int(number) in text.cases(parent, child) for parent, child, number in map(str.split, case.links))


@pytest.mark.parametrize("case", OWNERS, ids=lambda case: case.name)
def test_owner(case: Owned) -> None:
    structure = from_rows(case.enterprises, case.holdings)
    firm, owner = structure.node("S"), structure.node("A")
    entries = [entry for entry in owner_sheet(structure, firm, LARGE).entries if entry.node == owner]
    assert [entry.share for entry in entries] == ([] if case.share is None else [Interval.point(Fraction(case.share))])
    assert large_owner(structure, firm) is case.verdict
    assert giant_owner(structure, firm, TRILLION_10) is case.giant


@pytest.mark.parametrize("case", OWNERS, ids=lambda case: case.name)
def test_owner_by_the_text(case: Owned) -> None:
    about_owner = case.enterprises[0]
    if case.verdict is not Truth.UNKNOWN and case.share is not None and type(about_owner["kr_total_assets"]) is int:
        text = Literal(case.enterprises, case.holdings)
        assert text.owner_share("A", "S") * 100 == Fraction(case.share)
        if about_owner["kr_nonprofit"] is not None:
            owners = text.large_owners("S", BILLION_500, nonprofits=False)
            assert ("A" in owners) == (case.verdict is Truth.YES)
