"""Near misses of a whole assessment: what one could change, and what each programme says then."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from eligibility.advice.alternatives import Alternatives
from eligibility.advice.change import Change, Changed
from eligibility.advice.choosable import Choosable
from eligibility.advice.larger_award import LargerAward
from eligibility.advice.reached import YES, Reached
from eligibility.advice.within_reach import WithinReach
from eligibility.engine.assessment import Assessed, AwardResult, ProgrammeResult, Verdict
from eligibility.values.interval import Interval, Number

_NOTHING = Interval.point(Fraction(0))


def changes(
    assessed: Assessed, also: Collection[str] = (), only: Collection[str] | None = None
) -> Mapping[str, tuple[Change, ...]]:
    """Return by programme the smallest changes that make its no a yes, or the single ones that raise its award.

    Only answers are changed that the facts allow (`changeable`, but for `company`) or that `also` names; what is not
    answered, what was worked out, and what was found of other sources stays as it is. Of a day that closes business
    years not every turn is found: it decides by day and month. Programmes whose window is closed are left out, unless
    `only` names them; with `only` all others are left out too. A programme without a change is not among the keys. Each
    promise was assessed.

    A no that cannot become a yes, since something is unknown, may become undetermined: its verdict says so. Numbers are
    the nearest that do it: that bring the greatest award, or a better rate. Where every further euro brings more, there
    is no greatest.

    Raises:
        AnswerError: `also` names what the rulebook does not know.
    """
    choosable = Choosable(assessed, also)
    alternatives = Alternatives(choosable)
    within, larger = WithinReach(alternatives), LargerAward(alternatives)
    found: dict[str, tuple[Change, ...]] = {}
    for result in assessed.programmes:
        if result.window == "closed" if only is None else result.id not in only:
            continue
        reached: list[Reached] = []
        if result.verdict is Verdict.NOT_ELIGIBLE:
            reached = within.of(result)
        elif result.verdict in YES:
            reached = larger.of(result)
        if reached:
            found[result.id] = tuple(_told(result, one, choosable) for one in reached)
    return found


def _told(before: ProgrammeResult, reached: Reached, choosable: Choosable) -> Change:
    values = dict(reached.changes)
    award = reached.result.award
    return Change(
        before.id,
        tuple(Changed(fact, choosable.profile.given(fact), values[fact]) for fact in choosable.in_order(values)),
        reached.result.verdict,
        award,
        _gain(before.award, award),
        None if award is None else award.currency,
    )


def _gain(before: AwardResult | None, after: AwardResult | None) -> tuple[Fraction | None, Fraction | None]:
    """Return by how much both ends of an amount rise; what says no gives nothing."""
    amount = _NOTHING if before is None else before.amount
    if amount is None or after is None or after.amount is None:
        return None, None
    return _rise(amount.low, after.amount.low), _rise(amount.high, after.amount.high)


def _rise(before: Number | None, after: Number | None) -> Fraction | None:
    return None if before is None or after is None else Fraction(after) - Fraction(before)
