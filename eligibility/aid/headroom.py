"""How much more de-minimis aid an undertaking may be granted on a day, and when that becomes more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eligibility.aid.award import History
from eligibility.aid.received import Asked, Attributed, Note, Received, attribute, received, total
from eligibility.aid.regulation import NEW_SINCE, Ceiling, Purpose, Regime, regime_on
from eligibility.aid.window import YearStart, turning_days
from eligibility.values.interval import Interval, Number
from eligibility.values.truth import Truth


@dataclass(frozen=True, slots=True)
class Used:
    """A ceiling with what counts towards it, and what is left of it (never below nothing), in euros."""

    ceiling: Ceiling
    total: Interval
    left: Interval


@dataclass(frozen=True, slots=True)
class Growth:
    """A day on which more is free for certain than before: by how much, and what is free then."""

    day: date
    by: Number
    headroom: Interval


@dataclass(frozen=True, slots=True)
class Headroom:
    """What is free on a day, in euros: the least that is left of the ceilings in `used`.

    The low end is free for certain. `grows_on` is the first later day on which more is free for certain than on this
    day, `None` where there is none; `timetable` are all later days on which more is free for certain than on the day
    before, in their order. A new award must fit entirely: one that does not is no de-minimis aid at all, not even up to
    the ceiling (Art. 3(7) of both regulations).
    """

    headroom: Interval
    used: tuple[Used, ...]
    received: Received
    grows_on: Growth | None
    timetable: tuple[Growth, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What must be told besides the figures."""
        return self.received.notes


def ceiling_on(day: date, road_freight: Truth = Truth.NO) -> Interval:
    """Return the ceiling of aid granted on a day, in euros; anything up to no bound before 2014."""
    regime = regime_on(day)
    if regime is None:
        return Interval(0, None)
    amounts = {ceiling.purpose: Interval.point(ceiling.amount) for ceiling in regime.ceilings}
    general = amounts[Purpose.ALL]
    special = amounts.get(Purpose.ROAD_FREIGHT, general)
    if road_freight is Truth.UNKNOWN:
        return general.hull(special)
    return special if road_freight is Truth.YES else general


def headroom(
    history: History,
    undertaking: Collection[str],
    on: date,
    member_state: str | None,
    fiscal_year_start: YearStart | None,
    road_freight: Truth = Truth.NO,
    *,
    possible: Collection[str] = (),
) -> Headroom:
    """Work out what aid of a member state may still be granted on a day, and on which later days it is more.

    The arguments are those of `received`; `road_freight` tells whether the new aid is for road freight for
    hire or reward. Later days are told from the awards of the history (those of later days count from their day on) and
    the events up to `on`: mergers and splits after it change who the undertaking is.

    Raises:
        ValueError: no fiscal year begins on that day.
    """
    found = received(history, undertaking, on, member_state, fiscal_year_start, possible=possible)
    asked = Asked(member_state, fiscal_year_start)
    attributed = attribute(history, undertaking, on, possible)
    regime = regime_on(on)
    if regime is None:
        return Headroom(Interval(0, None), (), found, None, ())
    used = tuple(_used(ceiling, attributed, on, asked) for ceiling in regime.ceilings)
    used = tuple(one for one in used if road_freight is not Truth.NO or one.ceiling.purpose is not Purpose.ROAD_FREIGHT)
    free = _free(regime, attributed, on, asked, road_freight)
    if any(one.total.low is not None and one.total.low > one.ceiling.amount for one in used):
        found = replace(found, notes=(*found.notes, Note.OVER_THE_CEILING))
    changes = _changes(attributed, on, asked, road_freight, free)
    timetable = tuple(change for change in changes if change.by > 0)
    return Headroom(free, used, found, _first_above(changes, free), timetable)


def _used(ceiling: Ceiling, attributed: Sequence[Attributed], on: date, asked: Asked) -> Used:
    amount = total(attributed, on, asked, ceiling)
    low, high = (max(ceiling.amount - end, 0) if end is not None else 0 for end in (amount.high, amount.low))
    return Used(ceiling, amount, Interval(low, high))


def _free(regime: Regime, attributed: Sequence[Attributed], on: date, asked: Asked, road_freight: Truth) -> Interval:
    """Return the least that is left; where it is not known whether a ceiling holds, it may be left out."""
    low: list[Number] = []
    high: list[Number] = []
    for ceiling in regime.ceilings:
        left = _used(ceiling, attributed, on, asked).left
        holds = Truth.YES if ceiling.purpose is not Purpose.ROAD_FREIGHT else road_freight
        low += [left.low or 0] if holds is not Truth.NO else []
        high += [ceiling.amount if left.high is None else left.high] if holds is Truth.YES else []
    return Interval(min(low), min(high))


def _changes(
    attributed: Sequence[Attributed], on: date, asked: Asked, road_freight: Truth, now: Interval
) -> list[Growth]:
    """Return each later day on which it changes how much is free for certain, with by how much."""
    days = {day for one in attributed for day in turning_days(one.award.granted, asked.fiscal_year_start)} | {NEW_SINCE}
    found, before = [], now
    for day in sorted(day for day in days if day > on):
        regime = regime_on(day)
        assert regime is not None, "a day after one with a rule has one"
        free = _free(regime, attributed, day, asked, road_freight)
        by = (free.low or 0) - (before.low or 0)
        found += [Growth(day, by, free)] if by else []
        before = free
    return found


def _first_above(changes: Sequence[Growth], now: Interval) -> Growth | None:
    least = now.low or 0
    above = next((change for change in changes if (change.headroom.low or 0) > least), None)
    return None if above is None else Growth(above.day, (above.headroom.low or 0) - least, above.headroom)
