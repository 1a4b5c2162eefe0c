"""The size of a firm with its group under EU law: who counts, for how much, and what they add."""

from eligibility.group.sheet import Entry, Relation, SizeSheet
from eligibility.group.structure import Kind, Measure, Period
from eligibility.report.group_law import article, place
from eligibility.report.group_words import GroupSpeech
from eligibility.report.page import Column, Group, Item, Table
from eligibility.values.interval import Interval

MEASURES = (Measure.EMPLOYEES, Measure.TURNOVER, Measure.BALANCE_SHEET)
_QUARTER = 25


def counted(sheet: SizeSheet) -> tuple[Entry, ...]:
    """Return the entries of which something counts, and the firm itself."""
    return tuple(entry for entry in sheet.entries if entry.relation is Relation.OWN or not _adds_nothing(entry))


def looked_at(sheet: SizeSheet) -> tuple[Entry, ...]:
    """Return the entries of which nothing counts."""
    return tuple(entry for entry in sheet.entries if entry.relation is not Relation.OWN and _adds_nothing(entry))


def periods(sheet: SizeSheet) -> tuple[Period, ...]:
    """Return the last period, and the earlier ones of which anything is known."""
    told = {period for (measure, period), total in sheet.totals.items() if measure in MEASURES and _says(total)}
    return tuple(period for period in Period if period is Period.LATEST or period in told)


def size_groups(sheet: SizeSheet, public: Interval, speech: GroupSpeech) -> tuple[Group, ...]:
    """Return the sections on the enterprises of the group, on their figures, and on what adds nothing.

    `public` is what public bodies control, in percent, with those among the holders that nobody names.
    """
    say = speech.say
    groups = [
        Group(
            say("Enterprises that count"),
            (),
            (*_remarks(sheet, speech), *_public(sheet, public, speech)),
            (_relations(sheet, speech),),
        ),
        Group(say("What they add"), (), (), tuple(_figures(sheet, period, speech) for period in periods(sheet))),
    ]
    others = looked_at(sheet)
    if others:
        groups.append(Group(say("Looked at, adds nothing"), (), _notes(others, speech), (_others(sheet, speech),)))
    return tuple(groups)


def _says(interval: Interval) -> bool:
    return interval.high is not None or (interval.low or 0) > 0


def _adds_nothing(entry: Entry) -> bool:
    return entry.percentage.high == 0


def _kind(sheet: SizeSheet, entry: Entry) -> Kind:
    return Kind(int(sheet.structure.nodes.kinds[entry.node]))


def _relations(sheet: SizeSheet, speech: GroupSpeech) -> Table:
    say = speech.say
    columns = (
        Column(say("Enterprise")),
        Column(say("Relation")),
        Column(say("Path")),
        Column(say("Counts"), number=True),
        Column(say("Annex")),
    )
    rows = [
        (
            speech.name(entry.node),
            speech.relation(entry),
            speech.path(sheet.subject, entry.steps),
            speech.percentage(entry.percentage),
            article(entry, _kind(sheet, entry)),
        )
        for entry in counted(sheet)
    ]
    return Table("", columns, tuple(rows))


def _figures(sheet: SizeSheet, period: Period, speech: GroupSpeech) -> Table:
    say = speech.say
    columns = (
        Column(say("Enterprise")),
        Column(say("Counts"), number=True),
        *(Column(speech.measure(measure), number=True) for measure in MEASURES),
    )
    rows = [
        (
            speech.name(entry.node),
            speech.percentage(entry.percentage),
            *(speech.figure(entry.adds.get((measure, period)), measure) for measure in MEASURES),
        )
        for entry in counted(sheet)
    ]
    totals = (say("Total"), "", *(speech.figure(sheet.totals.get((measure, period)), measure) for measure in MEASURES))
    return Table(speech.period(period), columns, tuple(rows), totals)


def _others(sheet: SizeSheet, speech: GroupSpeech) -> Table:
    say = speech.say
    columns = (
        Column(say("Name")),
        Column(say("What it is")),
        Column(say("Path")),
        Column(say("Why nothing counts")),
        Column(say("Annex")),
    )
    rows = [
        (
            speech.name(entry.node),
            speech.relation(entry),
            speech.path(sheet.subject, entry.steps),
            speech.reason(entry),
            article(entry, _kind(sheet, entry)),
        )
        for entry in looked_at(sheet)
    ]
    return Table("", columns, tuple(rows))


def _notes(entries: tuple[Entry, ...], speech: GroupSpeech) -> tuple[Item, ...]:
    return tuple(
        Item(speech.say("{what}: {value}", what=speech.name(entry.node), value=speech.note(note)))
        for entry in entries
        for note in entry.notes
    )


def _remarks(sheet: SizeSheet, speech: GroupSpeech) -> tuple[Item, ...]:
    """Return what there is to notice of the group as a whole, then of its enterprises."""
    entries = counted(sheet)
    items = [_alone(speech)] if _is_autonomous(sheet) else []
    firm = speech.name(sheet.subject)
    for note in sheet.notes:
        items.append(Item(speech.say("{what}: {value}", what=firm, value=speech.note(note))))
    for entry in entries:
        if entry.through is not None:
            head = sheet.structure.nodes.label(entry.through)
            text = speech.say("only what the consolidated accounts of {name} do not include counts", name=head)
            items.append(Item(speech.say("{what}: {value}", what=speech.name(entry.node), value=text)))
    return (*items, *_notes(entries, speech))


def _is_autonomous(sheet: SizeSheet) -> bool:
    related = {Relation.LINKED, Relation.PARTNER, Relation.LINKED_TO_PARTNER}
    return all(entry.relation not in related for entry in sheet.entries)


def _alone(speech: GroupSpeech) -> Item:
    text = speech.say("Autonomous: neither partner nor linked enterprises are known")
    return Item(text, (), (place("Art. 3(1)"),))


def _public(sheet: SizeSheet, public: Interval, speech: GroupSpeech) -> tuple[Item, ...]:
    """Return what public bodies control; nothing where they control nothing."""
    if public == Interval.point(0):
        return ()
    low, high = public.low or 0, 100 if public.high is None else public.high
    if low >= _QUARTER:
        notes = [speech.say("25% or more: not an SME, whatever its figures")]
    elif high < _QUARTER:
        notes = [speech.say("less than 25%: no obstacle")]
    else:
        notes = [speech.say("from 25% on the firm is not an SME; that is not settled")]
    unnamed = high - (100 if sheet.public.high is None else sheet.public.high)
    if unnamed > 0:
        share = speech.percentage(Interval.point(unnamed))
        notes.append(
            speech.say("for {share} of the firm no holder is named, and public bodies may be among them", share=share)
        )
    text = speech.say("Controlled by public bodies: {share}", share=speech.percentage(public))
    return (Item(text, tuple(notes), (place("Art. 3(4)"),)),)
