"""`business_year_end:` - the end of the business year in which a date lies, and how long ago it was."""

from datetime import date

import pytest

from eligibility.language.business_year import year_end
from tests.engine.small_rules import result, small

SEPTEMBER, DECEMBER, FEBRUARY, LEAP = "2020-09-30", "2020-12-31", "2021-02-28", "2020-02-29"


@pytest.mark.parametrize(
    ("day", "closing", "end"),
    [
        ("2021-03-01", DECEMBER, "2021-12-31"),
        ("2021-12-31", DECEMBER, "2021-12-31"),
        ("2022-01-01", DECEMBER, "2022-12-31"),
        ("2021-09-30", SEPTEMBER, "2021-09-30"),
        ("2021-10-01", SEPTEMBER, "2022-09-30"),
        ("2021-02-28", FEBRUARY, "2021-02-28"),
        ("2021-03-01", FEBRUARY, "2022-02-28"),
        ("2021-02-28", LEAP, "2021-02-28"),
        ("2021-03-01", LEAP, "2022-02-28"),
        ("2024-02-28", LEAP, "2024-02-29"),
        ("2024-03-01", LEAP, "2025-02-28"),
    ],
)
def test_year_end(day: str, closing: str, end: str) -> None:
    assert year_end(date.fromisoformat(day), date.fromisoformat(closing)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "closing", "age", "last_no", "first_yes"),
    [
        # Months after the end of a month end with a month: three months after 30 September is 31 December.
        ("2020-05-01", SEPTEMBER, "3 months..", "2020-12-30", "2020-12-31"),
        ("2020-05-01", SEPTEMBER, "3 months<..", "2020-12-31", "2021-01-01"),
        ("2020-05-01", SEPTEMBER, "5 months..", "2021-02-27", "2021-02-28"),
        ("2020-05-01", DECEMBER, "3 months..", "2021-03-30", "2021-03-31"),
        ("2020-05-01", DECEMBER, "3 years..", "2023-12-30", "2023-12-31"),
        ("2020-05-01", FEBRUARY, "3 months..", "2021-05-30", "2021-05-31"),
        ("2020-05-01", FEBRUARY, "3 years..", "2024-02-28", "2024-02-29"),
        ("2019-05-01", LEAP, "1 year..", "2021-02-27", "2021-02-28"),
        ("2020-10-01", SEPTEMBER, "3 months..", "2021-12-30", "2021-12-31"),
    ],
)
def test_boundaries(day: str, closing: str, age: str, last_no: str, first_yes: str) -> None:
    when = {"born": {"business_year_end": {"closing": "closes", "age": age}}}
    found = [
        result(small(when, on=date.fromisoformat(on)), born=day, closes=closing).verdict for on in (last_no, first_yes)
    ]
    assert found == ["not_eligible", "eligible"]


@pytest.mark.parametrize(
    ("age", "last_yes", "first_no"),
    [("..3 months", "2020-12-31", "2021-01-01"), ("..<3 months", "2020-12-30", "2020-12-31")],
)
def test_upper_ends(age: str, last_yes: str, first_no: str) -> None:
    when = {"born": {"business_year_end": {"closing": "closes", "age": age}}}
    found = [
        result(small(when, on=date.fromisoformat(on)), born="2020-05-01", closes=SEPTEMBER).verdict
        for on in (last_yes, first_no)
    ]
    assert found == ["eligible", "not_eligible"]
