"""What typed rows of an ownership structure must not say together."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from eligibility.group.columns import FIGURE_COLUMNS
from eligibility.group.faults import Faults
from eligibility.group.structure import SHARE_SCALE, WHOLE, Kind
from eligibility.group.two_spellings import check_labels, check_spellings
from eligibility.group.written import Written, listed, nearest_id
from eligibility.values.number import shortest


def check(written: Written, as_of: date, faults: Faults, *, described_only: bool) -> None:
    """Look for everything that is wrong; `described_only`: who holds or is held must be described."""
    _check_described_twice(written, faults)
    told = check_spellings(written, faults)
    check_labels(written, faults)
    _check_held_twice(written, faults)
    _check_sums(written, as_of, faults)
    _check_persons(written, faults)
    _check_heads(written, faults)
    if described_only:
        _check_described(written, told, faults)


def in_force(as_of: date) -> pl.Expr:
    """Return which holdings are in force on a day: from `since` on, up to the day before `until`."""
    begun = pl.col("since").is_null() | (pl.col("since") <= as_of)
    return begun & (pl.col("until").is_null() | (pl.col("until") > as_of))


def _check_described_twice(written: Written, faults: Faults) -> None:
    ids = written.firms.select("id").with_row_index("at")
    twice = ids.filter(pl.col("id").is_duplicated()).group_by("id", maintain_order=True).agg("at")
    again = [(name, rows[0], row) for name, rows in twice.iter_rows() for row in rows[1:]]
    for name, first, row in faults.within("described-twice", again):
        place = written.firm_place(first)
        message = f"`{name}` is described twice, first in {place.file}:{place.line}"
        faults.add("described-twice", message, written.firm_place(row, "id"), "keep one of the two")


def _check_held_twice(written: Written, faults: Faults) -> None:
    rows = written.holdings.select("holder", "held", "since", "until").with_row_index("at")
    pair = ["holder", "held"]
    twice = rows.filter(pl.struct(pair).is_duplicated()) if rows.height else rows
    twice = twice.sort([*pair, "since", "at"], nulls_last=False)
    found = []
    before: Mapping[str, Any] | None = None
    for row in twice.iter_rows(named=True):
        same = before is not None and all(row[end] == before[end] for end in pair)
        if before is not None and same and _overlap(before["until"], row["since"]):
            found.append(sorted((before["at"], row["at"])))
        # Of several that overlap the one that lasts longest is held against the next.
        if not same or before is None or _later(row["until"], before["until"]):
            before = row
    for first, second in faults.within("held-twice", found):
        holder, held = rows["holder"][second], rows["held"][second]
        message = f"`{holder}` holds `{held}` twice, first in {listed([written.holding_place(first)])}"
        hint = "add the shares up in one row, or say with `until` when the first ended"
        faults.add("held-twice", message, written.holding_place(second, "holder"), hint)


def _overlap(until: date | None, since: date | None) -> bool:
    return until is None or since is None or since < until


def _later(one: date | None, other: date | None) -> bool:
    return other is not None and (one is None or one > other)


def _check_sums(written: Written, as_of: date, faults: Faults) -> None:
    """Refuse more than all of one enterprise; own shares belong to nobody and are left out."""
    rows = written.holdings.with_row_index("at").filter(in_force(as_of) & (pl.col("holder") != pl.col("held")))
    both = {what: pl.coalesce(f"{what}_low", "share_low").fill_null(0).alias(what) for what in ("capital", "votes")}
    rows = rows.select("at", "held", *both.values())
    over = (
        rows.lazy()
        .group_by("held")
        .agg(pl.col("capital").sum(), pl.col("votes").sum())
        .filter((pl.col("capital") > WHOLE) | (pl.col("votes") > WHOLE))
        .collect()
    )
    if not over.height:
        return
    among = rows.join(over.select("held"), on="held", how="semi")
    lines = among.group_by("held", maintain_order=True).agg("at").join(over, on="held", maintain_order="left")
    for held, at, capital, votes in faults.within("over-hundred", lines.rows()):
        what, total = ("capital", capital) if capital >= votes else ("votes", votes)
        percent = shortest(Fraction(int(total), SHARE_SCALE))
        places = [written.holding_place(row) for row in at]
        message = f"the shares of {what} in {written.label(held)} add up to {percent} %: {listed(places)}"
        faults.add("over-hundred", message, places[0], "all of an enterprise is 100 %; a range such as 25..30 may help")


def _check_persons(written: Written, faults: Faults) -> None:
    kinds = pl.col("kind") == int(Kind.PERSON)
    persons = written.firms.with_row_index("at").filter(kinds)
    if not persons.height:
        return
    figures = [f"{name}_{end}" for name in FIGURE_COLUMNS for end in ("low", "high")]
    with_figures = persons.filter(pl.any_horizontal(pl.col(figures).is_not_null())).rows(named=True)
    for row in faults.within("person-with-figures", with_figures):
        column = next(name for name in FIGURE_COLUMNS if row[f"{name}_low"] is not None)
        message = f"`{row['id']}` is a person and has `{column}`: only enterprises have figures"
        hint = "a business under the person's own name is an enterprise that the person holds"
        faults.add("person-with-figures", message, written.firm_place(row["at"], column), hint)
    held = written.holdings.select("held").with_row_index("at")
    persons_held = held.join(persons.select(held="id"), on="held", how="semi", maintain_order="left").rows()
    for at, name in faults.within("person-held", persons_held):
        message = f"`{name}` is a person, of whom nobody can hold a share"
        faults.add("person-held", message, written.holding_place(at, "held"), "holder and held may be swapped")


def _check_heads(written: Written, faults: Faults) -> None:
    firms = written.firms.select("id", "kind", "consolidated_in").with_row_index("at")
    members = firms.filter(pl.col("consolidated_in").is_not_null())
    if not members.height:
        return
    holdings = written.holdings
    named = pl.concat([firms["id"], holdings["holder"].rename("id"), holdings["held"].rename("id")]).unique()
    unknown = members.filter(~pl.col("consolidated_in").is_in(named.implode()))
    for at, _, _, head in faults.within("unknown-head", unknown.rows()):
        place = written.firm_place(at, "consolidated_in")
        faults.add("unknown-head", f"there is no enterprise `{head}`", place, nearest_id(head, firms["id"]))
    persons = firms.filter(pl.col("kind") == int(Kind.PERSON)).select(consolidated_in="id")
    under_persons = members.join(persons, on="consolidated_in", how="semi", maintain_order="left").rows()
    for at, _, _, head in faults.within("person-as-head", under_persons):
        message = f"`{head}` is a person, who draws up no consolidated accounts"
        faults.add("person-as-head", message, written.firm_place(at, "consolidated_in"))
    heads = dict(members.select("id", "consolidated_in").iter_rows())
    rows = dict(members.select("id", "at").iter_rows())
    for cycle in faults.within("consolidation-cycle", _cycles(heads)):
        shown = " -> ".join(f"`{name}`" for name in (*cycle, cycle[0]))
        message = (
            f"these are consolidated in each other: {shown}"
            if len(cycle) > 1
            else f"{shown.partition(' ')[0]} is consolidated in itself"
        )
        hint = "`consolidated_in` names the enterprise further up"
        faults.add("consolidation-cycle", message, written.firm_place(rows[cycle[0]], "consolidated_in"), hint)


def _cycles(heads: Mapping[str, str]) -> list[list[str]]:
    """Return the cycles of a map in which everything leads to one other thing."""
    seen: dict[str, int] = {}
    found = []
    for number, start in enumerate(heads):
        way = []
        name: str | None = start
        while name is not None and name not in seen:
            seen[name] = number
            way.append(name)
            name = heads.get(name)
        if name is not None and seen[name] == number and name in way:
            found.append(way[way.index(name) :])
    return found


def _check_described(written: Written, told: set[str], faults: Faults) -> None:
    ids = written.firms["id"]
    for end in ("holder", "held"):
        named = written.holdings.select(end).with_row_index("at")
        unknown = named.filter(~pl.col(end).is_in(ids.implode()) & ~pl.col(end).is_in(list(told))).rows()
        for at, name in faults.within("unknown-enterprise", unknown):
            hint = nearest_id(name, ids) or f"write `{name}: {{}}` under `enterprises` if nothing is known of it"
            message = f"there is no enterprise `{name}` under `enterprises`"
            faults.add("unknown-enterprise", message, written.holding_place(at, end), hint)
