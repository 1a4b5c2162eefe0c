"""An ownership structure: enterprises, persons and bodies, and who holds what of whom, as columns.

A portfolio of a million enterprises and the three firms of one owner are the same thing here. All numbers are exact
integers: shares in millionths of a percentage point, headcounts in millionths of a work unit, amounts in the smallest
unit of their currency. What is not known exactly has a low and a high end; a high end that is not bounded is `OPEN`.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eligibility.values.interval import Interval
from eligibility.values.problem import Place
from eligibility.values.truth import Truth

Ints = NDArray[np.int64]

OPEN = np.iinfo(np.int64).max
"""The high end of a figure of which no upper bound is known."""
SHARE_SCALE = 1_000_000
"""Units of a share to one percentage point."""
WHOLE = 100 * SHARE_SCALE
"""All shares or votes of an enterprise."""


class Kind(enum.IntEnum):
    """What a node is; from `PUBLIC_INVESTOR` on the investors that Recommendation 2003/361/EC, Art. 3(2) may except."""

    ENTERPRISE = 0
    PERSON = 1
    PUBLIC_BODY = 2
    PUBLIC_INVESTOR = 3
    VENTURE_CAPITAL = 4
    BUSINESS_ANGEL = 5
    RESEARCH = 6
    INSTITUTIONAL = 7
    LOCAL_AUTHORITY = 8


NO_FIRMS = (Kind.PERSON, Kind.PUBLIC_BODY, Kind.LOCAL_AUTHORITY)
"""What has no size class, so that no sheet can be about it."""


class Control(enum.IntFlag):
    """Control by other means than the votes one holds: Annex Art. 3(3)(b), (c) and (d); `MAJORITY` is (a) as stated."""

    NONE = 0
    MAJORITY = 1
    APPOINTS = 2
    DOMINANT = 4
    AGREEMENT = 8


class Measure(enum.Enum):
    """A figure of the accounts, and how many of its units make one: a work unit, a euro, a won."""

    EMPLOYEES = ("employees", 1_000_000)
    TURNOVER = ("turnover", 100)
    BALANCE_SHEET = ("balance_sheet", 100)
    KR_AVERAGE_TURNOVER = ("kr_average_turnover", 1)
    KR_TOTAL_ASSETS = ("kr_total_assets", 1)

    def __init__(self, word: str, scale: int) -> None:
        self.word = word
        self.scale = scale


EU_MEASURES = (Measure.EMPLOYEES, Measure.TURNOVER, Measure.BALANCE_SHEET)
"""The figures of Recommendation 2003/361/EC."""


class Period(enum.IntEnum):
    """Which of the closed accounts: the last, the one before, the one before that."""

    LATEST = 0
    PREVIOUS = 1
    EARLIER = 2


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One figure of every node: its low and its high end; where nothing is known 0 and `OPEN`."""

    low: Ints
    high: Ints

    def interval(self, node: int, scale: int = 1) -> Interval:
        """Return what is known of one node, in whole units."""
        return interval_of(int(self.low[node]), int(self.high[node]), scale)


def interval_of(low: int, high: int, scale: int = 1) -> Interval:
    """Return an interval in whole units from its two ends; nothing known is the unknown interval."""
    if low == 0 and high >= OPEN:
        return Interval()
    return Interval(Fraction(low, scale), None if high >= OPEN else Fraction(high, scale))


FigureKey = tuple[Measure, Period]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Enterprises, persons and bodies; row i of every column is node i.

    `figures` are those of each node's own accounts, `consolidated` those of the consolidated accounts that it draws up;
    a figure of which nothing is known for any node is left out. `consolidated_in` is the node in whose consolidated
    accounts a node is included, -1 for none, with `consolidated_share` (`WHOLE` if in full). The maps at the end hold
    only the nodes of which something is known: the relevant markets of an enterprise; with whom a person acts jointly
    and whose family it is (any label); the budget in cents and the inhabitants of a local authority; and what Korean
    law asks of a firm.
    """

    ids: Sequence[str]
    kinds: NDArray[np.int8]
    names: Mapping[int, str] = field(default_factory=dict)
    countries: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[FigureKey, Figures] = field(default_factory=dict)
    consolidated: Mapping[FigureKey, Figures] = field(default_factory=dict)
    consolidated_in: Ints | None = None
    consolidated_share: Ints | None = None
    markets: Mapping[int, frozenset[str]] = field(default_factory=dict)
    acts_with: Mapping[int, str] = field(default_factory=dict)
    families: Mapping[int, str] = field(default_factory=dict)
    budgets: Mapping[int, Interval] = field(default_factory=dict)
    inhabitants: Mapping[int, Interval] = field(default_factory=dict)
    kr_audited: Mapping[int, Truth] = field(default_factory=dict)
    kr_listed: Mapping[int, Truth] = field(default_factory=dict)
    kr_nonprofit: Mapping[int, Truth] = field(default_factory=dict)
    kr_exempt_investor: Mapping[int, Truth] = field(default_factory=dict)
    fiscal_year_starts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    undescribed: frozenset[int] = frozenset()
    """Nodes that only holdings name: of such an enterprise nothing is known."""

    def __len__(self) -> int:
        return len(self.ids)

    def label(self, node: int) -> str:
        """Return what people call a node."""
        return self.names.get(node, self.ids[node])


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """Who holds what of whom on the day; row i of every column is holding i.

    Capital and votes have a low and a high end. `control` are the certain means of control, `possible_control` those
    that may be there. `invested` is what a business angel has put into the firm, in cents. `involved` tells whether an
    investor is involved in the management.
    """

    holder: Ints
    held: Ints
    capital_low: Ints
    capital_high: Ints
    votes_low: Ints
    votes_high: Ints
    control: NDArray[np.int8]
    possible_control: NDArray[np.int8]
    invested: Mapping[int, Interval] = field(default_factory=dict)
    involved: Mapping[int, Truth] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.holder)


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Nodes, holdings, pairs of adjacent markets, and the firm that the file is about (`None`: not said).

    `own_shares` are the nodes that hold shares of their own, which count for nobody; `places` tells where a node or a
    holding (negative: -1 is the first) was written.
    """

    nodes: Nodes
    holdings: Holdings
    adjacent: frozenset[frozenset[str]] = frozenset()
    subject: int | None = None
    own_shares: frozenset[int] = frozenset()
    places: Mapping[int, Place] = field(default_factory=dict)
    index: Mapping[str, int] = field(default_factory=dict)

    def node(self, name: str) -> int:
        """Return the node with this id.

        Raises:
            KeyError: there is none.
        """
        return self.index[name]


def from_rows(
    enterprises: Sequence[Mapping[str, Any]],
    holdings: Sequence[Mapping[str, Any]],
    *,
    adjacent: Sequence[tuple[str, str]] = (),
    subject: str | None = None,
) -> Structure:
    """Make a structure of rows with typed values (integers, `Fraction`, `Interval`, `Truth`, sets): nothing is read.

    Rows of enterprises: `id`, and any of `name`, `kind`, `country`, `markets`, `acts_with`, `family`,
    `consolidated_in`, `consolidated_share`, `budget`, `inhabitants`, `kr_audited`, `kr_listed`, `kr_nonprofit`,
    `kr_exempt_investor`, `fiscal_year_start`, and figures: `employees`, `turnover_previous`,
    `consolidated_balance_sheet_earlier`, ... Rows of holdings: `holder`, `held`, and `capital`, `votes` or `share`
    (both) in percent, `control`, `possible_control`, `invested`, `involved`. Nothing is checked: an id that only a
    holding names becomes an enterprise of which nothing is known.
    """
    from eligibility.group.rows import structure_of_rows

    return structure_of_rows(enterprises, holdings, adjacent=adjacent, subject=subject)
