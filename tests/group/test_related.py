"""Who stands how to a firm: what is to be noticed, and paths and rows that stay few however large the group is."""

from itertools import pairwise
from time import process_time

import pytest

from eligibility.group.paths import END, Paths
from eligibility.group.sheet import Entry, Note, Relation
from eligibility.group.size import size_sheet
from eligibility.group.structure import Control, Kind, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

PERSON = {"id": "anna", "kind": Kind.PERSON}


def entry(firms: list[dict[str, object]], holdings: list[dict[str, object]], name: str) -> Entry:
    """The entry of one node on the sheet of the firm `a`."""
    structure = from_rows(firms, holdings)
    sheet = size_sheet(structure, structure.node("a"))
    return next(one for one in sheet.entries if one.node == structure.node(name))


@pytest.mark.parametrize(
    ("markets", "share", "relation", "noted"),
    [
        pytest.param((None, None), 100, Relation.LINKED, True, id="markets unknown"),
        pytest.param(({"x"}, None), 100, Relation.LINKED, True, id="one market unknown"),
        pytest.param(({"x"}, {"x"}), Interval(40, 60), Relation.LINKED, False, id="the share is in doubt"),
        pytest.param((None, {"x"}), Interval(40, 60), Relation.LINKED, True, id="both are in doubt"),
    ],
)
def test_markets_are_named_where_they_are_in_doubt(
    markets: tuple[set[str] | None, set[str] | None], share: object, relation: Relation, noted: bool
) -> None:
    firms = [
        {"id": name, **({} if told is None else {"markets": told})} for name, told in zip("ab", markets, strict=True)
    ]
    held = [{"holder": "anna", "held": "a", "share": 100}, {"holder": "anna", "held": "b", "share": share}]
    found = entry([PERSON, *firms], held, "b")
    assert (found.relation, found.certain) == (relation, Truth.UNKNOWN)
    assert (Note.MARKETS_UNKNOWN in found.notes) is noted


def test_doubtful_markets_are_passed_on_to_what_is_behind_them() -> None:
    held = [{"holder": "anna", "held": name, "share": 100} for name in "ab"]
    found = entry([PERSON], [*held, {"holder": "b", "held": "c", "share": 80}], "c")
    assert found.notes == (Note.UNDESCRIBED, Note.MARKETS_UNKNOWN)


@pytest.mark.parametrize(
    ("share", "invested", "relation", "notes"),
    [
        pytest.param(30, Interval(100), Relation.PARTNER, (Note.INVESTOR_LIMIT_UNKNOWN,), id="may be above"),
        pytest.param(30, Interval.point(200_000_000), Relation.PARTNER, (Note.INVESTOR_LIMIT,), id="above"),
        pytest.param(30, Interval.point(100), Relation.EXCEPTED, (), id="below"),
        pytest.param(5, Interval.point(200_000_000), Relation.BELOW, (), id="above, but no quarter"),
        pytest.param(60, Interval.point(200_000_000), Relation.LINKED, (), id="above, but linked anyway"),
    ],
)
def test_the_limit_of_investors(share: int, invested: Interval, relation: Relation, notes: tuple[Note, ...]) -> None:
    angel = {"id": "angel", "kind": Kind.BUSINESS_ANGEL}
    held = {"holder": "angel", "held": "a", "share": share, "invested": invested}
    # What the angel has put into a firm of somebody else matters there alone.
    elsewhere = {"holder": "angel", "held": "z", "share": 30, "invested": Interval.point(900_000_000)}
    found = entry([{"id": "a"}, angel, {"id": "z"}], [held, elsewhere], "angel")
    assert (found.relation, found.notes) == (relation, notes)


def test_a_large_authority_is_above_its_limit() -> None:
    town = {"id": "town", "kind": Kind.LOCAL_AUTHORITY, "budget": Interval.point(2_000_000_000)}
    found = entry([{"id": "a"}, town], [{"holder": "town", "held": "a", "share": 30}], "town")
    assert (found.relation, found.notes) == (Relation.PUBLIC, (Note.INVESTOR_LIMIT,))


def test_of_a_long_path_both_ends_are_told() -> None:
    length = 5 * END
    paths = Paths(0, [(one, one + 1) for one in range(length)])
    assert paths.hops(2 * END) == tuple((one, one + 1) for one in range(2 * END))
    assert [one for one, _ in paths.hops(length)] == [*range(END), *range(length - END, length)]
    assert paths.hops(length + 1) == ()
    assert paths.before(0) is None


def _star(size: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    rows = [{"holder": "anna", "held": f"f{one}", "share": 100} for one in range(size)]
    return [{"id": "a"}, PERSON], [{"holder": "anna", "held": "a", "share": 100}, *rows]


def _chain(size: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    names = ["a", *(f"f{one}" for one in range(size))]
    rows = [{"holder": one, "held": other, "share": 60} for one, other in pairwise(names)]
    return [{"id": "a"}], rows


def _small_investors(size: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    kinds = [{"id": f"f{one}", "kind": Kind.BUSINESS_ANGEL} for one in range(size)]
    return [{"id": "a"}, *kinds], [{"holder": one["id"], "held": "a", "votes": 0, "capital": 0} for one in kinds]


def _partners(size: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    return [{"id": "a"}], [{"holder": "a", "held": f"f{one}", "share": 30} for one in range(size)]


@pytest.mark.parametrize("made", [_star, _chain, _small_investors, _partners])
def test_a_sheet_takes_time_in_proportion_to_the_group(made: object) -> None:
    assert callable(made)

    def seconds(size: int) -> float:
        structure = from_rows(*made(size))
        begun = process_time()
        sheet = size_sheet(structure, structure.node("a"))
        assert len(sheet.entries) > size
        return process_time() - begun

    seconds(50)
    # Sixteen times the firms: what grows with their square would take 256 times as long.
    assert seconds(8_000) < 64 * max(seconds(500), 0.01)


def test_possible_control_of_a_partner_in_accounts_in_part() -> None:
    """Either `b` is linked and 70 % of it is added, or its 25 % are in the accounts of `a` already."""
    firms = [
        {"id": "a", "consolidated_employees": 100},
        {"id": "b", "consolidated_employees": 100, "consolidated_in": "a", "consolidated_share": 30},
    ]
    held = {"holder": "b", "held": "a", "share": 25, "possible_control": Control.MAJORITY}
    structure = from_rows(firms, [held])
    sheet = size_sheet(structure, structure.node("a"))
    (total,) = sheet.totals.values()
    assert total == Interval(100, 170)
