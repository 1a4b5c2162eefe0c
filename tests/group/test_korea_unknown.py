"""What is not known: whatever turns out to be the truth lies within what was told."""

from fractions import Fraction

from hypothesis import given

from eligibility.group.korea import group_turnovers, korean_sheet
from eligibility.group.owners import OwnerTest, large_owners, owner_sheet
from eligibility.group.structure import OPEN, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.korean_rows import Blurred, blurred_groups
from tests.group.literal_korea import Literal
from tests.group.test_korea_against_text import half_up


def holds(interval: Interval, value: Fraction) -> bool:
    return (interval.low or 0) <= value and (interval.high is None or value <= interval.high)


@given(blurred_groups())
def test_the_total_holds_every_completion(group: Blurred) -> None:
    structure = from_rows(group.enterprises, group.holdings)
    texts = [Literal(*completion) for completion in group.completions]
    for firm in "AB":
        sheet = korean_sheet(structure, structure.node(firm))
        entries = {structure.nodes.ids[entry.node]: entry for entry in sheet.entries}
        for text in texts:
            assert holds(sheet.total, text.total(firm))
            for other in set(text.corporations) - {firm}:
                ratios = [text.ratio(*pair) for pair in ((other, firm), (firm, other)) if text.cases(*pair)]
                entry = entries.get(other)
                if entry is None:
                    assert not ratios
                else:
                    assert ratios or entry.certain is Truth.UNKNOWN
                    assert holds(entry.ratio, 100 * max(ratios, default=Fraction(0)))


@given(blurred_groups())
def test_the_portfolio_tells_the_ends_of_the_sheets(group: Blurred) -> None:
    structure = from_rows(group.enterprises, group.holdings)
    low, high = group_turnovers(structure)
    for node, row in enumerate(group.enterprises):
        if "kr_audited" in row:
            total = korean_sheet(structure, node).total
            assert low[node] == half_up(Fraction(total.low or 0))
            assert high[node] == (OPEN if total.high is None else half_up(Fraction(total.high)))


@given(blurred_groups())
def test_what_is_told_of_owners_stands(group: Blurred) -> None:
    structure = from_rows(group.enterprises, group.holdings)
    texts = [Literal(*completion) for completion in group.completions]
    for firm in "AB":
        sheet = owner_sheet(structure, structure.node(firm), OwnerTest(10))
        for text in texts:
            owners = text.large_owners(firm, 10, nonprofits=False)
            assert sheet.verdict is Truth.UNKNOWN or (sheet.verdict is Truth.YES) == bool(owners)
            for entry in sheet.entries:
                other = structure.nodes.ids[entry.node]
                assert entry.verdict is Truth.UNKNOWN or (entry.verdict is Truth.YES) == (other in owners)
                assert holds(entry.share, 100 * text.owner_share(other, firm))


@given(blurred_groups())
def test_the_portfolio_tells_the_owners_of_the_sheets(group: Blurred) -> None:
    structure = from_rows(group.enterprises, group.holdings)
    for test in (OwnerTest(10), OwnerTest(5, nonprofits=True)):
        sheets = [owner_sheet(structure, node, test).verdict.value for node in range(len(structure.nodes))]
        assert large_owners(structure, test).tolist() == sheets
