"""`window:` - whether one may apply on a day, and which day's version of the rules is told."""

from datetime import date

import pytest

from eligibility.language.shape import parse_date_range
from eligibility.language.window import Window
from tests.engine.small_rules import small

TWO = ("2020-09-07..2021-12-31", "2022-03-01..2022-06-30")
ENDLESS = ("2020-09-07..",)


@pytest.mark.parametrize(
    ("periods", "on", "status", "rule_date"),
    [
        ((), "2021-01-01", "continuous", "2021-01-01"),
        (TWO, "2020-09-06", "upcoming", "2020-09-07"),
        (TWO, "2020-09-07", "open", "2020-09-07"),
        (TWO, "2021-12-31", "open", "2021-12-31"),
        (TWO, "2022-01-01", "upcoming", "2021-12-31"),
        (TWO, "2022-03-01", "open", "2022-03-01"),
        (TWO, "2022-07-01", "closed", "2022-06-30"),
        (ENDLESS, "2000-01-01", "upcoming", "2020-09-07"),
        (ENDLESS, "2100-01-01", "open", "2100-01-01"),
        (("..2021-12-31",), "2022-01-01", "closed", "2021-12-31"),
        (("..2021-12-31",), "2000-01-01", "open", "2000-01-01"),
    ],
)
def test_window(periods: tuple[str, ...], on: str, status: str, rule_date: str) -> None:
    window = Window(tuple(parse_date_range(period) for period in periods))
    day = date.fromisoformat(on)
    assert (window.status(day), window.rule_date(day).isoformat()) == (status, rule_date)


@pytest.mark.parametrize(
    ("written", "periods"),
    [("continuous", 0), ("2020-01-01..2020-12-31", 1), (["2020-01-01..2020-12-31", "2021-01-01.."], 2)],
)
def test_as_written(written: object, periods: int) -> None:
    assert len(small(window=written).programmes["de.a"].window.periods) == periods
