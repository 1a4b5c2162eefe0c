"""What an undertaking has received that counts on a day: a line for each award, with the reason."""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.aid.attribution import NOTHING, events_until, share_of
from eligibility.aid.award import Award, Event, History
from eligibility.aid.regulation import NEW_SINCE, NEW_UNTIL, OLD_SCHEMES_UNTIL, Ceiling, Purpose, Regime, regime_on
from eligibility.aid.window import YearStart, check_year_start, in_window, leaves_on
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth, all_of

ZERO = Interval.point(0)


class Reason(enum.StrEnum):
    """Why an award counts, does not count, or may count; the words are made in the report."""

    IN_WINDOW = "in_window"
    NOT_YET_GRANTED = "not_yet_granted"
    OUT_OF_WINDOW = "out_of_window"
    FISCAL_YEAR_UNKNOWN = "fiscal_year_unknown"
    OTHER_STATE = "other_state"
    STATE_UNKNOWN = "state_unknown"
    OTHER_REGULATION = "other_regulation"
    REGULATION_UNKNOWN = "regulation_unknown"
    REGULATION_DISPUTED = "regulation_disputed"
    OTHER_RECIPIENT = "other_recipient"
    RECIPIENT_UNCERTAIN = "recipient_uncertain"
    PASSED_ON = "passed_on"
    SHARE_UNKNOWN = "share_unknown"
    NO_RULE = "no_rule"


class Note(enum.StrEnum):
    """What must be told besides the figures; the words are made in the report."""

    MUST_FIT_ENTIRELY = "must_fit_entirely"
    OLD_SCHEMES = "old_schemes"
    AFTER_THE_REGULATION = "after_the_regulation"
    NO_RULE = "no_rule"
    AMOUNT_UNKNOWN = "amount_unknown"
    LATER_EVENTS = "later_events"
    OVER_THE_CEILING = "over_the_ceiling"


@dataclass(frozen=True, slots=True)
class Line:
    """One award on the sheet.

    `amount` is what of it counts, in euros; from `leaves` on it does not count any more, `None` where it does not count
    anyway or that depends on the future. `through` are the mergers and splits by which it came to the undertaking.
    """

    award: Award
    counts: Truth
    reasons: tuple[Reason, ...]
    amount: Interval
    leaves: date | None = None
    through: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What counts towards the general ceiling on a day, in euros.

    `total` is the sum of the lines; where the member state is not known, the range of the sums for all states.
    """

    on: date
    total: Interval
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which aid: the member state and the start of the fiscal year are `None` where they are not known."""

    member_state: str | None = None
    fiscal_year_start: YearStart | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """An award with what of it is aid of the undertaking, which no day changes.

    `belongs` is unknown where only enterprises that may belong to the undertaking have had it.
    """

    award: Award
    share: Interval
    through: tuple[Event, ...]
    belongs: Truth

    @property
    def amount(self) -> Interval:
        """What of the award is aid of the undertaking; an amount that is not known is anything from nothing up."""
        return self.award.amount.clamped(0, None) * self.share


def received(
    history: History,
    undertaking: Collection[str],
    on: date,
    member_state: str | None,
    fiscal_year_start: YearStart | None,
    *,
    possible: Collection[str] = (),
) -> Received:
    """Work out what counts towards the general ceiling on a day, for aid of a member state.

    `undertaking` are the ids of the single undertaking, `possible` those that may belong to it, too. Where the member
    state is not known, the total is anything from nothing (a state that has granted nothing yet) to the largest sum of
    one state; where the start of the fiscal year is not known, it holds for all starts.

    Raises:
        ValueError: no fiscal year begins on that day.
    """
    asked = Asked(member_state, None if fiscal_year_start is None else check_year_start(fiscal_year_start))
    attributed = attribute(history, undertaking, on, possible)
    regime = regime_on(on)
    ceiling = None if regime is None else regime.ceilings[0]
    lines = tuple(_line(one, on, asked, ceiling) for one in attributed)
    return Received(on, total(attributed, on, asked, ceiling), lines, notes_of(history, lines, regime, on))


def attribute(
    history: History, undertaking: Collection[str], on: date, possible: Collection[str] = ()
) -> tuple[Attributed, ...]:
    """Return all awards with the share of each that is aid of the undertaking, after the events up to the day."""
    events = events_until(history, on)
    everyone = {*undertaking, *possible}
    found = []
    for award in history.awards:
        least, _ = share_of(award, history, undertaking, events)
        most, through = share_of(award, history, everyone, events)
        belongs = Truth.NO if most == NOTHING else Truth.UNKNOWN if least == NOTHING else Truth.YES
        found.append(Attributed(award, Interval(least.low, most.high), through, belongs))
    return tuple(found)


def total(attributed: Sequence[Attributed], on: date, asked: Asked, ceiling: Ceiling | None) -> Interval:
    """Add up what counts towards a ceiling on a day; `None` is a ceiling of which no rule is known."""
    if asked.member_state is not None:
        return _sum(attributed, on, asked, ceiling)
    states = {one.award.member_state for one in attributed if one.award.member_state is not None}
    totals = [_sum(attributed, on, Asked(state, asked.fiscal_year_start), ceiling) for state in sorted(states)]
    # The next award may be one of a state that has granted nothing yet; awards of an unknown state may be of any one.
    result = _sum(
        [one for one in attributed if one.award.member_state is None], on, Asked("", asked.fiscal_year_start), ceiling
    )
    for other in totals:
        result = result.hull(other)
    return result


def _sum(attributed: Iterable[Attributed], on: date, asked: Asked, ceiling: Ceiling | None) -> Interval:
    result = ZERO
    for one in attributed:
        counts, _ = judged(one, on, asked, ceiling)
        result += counted(one.amount, counts)
    return result


def counted(amount: Interval, counts: Truth) -> Interval:
    """Return what of an amount counts: all of it, nothing, or anything up to it."""
    if counts is Truth.NO:
        return ZERO
    return amount if counts is Truth.YES else Interval(0, amount.high)


def judged(one: Attributed, on: date, asked: Asked, ceiling: Ceiling | None) -> tuple[Truth, tuple[Reason, ...]]:
    """Tell whether an award counts towards a ceiling, and why; of several reasons against it the first."""
    tests = [
        _by_recipient(one),
        _by_window(one.award, on, asked.fiscal_year_start),
        _by_state(one.award, asked.member_state),
        _by_regulation(one.award, ceiling),
    ]
    counts = all_of(truth for truth, _ in tests)
    told = [reason for truth, reason in tests if reason is not None and truth is counts]
    against = told[:1] if counts is Truth.NO else told
    return counts, tuple(against) or (Reason.IN_WINDOW,)


def _by_recipient(one: Attributed) -> tuple[Truth, Reason | None]:
    if one.belongs is Truth.NO:
        return Truth.NO, Reason.OTHER_RECIPIENT
    if one.belongs is Truth.UNKNOWN:
        return Truth.UNKNOWN, Reason.RECIPIENT_UNCERTAIN
    return Truth.YES, Reason.PASSED_ON if one.through else None


def _by_window(award: Award, on: date, start: YearStart | None) -> tuple[Truth, Reason | None]:
    inside = in_window(award.granted, on, start)
    if inside is Truth.NO:
        return inside, Reason.NOT_YET_GRANTED if award.granted > on else Reason.OUT_OF_WINDOW
    if inside is Truth.UNKNOWN:
        return inside, Reason.NO_RULE if regime_on(on) is None else Reason.FISCAL_YEAR_UNKNOWN
    return inside, Reason.IN_WINDOW


def _by_state(award: Award, state: str | None) -> tuple[Truth, Reason | None]:
    if award.member_state is None or state is None:
        return Truth.UNKNOWN, Reason.STATE_UNKNOWN
    return (Truth.YES, None) if award.member_state == state else (Truth.NO, Reason.OTHER_STATE)


def _by_regulation(award: Award, ceiling: Ceiling | None) -> tuple[Truth, Reason | None]:
    if ceiling is None:
        return Truth.UNKNOWN, Reason.NO_RULE
    counts = Truth.UNKNOWN if award.regulation is None else ceiling.counts[award.regulation]
    if ceiling.purpose is Purpose.ROAD_FREIGHT:
        counts = counts.and_(award.road_freight)
    if counts is Truth.UNKNOWN:
        return counts, Reason.REGULATION_UNKNOWN if award.regulation is None else Reason.REGULATION_DISPUTED
    return counts, None if counts is Truth.YES else Reason.OTHER_REGULATION


def _line(one: Attributed, on: date, asked: Asked, ceiling: Ceiling | None) -> Line:
    counts, reasons = judged(one, on, asked, ceiling)
    if one.belongs is Truth.YES and counts is not Truth.NO and not one.share.is_point:
        reasons = (*reasons, Reason.SHARE_UNKNOWN)
    leaves = None if counts is Truth.NO or ceiling is None else leaves_on(one.award.granted, asked.fiscal_year_start)
    return Line(one.award, counts, reasons, counted(one.amount, counts), leaves, one.through)


def notes_of(history: History, lines: Sequence[Line], regime: Regime | None, on: date) -> tuple[Note, ...]:
    """Return what must be told besides the figures of a day."""
    unknown = any(line.counts is not Truth.NO and line.award.amount.high is None for line in lines)
    told = {
        Note.NO_RULE: regime is None,
        Note.MUST_FIT_ENTIRELY: regime is not None,
        Note.OLD_SCHEMES: NEW_SINCE <= on <= OLD_SCHEMES_UNTIL,
        Note.AFTER_THE_REGULATION: on > NEW_UNTIL,
        Note.AMOUNT_UNKNOWN: unknown,
        Note.LATER_EVENTS: any(event.day > on for event in history.events),
    }
    return tuple(note for note, holds in told.items() if holds)
