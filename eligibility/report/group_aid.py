"""The single undertaking for de-minimis aid: who belongs to it, what it has received, and what is left from when."""

from collections.abc import Iterator, Mapping

from eligibility.aid.award import Award, Event, Merger, Split
from eligibility.aid.headroom import Growth, Used
from eligibility.aid.received import Line, Note, Reason, Received
from eligibility.aid.regulation import (
    FIT_CITE,
    MERGER_CITE,
    OLD_SCHEMES_CITE,
    SOURCES,
    SPLIT_CITE,
    Purpose,
    regime_on,
)
from eligibility.group.found import AidFound
from eligibility.group.undertaking import Undertaking
from eligibility.language.cite import Cite
from eligibility.report.group_words import GroupSpeech
from eligibility.report.page import Column, Group, Item, Source, Table
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_REASONS = {
    Reason.IN_WINDOW: "granted within the period that counts",
    Reason.NOT_YET_GRANTED: "granted after this day",
    Reason.OUT_OF_WINDOW: "granted before the period that counts",
    Reason.FISCAL_YEAR_UNKNOWN: "the start of the fiscal year is not known",
    Reason.OTHER_STATE: "granted by another Member State",
    Reason.STATE_UNKNOWN: "it is not known whether the same Member State grants the next aid",
    Reason.OTHER_REGULATION: "aid under a regulation that has a ceiling of its own",
    Reason.REGULATION_UNKNOWN: "the regulation is not known",
    Reason.REGULATION_DISPUTED: "whether aid under this regulation counts is disputed",
    Reason.OTHER_RECIPIENT: "the recipient does not belong to the undertaking",
    Reason.RECIPIENT_UNCERTAIN: "whether the recipient belongs to the undertaking is not certain",
    Reason.PASSED_ON: "passed on by a merger or a split",
    Reason.SHARE_UNKNOWN: "how much of it passed on is not known",
    Reason.NO_RULE: "no rule is known for this day",
}
_NOTES = {
    Note.MUST_FIT_ENTIRELY: "New aid must fit in entirely; else no part of it is de-minimis aid",
    Note.OLD_SCHEMES: "Until 30 June 2024 schemes could still grant aid under Regulation (EU) No 1407/2013",
    Note.AFTER_THE_REGULATION: "Regulation (EU) 2023/2831 ends on 31 December 2030; what holds afterwards is not known",
    Note.NO_RULE: "No rule is known for this day.",
    Note.AMOUNT_UNKNOWN: "An amount that may count is not known, so that nothing may be left",
    Note.LATER_EVENTS: "Mergers and splits after this day are not looked at",
    Note.OVER_THE_CEILING: "More was received than the ceiling allows",
}
_BY_FISCAL_YEAR = "What was granted in this fiscal year and in the two before counts"
_ROLLING = "What was granted in the three years up to this day counts"
_PURPOSES = {
    Purpose.ALL: "Ceiling",
    Purpose.ROAD_FREIGHT: "Ceiling for road freight",
    Purpose.WITH_SERVICES: "Ceiling together with aid for services of general economic interest",
}
_NOTE_CITES = {Note.MUST_FIT_ENTIRELY: FIT_CITE, Note.OLD_SCHEMES: OLD_SCHEMES_CITE}
_EVENTS: Mapping[type[Event], str] = {
    Merger: "After a merger all earlier aid of the parties counts",
    Split: "After a split aid goes with the activity that it was used for, else by the book value of equity",
}
_EVENT_CITES: Mapping[type[Event], str] = {Merger: MERGER_CITE, Split: SPLIT_CITE}
_NUMBERS = {"old": "(EU) No 1407/2013", "new": "(EU) 2023/2831"}
_COUNTS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "not settled"}


def aid_groups(found: AidFound, speech: GroupSpeech) -> tuple[Group, ...]:
    """Return the sections on the undertaking, its awards, and its headroom."""
    say = speech.say
    received = found.headroom.received
    tables = (_awards(received, speech),) if received.lines else ()
    kinds = [kind for kind in _EVENTS if _passed_on(received, kind)]
    events = tuple(Item(say(_EVENTS[kind]), (), _places(_EVENT_CITES[kind])) for kind in kinds)
    rows = tuple(_growth(growth, speech) for growth in found.headroom.timetable)
    columns = (Column(say("From")), Column(say("More by"), number=True), Column(say("Headroom"), number=True))
    return (
        Group(say("Single undertaking for de-minimis aid"), (), _members(found.undertaking, speech)),
        Group(say("De-minimis headroom"), (), _headroom(found, speech)),
        *((Group(say("De-minimis aid received"), (), events, tables),) if tables else ()),
        *((Group(say("When the headroom grows"), (), (), (Table("", columns, rows),)),) if rows else ()),
    )


def _growth(growth: Growth, speech: GroupSpeech) -> tuple[str, ...]:
    by = speech.quantity(Interval.point(growth.by), "EUR")
    return (speech.speech.day(growth.day), by, speech.quantity(growth.headroom, "EUR"))


def aid_sources(found: AidFound) -> tuple[Cite, ...]:
    """Return the documents that the section cites."""
    cited = "; ".join(_cites(found))
    used = {key: one for key, one in SOURCES.items() if any(_key(part) == key for part in cited.split("; "))}
    return tuple(Cite(key, "", one.title, one.url, one.checked) for key, one in used.items())


def _cites(found: AidFound) -> Iterator[str]:
    """Yield every citation of the section, as the room of aid writes them."""
    received = found.headroom.received
    yield from (used.ceiling.cite for used in found.headroom.used)
    yield from (cite for note in received.notes if (cite := _NOTE_CITES.get(note)))
    yield from (cite for kind, cite in _EVENT_CITES.items() if _passed_on(received, kind))
    regime = regime_on(received.on)
    if regime is not None:
        yield regime.window_cite


def _key(part: str) -> str:
    return part.partition(" ")[0].rstrip(",")


def _places(cite: str) -> tuple[Source, ...]:
    """Return a citation as lines of a report, which gives the addresses at its end."""
    places = []
    for part in cite.split("; "):
        key, rest = _key(part), part.partition(" ")[2]
        named = _NUMBERS.get(key) or SOURCES[key].title
        places.append(Source(f"{named} {rest}" if key in _NUMBERS else named, ""))
    return tuple(places)


def _passed_on(received: Received, kind: type[Event]) -> bool:
    """Tell whether an award that counts, or may, has come to the undertaking through an event of this kind."""
    return any(isinstance(event, kind) for line in received.lines for event in line.through)


def _members(undertaking: Undertaking, speech: GroupSpeech) -> tuple[Item, ...]:
    places = (Source("(EU) 2023/2831 Art. 2(2)", ""),)
    items = [Item(speech.name(node), (), ()) for node in sorted(undertaking.certain)]
    doubtful = speech.say("not certain")
    items += [Item(speech.name(node), (doubtful,)) for node in sorted(undertaking.possible - undertaking.certain)]
    told = speech.say("Linked by votes or control, also through other enterprises; persons and partners do not count.")
    return (Item(told, (), places), *items)


def _headroom(found: AidFound, speech: GroupSpeech) -> tuple[Item, ...]:
    say = speech.say
    headroom = found.headroom
    items = [Item(say("May still be granted: {amount}", amount=speech.quantity(headroom.headroom, "EUR")))]
    items += [_used(used, speech) for used in headroom.used]
    if headroom.grows_on is not None:
        growth = headroom.grows_on
        day, by = speech.speech.day(growth.day), speech.quantity(Interval.point(growth.by), "EUR")
        items.append(Item(say("It next grows on {day}, by {amount}", day=day, amount=by)))
    regime = regime_on(headroom.received.on)
    if regime is not None:
        text = say(_BY_FISCAL_YEAR) if regime.by_fiscal_year else say(_ROLLING)
        items.append(Item(text, (), _places(regime.window_cite)))
    items += [_note(note, speech) for note in headroom.notes]
    return tuple(items)


def _note(note: Note, speech: GroupSpeech) -> Item:
    cite = _NOTE_CITES.get(note)
    return Item(speech.say(_NOTES[note]), (), () if cite is None else _places(cite))


def _used(used: Used, speech: GroupSpeech) -> Item:
    say = speech.say
    amount = speech.quantity(Interval.point(used.ceiling.amount), "EUR")
    text = say("{what}: {value}", what=say(_PURPOSES[used.ceiling.purpose]), value=amount)
    return Item(
        text,
        (say("received that counts: {amount}", amount=speech.quantity(used.total, "EUR")),),
        _places(used.ceiling.cite),
    )


def _awards(received: Received, speech: GroupSpeech) -> Table:
    say = speech.say
    columns = (
        Column(say("Granted on")),
        Column(say("Recipient")),
        Column(say("Regulation")),
        Column(say("Does it count?")),
        Column(say("Amount that counts"), number=True),
        Column(say("Counts no longer from")),
    )
    rows = tuple(_award(line, speech) for line in received.lines)
    total = speech.quantity(received.total, "EUR")
    return Table("", columns, rows, (say("Total"), "", "", "", total, ""))


def _award(line: Line, speech: GroupSpeech) -> tuple[str, ...]:
    reasons = speech.speech.join([speech.say(_REASONS[reason]) for reason in line.reasons], either=False)
    award = line.award
    return (
        speech.speech.day(award.granted),
        _recipient(award, speech),
        "" if award.regulation is None else award.regulation.value,
        f"{speech.say(_COUNTS[line.counts])}: {reasons}",
        speech.quantity(line.amount, "EUR"),
        "" if line.leaves is None else speech.speech.day(line.leaves),
    )


def _recipient(award: Award, speech: GroupSpeech) -> str:
    if award.recipient is None:
        return ""
    node = speech.structure.index.get(award.recipient)
    return award.recipient if node is None else speech.structure.nodes.label(node)
