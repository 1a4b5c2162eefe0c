"""Dated values: a map of dates stands for the value in force on the rule date."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from eligibility.values.dates import parse_date
from eligibility.values.misread import Misread

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_dated(written: object) -> bool:
    """Tell whether this is a map whose keys all look like dates."""
    return isinstance(written, Mapping) and bool(written) and all(_DAY.fullmatch(str(key)) for key in written)


def in_force(written: Mapping[str, Any], rule_date: date) -> tuple[str, Any]:
    """Return the key and value of the last date not after the rule date, before all of them the first."""
    days = sorted(written)
    past = [day for day in days if parse_date(day) <= rule_date]
    key = past[-1] if past else days[0]
    return key, written[key]


def check_days(written: Mapping[str, Any]) -> None:
    """Refuse keys that look like dates but are none, such as 2021-02-30."""
    for key in written:
        try:
            parse_date(str(key))
        except Misread as error:
            raise PydanticCustomError(error.code, "{text}", {"text": error.message}) from None
