"""The owner test against the literal reading, on random groups."""

from hypothesis import given

from eligibility.group.owners import OwnerTest, owner_sheet
from eligibility.group.structure import from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.korean_rows import Row, groups
from tests.group.literal_korea import THIRTY, Literal


@given(groups())
def test_the_owners_are_those_of_the_text(group: tuple[list[Row], list[Row]]) -> None:
    structure, text = from_rows(*group), Literal(*group)
    for firm in text.corporations:
        for nonprofits in (False, True):
            sheet = owner_sheet(structure, structure.node(firm), OwnerTest(10, nonprofits))
            exempt = {other for other in text.corporations if text.is_yes(other, "kr_exempt_investor")}
            found = {structure.nodes.ids[entry.node] for entry in sheet.entries if entry.verdict is Truth.YES}
            assert found == text.large_owners(firm, 10, nonprofits=nonprofits), firm
            assert (sheet.verdict is Truth.YES) == bool(found)
            # Whether an exempt investor is one that the rule for mid-sized firms exempts is not known.
            open_points = {structure.nodes.ids[e.node] for e in sheet.entries if e.verdict is Truth.UNKNOWN}
            assert open_points <= (exempt if nonprofits else set())


@given(groups())
def test_the_shares_are_those_of_the_text(group: tuple[list[Row], list[Row]]) -> None:
    structure, text = from_rows(*group), Literal(*group)
    for firm in text.corporations:
        entries = owner_sheet(structure, structure.node(firm), OwnerTest(10)).entries
        shares = {other: text.owner_share(other, firm) for other in text.corporations if other != firm}
        found = {structure.nodes.ids[entry.node]: entry for entry in entries}
        large = {other for other in shares if text.about[other]["kr_total_assets"] >= 10}
        assert set(found) == {other for other, share in shares.items() if share >= THIRTY or (share and other in large)}
        for other, entry in found.items():
            assert entry.share == Interval.point(shares[other] * 100)
            assert (entry.largest is Truth.YES) == text.is_largest_owner(other, firm)
