"""What the lines of two programmes say of having both."""

from fractions import Fraction
from typing import Any

import pytest

from eligibility.advice.combining import Pair, pair
from tests.advice.plan_rules import line, rules

A, B = "de.a", "de.b"
NO, YES = False, True


def said(first: list[object], second: list[object], kind: str = "grant") -> Pair:
    programmes: dict[str, Any] = {A: {"cumulation": first}, B: {"cumulation": second, "kind": kind}}
    found = rules(programmes).programmes
    return pair(found[A], found[B])


@pytest.mark.parametrize(
    ("first", "second", "excluded", "shares", "silent"),
    [
        ([], [], NO, NO, YES),
        ([line("any", "same_costs", YES)], [], NO, YES, NO),
        ([line("any", "same_costs", NO)], [], NO, NO, NO),
        ([line("any", "same_project", YES)], [], NO, NO, NO),
        ([line("any", "company", YES)], [], NO, NO, NO),
        ([line("any", "same_project", NO)], [], YES, NO, NO),
        ([line("any", "company", NO)], [line(A, "same_costs", YES)], YES, NO, NO),
        ([line("loan", "company", NO)], [line(["loan", "equity"], "same_costs", YES)], NO, NO, YES),
        ([line(B, "same_costs", YES), line("grant", "same_project", NO)], [], NO, YES, NO),
        ([line(B, "company", YES), line("any", "same_project", NO)], [], YES, NO, NO),
        ([line("grant", "same_costs", YES), line(["grant", "loan"], "same_costs", NO)], [], NO, NO, NO),
    ],
)
def test_pairs(first: list[object], second: list[object], excluded: bool, shares: bool, silent: bool) -> None:
    for found in (said(first, second), said(second, first) if not _names(first + second) else said(first, second)):
        assert (bool(found.excluded), found.shares_costs, found.silent) == (excluded, shares, silent)


def _names(lines: list[Any]) -> bool:
    """Whether a line names one of the two, so that they cannot change places."""
    return any(one["with"] in (A, B) for one in lines)


def test_kinds() -> None:
    lines: list[object] = [line(["voucher", "tax_credit"], "same_project", NO)]
    assert not said(lines, []).excluded
    assert said(lines, [], "voucher").excluded
    assert said(lines, [], "tax_credit").excluded


def test_ceilings() -> None:
    both = said([line("any", "same_costs", YES, "80 %")], [line("grant", "same_costs", YES, "70 %")])
    assert (both.ceiling, both.wide_ceiling) == (Fraction(7, 10), None)
    wide = said([line("any", "same_project", YES, "60 %"), line("any", "company", YES, "50 %")], [])
    assert (wide.ceiling, wide.wide_ceiling, len(wide.capping)) == (None, Fraction(1, 2), 2)
    # A line on the programme itself counts instead of the one on all others.
    own = said([line("any", "same_costs", YES, "50 %"), line(B, "same_costs", YES, "90 %")], [])
    assert own.ceiling == Fraction(9, 10)


def test_forbidding_lines_are_kept_for_citing() -> None:
    found = said([line("any", "same_costs", NO, cite="s 4")], [line("grant", "same_costs", NO, cite="s 5")])
    assert [cite.section for one in found.apart for cite in one.cites] == ["4", "5"]
