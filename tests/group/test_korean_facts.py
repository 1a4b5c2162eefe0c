"""The facts that a structure gives about a Korean firm."""

from datetime import date

import pytest

import eligibility
from eligibility.group.korean_facts import giant_owner_on, korean_facts
from eligibility.group.structure import Structure, from_rows
from eligibility.values.truth import Truth

_HUNDRED_MILLION = 10**8


def _structure(assets: int | None, share: int = 40) -> Structure:
    known = {"country": "KR", "kr_audited": Truth.YES, "kr_nonprofit": Truth.NO, "kr_exempt_investor": Truth.NO}
    return from_rows(
        [
            {"id": "firm", **known, "kr_average_turnover": 100 * _HUNDRED_MILLION},
            {"id": "owner", **known, "kr_average_turnover": 300 * _HUNDRED_MILLION, "kr_total_assets": assets},
        ],
        [{"holder": "owner", "held": "firm", "share": share}],
        subject="firm",
    )


def test_a_parent_adds_its_share_and_may_be_a_large_owner() -> None:
    rulebook = eligibility.load_rulebook(date(2025, 6, 1)).linked
    found = korean_facts(rulebook, _structure(6_000 * _HUNDRED_MILLION), 0)
    assert found.answers == {
        "kr_group_average_turnover": str(220 * _HUNDRED_MILLION),
        "kr_large_owner": True,
        "kr_giant_owner": False,
    }


def test_what_is_not_known_is_left_out() -> None:
    rulebook = eligibility.load_rulebook(date(2025, 6, 1)).linked
    assert set(korean_facts(rulebook, _structure(None), 0).answers) == {"kr_group_average_turnover"}


@pytest.mark.parametrize(
    ("day", "billions", "share", "truth"),
    [
        (date(2023, 12, 31), 10_000, 30, Truth.YES),
        (date(2023, 12, 31), 9_999, 30, Truth.NO),
        (date(2024, 3, 1), 10_400, 30, Truth.YES),
        (date(2024, 3, 1), 10_000, 30, Truth.UNKNOWN),
        (date(2024, 3, 1), 9_999, 30, Truth.NO),
        (date(2024, 6, 1), 10_399, 30, Truth.NO),
        (date(2024, 6, 1), 10_400, 30, Truth.YES),
        (date(2025, 5, 10), 11_000, 30, Truth.UNKNOWN),
        (date(2025, 6, 1), 11_599, 30, Truth.NO),
        (date(2025, 6, 1), 11_600, 30, Truth.YES),
        (date(2026, 6, 1), 50_000, 30, Truth.UNKNOWN),
        (date(2026, 6, 1), 50_000, 29, Truth.NO),
    ],
)
def test_the_threshold_of_the_largest_groups_is_that_of_the_day(
    day: date, billions: int, share: int, truth: Truth
) -> None:
    assert giant_owner_on(day, _structure(billions * 10**9, share), 0) is truth
