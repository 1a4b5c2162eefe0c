"""What a history of aid is made of: awards, and the mergers and splits since."""

from dataclasses import dataclass
from datetime import date

from eligibility.aid.regulation import Regulation
from eligibility.values.interval import Interval
from eligibility.values.problem import Place
from eligibility.values.truth import Truth

UNKNOWN_AMOUNT = Interval()


@dataclass(frozen=True, slots=True)
class Award:
    """One de-minimis award.

    `granted` is the day on which the legal right was conferred, not that of payment. `amount` is the gross grant
    equivalent in euros; nothing is known of it as `Interval()`. `recipient` is `None` for the firm that the history is
    about; `regulation` and `member_state` (two letters) are `None` where they are not known. `road_freight` tells
    whether the aid served road freight for hire or reward. `carried_by` is who carries on, after a split, the activity
    that the aid was used for.
    """

    granted: date
    amount: Interval
    regulation: Regulation | None = None
    member_state: str | None = None
    recipient: str | None = None
    road_freight: Truth = Truth.UNKNOWN
    carried_by: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Merger:
    """From the day on, all aid that the parties were granted before is that of the undertaking they went into."""

    day: date
    parties: tuple[str, ...]
    into: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One undertaking that came out of a split; only the ratio of the `equity` (book value) of the parts counts."""

    id: str
    equity: Interval = UNKNOWN_AMOUNT


@dataclass(frozen=True, slots=True)
class Split:
    """From the day on, aid that the firm was granted before is that of the parts."""

    day: date
    firm: str
    parts: tuple[Part, ...]
    place: Place | None = None


Event = Merger | Split


@dataclass(frozen=True, slots=True)
class History:
    """Awards and events, in any order; `firm` is the id of the firm that awards without a recipient are those of."""

    awards: tuple[Award, ...] = ()
    events: tuple[Event, ...] = ()
    firm: str | None = None
