"""Tables of texts -> an ownership structure as of a day; everything that is wrong is told in one pass."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
import polars as pl

from eligibility.group.checks import check, in_force
from eligibility.group.columns import Table
from eligibility.group.faults import Faults
from eligibility.group.rows import figure_columns
from eligibility.group.structure import (
    OPEN,
    WHOLE,
    FigureKey,
    Figures,
    Holdings,
    Ints,
    Nodes,
    Structure,
    interval_of,
)
from eligibility.group.text_rows import KnownTexts, RowPlaces, TextRows
from eligibility.group.typed_rows import typed
from eligibility.group.written import Written
from eligibility.values.interval import Interval
from eligibility.values.problem import Problem
from eligibility.values.truth import Truth

V = TypeVar("V")


def structure_of_texts(
    enterprises: Sequence[TextRows],
    holdings: Sequence[TextRows],
    as_of: date,
    *,
    adjacent: Sequence[tuple[str, str]] = (),
    subject: str | None = None,
    described_only: bool = False,
    problems: Sequence[Problem] = (),
) -> Structure:
    """Read tables of enterprises and of holdings; the latter count if they are in force on the day.

    `described_only`: a holding names enterprises of the other tables alone. `problems` are what is known to be wrong
    already, and told with the rest.

    Raises:
        AnswerError: whatever is wrong with the rows, each with its place.
    """
    faults = Faults()
    faults.take(problems)
    firms = typed(Table.ENTERPRISES, enterprises, faults)
    written = Written(enterprises, holdings, firms, typed(Table.HOLDINGS, holdings, faults))
    check(written, as_of, faults, described_only=described_only)
    faults.stop()
    return _structure(written, as_of, adjacent, subject)


def _structure(written: Written, as_of: date, adjacent: Sequence[tuple[str, str]], subject: str | None) -> Structure:
    firms = written.firms
    held = written.holdings.filter(in_force(as_of))
    ids, holder, child, head = _numbered(firms, held)
    own = holder == child
    held = held.filter(pl.Series(~own))
    index = dict(zip(ids, range(len(ids)), strict=True))
    return Structure(
        _nodes(firms, ids, head),
        _holdings(held, holder[~own], child[~own]),
        frozenset(frozenset(pair) for pair in adjacent),
        None if subject is None else index[subject],
        frozenset(np.unique(holder[own]).tolist()),
        RowPlaces(written.firm_parts, firms.select("part", "row"), written.holding_parts, held.select("part", "row")),
        index,
    )


def _numbered(firms: pl.DataFrame, held: pl.DataFrame) -> tuple[list[str], Ints, Ints, Ints]:
    """Number the names: those described, then others as holdings name them; return the ends of holdings and heads."""
    ends = pl.concat([held["holder"].rename("id"), held["held"].rename("id")])
    count = held.height
    heads = firms["consolidated_in"].rename("id")
    wanted = pl.DataFrame({"id": pl.concat([ends, heads])})
    numbers = firms.select("id").with_row_index("node")
    found = wanted.join(numbers, on="id", how="left", maintain_order="left")["node"]
    ids = firms["id"]
    if (wanted["id"].is_not_null() & found.is_null()).any():
        # Holder and held of one holding after the other, then the heads.
        turns = np.arange(2 * count, dtype=np.int64).reshape(2, count).T.ravel()
        order = np.concatenate([turns, np.arange(2 * count, len(wanted), dtype=np.int64)])
        others = wanted["id"].set(found.is_not_null(), None).gather(order).drop_nulls().unique(maintain_order=True)
        more = pl.DataFrame({"id": others}).with_row_index("node", offset=firms.height)
        found = found.fill_null(wanted.join(more, on="id", how="left", maintain_order="left")["node"])
        ids = pl.concat([ids, others])
    nodes = found.cast(pl.Int64).fill_null(-1).to_numpy()
    return ids.to_list(), nodes[:count].copy(), nodes[count : 2 * count].copy(), nodes[2 * count :].copy()


def _nodes(firms: pl.DataFrame, ids: Sequence[str], head: Ints) -> Nodes:
    more = len(ids) - firms.height
    consolidated = bool((head >= 0).any())
    share = firms["consolidated_share_low"].fill_null(WHOLE).to_numpy()
    return Nodes(
        ids=ids,
        kinds=_filled(firms["kind"].fill_null(0).to_numpy(), more, 0),
        names=KnownTexts(firms["name"]),
        countries=_shared(firms["country"], lambda country: country),
        figures=_figures(firms, "", more),
        consolidated=_figures(firms, "consolidated_", more),
        consolidated_in=_filled(head, more, -1) if consolidated else None,
        consolidated_share=_filled(share, more, WHOLE) if consolidated else None,
        markets=_shared(firms["markets"], _parted),
        acts_with=_known(firms["acts_with"]),
        families=_known(firms["family"]),
        budgets=_intervals(firms, "budget"),
        inhabitants=_intervals(firms, "inhabitants"),
        kr_audited=_known(firms["kr_audited"], Truth.of),
        kr_listed=_known(firms["kr_listed"], Truth.of),
        kr_nonprofit=_known(firms["kr_nonprofit"], Truth.of),
        kr_exempt_investor=_known(firms["kr_exempt_investor"], Truth.of),
        fiscal_year_starts=_known(firms["fiscal_year_start"], lambda day: (day // 100, day % 100)),
        undescribed=frozenset(range(firms.height, len(ids))),
    )


def _holdings(held: pl.DataFrame, holder: Ints, child: Ints) -> Holdings:
    control = held["control"].fill_null(0).to_numpy()
    return Holdings(
        holder=holder,
        held=child,
        capital_low=_end(held, "capital", "low", 0),
        capital_high=_end(held, "capital", "high", WHOLE),
        votes_low=_end(held, "votes", "low", 0),
        votes_high=_end(held, "votes", "high", WHOLE),
        control=(control & 15).astype(np.int8),
        possible_control=(control >> 4).astype(np.int8),
        invested=_intervals(held, "invested"),
        involved=_known(held["involved"], Truth.of),
    )


def _end(held: pl.DataFrame, what: str, end: str, unknown: int) -> Ints:
    """Return one end of capital or votes; `share` says both."""
    found = held.select(pl.coalesce(f"{what}_{end}", f"share_{end}").fill_null(unknown)).to_series()
    return found.to_numpy().astype(np.int64)


def _filled(values: np.ndarray[Any, np.dtype[Any]], more: int, rest: int) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the values of the described nodes with those of the others behind."""
    return np.concatenate([values, np.full(more, rest, dtype=values.dtype)])


def _figures(firms: pl.DataFrame, prefix: str, more: int) -> dict[FigureKey, Figures]:
    found = {}
    for column, key in figure_columns(prefix).items():
        low, high = firms[f"{column}_low"], firms[f"{column}_high"]
        if low.null_count() < len(low):
            ends = low.fill_null(0).to_numpy(), high.fill_null(OPEN).to_numpy()
            found[key] = Figures(_filled(ends[0], more, 0), _filled(ends[1], more, OPEN))
    return found


def _known(values: pl.Series, read: Callable[[Any], V] = lambda value: value) -> dict[int, V]:
    """Return what is known of some nodes or holdings, by their number."""
    at = values.is_not_null().arg_true()
    return {index: read(value) for index, value in zip(at.to_list(), values.gather(at).to_list(), strict=True)}


def _intervals(frame: pl.DataFrame, column: str) -> Mapping[int, Interval]:
    low, high = frame[f"{column}_low"], frame[f"{column}_high"]
    at = low.is_not_null().arg_true().to_list()
    return {index: interval_of(low[index], high[index]) for index in at}


def _shared(values: pl.Series, read: Callable[[str], V]) -> dict[int, V]:
    """Return what is known, read once for each text: many nodes share the same few."""
    meanings = {text: read(text) for text in values.drop_nulls().unique().to_list()}
    return _known(values, meanings.__getitem__)


def _parted(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";") if part.strip())
