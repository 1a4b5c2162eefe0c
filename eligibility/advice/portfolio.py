"""What a table of assessments says as a whole, in counts that grow with each block of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Money:
    """Sums over rows, in units of the currency: `sure` of the least, `possible` of the greatest amounts.

    `unbounded` counts the rows whose greatest amount is not known; `possible` counts their least one.
    """

    currency: str
    sure: Fraction
    possible: Fraction
    unbounded: int


@dataclass(frozen=True, slots=True)
class ProgrammeCounts:
    """One programme over all rows.

    `verdicts` counts rows by verdict. `nearly`: not eligible for one criterion alone (`alone` counts them by that
    criterion). `failed` counts the rows that do not meet a criterion; `funnel` those that fall there if the criteria
    are gone through in the order of the file. `missing` counts the undetermined rows that lack a fact on which the
    verdict can depend; `decides` those that lack no other such fact. `money` is that of eligible and likely rows,
    `open_money` that of undetermined ones; both are `None` where no amount is worked out.
    """

    programme: str
    verdicts: Mapping[str, int]
    nearly: int
    alone: Mapping[str, int]
    failed: Mapping[str, int]
    funnel: Mapping[str, int]
    missing: Mapping[str, int]
    decides: Mapping[str, int]
    money: Money | None
    open_money: Money | None


@dataclass(frozen=True, slots=True)
class FactCounts:
    """One fact over all rows: how many give it, and how many verdicts and rows wait for it.

    A verdict is that of one programme on one row, of programmes that take applications on the day of the rules;
    `decides` counts those that wait for nothing else.
    """

    fact: str
    given: int
    waiting_rows: int
    waiting_verdicts: int
    decides: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All rows. Always `read == assessed + rejected`; `rejects` counts by code, `made_unknown` by column.

    `refused` counts rejected rows by code and column (`""`: the whole row).
    """

    read: int
    assessed: int
    rejected: int
    rejects: Mapping[str, int]
    made_unknown: Mapping[str, int]
    programmes: tuple[ProgrammeCounts, ...]
    facts: tuple[FactCounts, ...]
    refused: Mapping[tuple[str, str], int]
