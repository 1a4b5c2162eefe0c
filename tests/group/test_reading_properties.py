"""Typed rows, written down in many spellings and read back, are the structure of the typed rows."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.group.reading import structure_of_texts
from eligibility.group.rows import figure_columns
from eligibility.group.structure import Control, Kind, Measure, from_rows
from eligibility.group.text_rows import Lines, TextRows
from eligibility.values.interval import Interval
from eligibility.values.number import shortest
from eligibility.values.truth import Truth
from tests.group.structures import plain

DAY = date(2026, 1, 1)
IDS = ("nord", "süd", "K-100", "West & Co", "서울 전자", "7")
FIGURES = {**figure_columns(), **{f"consolidated_{name}": key for name, key in figure_columns().items()}}
DECIMALS = {Measure.EMPLOYEES: 6, Measure.TURNOVER: 2, Measure.BALANCE_SHEET: 2}
PERIODS = ((None, None), (date(2020, 1, 1), None), (None, date(2026, 1, 2)))


def amounts(decimals: int, most: int) -> st.SearchStrategy[Interval]:
    one = st.integers(0, most * 10**decimals).map(lambda units: Fraction(units, 10**decimals))
    return st.tuples(one, one).map(lambda ends: Interval(min(ends), max(ends))) | one.map(Interval.point)


def figures() -> st.SearchStrategy[dict[str, Interval]]:
    columns = st.sampled_from(sorted(FIGURES))
    pairs = columns.flatmap(lambda name: st.tuples(st.just(name), amounts(DECIMALS.get(FIGURES[name][0], 0), 10**9)))
    return st.lists(pairs, max_size=4).map(dict)


@st.composite
def firms(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5))
    found = []
    for index, name in enumerate(names):
        row: dict[str, Any] = {"id": name, "kind": draw(st.sampled_from(Kind))}
        # Heads stand further down, so that no cycle can be.
        if index + 1 < len(names) and draw(st.booleans()):
            row["consolidated_in"] = names[draw(st.integers(index + 1, len(names) - 1))]
            row["consolidated_share"] = draw(amounts(6, 100).filter(lambda share: share.is_point)).low
        if row["kind"] is not Kind.PERSON:
            row.update(draw(figures()))
        row["name"] = draw(st.sampled_from((None, f"{name} name")))
        row["country"] = draw(st.sampled_from((None, "DE", "KR")))
        row["markets"] = draw(st.none() | st.sets(st.sampled_from(("C16", "J62", "Bau")), min_size=1))
        row["kr_listed"] = draw(st.sampled_from((None, Truth.YES, Truth.NO)))
        row["budget"] = draw(st.none() | amounts(2, 10**8))
        row["fiscal_year_start"] = draw(st.sampled_from((None, (4, 1))))
        found.append(row)
    persons = {row["id"] for row in found if row["kind"] is Kind.PERSON}
    for row in found:
        if row.get("consolidated_in") in persons:
            del row["consolidated_in"], row["consolidated_share"]
    return found


@st.composite
def holdings(draw: st.DrawFn, persons: set[str]) -> list[dict[str, Any]]:
    ends = st.tuples(st.sampled_from(IDS), st.sampled_from([name for name in IDS if name not in persons] or ["x"]))
    found = []
    for holder, held in draw(st.lists(ends, unique=True, max_size=8)):
        row: dict[str, Any] = {"holder": holder, "held": held}
        # At most six hold one firm, so that the shares stay below the whole.
        if draw(st.booleans()):
            row["share"] = draw(amounts(6, 16))
        else:
            row["capital"], row["votes"] = draw(st.none() | amounts(6, 16)), draw(st.none() | amounts(6, 16))
        row["control"] = Control(draw(st.integers(0, 15)))
        if draw(st.booleans()):
            row["possible_control"] = Control(15)
        row["involved"] = draw(st.sampled_from((None, Truth.YES)))
        row["since"], row["until"] = draw(st.sampled_from(PERIODS))
        found.append(row)
    return found


def written(value: Any) -> str | None:
    """A typed value as a file has it."""
    match value:
        case None:
            return None
        case Truth():
            return "yes" if value is Truth.YES else "nein"
        case Kind():
            return str(value.name).lower()
        case Interval():
            ends = ["" if end is None else shortest(Fraction(end)) for end in (value.low, value.high)]
            return ends[0] if value.is_point else "..".join(ends)
        case Fraction():
            return shortest(value)
        case set():
            return "; ".join(sorted(value))
        case (month, day):
            return f"{month:02}-{day:02}"
    return str(value)


def controls(row: Mapping[str, Any]) -> str:
    names = [str(flag.name).lower() for flag in Control if flag in row["control"]]
    return ";".join(names + ["unknown"] * ("possible_control" in row))


def table(file: str, rows: list[dict[str, Any]], needed: tuple[str, ...]) -> TextRows:
    columns = dict.fromkeys([*needed, *(name for row in rows for name in row if name != "possible_control")])
    texts = [{name: controls(row) if name == "control" else written(row.get(name)) for name in columns} for row in rows]
    frame = pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String))
    return TextRows(frame, Lines(file, pl.int_range(2, len(rows) + 2, dtype=pl.Int64, eager=True)))


@settings(max_examples=50)
@given(st.data())
def test_what_is_written_is_read_back(data: st.DataObject) -> None:
    described = data.draw(firms())
    edges = data.draw(holdings({row["id"] for row in described if row["kind"] is Kind.PERSON}))
    read = structure_of_texts(
        [table("firms.csv", described, ("id",))], [table("edges.csv", edges, ("holder", "held"))], DAY
    )
    assert plain(read) == plain(from_rows(described, edges))
