"""The derivation sheet: each enterprise of a group, its relation, the path to it, the percentage, what it adds."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from eligibility.group.structure import FigureKey, Structure
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth


class Relation(enum.StrEnum):
    """How an enterprise stands to the firm that the sheet is about."""

    OWN = "own"
    LINKED = "linked"
    PARTNER = "partner"
    LINKED_TO_PARTNER = "linked_to_partner"
    EXCEPTED = "excepted"
    PUBLIC = "public"
    PERSON = "person"
    BELOW = "below"
    KR_PARENT = "kr_parent"
    KR_CHILD = "kr_child"


class Note(enum.StrEnum):
    """What a sheet has to tell besides figures; the words are made in the report."""

    UNDESCRIBED = "undescribed"
    OWN_SHARES = "own_shares"
    INVESTOR_LIMIT = "investor_limit"
    INVESTOR_LIMIT_UNKNOWN = "investor_limit_unknown"
    MARKETS_UNKNOWN = "markets_unknown"
    PUBLIC_THROUGH_GROUP = "public_through_group"


class Through(enum.StrEnum):
    """What one step of a path rests on."""

    VOTES = "votes"
    MAJORITY = "majority"
    APPOINTS = "appoints"
    DOMINANT = "dominant"
    AGREEMENT = "agreement"
    PERSONS = "persons"
    JOINTLY = "jointly"
    HOLDING = "holding"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: `holder` stands above `held`; `share` is in percent, `None` where no share says it."""

    holder: int
    held: int
    through: Through
    share: Interval | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One enterprise on the sheet.

    `percentage` is what of its figures counts (0 to 100; 0 where it is told but adds nothing), an interval where it is
    not settled. `adds` are its figures times the percentage; a figure left out is not known of it at all and would
    be. `steps` lead from the firm to this enterprise, of a very long path the first and the last. `through` is the
    node in whose accounts it is included.
    """

    node: int
    relation: Relation
    certain: Truth
    percentage: Interval
    adds: Mapping[FigureKey, Interval]
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    through: int | None = None


@dataclass(frozen=True, slots=True)
class SizeSheet:
    """The size of a firm with its group under Recommendation 2003/361/EC, Annex Art. 3 and 6.

    `totals` are exact (not rounded); `public` is the share in percent that public bodies control.
    """

    structure: Structure
    subject: int
    entries: tuple[Entry, ...]
    totals: Mapping[FigureKey, Interval]
    public: Interval
    notes: tuple[Note, ...] = ()
