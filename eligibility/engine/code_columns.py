"""Hierarchical codes on columns: prefixes are compared by length, so that each length is one set membership."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import narwhals as nw

from eligibility.language.lookup import Rows


def under_codes(column: nw.Expr, codes: Sequence[str]) -> nw.Expr:
    """Return where a code lies under one of the codes; NULL where it is coarser than one of them."""
    hit = _starts_with(column, codes)
    coarser = {code[:end] for code in codes for end in range(1, len(code))}
    undecided = sorted(prefix for prefix in coarser if not any(prefix.startswith(code) for code in codes))
    return nw.when(~column.is_in(undecided)).then(hit) if undecided else hit


def _starts_with(column: nw.Expr, codes: Iterable[str]) -> nw.Expr:
    by_length: dict[int, list[str]] = defaultdict(list)
    for code in sorted(set(codes)):
        by_length[len(code)].append(code)
    tests = [column.str.slice(0, length).is_in(listed) for length, listed in sorted(by_length.items())]
    hit = tests[0]
    for test in tests[1:]:
        hit = hit | test
    return hit


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says for each row: the smallest and largest value (NULL: nothing), as integers divided by `scale`.

    `undecided`: the code is unknown or too coarse, or leaves several values; `no_row`: the code is known and has no
    row.
    """

    low: nw.Expr
    high: nw.Expr
    scale: int
    largest: int
    undecided: nw.Expr
    no_row: nw.Expr


def looked_up(column: nw.Expr, rows: Rows) -> Found:
    """Look up the longest prefix of each code."""
    scale = lcm(1, *(_fraction(value).denominator for value in rows.values.values()))
    exact = {code: _ends(bounds, scale) for code, bounds in rows.coarse.items() if bounds is not None}
    nothing = sorted(code for code, bounds in rows.coarse.items() if bounds is None)
    plain = {code: _ends((value, value), scale) for code, value in rows.values.items()}
    low, high = (_end(column, index, exact, nothing, plain) for index in (0, 1))
    too_coarse = nothing + [code for code, (least, most) in exact.items() if least != most]
    undecided = column.is_null() | column.is_in(too_coarse).fill_null(False)
    largest = max((abs(most) for _, most in plain.values()), default=0)
    no_row = ~column.is_null() & low.is_null() & ~column.is_in(nothing).fill_null(False)
    return Found(low, high, scale, largest, undecided, no_row)


def found_truth(found: Found) -> nw.Expr:
    """Return the truth found in a table: 1 is yes, 0 is no; different ends are unknown."""
    return nw.when(found.low == found.high).then(found.low) == 1


def _fraction(value: Fraction | bool) -> Fraction:
    return Fraction(int(value)) if isinstance(value, bool) else value


def _ends(bounds: tuple[Fraction | bool, Fraction | bool], scale: int) -> tuple[int, int]:
    low, high = (_fraction(value) * scale for value in bounds)
    return int(low), int(high)


def _end(
    column: nw.Expr,
    index: int,
    exact: Mapping[str, tuple[int, int]],
    nothing: Sequence[str],
    plain: Mapping[str, tuple[int, int]],
) -> nw.Expr:
    """Return one end of the value: codes with an answer of their own first, then prefixes, the longest first."""
    result = nw.lit(None, dtype=nw.Int64)
    lengths = sorted({len(code) for code in plain})
    for length in lengths:
        prefix = column.str.slice(0, length)
        result = _by_value(prefix, {code: ends[index] for code, ends in plain.items() if len(code) == length}, result)
    result = _by_value(column, {code: ends[index] for code, ends in exact.items()}, result)
    return nw.when(~column.is_in(nothing)).then(result) if nothing else result


def _by_value(column: nw.Expr, values: Mapping[str, int], otherwise: nw.Expr) -> nw.Expr:
    codes: dict[int, list[str]] = defaultdict(list)
    for code, value in sorted(values.items()):
        codes[value].append(code)
    for value, listed in codes.items():
        otherwise = nw.when(column.is_in(listed)).then(nw.lit(value, dtype=nw.Int64)).otherwise(otherwise)
    return otherwise
