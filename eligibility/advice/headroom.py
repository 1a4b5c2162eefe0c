"""How much de-minimis aid the programmes of a plan may bring together, as the rulebook works it out."""

from collections.abc import Mapping, Sequence

from eligibility.advice.task import Headroom
from eligibility.engine.assessment import Assessed
from eligibility.engine.reference import Reference
from eligibility.language.programme import Programme
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS

RECEIVED = "de_minimis_received"
LEFT = "de_minimis_headroom"
REGIME = "de_minimis"


def rooms(programmes: Sequence[Programme], assessed: Assessed) -> Mapping[str, Interval]:
    """Return, for each programme whose awards are de-minimis aid, what may still be awarded under its regulation.

    That is the budget of its own award where this depends on the aid received (older schemes have a lower ceiling),
    else the headroom of the rulebook; nothing where the rulebook knows neither.
    """
    reference = Reference(assessed.rulebook, assessed.profile)
    general = assessed.rulebook.definitions.get(LEFT)
    found: dict[str, Interval] = {}
    for programme in programmes:
        award = programme.award
        if programme.shape.regime != REGIME or award is None:
            continue
        within = award.within
        if within is not None and within.amount.facts() & {RECEIVED, LEFT}:
            found[programme.id] = within.amount.interpret(reference).interval
        elif general is not None and general.currency == award.currency:
            found[programme.id] = reference.number(LEFT).interval
    return found


def headrooms(rooms: Mapping[str, Interval], currency: str) -> tuple[Headroom, ...]:
    """Return how much the programmes may bring together: those of each ceiling with all of the lower ones.

    An award counts against the ceiling of its own regulation when it is granted; so what comes under a higher ceiling
    can come afterwards.
    """
    unit = 10 ** MINOR_UNITS[currency]
    levels = sorted({room.high for room in rooms.values() if room.high is not None})
    found = []
    for level in levels:
        inside = frozenset(name for name, room in rooms.items() if room.high is not None and room.high <= level)
        least = min(room.low or 0 for room in rooms.values() if room.high == level)
        found.append(Headroom(int(level * unit), int(least * unit), inside))
    return tuple(found)
