"""Typed rows into a structure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from eligibility.group.structure import (
    OPEN,
    SHARE_SCALE,
    WHOLE,
    Control,
    FigureKey,
    Figures,
    Holdings,
    Ints,
    Kind,
    Measure,
    Nodes,
    Period,
    Structure,
)
from eligibility.values.interval import Interval

Row = Mapping[str, Any]
V = TypeVar("V")

_SUFFIXES = {Period.LATEST: "", Period.PREVIOUS: "_previous", Period.EARLIER: "_earlier"}


def figure_columns(prefix: str = "") -> dict[str, FigureKey]:
    """Return the names of the columns of figures, such as `employees_previous`, with what they hold."""
    return {f"{prefix}{measure.word}{_SUFFIXES[period]}": (measure, period) for measure in Measure for period in Period}


def structure_of_rows(
    enterprises: Sequence[Row], holdings: Sequence[Row], *, adjacent: Sequence[tuple[str, str]], subject: str | None
) -> Structure:
    """Make a structure of typed rows (see `structure.from_rows`)."""
    described = {row["id"]: row for row in enterprises}
    named = [row[end] for row in holdings for end in ("holder", "held")]
    named += [row["consolidated_in"] for row in enterprises if row.get("consolidated_in") is not None]
    ids = list(dict.fromkeys([*described, *named]))
    index = {name: node for node, name in enumerate(ids)}
    rows = [described.get(name, {}) for name in ids]
    own = frozenset(index[row["holder"]] for row in holdings if row["holder"] == row["held"])
    return Structure(
        _nodes(ids, rows, index, frozenset(index[name] for name in ids if name not in described)),
        _holdings([row for row in holdings if row["holder"] != row["held"]], index),
        frozenset(frozenset(pair) for pair in adjacent),
        None if subject is None else index[subject],
        own,
        index=index,
    )


def _nodes(ids: Sequence[str], rows: Sequence[Row], index: Mapping[str, int], undescribed: frozenset[int]) -> Nodes:
    heads = [index[row["consolidated_in"]] if row.get("consolidated_in") is not None else -1 for row in rows]
    shares = [_share(row.get("consolidated_share", 100)).low for row in rows]
    return Nodes(
        ids=ids,
        kinds=np.array([row.get("kind", Kind.ENTERPRISE) for row in rows], dtype=np.int8),
        names=_known(rows, "name"),
        countries=_known(rows, "country"),
        figures=_figures(rows, ""),
        consolidated=_figures(rows, "consolidated_"),
        consolidated_in=_ints(heads) if any(head >= 0 for head in heads) else None,
        consolidated_share=_ints(shares) if any(head >= 0 for head in heads) else None,
        markets=_known(rows, "markets", frozenset),
        acts_with=_known(rows, "acts_with"),
        families=_known(rows, "family"),
        budgets=_known(rows, "budget", lambda value: _interval(value, 100)),
        inhabitants=_known(rows, "inhabitants", lambda value: _interval(value, 1)),
        kr_audited=_known(rows, "kr_audited"),
        kr_listed=_known(rows, "kr_listed"),
        kr_nonprofit=_known(rows, "kr_nonprofit"),
        kr_exempt_investor=_known(rows, "kr_exempt_investor"),
        fiscal_year_starts=_known(rows, "fiscal_year_start"),
        undescribed=undescribed,
    )


def _known(rows: Sequence[Row], column: str, read: Callable[[Any], V] = lambda value: value) -> dict[int, V]:
    return {node: read(row[column]) for node, row in enumerate(rows) if row.get(column) is not None}


def _figures(rows: Sequence[Row], prefix: str) -> dict[FigureKey, Figures]:
    found = {}
    for column, key in figure_columns(prefix).items():
        if any(row.get(column) is not None for row in rows):
            ends = [_ends(row.get(column), key[0].scale) for row in rows]
            found[key] = Figures(_ints(low for low, _ in ends), _ints(high for _, high in ends))
    return found


def _ends(value: Any, scale: int) -> tuple[int, int]:
    interval = _interval(value, scale)
    return int(interval.low or 0), OPEN if interval.high is None else int(interval.high)


def _interval(value: Any, scale: int) -> Interval:
    if value is None:
        return Interval()
    found = value if isinstance(value, Interval) else Interval.point(value)
    low, high = (None if end is None else Fraction(end) * scale for end in (found.low, found.high))
    return Interval(low, high)


def _share(value: Any) -> Interval:
    """Return a share in its units; unknown is anything from nothing to all."""
    return _interval(value, SHARE_SCALE).clamped(0, WHOLE) if value is not None else Interval(0, WHOLE)


def _ints(values: Iterable[Any]) -> Ints:
    return np.array([int(value) for value in values], dtype=np.int64)


def _holdings(rows: Sequence[Row], index: Mapping[str, int]) -> Holdings:
    capital = [_share(row.get("capital", row.get("share"))) for row in rows]
    votes = [_share(row.get("votes", row.get("share"))) for row in rows]
    certain = [row.get("control", Control.NONE) for row in rows]
    return Holdings(
        holder=_ints(index[row["holder"]] for row in rows),
        held=_ints(index[row["held"]] for row in rows),
        capital_low=_ints(share.low or 0 for share in capital),
        capital_high=_ints(WHOLE if share.high is None else share.high for share in capital),
        votes_low=_ints(share.low or 0 for share in votes),
        votes_high=_ints(WHOLE if share.high is None else share.high for share in votes),
        control=np.array(certain, dtype=np.int8),
        possible_control=np.array(
            [row.get("possible_control", flags) for row, flags in zip(rows, certain, strict=True)], dtype=np.int8
        ),
        invested=_known(rows, "invested", lambda value: _interval(value, 100)),
        involved=_known(rows, "involved"),
    )
