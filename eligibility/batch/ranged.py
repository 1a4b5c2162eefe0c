"""Rows with a known range that no column can hold: the reference evaluator assesses them one by one."""

from collections.abc import Sequence

import polars as pl

from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import ProgrammeResult
from eligibility.engine.columns import CODES, Plan
from eligibility.engine.profile import Profile
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS


def reference_results(plan: Plan, profiles: Sequence[Profile], schema: pl.Schema) -> pl.DataFrame:
    """Return what the plan would say of these profiles, in its own columns."""
    rows = []
    for profile in profiles:
        assessed = assess_profile(plan.rulebook, profile)
        row: dict[str, int | None] = dict.fromkeys(schema)
        for index, result in enumerate(assessed.programmes):
            row.update(_columns(plan, index, result))
        rows.append({name: row[name] for name in schema})
    return pl.DataFrame(rows, schema=schema)


def _columns(plan: Plan, index: int, result: ProgrammeResult) -> dict[str, int | None]:
    columns: dict[str, int | None] = {f"v{index}": CODES[result.verdict]}
    if plan.reasons:
        criteria = result.programme.criterion_ids
        columns[f"f{index}"] = _mask(criteria, result.failed)
        columns[f"m{index}"] = _mask(plan.missing_ids[index], tuple(result.missing))
    if result.award is not None:
        columns.update(_ends(f"r{index}", result.award.rate, 10_000))
        currency = result.award.currency
        if currency is not None:
            columns.update(_ends(f"a{index}", result.award.amount, 10 ** MINOR_UNITS[currency]))
    return columns


def _ends(name: str, interval: Interval | None, factor: int) -> dict[str, int | None]:
    ends = (None, None) if interval is None else (interval.low, interval.high)
    return {
        f"{name}.{label}": None if end is None else int(end * factor)
        for label, end in zip(("min", "max"), ends, strict=True)
    }


def _mask(ids: Sequence[str], chosen: Sequence[str]) -> int:
    return sum(1 << ids.index(name) for name in chosen)
