"""Rows of Korean groups for the tests: written short, and drawn at random."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from hypothesis import strategies as st

from eligibility.group.structure import Kind
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

Row = dict[str, Any]


def firm(name: str, turnover: int | None = None, **more: Any) -> Row:
    """Return a domestic firm for profit that is audited and not listed, unless something else is said."""
    known = {"kr_audited": Truth.YES, "kr_listed": Truth.NO, "kr_nonprofit": Truth.NO, "kr_exempt_investor": Truth.NO}
    row: Row = {"id": name, "country": "KR", **known, **more}
    return row if turnover is None else row | {"kr_average_turnover": turnover}


def person(name: str, family: str | None = None) -> Row:
    return {"id": name, "kind": Kind.PERSON, "country": "KR"} | ({} if family is None else {"family": family})


def holding(text: str) -> Row:
    """Return a holding of `holder held percent`."""
    holder, held, share = text.split()
    return {"holder": holder, "held": held, "share": Fraction(share)}


def holdings(texts: Iterable[str]) -> list[Row]:
    return [holding(text) for text in texts]


# Around every line that the decree draws.
_LINES = "0.000001 10 15 20 25 29.999999 30 30.000001 35 40 45 49.999999 50 60 100"
SHARES = [Fraction(text) for text in _LINES.split()]
_AUDITED = {"kr_audited": st.sampled_from([Truth.YES] * 5 + [Truth.NO])}
_SELDOM = {name: st.sampled_from([Truth.NO] * 9 + [Truth.YES]) for name in ("kr_nonprofit", "kr_exempt_investor")}


@st.composite
def groups(draw: st.DrawFn, consistent: bool = True) -> tuple[list[Row], list[Row]]:
    """Draw up to five firms and two persons, and who holds what; all known."""
    count = draw(st.integers(2, 5))
    enterprises: list[Row] = []
    for name in "ABCDE"[:count]:
        flags: Mapping[str, Truth] = draw(st.fixed_dictionaries(_AUDITED | _SELDOM))
        listed = draw(st.booleans()) if flags["kr_audited"] is Truth.YES else False
        row = firm(name, draw(st.integers(0, 10**15)), **flags, kr_total_assets=draw(st.integers(0, 20)))
        row |= {"kr_listed": Truth.of(listed), "country": draw(st.sampled_from(["KR"] * 9 + ["US"]))}
        if draw(st.integers(0, 5)) == 0:
            row["consolidated_in"] = draw(st.sampled_from([other for other in "ABCDE"[:count] if other != name]))
        enterprises.append(row)
    enterprises += [
        person("p", draw(st.sampled_from([None, "Kim"]))),
        person("q", draw(st.sampled_from([None, "Kim"]))),
    ]
    names = [row["id"] for row in enterprises]
    found = []
    for held in names[:count]:
        left = Fraction(100)
        for holder in draw(
            st.lists(st.sampled_from([name for name in names if name != held]), min_size=1, max_size=3, unique=True)
        ):
            fitting = [share for share in SHARES if share <= left] if consistent else SHARES
            if fitting:
                share = draw(st.sampled_from(fitting))
                left -= share
                found.append({"holder": holder, "held": held, "share": share})
    return enterprises, found


class Blurred(NamedTuple):
    """A group of which something is not known, and what it may be in truth."""

    enterprises: list[Row]
    holdings: list[Row]
    completions: list[tuple[list[Row], list[Row]]]


@st.composite
def blurred_groups(draw: st.DrawFn) -> Blurred:
    """Draw a group in which up to three answers are unknown or ranges, with samples of every way to complete it."""
    enterprises, found = draw(groups())
    enterprises, found = [dict(row) for row in enterprises], [dict(row) for row in found]
    firms = [row for row in enterprises if row.get("kind") is not Kind.PERSON]
    holes: dict[tuple[str, int, str], list[Any]] = {}
    for _ in range(draw(st.integers(1, 3))):
        if found and draw(st.booleans()):
            place = draw(st.integers(0, len(found) - 1))
            if ("holdings", place, "share") not in holes:
                holes["holdings", place, "share"] = _blur_share(draw, found[place])
        else:
            place = draw(st.integers(0, len(firms) - 1))
            column, samples = draw(st.sampled_from(_UNKNOWN))
            enterprises[place][column] = None
            holes["enterprises", place, column] = samples
    completions = []
    for values in product(*holes.values()):
        whole = {"enterprises": [dict(row) for row in enterprises], "holdings": [dict(row) for row in found]}
        for (table, place, column), value in zip(holes, values, strict=True):
            whole[table][place][column] = value
        if _is_possible(whole["enterprises"], whole["holdings"]):
            completions.append((whole["enterprises"], whole["holdings"]))
    return Blurred(enterprises, found, completions)


_YES_OR_NO = [Truth.YES, Truth.NO]
_UNKNOWN = [
    ("kr_audited", _YES_OR_NO),
    ("kr_listed", _YES_OR_NO),
    ("kr_nonprofit", _YES_OR_NO),
    ("kr_exempt_investor", _YES_OR_NO),
    ("country", ["KR", "US"]),
    ("kr_average_turnover", [0, 7, 10**12]),
    ("kr_total_assets", [0, 9, 10, 10**12]),
]


def _blur_share(draw: st.DrawFn, row: Row) -> list[Fraction]:
    low, high = sorted((row["share"], draw(st.sampled_from([Fraction(0), *SHARES]))))
    if draw(st.booleans()):
        low, high = Fraction(0), Fraction(100)
    row["share"] = Interval(low, high) if draw(st.booleans()) or (low, high) != (0, 100) else None
    between = [Fraction(text) for text in ("15", "29.999999", "30", "35", "50")]
    return sorted({low, high, *(share for share in between if low <= share <= high)})


def _is_possible(enterprises: list[Row], found: list[Row]) -> bool:
    sums: dict[str, Fraction] = {}
    for row in found:
        sums[row["held"]] = sums.get(row["held"], Fraction(0)) + row["share"]
    # What is listed is audited.
    audited = all(row.get("kr_audited") is Truth.YES or row.get("kr_listed") is not Truth.YES for row in enterprises)
    return audited and all(total <= 100 for total in sums.values())
