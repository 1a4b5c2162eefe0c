"""A typed line with several readings: what it can mean, for its writer to choose from."""

import re
from collections.abc import Iterator

from eligibility.cli.days import dates_meant
from eligibility.cli.entry import Answer, read_entry
from eligibility.engine.naming import finest, named, named_in_part, names_of
from eligibility.engine.profile import Subject, read_value
from eligibility.values.misread import Misread
from eligibility.values.spelling import unified

MOST_READINGS = 12
_EITHER = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,2})[.,]([0-9]{3})(?![0-9.,])")


def readings(subject: Subject, code: str, text: str, language: str) -> tuple[Answer, ...]:
    """Return what a line that was refused with this code can mean; nothing where that is not a handful of answers."""
    if code == "ambiguous-name":
        names = names_of(subject)
        found = tuple(finest(subject, named(names, text)) or named_in_part(names, text))
        return found if len(found) <= MOST_READINGS else ()
    return tuple(dict.fromkeys(_readable(subject, _meant(code, text), language)))


def _meant(code: str, text: str) -> tuple[str, ...]:
    if code == "ambiguous-date":
        return dates_meant(text)
    line = unified(text)
    if code != "ambiguous-number" or _EITHER.search(line) is None:
        return ()
    # A fourth decimal tells thousandths from thousands.
    return _EITHER.sub(r"\1\2", line), _EITHER.sub(r"\1.\g<2>0", line)


def _readable(subject: Subject, lines: tuple[str, ...], language: str) -> Iterator[Answer]:
    for line in lines:
        try:
            answer = read_entry(subject, line, language)
            read_value(subject, answer)
        except Misread:
            continue
        yield answer
