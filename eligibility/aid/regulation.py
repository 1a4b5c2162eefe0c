"""The de-minimis regulations: their ceilings and windows, and which of them count towards each other's ceiling."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eligibility.values.truth import Truth


class Regulation(enum.StrEnum):
    """A de-minimis regulation by its number."""

    GENERAL_2006 = "1998/2006"
    GENERAL_2013 = "1407/2013"
    GENERAL_2023 = "2023/2831"
    FARMING = "1408/2013"
    FISHERY = "717/2014"
    SERVICES_2012 = "360/2012"
    SERVICES_2023 = "2023/2832"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure of this table is written down."""

    title: str
    url: str
    checked: date


_CHECKED = date(2026, 11, 22)

SOURCES: Mapping[str, Source] = {
    "old": Source(
        "Commission Regulation (EU) No 1407/2013 on de minimis aid",
        "http://data.europa.eu/eli/reg/2013/1407/oj",
        _CHECKED,
    ),
    "new": Source(
        "Commission Regulation (EU) 2023/2831 on de minimis aid", "http://data.europa.eu/eli/reg/2023/2831/oj", _CHECKED
    ),
    "cumulation": Source(
        "gebs: how the rules on cumulation changed with Regulation (EU) 2023/2831",
        "https://gebs.info/de-minimis-kleine-aenderungen-aber-oho",
        _CHECKED,
    ),
    "split": Source(
        "Answers of the Commission's services on Regulation (EU) No 1407/2013, question 1",
        "https://docest.com/questions-on-deminimis-aid-and-the-application-of-regulation-eu-no1407-2013",
        _CHECKED,
    ),
}


class Purpose(enum.Enum):
    """For what a ceiling holds."""

    ALL = "all"
    ROAD_FREIGHT = "road_freight"
    WITH_SERVICES = "with_services"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that the aid it counts may come to, in euros, for one undertaking and Member State.

    `counts` tells of each regulation whether its awards count; unknown is what no source settles. `cite` is a key of
    `SOURCES` with the place in it.
    """

    purpose: Purpose
    amount: int
    counts: Mapping[Regulation, Truth]
    cite: str


@dataclass(frozen=True, slots=True)
class Regime:
    """What holds for aid granted from a day on; `by_fiscal_year`: the window is this fiscal year and the two before."""

    since: date
    regulation: Regulation
    by_fiscal_year: bool
    ceilings: tuple[Ceiling, ...]
    window_cite: str


FIT_CITE = "old Art. 3(7); new Art. 3(7)"
"""Where it is written that a new award which does not fit entirely is no de-minimis aid."""
MERGER_CITE = "old Art. 3(8); new Art. 3(8)"
SPLIT_CITE = "old Art. 3(9); new Art. 3(9); split, on the day that counts"
OLD_SCHEMES_CITE = "old Art. 7(4)"

_GENERAL = dict.fromkeys(
    (
        Regulation.GENERAL_2006,
        Regulation.GENERAL_2013,
        Regulation.GENERAL_2023,
        Regulation.FARMING,
        Regulation.FISHERY,
    ),
    Truth.YES,
)
_OLD = _GENERAL | {Regulation.SERVICES_2012: Truth.NO, Regulation.SERVICES_2023: Truth.NO}
_OLD_SERVICES = _GENERAL | {Regulation.SERVICES_2012: Truth.YES, Regulation.SERVICES_2023: Truth.YES}
# Art. 5(1) names the new regulation on services alone: whether aid under the one before is free too is disputed.
_NEW = _GENERAL | {Regulation.SERVICES_2012: Truth.UNKNOWN, Regulation.SERVICES_2023: Truth.NO}

NEW_SINCE = date(2024, 1, 1)
OLD_SCHEMES_UNTIL = date(2024, 6, 30)
"""The last day on which schemes under the old regulation could still be used (old Art. 7(4))."""
NEW_UNTIL = date(2030, 12, 31)

REGIMES = (
    Regime(
        date(2014, 1, 1),
        Regulation.GENERAL_2013,
        by_fiscal_year=True,
        ceilings=(
            Ceiling(Purpose.ALL, 200_000, _OLD, "old Art. 3(2), Art. 5(1)"),
            Ceiling(Purpose.ROAD_FREIGHT, 100_000, _OLD, "old Art. 3(2) and (3)"),
            Ceiling(
                Purpose.WITH_SERVICES,
                500_000,
                _OLD_SERVICES,
                "cumulation, on old Art. 5(1) and on Art. 2(7) of No 360/2012",
            ),
        ),
        window_cite="old Art. 3(2) and (5)",
    ),
    Regime(
        NEW_SINCE,
        Regulation.GENERAL_2023,
        by_fiscal_year=False,
        ceilings=(Ceiling(Purpose.ALL, 300_000, _NEW, "new Art. 3(2), Art. 5(1) and (2)"),),
        window_cite="new Art. 3(2), recital 11",
    ),
)


def regime_on(day: date) -> Regime | None:
    """Return what holds for aid granted on this day; `None` before 2014, of which nothing is told here."""
    return next((regime for regime in reversed(REGIMES) if regime.since <= day), None)
