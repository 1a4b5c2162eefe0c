"""The two readings of a structure that is not fully known: what is linked for certain, and what may be linked."""

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eligibility.group.structure import WHOLE, Control, Ints, Kind, Structure
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range
from eligibility.values.truth import Truth

_SMALL_BUDGET = Range(None, 10_000_000 * 100, high_open=True)
_FEW_INHABITANTS = Range(None, 5_000, high_open=True)
_ANGELS_LIMIT = Range(None, 1_250_000 * 100, high_open=True)
"""Recommendation 2003/361/EC, Annex Art. 3(2), second subparagraph, points (a) and (d)."""


class Reading(enum.Enum):
    """`LEAST` takes every doubt as no relation, `MOST` as one; what both say is certain."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """The holdings in one reading: exact shares, the means of control that count, and which of them are excepted.

    `excepted` marks holdings that make no partner (Annex Art. 3(2), second subparagraph), `transmits` the nodes through
    which enterprises are linked.
    """

    capital: Ints
    votes: Ints
    control: NDArray[np.int8]
    excepted: NDArray[np.bool_]
    transmits: NDArray[np.bool_]


def stakes(structure: Structure, reading: Reading) -> Stakes:
    """Return the holdings of a structure in one reading."""
    holdings, most = structure.holdings, reading is Reading.MOST
    kinds = structure.nodes.kinds
    control = (holdings.possible_control if most else holdings.control).copy()
    investor = kinds >= Kind.PUBLIC_INVESTOR
    # Investors who keep out of the management are presumed to have no dominant influence (Art. 3(3), second subpara.).
    presumed = investor[holdings.holder]
    for holding, involved in holdings.involved.items():
        presumed[holding] &= involved is Truth.NO or (involved is Truth.UNKNOWN and not most)
    control[presumed] &= ~np.int8(Control.DOMINANT)
    small = small_authorities(structure)
    transmits = (kinds == Kind.ENTERPRISE) | (investor & (kinds != Kind.LOCAL_AUTHORITY))
    for node, truth in small.items():
        transmits[node] = truth is Truth.YES or (truth is Truth.UNKNOWN and most)
    firms = holdings.held
    return Stakes(
        _left(firms, holdings.capital_low, holdings.capital_high, len(kinds)) if most else holdings.capital_low,
        _left(firms, holdings.votes_low, holdings.votes_high, len(kinds)) if most else holdings.votes_low,
        control,
        _excepted(structure, reading),
        transmits,
    )


def _left(firms: Ints, low: Ints, high: Ints, size: int) -> Ints:
    """Return the most that each holding can be: not more than what the others leave of a firm for certain."""
    taken = np.zeros(size, dtype=np.int64)
    np.add.at(taken, firms, low)
    most: Ints = np.maximum(low, np.minimum(high, WHOLE - taken[firms] + low))
    return most


def small_authorities(structure: Structure) -> dict[int, Truth]:
    """Return of each local authority whether its budget and its inhabitants are below the limits of the exception."""
    nodes = structure.nodes
    found = {}
    for node in np.flatnonzero(nodes.kinds == Kind.LOCAL_AUTHORITY).tolist():
        budget = nodes.budgets.get(node, Interval(0)).inside(_SMALL_BUDGET)
        found[node] = budget & nodes.inhabitants.get(node, Interval(0)).inside(_FEW_INHABITANTS)
    return found


def angels_within_limit(structure: Structure) -> dict[int, Truth]:
    """Return of each firm in which business angels hold shares whether all together invested less than the limit."""
    holdings, kinds = structure.holdings, structure.nodes.kinds
    sums: dict[int, Interval] = {}
    for holding in np.flatnonzero(kinds[holdings.holder] == Kind.BUSINESS_ANGEL).tolist():
        firm = int(holdings.held[holding])
        sums[firm] = sums.get(firm, Interval.point(0)) + holdings.invested.get(holding, Interval(0))
    return {firm: invested.inside(_ANGELS_LIMIT) for firm, invested in sums.items()}


def _excepted(structure: Structure, reading: Reading) -> NDArray[np.bool_]:
    """Mark the holdings that count for no partner: in the reading of most relations only those that surely do not.

    A local authority is never a partner: beyond the limits of its exception it is a public body.
    """
    holdings, kinds = structure.holdings, structure.nodes.kinds
    wanted = (Truth.YES,) if reading is Reading.MOST else (Truth.YES, Truth.UNKNOWN)
    excepted = kinds[holdings.holder] >= Kind.PUBLIC_INVESTOR
    angels = angels_within_limit(structure)
    for holding in np.flatnonzero(kinds[holdings.holder] == Kind.BUSINESS_ANGEL).tolist():
        excepted[holding] = angels[int(holdings.held[holding])] in wanted
    return excepted
