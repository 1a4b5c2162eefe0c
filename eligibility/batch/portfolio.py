"""The counts of a run as what its report speaks of: programmes, criteria and facts by their ids, money in its units."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from eligibility.advice.portfolio import FactCounts, Money, Portfolio, ProgrammeCounts
from eligibility.batch.counting import NO_PROGRAMME, Counts, facts_counted
from eligibility.batch.layouts import Offered, offered
from eligibility.batch.request import BatchSummary
from eligibility.engine.columns import Plan
from eligibility.values.money import MINOR_UNITS


def portfolio_of(
    plan: Plan, counts: Counts, summary: BatchSummary, refused: Mapping[tuple[str, str], int]
) -> Portfolio:
    """Return what all rows of a run say together; `refused` counts rejects by code and column."""
    programmes = tuple(_programme(plan, counts, each, summary.verdicts[each.id]) for each in offered(plan))
    return Portfolio(
        summary.rows_read,
        summary.rows_assessed,
        summary.rows_rejected,
        summary.rejects,
        summary.made_unknown,
        programmes,
        _facts(plan, counts, programmes),
        dict(sorted(refused.items(), key=lambda entry: (-entry[1], entry[0]))),
    )


def _programme(plan: Plan, counts: Counts, offer: Offered, verdicts: Mapping[str, int]) -> ProgrammeCounts:
    def named(what: str, ids: Sequence[str]) -> dict[str, int]:
        found = {name: counts[what, offer.index, place] for place, name in enumerate(ids)}
        return {name: count for name, count in found.items() if count}

    criteria, facts = offer.programme.criterion_ids, plan.missing_ids[offer.index]
    alone = named("alone", criteria)
    return ProgrammeCounts(
        offer.id,
        verdicts,
        sum(alone.values()),
        alone,
        named("failed", criteria),
        named("funnel", criteria),
        named("missing", facts),
        named("decides", facts),
        _money(plan, counts, offer, ""),
        _money(plan, counts, offer, "open_"),
    )


def _money(plan: Plan, counts: Counts, offer: Offered, prefix: str) -> Money | None:
    currency = offer.currency
    if currency is None or f"a{offer.index}.min" not in plan.outcomes:
        return None
    unit = Fraction(1, 10 ** MINOR_UNITS[currency])
    sure, possible = (counts[f"{prefix}money", offer.index, end] * unit for end in (0, 1))
    return Money(currency, sure, possible, counts[f"{prefix}unbounded", offer.index, 0])


def _facts(plan: Plan, counts: Counts, programmes: Sequence[ProgrammeCounts]) -> tuple[FactCounts, ...]:
    rulebook = plan.rulebook
    open_ones = [each for each in programmes if rulebook.programmes[each.programme].window.takes(rulebook.as_of)]
    return tuple(
        FactCounts(
            fact,
            counts["given", NO_PROGRAMME, place],
            counts["waiting", NO_PROGRAMME, place],
            sum(each.missing.get(fact, 0) for each in open_ones),
            sum(each.decides.get(fact, 0) for each in open_ones),
        )
        for place, fact in enumerate(facts_counted(plan))
    )
