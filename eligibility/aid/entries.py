"""What stands in one field of an award or event: text to value, as files and as tables write it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from eligibility.aid.regulation import Regulation
from eligibility.values.dates import parse_date
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread, shown
from eligibility.values.money import parse_money
from eligibility.values.percent import parse_percent
from eligibility.values.ranges import Range, parse_range
from eligibility.values.spelling import nearest_name, unified
from eligibility.values.truth import Truth, parse_truth, parse_truth_typed
from eligibility.values.typed import read_date, read_money, read_range

CURRENCY = "EUR"
# The Union, the United Kingdom as long as it was part of it, and the states of the EEA, in which the same rules hold.
STATES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
_OTHER_CODES = {"EL": "GR", "UK": "GB"}
_NUMBER = re.compile(r"(?<![0-9])([0-9]{3,4})/([0-9]{4})(?![0-9])")

CONVERT = "convert it at the rate of the day of granting and give euros; the award letter often states them"


def read_granted(text: str, *, typed: bool) -> date:
    """Read a day: `2023-03-01` in files, also `1.3.2023` where people type; raises Misread."""
    return read_date(text) if typed else parse_date(text)


def read_amount(text: str, *, typed: bool, language: str = "en") -> Interval:
    """Read a gross grant equivalent in euros or a range of it; raises Misread, also for another currency."""

    def end(part: str) -> Fraction:
        value = read_money(part, CURRENCY, language) if typed else parse_money(part, CURRENCY)[0]
        if value < 0:
            message = f"{shown(part)} is less than nothing"
            raise Misread("negative-amount", message, "leave an award out that was withdrawn; else lower its amount")
        return value

    try:
        return _interval(read_range(text, end) if typed else parse_range(text, end), text)
    except Misread as error:
        if error.code in ("wrong-currency", "unknown-currency"):
            raise Misread(error.code, error.message, CONVERT) from None
        raise


def read_equity(text: str) -> tuple[Interval, bool]:
    """Read the book value of equity, `600000 EUR`, or its share, `60 %`; returns whether it is a share."""
    share = text.rstrip(" ").endswith("%")
    parse: Callable[[str], Fraction] = parse_percent if share else lambda part: parse_money(part, CURRENCY)[0]
    found = _interval(parse_range(text, parse), text)
    if found.low is not None and found.low < 0:
        message = f"{shown(text)} is less than nothing, and no part can be made of that"
        raise Misread("negative-equity", message, "leave it out: then the part may have taken over anything")
    return found, share


def read_regulation(text: str) -> Regulation:
    """Find the number of a de-minimis regulation in a text such as `VO (EU) 2023/2831`; raises Misread."""
    found = {f"{first}/{second}" for first, second in _NUMBER.findall(unified(text))}
    known = [number for number in Regulation if number in found]
    if len(known) == 1:
        return known[0]
    if known:
        raise Misread("several-regulations", f"{shown(text)} names several regulations", "write the one of the award")
    turned = [f"{second}/{first}" for first, second in _NUMBER.findall(unified(text))]
    meant = next((number for number in turned if number in set(Regulation)), None)
    hint = near(unified(text), Regulation) if meant is None else f"did you mean `{meant}`?"
    known_ones = f"one of {', '.join(Regulation)}"
    raise Misread("unknown-regulation", f"{shown(text)} is no de-minimis regulation", hint or known_ones)


def read_state(text: str) -> str:
    """Read a member state by its two letters; raises Misread."""
    code = unified(text).upper()
    code = _OTHER_CODES.get(code, code)
    if code not in STATES:
        code = _named_states().get(code, code)
    if code not in STATES:
        raise Misread("unknown-state", f"{shown(text)} is no member state", "write its two letters, such as DE")
    return code


@cache
def _named_states() -> Mapping[str, str]:
    """Return the names of the states in three languages, in capitals."""
    # Most files give codes, and need not load the library.
    from babel import Locale

    territories = {language: Locale.parse(language).territories for language in ("de", "en", "ko")}
    return {str(names[state]).upper(): state for names in territories.values() for state in STATES}


def read_road_freight(text: str, *, typed: bool) -> Truth:
    """Read whether aid served road freight for hire or reward; raises Misread."""
    return Truth.of(parse_truth_typed(text) if typed else parse_truth(text))


def near(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known name, or an empty text."""
    found = nearest_name(name, known)
    return "" if found is None else f"did you mean `{found}`?"


def _interval(found: Range[Fraction], text: str) -> Interval:
    if found.low_open or found.high_open:
        message = f"{shown(text)} leaves an end out"
        raise Misread("open-range", message, "a range includes both ends: write it like 50000..60000")
    return Interval(found.low, found.high)
