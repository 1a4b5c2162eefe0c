"""The derivation sheet as data: decimals are strings, an end that is not known is null."""

from collections.abc import Iterable, Mapping

from eligibility.engine.assessment import Assessed
from eligibility.engine.known import Options
from eligibility.group.facts import SizeFacts
from eligibility.group.found import GroupFound
from eligibility.group.sheet import Entry, SizeSheet, Step
from eligibility.group.structure import FigureKey, Kind, Period
from eligibility.report.exact import Json, cited, ends
from eligibility.report.group_class import CLASS
from eligibility.report.group_law import article, recommendation
from eligibility.report.group_size import MEASURES
from eligibility.report.group_words import GroupSpeech, unit_of_measure
from eligibility.values.interval import Interval


def size_data(found: GroupFound, speech: GroupSpeech) -> Json:
    """Return the size under EU law: entries, sums, what public bodies control, and the classes."""
    sheet = found.size.sheet
    return {
        "entries": [_entry(entry, sheet, speech) for entry in sheet.entries],
        "totals": figures(sheet.totals),
        "public": percent(found.public),
        "public_named": percent(sheet.public),
        "notes": [note.value for note in sheet.notes],
        "classes": _classes(found.size, found.assessed),
    }


def percent(interval: Interval) -> Json:
    """Return both ends of a share in percent."""
    return ends(interval.clamped(0, 100), "number")


def figures(known: Mapping[FigureKey, Interval]) -> Json:
    """Return figures by their name and period; one that is left out is not known."""
    return {
        measure.word: {
            period.name.lower(): ends(known[measure, period], unit_of_measure(measure))
            for period in Period
            if (measure, period) in known
        }
        for measure in MEASURES
    }


def steps_data(steps: Iterable[Step], speech: GroupSpeech) -> list[Json]:
    """Return the steps of a path in their order."""
    names = speech.structure.nodes.ids
    return [
        {
            "holder": names[step.holder],
            "held": names[step.held],
            "through": step.through.value,
            "share": None if step.share is None else percent(step.share),
        }
        for step in steps
    ]


def _entry(entry: Entry, sheet: SizeSheet, speech: GroupSpeech) -> Json:
    nodes = sheet.structure.nodes
    kind = Kind(int(nodes.kinds[entry.node]))
    place = article(entry, kind)
    return {
        "id": nodes.ids[entry.node],
        "name": nodes.label(entry.node),
        "kind": kind.name.lower(),
        "relation": entry.relation.value,
        "certain": entry.certain.known,
        "percentage": percent(entry.percentage),
        "included_in": None if entry.through is None else nodes.ids[entry.through],
        "path": speech.path(sheet.subject, entry.steps),
        "steps": steps_data(entry.steps, speech),
        "adds": figures(entry.adds),
        "notes": [note.value for note in entry.notes],
        **cited((recommendation(place),) if place else ()),
    }


def _classes(facts: SizeFacts, assessed: Assessed) -> Json | None:
    """Return the class that stands, those that are possible, and that of each period; null without a definition."""
    if CLASS not in assessed.derived:
        return None
    value = assessed.derived[CLASS].value
    choices = assessed.rulebook.subject(CLASS).choices
    left = value.values if isinstance(value, Options) else None
    return {
        "standing": value.value if isinstance(value, Options) else None,
        "possible": [choice for choice in choices if left is None or choice in left],
        **{period.name.lower(): facts.classes.get(period) for period in Period},
    }
