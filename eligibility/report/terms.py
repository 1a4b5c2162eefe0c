"""The closed sets of the rule language in words: kinds, selections, verdicts, windows."""

from datetime import date

from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.ranges import Range
from eligibility.words import Words

_KINDS = {
    "grant": "grant",
    "loan": "loan",
    "tax_credit": "tax credit",
    "voucher": "voucher",
    "service": "service",
    "certification": "certification",
    "equity": "equity",
}
_SELECTIONS = {
    "entitlement": "whoever meets the criteria is entitled to it",
    "first_come": "first come, first served, while funds last",
    "lottery": "drawn by lot",
    "competitive": "in competition: the best applications are chosen",
    "open_offer": "open to all who meet the criteria",
}
_REGIMES = {
    "de_minimis": "de-minimis aid",
    "gber": "aid under the General Block Exemption Regulation",
    "none": "no State aid",
}
_TYPES = {
    "truth": "yes or no",
    "number": "number",
    "money": "amount of money",
    "percent": "percentage",
    "date": "date",
    "choice": "choice",
    "code": "code",
}


def kind(programme: Programme, words: Words) -> str:
    """Name the kind of a programme."""
    return kind_name(programme.shape.kind, words)


def kind_name(name: str, words: Words) -> str:
    """Name one of the kinds that programmes are of."""
    return words.say(_KINDS[name])


def selection(programme: Programme, words: Words) -> str:
    """Say how those who get it are chosen."""
    return words.say(_SELECTIONS[programme.shape.selection])


def regime(programme: Programme, words: Words) -> str:
    """Name the State aid regime; an empty text where none is stated."""
    return "" if programme.shape.regime is None else words.say(_REGIMES[programme.shape.regime])


def fact_type(name: str, words: Words) -> str:
    """Name the type of a fact."""
    return words.say(_TYPES[name])


def current_period(programme: Programme, on: date) -> Range[date]:
    """Return the period that runs, else the next one, else the last one; unbounded where there are none."""
    periods = programme.window.periods
    if not periods:
        return Range(None, None)
    return next((period for period in periods if period.high is None or period.high >= on), periods[-1])


def window_text(programme: Programme, on: date, words: Words) -> str:
    """Say until when or from when one may apply."""
    period = current_period(programme, on)
    status = programme.window.status(on)
    if status == "upcoming" and period.low is not None:
        return words.say("not open yet; applications from {day}", day=words.day(period.low))
    if status == "closed" and period.high is not None:
        return words.say("closed; the last day was {day}", day=words.day(period.high))
    if status == "open" and period.high is not None:
        return words.say("open until {day}", day=words.day(period.high))
    if status == "open":
        return words.say("open; no last day is known")
    return words.say("open at all times")


def apply_by(programme: Programme, on: date, words: Words) -> str:
    """Return the last day of the period that runs, or that there is none."""
    status = programme.window.status(on)
    last = current_period(programme, on).high
    if status == "open":
        return words.say("no last day is known") if last is None else words.day(last)
    return words.say("at all times") if status == "continuous" else window_text(programme, on, words)


def programme_name(rulebook: Rulebook, programme_id: str, language: str) -> str:
    """Name another programme with its id; the id alone where the rulebook was loaded without it."""
    programme = rulebook.programmes.get(programme_id)
    return programme_id if programme is None else f"{programme.shape.name.in_(language)} ({programme_id})"
