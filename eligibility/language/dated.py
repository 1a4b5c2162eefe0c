"""Dated values: a map of dates stands for the value in force on the rule date."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from eligibility.language.placing import at_key, checked
from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread

T = TypeVar("T")
# Wider than a date, so that 2021-1-1 is refused as one and not looked up as the name of a fact.
_MEANT_AS_DAY = re.compile(r"[0-9]{4}[-./][0-9].*")


def is_dated(written: object) -> bool:
    """Tell whether this is a map of dates: one whose keys, or some of them, are written like dates."""
    if isinstance(written, str) or not isinstance(written, Mapping):
        return False
    return any(key[:1].isdigit() and _MEANT_AS_DAY.fullmatch(key) for key in map(str, written))


def check_dated(written: object, check: Callable[[object], T]) -> dict[str, T]:
    """Check the keys and the values of a map of dates; raises ValidationError with each problem at its place."""
    assert isinstance(written, Mapping)

    def check_entry(entry: object) -> T:
        assert isinstance(entry, tuple)
        day, value = entry
        _check_day(day)
        return check(value)

    return dict(
        zip(written, checked([(day, (day, value)) for day, value in written.items()], check_entry), strict=True)
    )


def _check_day(day: str) -> None:
    try:
        parse_date(day)
    except Misread as error:
        raise at_key(error.code, "{text}", text=error.message, hint="a map of dates has dates only") from None


def in_force(written: Mapping[str, Any], rule_date: date) -> tuple[str, Any]:
    """Return the key and value of the last date not after the rule date, before all of them the first."""
    days = sorted(written)
    past = [day for day in days if parse_date(day) <= rule_date]
    key = past[-1] if past else days[0]
    return key, written[key]
