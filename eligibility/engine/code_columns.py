"""Hierarchical codes on columns: prefixes are compared by length, so that each length is one look at a set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from eligibility.engine.kleene import any_kleene
from eligibility.engine.term import Term, when
from eligibility.language.rows import Rows


def under_codes(column: Term, codes: Sequence[str]) -> Term:
    """Return where a code lies under one of the codes; NULL where it is coarser than one of them."""
    by_length: dict[int, set[str]] = defaultdict(set)
    for code in codes:
        by_length[len(code)].add(code)
    tests = [column.prefix(length).is_in(tuple(sorted(listed))) for length, listed in sorted(by_length.items())]
    hit = any_kleene(tests)
    assert isinstance(hit, Term), "a test has at least one code"
    coarser = {code[:end] for code in codes for end in range(1, len(code))}
    undecided = sorted(prefix for prefix in coarser if not any(prefix.startswith(code) for code in codes))
    return when(~column.is_in(tuple(undecided)), hit) if undecided else hit


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says for each row: the smallest and largest value (NULL: nothing), as integers divided by `scale`.

    `undecided`: the code is unknown or too coarse, or leaves several values; `no_row`: it is known and has no row.
    """

    low: Term
    high: Term
    scale: int
    largest: int
    undecided: Term
    no_row: Term


def looked_up(column: Term, rows: Rows) -> Found:
    """Look up the longest prefix of each code."""
    scale = lcm(1, *(_fraction(value).denominator for value in rows.values.values()))
    exact = {code: _ends(bounds, scale) for code, bounds in rows.coarse.items() if bounds is not None}
    nothing = tuple(sorted(code for code, bounds in rows.coarse.items() if bounds is None))
    plain = {code: int(_fraction(value) * scale) for code, value in rows.values.items()}
    found = _longest_prefix(column, plain)
    open_codes = column.is_in(nothing).or_else(False) if nothing else column.sheet.truth(False)
    low = high = when(~open_codes, found) if nothing else found
    if exact:
        low = column.mapped({code: ends[0] for code, ends in exact.items()}).or_else(low)
        high = column.mapped({code: ends[1] for code, ends in exact.items()}).or_else(high)
    several = tuple(sorted(code for code, (least, most) in exact.items() if least != most))
    undecided = column.is_null() | open_codes
    if several:
        undecided = undecided | column.is_in(several).or_else(False)
    no_row = ~column.is_null() & low.is_null() & ~open_codes
    return Found(low, high, scale, max((abs(value) for value in plain.values()), default=0), undecided, no_row)


def found_truth(found: Found) -> Term:
    """Return the truth found in a table: 1 is yes, 0 is no; different ends are unknown."""
    if found.low is found.high:
        return found.low.equals(1)
    return when(found.low.equals(found.high), found.low).equals(1)


def _fraction(value: Fraction | bool) -> Fraction:
    return Fraction(int(value)) if isinstance(value, bool) else value


def _ends(bounds: tuple[Fraction | bool, Fraction | bool], scale: int) -> tuple[int, int]:
    low, high = (_fraction(value) * scale for value in bounds)
    return int(low), int(high)


def _longest_prefix(column: Term, values: Mapping[str, int]) -> Term:
    found: Term | None = None
    for length in sorted({len(code) for code in values}):
        mapped = column.prefix(length).mapped({code: value for code, value in values.items() if len(code) == length})
        found = mapped if found is None else mapped.or_else(found)
    return column.sheet.number(None) if found is None else found
