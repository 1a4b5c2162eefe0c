"""The counts of a report once more, slowly: row by row over the long layout, with nothing but Python."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from eligibility.advice.portfolio import FactCounts, Money, Portfolio, ProgrammeCounts
from eligibility.engine.columns import Plan

VERDICTS = ("eligible", "likely", "undetermined", "not_eligible")


def recount(plan: Plan, long: Path, rejects: Path, read: int, given: Mapping[str, int]) -> Portfolio:
    """Count the rows of a long Parquet output and of its rejects; `given` are the rows that give a fact."""
    rows = pl.read_parquet(long).cast({pl.Enum: pl.String}).to_dicts()
    refused = pl.read_csv(rejects, infer_schema=False).with_columns(pl.col("column").fill_null("")).to_dicts()
    by_place = Counter((one["code"], one["column"]) for one in refused)
    programmes = tuple(
        _programme(plan, index, name, [row for row in rows if row["programme"] == name])
        for index, name in enumerate(plan.rulebook.programmes)
    )
    # Nobody is asked for a programme that takes no applications.
    running = [row for row in rows if row["window"] in ("open", "continuous")]
    waiting, asking = _waiting(plan, running), {row["programme"] for row in running}
    facts = tuple(
        FactCounts(
            name,
            given.get(name, 0),
            waiting[name],
            sum(one.missing.get(name, 0) for one in programmes if one.programme in asking),
            sum(one.decides.get(name, 0) for one in programmes if one.programme in asking),
        )
        for name in (*plan.rulebook.facts, *plan.rulebook.definitions)
        if name in {*plan.given}.union(*plan.missing_ids)
    )
    assessed = len({row["row"] for row in rows})
    codes = Counter(one["code"] for one in refused)
    return Portfolio(read, assessed, len(refused), codes, {}, programmes, facts, by_place)


def _programme(plan: Plan, index: int, name: str, rows: Sequence[Mapping[str, Any]]) -> ProgrammeCounts:
    failed, funnel, alone, missing, decides = (Counter[str]() for _ in range(5))
    for row in rows:
        criteria = _ids(row["failed"])
        failed.update(criteria)
        funnel.update(criteria[:1])
        alone.update(criteria if len(criteria) == 1 else [])
        lacking = _lacking(plan, index, row)
        missing.update(lacking)
        decides.update(lacking if len(lacking) == 1 else [])
    verdicts = Counter(row["verdict"] for row in rows)
    sure = [row for row in rows if row["verdict"] in ("eligible", "likely")]
    is_open = [row for row in rows if row["verdict"] == "undetermined"]
    return ProgrammeCounts(
        name,
        {verdict: verdicts[verdict] for verdict in VERDICTS},
        alone.total(),
        alone,
        failed,
        funnel,
        missing,
        decides,
        _money(plan, index, sure),
        _money(plan, index, is_open),
    )


def _money(plan: Plan, index: int, rows: Sequence[Mapping[str, Any]]) -> Money | None:
    currency = plan.currencies[index]
    if currency is None or f"a{index}.min" not in plan.outcomes:
        return None
    least = [_exact(row["amount_min"]) or Fraction(0) for row in rows]
    greatest = [_exact(row["amount_max"]) for row in rows]
    possible = [low if high is None else high for low, high in zip(least, greatest, strict=True)]
    return Money(currency, sum(least, Fraction(0)), sum(possible, Fraction(0)), greatest.count(None))


def _waiting(plan: Plan, rows: Sequence[Mapping[str, Any]]) -> Counter[str]:
    numbers = {name: index for index, name in enumerate(plan.rulebook.programmes)}
    of_row: dict[int, set[str]] = {}
    for row in rows:
        of_row.setdefault(row["row"], set()).update(_lacking(plan, numbers[row["programme"]], row))
    return Counter(fact for facts in of_row.values() for fact in facts)


def _lacking(plan: Plan, index: int, row: Mapping[str, Any]) -> list[str]:
    if row["verdict"] != "undetermined":
        return []
    return [fact for fact in _ids(row["missing"]) if fact in plan.deciding_ids[index]]


def _ids(text: str | None) -> list[str]:
    return text.split(";") if text else []


def _exact(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)
