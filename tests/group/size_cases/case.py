"""What a worked case is: a structure, what the text makes of it, and the sentence that says so.

The firm that is asked about is `a` unless said. Figures are chosen so that a sum shows what it is made of: 10 for the
firm, then 100, 1 000, 10 000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from eligibility.group.structure import Control, FigureKey, Kind
from eligibility.values.interval import Interval

Row = dict[str, Any]
Sum = int | str | Interval


@dataclass(frozen=True)
class Case:
    """A worked case; `counts` has all others whose figures count, as `partner 25`, or `0..100` where it is not settled.

    `None` leaves out what the case is not about. `also` are totals other than the employees of the last period.
    """

    name: str
    law: str
    enterprises: Sequence[Row]
    holdings: Sequence[Row]
    people: Sum | None
    counts: Mapping[str, str] | None = field(default_factory=dict)
    public: Sum | None = 0
    also: Mapping[FigureKey, Sum] = field(default_factory=dict)
    adjacent: Sequence[tuple[str, str]] = ()
    subject: str = "a"


def exactly(value: Sum) -> Interval:
    """A sum as it is written in a case: a number, `"0..100"`, or `"10.."` where there is no upper end."""
    if isinstance(value, Interval):
        return value
    low, dots, high = str(value).partition("..")
    if not dots:
        return Interval.point(Fraction(low))
    return Interval(Fraction(low), Fraction(high) if high else None)


def written(percent: Fraction | int) -> str:
    """A percentage as the cases write it."""
    percent = Fraction(percent)
    return f"{percent.numerator}" if percent.denominator == 1 else f"{float(percent):.6f}"


def firm(name: str, employees: Any = None, **known: Any) -> Row:
    """An enterprise with its headcount."""
    return {"id": name, "employees": employees, **known}


def person(name: str, acts_with: str | None = None) -> Row:
    """A natural person, perhaps one of a group."""
    return {"id": name, "kind": Kind.PERSON, "acts_with": acts_with}


def body(name: str) -> Row:
    """A public body."""
    return {"id": name, "kind": Kind.PUBLIC_BODY}


def fund(name: str, employees: Any = None, kind: Kind = Kind.VENTURE_CAPITAL, **known: Any) -> Row:
    """An investor of the list of Art. 3(2), second subparagraph."""
    return {"id": name, "kind": kind, "employees": employees, **known}


def town(name: str, budget: Any, inhabitants: Any, employees: Any = 0) -> Row:
    """A local authority."""
    budget = None if budget is None else Fraction(budget)
    return fund(name, employees, Kind.LOCAL_AUTHORITY, budget=budget, inhabitants=inhabitants)


def holds(holder: str, held: str, share: Any = None, **known: Any) -> Row:
    """A holding with a share of capital and votes alike; decimals as text."""
    if share is not None:
        known["share"] = share if isinstance(share, Interval) else Fraction(share)
    if "invested" in known:
        known["invested"] = Fraction(known["invested"])
    return {"holder": holder, "held": held, **known}


def controls(holder: str, held: str, means: Control, share: Any = 10, **known: Any) -> Row:
    """A holding with a means of control besides the votes."""
    return holds(holder, held, share, control=means, **known)
