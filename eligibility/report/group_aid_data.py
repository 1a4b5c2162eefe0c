"""The single undertaking, its aid and its headroom as data; amounts in euros as strings."""

from fractions import Fraction

from eligibility.aid.headroom import Growth, Used
from eligibility.aid.received import Line
from eligibility.group.found import AidFound
from eligibility.report.exact import Json, amount_text, day_text, ends
from eligibility.report.group_words import GroupSpeech
from eligibility.values.interval import Interval


def aid_data(found: AidFound, speech: GroupSpeech) -> Json:
    """Return who belongs to the undertaking, what it has received, and what may still be granted."""
    ids = speech.structure.nodes.ids
    headroom = found.headroom
    return {
        "members": [ids[node] for node in sorted(found.undertaking.certain)],
        "possible_members": [ids[node] for node in sorted(found.undertaking.possible - found.undertaking.certain)],
        "headroom": _euros(headroom.headroom),
        "ceilings": [_used(used) for used in headroom.used],
        "received": _euros(headroom.received.total),
        "awards": [_award(line) for line in headroom.received.lines],
        "grows_on": None if headroom.grows_on is None else _growth(headroom.grows_on),
        "timetable": [_growth(growth) for growth in headroom.timetable],
        "notes": [note.value for note in headroom.notes],
    }


def _euros(interval: Interval) -> Json:
    return ends(interval.clamped(0, None), "EUR")


def _used(used: Used) -> Json:
    ceiling = used.ceiling
    return {
        "purpose": ceiling.purpose.value,
        "amount": amount_text(Fraction(ceiling.amount), "EUR"),
        "received": _euros(used.total),
        "left": _euros(used.left),
        "cite": ceiling.cite,
    }


def _award(line: Line) -> Json:
    award = line.award
    return {
        "granted": day_text(award.granted),
        "recipient": award.recipient,
        "regulation": None if award.regulation is None else award.regulation.value,
        "member_state": award.member_state,
        "counts": line.counts.known,
        "reasons": [reason.value for reason in line.reasons],
        "amount": _euros(line.amount),
        "counts_no_longer_from": day_text(line.leaves),
    }


def _growth(growth: Growth) -> Json:
    return {
        "day": day_text(growth.day),
        "by": amount_text(Fraction(growth.by), "EUR"),
        "headroom": _euros(growth.headroom),
    }
