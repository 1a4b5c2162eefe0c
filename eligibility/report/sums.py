"""Money and rates that are known exactly, as a range, or up to an end: in words."""

from fractions import Fraction

from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval, Number
from eligibility.values.money import MINOR_UNITS


def is_open(interval: Interval) -> bool:
    """Tell whether nothing is known of an amount or rate but that it is not negative."""
    return interval.high is None and interval.low in (None, 0)


def sum_text(interval: Interval, unit: str, speech: RuleSpeech) -> str:
    """Write an amount or rate: "€500", "€500 to €900", "up to €900", "at least €500" or "not known yet"."""
    if interval.high is not None and not interval.is_point and interval.low in (None, 0):
        return speech.say("up to {high}", high=speech.interval(Interval.point(interval.high), unit))
    if is_open(interval):
        return speech.say("not known yet")
    return speech.interval(interval, unit)


def rounded_sum_text(interval: Interval, currency: str, speech: RuleSpeech) -> str:
    """Write an amount as `sum_text`; "under €500" where its end is the last cent before a round sum."""
    step = Fraction(1, 10 ** MINOR_UNITS[currency])
    low = None if interval.low is None or interval.low <= step else interval.low
    if interval.is_point or interval.high is None or not _is_just_under_round(Fraction(interval.high), step):
        return sum_text(interval if interval.is_point else Interval(low, interval.high), currency, speech)
    high = speech.quantity(Fraction(interval.high) + step, currency)
    if low is None:
        return speech.say("under {high}", high=high)
    return speech.say("{low} to under {high}{unit}", low=speech.quantity(Fraction(low), currency), high=high, unit="")


def _is_just_under_round(value: Fraction, step: Fraction) -> bool:
    return value.denominator != 1 and (value + step).denominator == 1


def end_sum_text(value: Number | None, unit: str, speech: RuleSpeech) -> str:
    """Write one end of an amount that is told by its ends; "open" where it has none."""
    return speech.say("open") if value is None else speech.quantity(Fraction(value), unit)


def gain_text(gain: tuple[Fraction | None, Fraction | None], currency: str, speech: RuleSpeech) -> str:
    """Write by how much an award rises; an empty text where it does not, or where that is not known."""
    known = sorted(end for end in gain if end is not None)
    if not known or known[-1] <= 0:
        return ""
    high = speech.quantity(known[-1], currency)
    if len(known) < len(gain):
        return "" if gain[0] is None else speech.say("at least {amount} more", amount=high)
    if known[0] == known[-1]:
        return speech.say("{amount} more", amount=high)
    if known[0] <= 0:
        return speech.say("up to {amount} more", amount=high)
    low = speech.quantity(known[0], currency)
    return speech.say("{low} to {high} more", low=low, high=high)
