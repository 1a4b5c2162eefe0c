"""Which days of granting count on a day: three fiscal years until 2023, three years rolling by the day since 2024."""

from datetime import date, timedelta

from eligibility.aid.regulation import NEW_SINCE, regime_on
from eligibility.values.truth import Truth

YearStart = tuple[int, int]
"""Month and day on which a fiscal year begins; 29 February is none, as most years have no such day."""

YEARS = 3
_DAY = timedelta(days=1)


def check_year_start(start: YearStart) -> YearStart:
    """Pass a start of fiscal years on that every year has; else ValueError."""
    date(2021, *start)
    return start


def in_window(granted: date, day: date, fiscal_year_start: YearStart | None) -> Truth:
    """Tell whether an award granted on one day counts on another; unknown where the fiscal year decides it.

    The window ends on the day itself. By fiscal years it begins with the second fiscal year before that of the day; by
    days it begins on the day after the same day three years before, or after 28 February where that year has no 29th.
    """
    regime = regime_on(day)
    if granted > day:
        return Truth.NO
    if regime is None:
        return Truth.UNKNOWN
    if not regime.by_fiscal_year:
        return Truth.of(granted > years_before(day))
    latest, earliest = _first_days(day, fiscal_year_start)
    if granted >= latest:
        return Truth.YES
    return Truth.UNKNOWN if granted >= earliest else Truth.NO


def leaves_on(granted: date, fiscal_year_start: YearStart | None) -> date:
    """Return the first day from which an award cannot count any more, for good.

    An award that fell out with a fiscal year can count again from 2024 on; then it is the later day that is told.
    """
    rolling = _rolling_end(granted)
    if rolling > NEW_SINCE:
        return rolling
    if fiscal_year_start is not None:
        return _fiscal_year(granted, fiscal_year_start, later=YEARS)
    # No fiscal year begins on 29 February, so that such an award is out a day earlier.
    return rolling - _DAY if in_window(granted, rolling - _DAY, None) is Truth.NO else rolling


def turning_days(granted: date, fiscal_year_start: YearStart | None) -> set[date]:
    """Return all days on which it can change whether an award may count."""
    rolling = _rolling_end(granted)
    return {granted, rolling, leaves_on(granted, fiscal_year_start), NEW_SINCE} | (
        set() if fiscal_year_start is None else {_fiscal_year(granted, fiscal_year_start, later=YEARS)}
    )


def years_before(day: date, years: int = YEARS) -> date:
    """Return the same day so many years before; of 29 February, 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _rolling_end(granted: date) -> date:
    """Return the first day of which the same day three years before is not before the granting."""
    try:
        return granted.replace(year=granted.year + YEARS)
    except ValueError:
        return date(granted.year + YEARS, 3, 1)


def _fiscal_year(day: date, start: YearStart, *, later: int = 0) -> date:
    """Return the first day of the fiscal year that a day is in, or of one so many years later."""
    year = day.year if (day.month, day.day) >= start else day.year - 1
    return date(year + later, *start)


def _first_days(day: date, start: YearStart | None) -> tuple[date, date]:
    """Return the latest and the earliest day on which a window by fiscal years can begin."""
    if start is not None:
        first = _fiscal_year(day, start, later=1 - YEARS)
        return first, first
    # The year may have begun on this very day, or may end with it.
    begun = day - _DAY if (day.month, day.day) == (2, 29) else day
    following = day + _DAY
    ending = following + _DAY if (following.month, following.day) == (2, 29) else following
    return years_before(begun, YEARS - 1), years_before(ending, YEARS)
