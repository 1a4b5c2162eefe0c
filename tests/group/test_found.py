"""What is found of a group before it is told: which laws are looked at, and whose aid it is."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from eligibility.aid.award import Award, History, Part, Split
from eligibility.aid.regulation import Regulation
from eligibility.engine.profile import Finding
from eligibility.group.findings import found_of_firm, group_findings
from eligibility.group.found import group_found, is_korean
from eligibility.group.structure import Structure, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.report.groups import rulebook

FIRM: Mapping[str, Any] = {"id": "firm", "employees": 12, "turnover": 900_000, "balance_sheet": 700_000}


def structure(**more: object) -> Structure:
    rows = [
        {**FIRM, **more},
        {"id": "sub", "employees": 3, "turnover": 100_000, "balance_sheet": 50_000},
        {"id": "dim"},
        {"id": "other"},
    ]
    holdings = [
        {"holder": "firm", "held": "sub", "share": 60},
        {"holder": "firm", "held": "dim", "share": Interval(40, 60)},
    ]
    return from_rows(rows, holdings, subject="firm")


@pytest.mark.parametrize(
    ("more", "korean"),
    [
        ({}, False),
        ({"country": "DE"}, False),
        ({"country": "KR"}, True),
        ({"kr_average_turnover": 1_200_000_000}, True),
        ({"kr_total_assets": Interval(None, 5)}, True),
        ({"country": "DE", "kr_total_assets": 0}, True),
        ({"kr_average_turnover": Interval()}, False),
    ],
)
def test_is_korean(more: dict[str, object], korean: bool) -> None:
    made = structure(**more)
    assert is_korean(made, made.node("firm")) is korean
    found = group_found(rulebook(), made, made.node("firm"))
    assert (found.korean is not None) is korean
    assert (found.owners is not None) is korean
    assert found.aid is None


def test_size() -> None:
    made = structure()
    found = group_found(rulebook(), made, made.node("firm"))
    assert found.size.answers["group_employees"] == "15.."
    assert found.assessed.profile.answers["group_employees"] == "15.."


def test_aid() -> None:
    made = structure(fiscal_year_start=(7, 1))
    awards = [
        Award(date(2025, 1, 2), Interval.point(Fraction(amount)), Regulation.GENERAL_2023, "DE", recipient, Truth.NO)
        for amount, recipient in ((1000, None), (200, "sub"), (30, "dim"))
    ]
    found = group_found(rulebook(), made, made.node("firm"), History(tuple(awards)), "DE")
    assert found.aid is not None
    assert found.aid.undertaking.certain == {made.node("firm"), made.node("sub")}
    assert found.aid.undertaking.possible == {0, 1, 2}
    assert found.aid.headroom.received.total == Interval(1200, 1230)
    recipients = [line.award.recipient for line in found.aid.headroom.received.lines]
    assert recipients == ["firm", "sub", "dim"]


def test_aid_of_whom_nobody_names_may_count() -> None:
    """A name of the list that the structure lacks may be an enterprise of it under another one."""
    made = structure()
    awards = (award(1000), award(200, "sub"), award(5, "somebody"), award(7, "sold"))
    events = (Split(date(2025, 6, 1), "gone", (Part("sold"), Part("dim"))),)
    found = group_found(rulebook(), made, made.node("firm"), History(awards, events), "DE")
    assert group_findings(found)["de_minimis_received"] == Finding("1200..1205", "aid")
    without = found_of_firm(rulebook(), None, None, History(awards[:3], firm="firm"), "DE")
    assert group_findings(without)["de_minimis_received"] == Finding("1000..1205", "aid")


def test_korean_sheets_become_findings() -> None:
    known = {"country": "KR", "kr_audited": Truth.YES, "kr_nonprofit": Truth.NO, "kr_exempt_investor": Truth.NO}
    rows = [
        {"id": "firm", **known, "kr_average_turnover": 10**10},
        {"id": "owner", **known, "kr_average_turnover": 3 * 10**10, "kr_total_assets": 6 * 10**11},
    ]
    # Who is a giant in 2026 is not known.
    found = group_found(rulebook(), from_rows(rows, [{"holder": "owner", "held": "firm", "share": 40}]), 0)
    findings = {fact: one.answer for fact, one in group_findings(found).items() if fact.startswith("kr_")}
    assert findings == {
        "kr_average_turnover": str(10**10),
        "kr_group_average_turnover": str(22 * 10**9),
        "kr_large_owner": True,
    }


def award(amount: int, recipient: str | None = None) -> Award:
    return Award(date(2025, 1, 2), Interval.point(amount), Regulation.GENERAL_2023, "DE", recipient, Truth.NO)


@pytest.mark.parametrize(
    ("firm", "total"), [(None, 1000), ("firm", 1000), ("sub", 1000), ("formerly firm", 1000), ("other", 0)]
)
def test_awards_without_a_recipient_are_those_of_the_firm_of_the_history(firm: str | None, total: int) -> None:
    made = structure()
    award = Award(date(2025, 1, 2), Interval.point(1000), Regulation.GENERAL_2023, "DE", None, Truth.NO)
    found = group_found(rulebook(), made, made.node("firm"), History((award,), firm=firm), "DE")
    assert found.aid is not None
    assert found.aid.headroom.received.total == Interval.point(total)
