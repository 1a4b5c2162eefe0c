"""The cases of a day on columns.

The same verdicts, reasons and awards as the reference evaluator, or the differences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.columns import RATE_DECIMALS, Plan
from eligibility.engine.profile import Profile, Subject, Value
from eligibility.engine.series import SeriesProgram
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS

_VERDICTS = tuple(Verdict)
_TYPES: dict[str, Any] = {"truth": pl.Boolean, "date": pl.Date, "choice": pl.String, "code": pl.String}

Difference = tuple[int, str, str, str]
"""Index of the row, what differs, what the reference evaluator says, what the columns say."""


def differences(rulebook: Rulebook, rows: Sequence[tuple[Profile, ProgrammeResult]]) -> tuple[int, list[Difference]]:
    """Assess profiles as rows of a table; return how many could be one, and where the programme of each differs."""
    kept = [index for index, (profile, _) in enumerate(rows) if _is_row(profile)]
    if not kept:
        return 0, []
    names = sorted({name for index in kept for name in rows[index][0].values})
    columns = {
        name: pl.Series(
            [_cell(rulebook.subject(name), rows[index][0].given(name)) for index in kept],
            dtype=_TYPES.get(rulebook.subject(name).type, pl.Int64),
        )
        for name in names
    }
    # A table without any column has no rows either; one that no rule reads does no harm.
    frame = pl.DataFrame({"case": range(len(kept)), **columns})
    programmes = {rows[index][1].id: rows[index][1].programme for index in kept}
    plan = Plan(replace(rulebook, programmes=programmes), names, reasons=True)
    cells = SeriesProgram(plan.outcomes).run(frame).rows(named=True)
    found: list[Difference] = []
    for index, row in zip(kept, cells, strict=True):
        found.extend((index, *difference) for difference in _compare(plan, row, rows[index][1]))
    return len(kept), found


def _is_row(profile: Profile) -> bool:
    return not any(isinstance(value, Interval) and not value.is_point for value in profile.values.values())


def _cell(subject: Subject, value: Value | None) -> object:
    if not isinstance(value, Interval):
        return value
    assert value.low is not None
    if subject.type == "date":
        return date.fromordinal(int(value.low))
    scales = {"number": 6, "percent": RATE_DECIMALS}
    decimals = scales[subject.type] if subject.type in scales else MINOR_UNITS[subject.currency or "EUR"]
    return int(Fraction(value.low) * 10**decimals)


def _compare(plan: Plan, row: dict[str, Any], result: ProgrammeResult) -> Iterator[tuple[str, str, str]]:
    index = list(plan.rulebook.programmes).index(result.id)
    award = result.award
    currency = plan.currencies[index]
    rate = _ends(row, f"r{index}", RATE_DECIMALS)
    amount = _ends(row, f"a{index}", MINOR_UNITS[currency]) if currency else (None, None)
    pairs: tuple[tuple[str, object, object], ...] = (
        ("verdict", result.verdict.value, _VERDICTS[row[f"v{index}"]].value),
        ("failed", _listed(result.failed), _named(row[f"f{index}"], result.programme.criterion_ids)),
        ("missing", _listed(sorted(result.missing)), _named(row[f"m{index}"], plan.missing_ids[index])),
        ("rate", _shown(award.rate if award else None), _span(rate)),
        ("amount", _shown(award.amount if award else None), _span(amount)),
    )
    for what, wanted, got in pairs:
        if wanted != got:
            yield what, str(wanted), str(got)


def _ends(row: dict[str, Any], name: str, decimals: int) -> tuple[Fraction | None, Fraction | None]:
    ends = [row.get(f"{name}.{end}") for end in ("min", "max")]
    low, high = (None if end is None else Fraction(end, 10**decimals) for end in ends)
    return low, high


def _shown(interval: Interval | None) -> str:
    return _span((None, None) if interval is None else (interval.low, interval.high))


def _span(ends: tuple[object, object]) -> str:
    low, high = ends
    return "..".join("" if end is None else str(end) for end in (low, high))


def _named(mask: int, names: Sequence[str]) -> str:
    return _listed([name for bit, name in enumerate(names) if mask >> bit & 1])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
