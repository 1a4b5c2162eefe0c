"""What changes between two rulebooks, or two days: for one company, and for a table of them in counts and sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.portfolio import Money
from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Number
from eligibility.values.money import round_half_up

Transition = tuple[Verdict | None, Verdict | None]
"""The verdict before and after; `None` where that rulebook has no such programme."""
RATE_DECIMALS = 4
"""Decimals of a rate in tables: what is smaller changes nothing that anybody is told."""
Both = tuple[Money | None, Money | None]
"""Sums before and after; `None` where no money is given."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A criterion or fact of which `rows` companies say something else than before; `flips` of them change verdict."""

    id: str
    rows: int
    flips: int


@dataclass(frozen=True, slots=True)
class ProgrammeComparison:
    """One programme before and after, over all companies.

    `windows` are its states on both days (`None`: there is no such programme). `changed` counts the companies for which
    anything changes: verdict, criteria that fail, missing facts, rate or amount, or the window of one that is not ruled
    out both times. `awards` counts those with the same verdict whose rate or amount changes. `transitions` counts all
    companies by verdict. `money` is that of eligible and likely companies, `open_money` that of undetermined ones.
    """

    programme: str
    windows: tuple[str | None, str | None]
    changed: int
    awards: int
    transitions: Mapping[Transition, int]
    newly_failed: tuple[Shift, ...]
    no_longer_failed: tuple[Shift, ...]
    newly_missing: tuple[Shift, ...]
    no_longer_missing: tuple[Shift, ...]
    money: Both
    open_money: Both

    @property
    def is_new_or_gone(self) -> bool:
        """Whether only one rulebook has it."""
        return None in self.windows

    @property
    def differs(self) -> bool:
        """Whether anything of it changes: for a company, or for all in that it opens, closes, comes or goes."""
        return self.changed > 0 or self.windows[0] != self.windows[1]

    @property
    def flips(self) -> Mapping[Transition, int]:
        """Return the transitions from one verdict to another."""
        return {both: rows for both, rows in self.transitions.items() if both[0] is not both[1]}

    @property
    def difference(self) -> Money | None:
        """Return by how much the sums of eligible and likely companies rise; `None` without money or in two currencies.

        `unbounded` counts companies whose greatest amount is not known on the side that has more of them: most of them
        are the same on both.
        """
        return difference(*self.money)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All companies of a table under two rulebooks. Always `read == compared + rejected`.

    `changed` counts the companies for which any programme changes. `programmes` are those that change anything, that
    open or close, or that only one rulebook has; `same` the ids of all others, which say the same of every company.
    `rejects` counts by code, `made_unknown` by column.
    """

    before: Rulebook
    after: Rulebook
    read: int
    compared: int
    rejected: int
    changed: int
    rejects: Mapping[str, int]
    made_unknown: Mapping[str, int]
    programmes: tuple[ProgrammeComparison, ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompanyChange:
    """One programme whose result for a company changes; `None` where that rulebook has no such programme."""

    programme: str
    before: ProgrammeResult | None
    after: ProgrammeResult | None
    newly_failed: tuple[str, ...]
    no_longer_failed: tuple[str, ...]
    newly_missing: tuple[str, ...]
    no_longer_missing: tuple[str, ...]


def difference(before: Money | None, after: Money | None) -> Money | None:
    """Return by how much sums rise; no money counts as none of the other's currency."""
    known = after or before
    if known is None or (before is not None and after is not None and before.currency != after.currency):
        return None
    nothing = Money(known.currency, Fraction(0), Fraction(0), 0)
    first, second = before or nothing, after or nothing
    return Money(
        known.currency,
        second.sure - first.sure,
        second.possible - first.possible,
        max(first.unbounded, second.unbounded),
    )


def in_both(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of both, in the order of the first, those that only the second has behind them."""
    return tuple(dict.fromkeys((*before, *after)))


def compare_assessments(before: Assessed, after: Assessed) -> tuple[CompanyChange, ...]:
    """Return the programmes whose result for one company changes, in the order of the rulebooks."""
    first = {result.id: result for result in before.programmes}
    second = {result.id: result for result in after.programmes}
    names = in_both(tuple(first), tuple(second))
    return tuple(
        _change(name, first.get(name), second.get(name))
        for name in names
        if _differs(first.get(name), second.get(name))
    )


def _differs(before: ProgrammeResult | None, after: ProgrammeResult | None) -> bool:
    if before is None or after is None:
        only = after if before is None else before
        return only is not None and only.verdict is not Verdict.NOT_ELIGIBLE
    if before.window != after.window and {before.verdict, after.verdict} != {Verdict.NOT_ELIGIBLE}:
        return True
    return _told(before) != _told(after)


def _told(result: ProgrammeResult) -> tuple[object, ...]:
    rate = amount = None
    if result.award is not None:
        rate, amount = result.award.rate, result.award.amount
    return (
        result.verdict,
        frozenset(result.failed),
        result.missing,
        None if rate is None or rate.is_unknown else tuple(_as_written(end) for end in (rate.low, rate.high)),
        None if amount is None or amount.is_unknown or result.award is None else (amount, result.award.currency),
    )


def _as_written(rate: Number | None) -> Fraction | None:
    """Return a rate as tables hold it, so that both ways of comparing find the same."""
    return None if rate is None else round_half_up(Fraction(rate), RATE_DECIMALS)


def _change(name: str, before: ProgrammeResult | None, after: ProgrammeResult | None) -> CompanyChange:
    failed = [() if one is None else one.failed for one in (before, after)]
    missing = [() if one is None else tuple(sorted(one.missing)) for one in (before, after)]
    return CompanyChange(
        name,
        before,
        after,
        _only(failed[1], failed[0]),
        _only(failed[0], failed[1]),
        _only(missing[1], missing[0]),
        _only(missing[0], missing[1]),
    )


def _only(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)
