"""Recommendation 2003/361/EC, Annex Art. 3 and 6, read sentence by sentence over plain rows, as slowly as it takes.

Links are a set of pairs that grows until no sentence of the text adds one; each function bears the paragraph that it
reads. Everything must be certain but the figures (see `completions.py` for what is not). Written from the text and
from the decisions that the project took where the text is silent, not from the program.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from eligibility.group.structure import Control, Kind, Measure, Period
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

Pairs = frozenset[tuple[str, str]]
Ends = tuple[Fraction, Fraction | None]
Key = tuple[Measure, Period]

SUFFIXES = {Period.LATEST: "", Period.PREVIOUS: "_previous", Period.EARLIER: "_earlier"}
KEYS = [(measure, period) for measure in Measure for period in Period]
INVESTORS = {Kind.PUBLIC_INVESTOR, Kind.VENTURE_CAPITAL, Kind.BUSINESS_ANGEL, Kind.RESEARCH, Kind.INSTITUTIONAL}
ANYONE = "*"
"""A market that is everyone's: what an enterprise of unknown market might be active on."""


class Group:
    """Rows as `from_rows` takes them, by id; an enterprise that only a holding names has an empty row."""

    def __init__(
        self,
        enterprises: Sequence[Mapping[str, Any]],
        holdings: Sequence[Mapping[str, Any]],
        adjacent: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.rows = {row["id"]: row for row in enterprises}
        named = [holding[end] for holding in holdings for end in ("holder", "held")]
        named += [row["consolidated_in"] for row in enterprises if row.get("consolidated_in") is not None]
        for name in named:
            self.rows.setdefault(name, {"id": name})
        # Shares of one's own count for nobody.
        self.holdings = [holding for holding in holdings if holding["holder"] != holding["held"]]
        self.adjacent = {frozenset(pair) for pair in adjacent}

    def kind(self, name: str) -> Kind:
        """What this is."""
        return Kind(self.rows[name].get("kind", Kind.ENTERPRISE))

    def held_by(self, holders: Iterable[str], held: str) -> list[Mapping[str, Any]]:
        """All that these hold of one enterprise."""
        wanted = set(holders)
        return [row for row in self.holdings if row["held"] == held and row["holder"] in wanted]


def exact(value: Any) -> Fraction:
    """A number that is certain."""
    if isinstance(value, Interval):
        assert value.low is not None
        assert value.low == value.high
        value = value.low
    return Fraction(value)


def capital(holding: Mapping[str, Any]) -> Fraction:
    """The share of the capital in percent."""
    return exact(holding.get("capital", holding.get("share")))


def votes(holding: Mapping[str, Any]) -> Fraction:
    """The share of the votes in percent."""
    return exact(holding.get("votes", holding.get("share")))


# --- Art. 3(2) second subparagraph: the investors that may go beyond 25 %


def art_3_2_d_small_authority(group: Group, name: str) -> bool:
    """A local authority with a budget below EUR 10 million and fewer than 5 000 inhabitants."""
    row = group.rows[name]
    return exact(row["budget"]) < 10_000_000 and exact(row["inhabitants"]) < 5_000


def art_3_2_a_angels(group: Group, firm: str) -> bool:
    """What all business angels together have put into this firm is below EUR 1 250 000."""
    angels = [row for row in group.holdings if row["held"] == firm and group.kind(row["holder"]) is Kind.BUSINESS_ANGEL]
    return sum(exact(row["invested"]) for row in angels) < 1_250_000


def art_3_2_excepted(group: Group, investor: str, firm: str) -> bool:
    """Whether the investor is of the list as regards this firm; that the two are not linked is asked elsewhere."""
    kind = group.kind(investor)
    if kind is Kind.LOCAL_AUTHORITY:
        return art_3_2_d_small_authority(group, investor)
    if kind is Kind.BUSINESS_ANGEL:
        return art_3_2_a_angels(group, firm)
    return kind in INVESTORS


def is_public_body(group: Group, name: str) -> bool:
    """A public body; a local authority beyond the limits of Art. 3(2)(d) is one like any other."""
    kind = group.kind(name)
    authority = kind is Kind.LOCAL_AUTHORITY and not art_3_2_d_small_authority(group, name)
    return kind is Kind.PUBLIC_BODY or authority


def is_enterprise(group: Group, name: str) -> bool:
    """Who can be linked: neither persons, who only link others, nor public bodies, which have Art. 3(4)."""
    return group.kind(name) is not Kind.PERSON and not is_public_body(group, name)


# --- Art. 3(3): linked enterprises


def art_3_3_presumption(group: Group, holding: Mapping[str, Any]) -> bool:
    """Second subparagraph: an investor of the list that stays out of the management is taken to dominate nobody."""
    listed = group.kind(holding["holder"]) in INVESTORS | {Kind.LOCAL_AUTHORITY}
    return listed and holding.get("involved") is not Truth.YES


def art_3_3_a_to_d(group: Group, holders: Iterable[str], held: str) -> bool:
    """First subparagraph: whether these, taken as one, have one of the four relations to an enterprise."""
    rows = group.held_by(holders, held)
    if sum(votes(row) for row in rows) > 50:
        return True
    for row in rows:
        means = Control(row.get("control", Control.NONE))
        if art_3_3_presumption(group, row):
            means &= ~Control.DOMINANT
        if means.value:
            return True
    return False


def fellows(pairs: Pairs, name: str) -> frozenset[str]:
    """The enterprise and all that it is linked to so far."""
    return frozenset(other for one, other in pairs if one == name)


def art_3_3_through_enterprises(group: Group, pairs: Pairs) -> Pairs:
    """First and third subparagraph: one alone, or together with those it is linked to."""
    found = set()
    for one in {one for one, _ in pairs}:
        for other in {other for other, _ in pairs}:
            if (one, other) not in pairs and art_3_3_a_to_d(group, fellows(pairs, one), other):
                found |= {(one, other), (other, one)}
    return frozenset(found)


def acting_jointly(group: Group) -> list[frozenset[str]]:
    """The natural persons, in groups of those that act jointly."""
    persons = [name for name in group.rows if group.kind(name) is Kind.PERSON]

    def label(name: str) -> Any:
        return ("group", group.rows[name]["acts_with"]) if group.rows[name].get("acts_with") else ("alone", name)

    return [frozenset(other for other in persons if label(other) == label(name)) for name in persons]


def controlled_by_persons(group: Group, pairs: Pairs, persons: frozenset[str]) -> frozenset[str]:
    """All enterprises over which the persons have a relation, by themselves or through what they control."""
    under: frozenset[str] = frozenset()
    while True:
        more = {
            fellow
            for name in {one for one, _ in pairs} - under
            if art_3_3_a_to_d(group, persons | under, name)
            for fellow in fellows(pairs, name)
        }
        if not more:
            return under
        under |= more


def markets(group: Group, name: str) -> frozenset[str]:
    """The markets of an enterprise."""
    return frozenset(group.rows[name].get("markets") or ())


def art_3_3_same_or_adjacent(group: Group, one: str, other: str) -> bool:
    """Fourth and fifth subparagraph: whether two are active on one market, or directly above or below each other."""
    return any(
        ANYONE in (mine, theirs) or mine == theirs or frozenset((mine, theirs)) in group.adjacent
        for mine in markets(group, one)
        for theirs in markets(group, other)
    )


def art_3_3_through_persons(group: Group, pairs: Pairs) -> Pairs:
    """Fourth subparagraph: what the same persons control is linked if it meets on a market."""
    found = set()
    for persons in acting_jointly(group):
        under = controlled_by_persons(group, pairs, persons)
        found |= {
            (one, other)
            for one in under
            for other in under
            if one != other and art_3_3_same_or_adjacent(group, one, other)
        }
    return frozenset(found)


def linked(group: Group) -> Pairs:
    """All pairs of linked enterprises; each enterprise stands with itself."""
    pairs = frozenset((name, name) for name in group.rows if is_enterprise(group, name))
    while True:
        more = pairs | art_3_3_through_enterprises(group, pairs) | art_3_3_through_persons(group, pairs)
        more |= {(one, last) for one, middle in more for first, last in more if middle == first}
        if more == pairs:
            return pairs
        pairs = frozenset(more)


# --- Art. 3(2): partner enterprises


def art_3_2_share(group: Group, holders: Iterable[str], held: str) -> Fraction:
    """The higher of capital and votes that ordinary enterprises of one linked group hold of another's enterprise."""
    rows = [row for row in group.held_by(holders, held) if not art_3_2_excepted(group, row["holder"], held)]
    return max(sum(map(capital, rows), Fraction()), sum(map(votes, rows), Fraction()))


def art_3_2_partner(group: Group, ours: frozenset[str], theirs: frozenset[str]) -> Fraction:
    """How much of a partner the two linked groups are to each other; 0 below 25 %."""
    shares = [art_3_2_share(group, ours, held) for held in theirs]
    shares += [art_3_2_share(group, theirs, held) for held in ours]
    # Art. 6(2): of holdings in each other the greater one counts.
    highest = max(shares)
    return highest if highest >= 25 else Fraction()


# --- Art. 3(4): public bodies


def art_3_4_counts(group: Group, pairs: Pairs, controlled: frozenset[str], holder: str, firm: str) -> bool:
    """Whether what this one holds of the firm is controlled by public bodies."""
    if group.kind(holder) is Kind.LOCAL_AUTHORITY and not is_public_body(group, holder):
        return (holder, firm) in pairs
    return is_public_body(group, holder) or holder in controlled


def art_3_4_controlled(group: Group, pairs: Pairs) -> frozenset[str]:
    """The enterprises that public bodies control, jointly, directly or through others."""
    controlled: frozenset[str] = frozenset()
    while True:
        more = {
            name
            for name in group.rows
            if is_enterprise(group, name) and name not in controlled
            if art_3_3_a_to_d(
                group, [row for row in group.rows if art_3_4_counts(group, pairs, controlled, row, name)], name
            )
        }
        if not more:
            return controlled
        controlled |= more


def votes_stated(row: Mapping[str, Any]) -> Fraction:
    """The votes; who is said to have the majority, by itself or by agreement, has more than half of them."""
    stated = row.get("control", Control.NONE) & (Control.MAJORITY | Control.AGREEMENT)
    return max(votes(row), Fraction(50) + Fraction(1, 10**6)) if stated else votes(row)


def art_3_4_share(group: Group, pairs: Pairs, firm: str) -> Fraction:
    """The higher of capital and votes that public bodies control; the excepted cases of Art. 3(2) left out."""
    controlled = art_3_4_controlled(group, pairs)
    rows = [
        row
        for row in group.holdings
        if row["held"] == firm and art_3_4_counts(group, pairs, controlled, row["holder"], firm)
        if (row["holder"], firm) in pairs or not art_3_2_excepted(group, row["holder"], firm)
    ]
    return min(Fraction(100), max(sum(map(capital, rows), Fraction()), sum(map(votes_stated, rows), Fraction())))


def directly_above(group: Group, pairs: Pairs, firm: str) -> set[str]:
    """The enterprises that control the firm: each that does alone, else all linked ones that hold votes together."""
    rows = [row for row in group.holdings if row["held"] == firm and row["holder"] != firm]
    rows = [row for row in rows if (row["holder"], firm) in pairs]
    alone = {row["holder"] for row in rows if art_3_3_a_to_d(group, [row["holder"]], firm)}
    together = sum((votes(row) for row in rows), Fraction()) > 50
    return alone or ({row["holder"] for row in rows if votes(row) > 0} if together else set())


def above(group: Group, pairs: Pairs, firm: str) -> set[str]:
    """The enterprises that control the firm through any chain."""
    found: set[str] = set()
    fresh = directly_above(group, pairs, firm)
    while fresh - found:
        found |= fresh
        fresh = {higher for name in fresh for higher in directly_above(group, pairs, name)}
    return found - {firm}


def art_3_4(group: Group, firm: str) -> tuple[Fraction, Fraction]:
    """The public share of the firm; below 25 %, what it may be if that of a parent is meant too (the text is open)."""
    pairs = linked(group)
    certain = art_3_4_share(group, pairs, firm)
    parents = [art_3_4_share(group, pairs, name) for name in above(group, pairs, firm)]
    return certain, max([certain, *(share for share in parents if share >= 25 > certain)])


# --- Art. 6: the data of an enterprise


def figure(row: Mapping[str, Any], key: Key, prefix: str = "") -> Ends:
    """A figure of one's own accounts, or with `consolidated_` of the consolidated ones that one draws up."""
    value = row.get(f"{prefix}{key[0].word}{SUFFIXES[key[1]]}")
    if isinstance(value, Interval):
        return Fraction(value.low or 0), None if value.high is None else Fraction(value.high)
    return (Fraction(), None) if value is None else (Fraction(value), Fraction(value))


def draws_up(group: Group, name: str, key: Key) -> bool:
    """Whether consolidated accounts of this one tell the figure (Art. 6(4): they often do not tell the headcount)."""
    return group.rows[name].get(f"consolidated_{key[0].word}{SUFFIXES[key[1]]}") is not None


def art_6_2_head(group: Group, name: str, key: Key, among: Iterable[str]) -> tuple[str, Fraction] | None:
    """The nearest one of these above it in whose consolidated accounts the figure is, and how much of it (0 to 1)."""
    share, seen = Fraction(1), {name}
    while group.rows[name].get("consolidated_in") is not None:
        share *= exact(group.rows[name].get("consolidated_share", 100)) / 100
        name = group.rows[name]["consolidated_in"]
        if name in among and draws_up(group, name, key):
            return name, share
        if name in seen:
            return None
        seen.add(name)
    return None


def times(factor: Fraction, ends: Ends) -> Ends:
    """A part of a figure; nothing of an unknown figure is nothing."""
    low, high = ends
    return factor * low, Fraction() if factor == 0 else None if high is None else factor * high


def art_6_2_figure(group: Group, name: str, key: Key, among: Iterable[str]) -> Ends:
    """What an enterprise adds to its linked group: what is not already included by consolidation.

    Art. 6(3), second subparagraph: its data are consolidated ones if they exist.
    """
    own = figure(group.rows[name], key, "consolidated_" if draws_up(group, name, key) else "")
    head = art_6_2_head(group, name, key, among)
    return times(1 - head[1] if head else Fraction(1), own)


def art_6_3_factor(
    group: Group, name: str, key: Key, ours: frozenset[str], theirs: frozenset[str], weight: Fraction
) -> Fraction:
    """How much of a partner's figure is added: what our accounts include of it pro rata is there already."""
    included = art_6_2_head(group, name, key, ours | theirs)
    if included is None or included[0] in theirs:
        return weight
    return max(Fraction(), weight - included[1])


def art_6_2_and_3(group: Group, firm: str, key: Key) -> Ends:
    """100 % of the linked enterprises, and of each partner with what is linked to it the percentage of the holding."""
    pairs = linked(group)
    ours = fellows(pairs, firm)
    parts = [art_6_2_figure(group, name, key, ours) for name in ours]
    for theirs in {fellows(pairs, name) for name, _ in pairs} - {ours}:
        weight = art_3_2_partner(group, ours, theirs) / 100
        for name in theirs:
            factor = art_6_3_factor(group, name, key, ours, theirs, weight)
            parts.append(times(factor, art_6_2_figure(group, name, key, theirs)))
    highs = [high for _, high in parts if high is not None]
    return sum((low for low, _ in parts), Fraction()), sum(highs, Fraction()) if len(highs) == len(parts) else None


# --- What each enterprise is to the firm


def relations(group: Group, firm: str) -> dict[str, tuple[str, Fraction]]:
    """Those whose figures count: what they are to the firm, and the percentage before any consolidation."""
    pairs = linked(group)
    ours = fellows(pairs, firm)
    found = {name: ("linked", Fraction(100)) for name in ours} | {firm: ("own", Fraction(100))}
    for theirs in {fellows(pairs, name) for name, _ in pairs} - {ours}:
        weight = art_3_2_partner(group, ours, theirs)
        for name in theirs if weight else ():
            near = partner_by_itself(group, name, theirs, ours)
            found[name] = ("partner" if near else "linked_to_partner", weight)
    return found


def partner_by_itself(group: Group, name: str, theirs: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether it is held by a quarter, or holds a part of one; else it is only linked to one that is or does."""
    if art_3_2_share(group, ours, name) >= 25:
        return True
    return any(art_3_2_share(group, theirs, one) >= 25 and art_3_2_share(group, [name], one) > 0 for one in ours)
