"""The facts that an ownership structure gives about a firm under Korean law, as answers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from eligibility.group.answers import as_answer
from eligibility.group.korea import korean_sheet
from eligibility.group.korean_firms import Truths
from eligibility.group.korean_sheet import KoreanSheet, OwnerSheet
from eligibility.group.owners import giant, giant_owner, large_owners, owner_sheet
from eligibility.group.structure import Structure
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.truth import Truth

TURNOVER = "kr_group_average_turnover"
LARGE_OWNER = "kr_large_owner"
GIANT_OWNER = "kr_giant_owner"
_TRILLION = 10**12
_GIANTS: tuple[tuple[date, int | None, int | None], ...] = (
    (date.min, 10 * _TRILLION, 10 * _TRILLION),
    (date(2024, 1, 1), 10 * _TRILLION, 104 * _TRILLION // 10),
    (date(2024, 5, 15), 104 * _TRILLION // 10, 104 * _TRILLION // 10),
    (date(2025, 5, 1), 104 * _TRILLION // 10, 116 * _TRILLION // 10),
    (date(2025, 5, 15), 116 * _TRILLION // 10, 116 * _TRILLION // 10),
    (date(2026, 5, 1), None, None),
)
"""From when on assets of how much make a group one under the ban on cross-shareholding, at least and at most, in won.

10 trillion before 2024, since then 0.5 % of the latest gross domestic product (decree on the Fair Trade Act, Art. 38):
10.4 trillion for 2024, 11.6 for 2025 (https://www.newspim.com/news/view/20250501000160, read on 2026-11-21). Groups are
designated by 1 May, at the latest 15 May, so that between two figures either may hold; that of 2026 is not known.
"""


@dataclass(frozen=True, slots=True)
class KoreanFacts:
    """Answers for facts, and the sheets behind them."""

    affiliates: KoreanSheet
    owners: OwnerSheet
    answers: Mapping[str, object]


def korean_facts(rulebook: Rulebook, structure: Structure, subject: int) -> KoreanFacts:
    """Work out the facts about a Korean firm; what is not known is left out, what is known in part is a range."""
    affiliates, owners = korean_sheet(structure, subject), owner_sheet(structure, subject)
    return KoreanFacts(affiliates, owners, korean_answers(rulebook, affiliates, owners))


def korean_answers(rulebook: Rulebook, affiliates: KoreanSheet, owners: OwnerSheet) -> Mapping[str, object]:
    """Return what the sheets of a firm say of its facts."""
    found = dict(_answers(rulebook, affiliates, owners))
    return {fact: answer for fact, answer in found.items() if fact in rulebook.facts}


def _answers(rulebook: Rulebook, affiliates: KoreanSheet, owners: OwnerSheet) -> Iterator[tuple[str, object]]:
    if TURNOVER in rulebook.facts:
        total = as_answer(rulebook, TURNOVER, affiliates.total)
        if total is not None:
            yield TURNOVER, total
    truths = {
        LARGE_OWNER: owners.verdict,
        GIANT_OWNER: giant_owner_on(rulebook.as_of, affiliates.structure, affiliates.subject),
    }
    for fact, truth in truths.items():
        if truth is not Truth.UNKNOWN:
            yield fact, truth is Truth.YES


def giant_thresholds(day: date) -> tuple[int | None, int | None]:
    """Return the least and the greatest threshold that may hold on a day; `None` ends are not known."""
    return [(low, high) for start, low, high in _GIANTS if start <= day][-1]


def giant_owner_on(day: date, structure: Structure, subject: int) -> Truth:
    """Tell whether a corporation as large as the largest groups owns the firm, by the threshold of the day."""
    low, high = giant_thresholds(day)
    # Where the threshold is not known, only that nobody owns so much of the firm at all settles it.
    may = giant_owner(structure, subject, 0 if low is None else low)
    if may is Truth.NO:
        return Truth.NO
    surely = Truth.UNKNOWN if high is None else giant_owner(structure, subject, high)
    return Truth.YES if surely is Truth.YES else Truth.UNKNOWN


def owner_truths(day: date, structure: Structure, wanted: Collection[str]) -> Iterator[tuple[str, Truths]]:
    """Yield the facts about owners among those wanted, of every node at once: -1 no, 0 unknown, 1 yes."""
    if LARGE_OWNER in wanted:
        yield LARGE_OWNER, large_owners(structure)
    if GIANT_OWNER in wanted:
        low, high = giant_thresholds(day)
        found = np.minimum(large_owners(structure, giant(0 if low is None else low)), 0)
        if high is not None:
            found[large_owners(structure, giant(high)) > 0] = 1
        yield GIANT_OWNER, found
