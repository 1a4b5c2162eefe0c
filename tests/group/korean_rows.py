"""Rows of Korean groups for the tests: written short, and drawn at random."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from eligibility.group.structure import Kind
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
