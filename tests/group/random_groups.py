"""Random ownership structures, small and tangled."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from eligibility.group.structure import Control, Kind, Structure, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

Row = dict[str, Any]

SHARES = [Fraction(number, 1_000_000) for number in (1, 5_000_000, 12_500_000, 20_000_000, 24_999_999, 25_000_000)]
SHARES += [Fraction(text) for text in (30, 40, 49, 50, "50.000001", 51, 60, 75, 100)]
KINDS = [*[Kind.ENTERPRISE] * 9, *[Kind.PERSON] * 4, *[Kind.PUBLIC_BODY] * 2, *list(Kind)[3:]]
CONTROLS = [*[Control.NONE] * 12, Control.MAJORITY, Control.APPOINTS, Control.DOMINANT, Control.AGREEMENT]
RANGES = [(0, 24), (0, 50), (20, 30), (25, 50), (30, 60), (50, 60), (51, 100), (0, 100)]
NEVER_HELD = {Kind.PERSON, Kind.PUBLIC_BODY, Kind.LOCAL_AUTHORITY}
ADJACENT = [("flour", "bread")]


@dataclass(frozen=True)
class Tangle:
    """Rows of a structure and the firm that is asked about."""

    enterprises: Sequence[Row]
    holdings: Sequence[Row]
    subject: str

    def structure(self) -> Structure:
        """The same as the program takes it."""
        return from_rows(self.enterprises, self.holdings, adjacent=ADJACENT, subject=self.subject)


@st.composite
def tangles(draw: st.DrawFn, known: bool = True, most: int = 7) -> Tangle:
    """A structure of which all is known but some figures; or one with a few gaps."""
    names = "abcdefg"[: draw(st.integers(2, most))]
    kinds = {name: draw(st.sampled_from(KINDS)) for name in names}
    kinds["a"] = draw(st.sampled_from([Kind.ENTERPRISE, Kind.ENTERPRISE, Kind.ENTERPRISE, Kind.INSTITUTIONAL]))
    firms = [name for name in names if kinds[name] not in NEVER_HELD]
    enterprises = [draw(rows(name, kinds, known)) for name in names]
    pairs = [(holder, held) for held in firms for holder in names]
    least_number = min(len(names), len(pairs))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=least_number, max_size=3 * len(names)))
    holdings = [draw(holding(holder, held, kinds[holder], known)) for holder, held in chosen]
    return Tangle(enterprises, [*within_whole(holdings)], draw(st.sampled_from(firms)))


@st.composite
def rows(draw: st.DrawFn, name: str, kinds: dict[str, Kind], known: bool) -> Row:
    """One enterprise, person or body; consolidated only in one that is named before it, so that there is no ring."""
    kind = kinds[name]
    if kind in (Kind.PERSON, Kind.PUBLIC_BODY):
        return {"id": name, "kind": kind, "acts_with": draw(st.sampled_from([None, None, "family"]))}
    row: Row = {"id": name, "kind": kind, "markets": draw(markets(known))}
    if kind is Kind.LOCAL_AUTHORITY:
        limits = [Fraction("9999999.99"), 10_000_000, *([] if known else [None])]
        row |= {"budget": draw(st.sampled_from(limits)), "inhabitants": draw(st.sampled_from([4_999, 4_999, 5_000]))}
    row["employees"] = draw(figures(10, 99))
    row["turnover_previous"] = draw(figures(0, 1_000))
    if draw(st.integers(0, 3)) == 0:
        row["consolidated_employees"] = draw(figures(100, 500))
    before = [other for other in kinds if other < name and kinds[other] not in NEVER_HELD]
    if before and draw(st.integers(0, 3)) == 0:
        row["consolidated_in"] = draw(st.sampled_from(before))
        row["consolidated_share"] = draw(st.sampled_from([100, 100, 100, 30, Fraction("45.5")]))
    return row


def markets(known: bool) -> st.SearchStrategy[frozenset[str] | None]:
    """One or two markets; flour and bread are adjacent."""
    some = st.frozensets(st.sampled_from(["flour", "bread", "steel"]), min_size=1, max_size=2)
    return some if known else st.one_of(some, some, st.none())


def figures(low: int, high: int) -> st.SearchStrategy[Any]:
    """A figure, seldom a range, seldom unknown."""
    number = st.integers(low, high)
    return st.one_of(number, number, number, number.map(lambda least: Interval(least, least + 5)), st.none())


@st.composite
def holding(draw: st.DrawFn, holder: str, held: str, kind: Kind, known: bool) -> Row:
    """One holding."""
    row: Row = {"holder": holder, "held": held, "control": draw(st.sampled_from(CONTROLS))}
    if draw(st.integers(0, 3)):
        row["share"] = draw(shares(known))
    else:
        row |= {"capital": draw(shares(known)), "votes": draw(shares(known))}
    if not known and draw(st.integers(0, 7)) == 0:
        row["possible_control"] = row["control"] | draw(st.sampled_from(list(Control)))
    if kind is Kind.BUSINESS_ANGEL:
        row["invested"] = draw(st.sampled_from([625_000, 1_249_999, 1_250_000, *([] if known else [None])]))
    if kind >= Kind.PUBLIC_INVESTOR:
        row["involved"] = draw(st.sampled_from([None, Truth.NO, Truth.YES, *([] if known else [Truth.UNKNOWN])]))
    return row


def shares(known: bool) -> st.SearchStrategy[Any]:
    """A share at or near what the law asks for; else also a range or nothing."""
    number = st.sampled_from(SHARES)
    spread = st.sampled_from(RANGES).map(lambda ends: Interval(*ends))
    return number if known else st.one_of(number, number, spread, st.none())


def within_whole(holdings: Sequence[Row]) -> Sequence[Row]:
    """The holdings, less what would give away more than all of a firm."""
    left: dict[tuple[str, str], Fraction] = {}
    kept = []
    for row in holdings:
        asked = {key: least(row.get(key, row.get("share"))) for key in ("capital", "votes")}
        rest = {key: left.get((row["held"], key), Fraction(100)) - asked[key] for key in asked}
        if min(rest.values()) >= 0:
            kept.append(row)
            left |= {(row["held"], key): value for key, value in rest.items()}
    return kept


def least(share: Any) -> Fraction:
    """What a holder has at least."""
    return Fraction((share.low or 0) if isinstance(share, Interval) else share or 0)
