"""What Korean law makes of an ownership structure: affiliated firms with what each adds, and large owners.

Percentages are 0 to 100, money is whole won; intervals where not everything is known. Words are made in the report.
"""

import enum
from dataclasses import dataclass

from eligibility.group.sheet import Relation, Step
from eligibility.group.structure import Structure
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth


class KoreanNote(enum.StrEnum):
    """What a Korean sheet has to tell besides figures."""

    UNDESCRIBED = "undescribed"
    OWN_SHARES = "own_shares"
    COUNTRY_UNKNOWN = "country_unknown"
    AUDIT_UNKNOWN = "audit_unknown"
    LISTING_UNKNOWN = "listing_unknown"
    NONPROFIT_UNKNOWN = "nonprofit_unknown"
    EXEMPTION_UNKNOWN = "exemption_unknown"
    SHARES_UNKNOWN = "shares_unknown"
    TURNOVER_UNKNOWN = "turnover_unknown"
    ASSETS_UNKNOWN = "assets_unknown"
    MUTUAL = "mutual"
    FAMILY_COUNTED = "family_counted"
    PATHS_CUT = "paths_cut"


@dataclass(frozen=True, slots=True)
class AffiliateEntry:
    """One affiliated firm, or the firm itself (`Relation.OWN`).

    `relation` is what the affiliate is to the firm: `KR_PARENT` or `KR_CHILD`; `type` (1 to 5; 0 for the firm itself)
    is the first case of decree Art. 3의2(1) that makes them affiliates; 5 is its proviso on consolidated accounts.
    `certain` is yes, or unknown where they may be affiliates. `together` is what the parent holds with those named in
    `bloc` (its children, the family behind it), which decides whether there is control; `ratio` is the share of the
    turnover that counts, which rests on the firms' shares alone; `adds` is that share of it. Each of `paths` leads
    from the parent to the child.
    """

    node: int
    relation: Relation
    type: int
    certain: Truth
    together: Interval
    ratio: Interval
    adds: Interval
    paths: tuple[tuple[Step, ...], ...] = ()
    bloc: tuple[int, ...] = ()
    notes: tuple[KoreanNote, ...] = ()


@dataclass(frozen=True, slots=True)
class KoreanSheet:
    """The average turnover of a firm with its affiliates (관계기업, decree Art. 7의4 and 별표 2).

    The first entry is the firm itself; `total` is exact, not rounded to the won. `certain` is yes if all affiliates
    and their ratios are settled, although a turnover may still be an interval.
    """

    structure: Structure
    subject: int
    entries: tuple[AffiliateEntry, ...]
    total: Interval
    certain: Truth
    notes: tuple[KoreanNote, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerEntry:
    """A corporation that holds, or may hold, enough of the firm and is or may be large enough.

    `share` is what it holds directly and indirectly, `largest` whether it is the largest shareholder, `large` whether
    its `assets` reach the threshold, `counts` whether the law looks at such an owner at all, `verdict` all of it.
    """

    node: int
    share: Interval
    assets: Interval
    largest: Truth
    large: Truth
    counts: Truth
    verdict: Truth
    paths: tuple[tuple[Step, ...], ...] = ()
    notes: tuple[KoreanNote, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerSheet:
    """Whether a large corporation owns 30 % of a firm as its largest shareholder, and which; `threshold` in won."""

    structure: Structure
    subject: int
    threshold: int
    entries: tuple[OwnerEntry, ...]
    verdict: Truth
    notes: tuple[KoreanNote, ...] = ()
