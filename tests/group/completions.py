"""What might be the case where something is not known: every world, or many of them, with certain rows."""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from eligibility.group.structure import Control, Kind
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.literal import ANYONE

Row = dict[str, Any]
World = tuple[list[Row], list[Row]]

TINY = Fraction(1, 1_000_000)
EDGES = [Fraction(0), 25 - TINY, Fraction(25), Fraction(50), 50 + TINY, Fraction(100)]
PLACELESS = {Kind.PERSON, Kind.PUBLIC_BODY}


def worlds(enterprises: Sequence[Row], holdings: Sequence[Row], *, most: int, random: Random) -> Iterator[World]:
    """All worlds that the rows admit at the edges of the law, or `most` of them drawn at random."""
    rows, held = described(enterprises, holdings), [dict(row) for row in holdings]
    spots = [(row, key, options) for row in rows for key, options in of_enterprise(row)]
    spots += [(row, key, options) for row in held for key, options in of_holding(row, rows)]
    choices = [options for _, _, options in spots]
    for chosen in picked(choices, most, random):
        new_rows, new_held = [dict(row) for row in rows], [dict(row) for row in held]
        twins = dict(zip(map(id, [*rows, *held]), [*new_rows, *new_held], strict=True))
        for (row, key, _), value in zip(spots, chosen, strict=True):
            if key == "both":
                twins[id(row)].pop("share", None)
                twins[id(row)] |= {"capital": value[0], "votes": value[1]}
            else:
                twins[id(row)][key] = value
        if possible(new_held):
            yield new_rows, new_held


def picked(choices: list[list[Any]], most: int, random: Random) -> Iterator[tuple[Any, ...]]:
    """Every combination if there are few, else some."""
    number = 1
    for options in choices:
        number *= len(options)
    if number <= most:
        yield from itertools.product(*choices)
    else:
        yield from (tuple(random.choice(options) for options in choices) for _ in range(most))


def described(enterprises: Sequence[Row], holdings: Sequence[Row]) -> list[Row]:
    """The rows of the enterprises, with those that only a holding names."""
    names = dict.fromkeys([row["id"] for row in enterprises])
    named = [row[end] for row in holdings for end in ("holder", "held")]
    named += [row["consolidated_in"] for row in enterprises if row.get("consolidated_in") is not None]
    return [dict(row) for row in enterprises] + [{"id": name} for name in dict.fromkeys(named) if name not in names]


def of_enterprise(row: Row) -> Iterator[tuple[str, list[Any]]]:
    """What is open about an enterprise: on anyone's market, or on one where nobody else is; what a town is like."""
    kind = row.get("kind", Kind.ENTERPRISE)
    if kind not in PLACELESS and row.get("markets") is None:
        yield "markets", [frozenset({ANYONE}), frozenset({f"of {row['id']} alone"})]
    if kind is Kind.LOCAL_AUTHORITY:
        for key, limit in (("budget", 10_000_000), ("inhabitants", 5_000)):
            if not certain(row.get(key)):
                yield key, inside(row.get(key), [Fraction(0), Fraction(limit - 1), Fraction(limit)])


def of_holding(row: Row, rows: Sequence[Row]) -> Iterator[tuple[str, list[Any]]]:
    """What is open about a holding: shares, means of control, what an angel has put in."""
    given = {key: row.get(key, row.get("share")) for key in ("capital", "votes")}
    if not all(certain(value) for value in given.values()):
        options = {key: inside(value, EDGES) for key, value in given.items()}
        alike = "share" in row and "capital" not in row and "votes" not in row
        pairs = zip(*options.values(), strict=True) if alike else itertools.product(*options.values())
        yield "both", list(pairs)
    sure = Control(row.get("control", Control.NONE))
    open_means = [means for means in Control if means & Control(row.get("possible_control", sure)) & ~sure]
    if open_means:
        yield "control", [sure, *(sure | means for means in open_means)]
    if row.get("involved") is Truth.UNKNOWN:
        yield "involved", [Truth.NO, Truth.YES]
    holder = next(one for one in rows if one["id"] == row["holder"])
    if holder.get("kind") is Kind.BUSINESS_ANGEL and not certain(row.get("invested")):
        yield "invested", inside(row.get("invested"), [Fraction(0), Fraction(625_000), Fraction(1_250_000)])


def certain(value: Any) -> bool:
    """Whether a value is one number."""
    return value is not None and (not isinstance(value, Interval) or value.is_point)


def inside(value: Any, edges: list[Fraction]) -> list[Fraction]:
    """The ends of what is known, and the edges between them."""
    if certain(value):
        return [Fraction(value.low if isinstance(value, Interval) else value)]
    interval = value or Interval()
    low, high = interval.low, interval.high
    ends = [Fraction(end) for end in (low, high) if end is not None]
    between = [edge for edge in edges if (low is None or edge >= low) and (high is None or edge <= high)]
    return sorted({*ends, *between})


def possible(holdings: Sequence[Row]) -> bool:
    """Nobody's capital or votes are given away more than once."""
    for key in ("capital", "votes"):
        sums: dict[str, Fraction] = {}
        for row in holdings:
            value = row.get(key, row.get("share"))
            share = Fraction(value.low if isinstance(value, Interval) else value)
            sums[row["held"]] = sums.get(row["held"], Fraction()) + share
        if any(total > 100 for total in sums.values()):
            return False
    return True
