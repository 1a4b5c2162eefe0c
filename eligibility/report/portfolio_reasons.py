"""At which criteria the companies of a table fail, and which answers are worth asking for."""

from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.portfolio import FactCounts, ProgrammeCounts
from eligibility.report.chart import Series, Stack, bar_chart
from eligibility.report.page import Bar, Card, Column, Group, Item, Picture, Table, listing
from eligibility.report.portfolio_words import MOST_COMPARED, PortfolioSpeech

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Fall:
    """A criterion of a programme: how many rows do not meet it, fall at it first, or fall for it alone.

    `place`: it asks for the place alone.
    """

    programme: str
    criterion: str
    place: bool
    failed: int
    first: int
    alone: int


def criterion_groups(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return the criteria that exclude most, of all programmes that some row may get."""
    # That most firms are elsewhere says nothing of a programme of one Land, nor can anybody act on it.
    falls = [fall for one in speech.possible for fall in _falls(one, speech) if fall.failed and not fall.place]
    if not falls:
        return ()
    most = sorted(falls, key=lambda fall: (-fall.failed, -fall.first))[:MOST_COMPARED]
    series = [
        Series(speech.say("by this criterion alone"), "open"),
        Series(speech.say("by this criterion first"), "maybe"),
        Series(speech.say("by an earlier one already"), "no"),
    ]
    stacks = [
        Stack(
            fall.programme,
            (fall.alone, fall.first - fall.alone, fall.failed - fall.first),
            speech.count(fall.failed),
            fall.criterion,
        )
        for fall in most
    ]
    title = speech.say("Companies that do not meet a criterion")
    rows = tuple((fall.programme, fall.criterion, *speech.counts(fall.failed, fall.first, fall.alone)) for fall in most)
    columns = (Column(speech.say("Programme")), Column(speech.say("Criterion")), *_fall_columns(speech))
    note = speech.say(
        "Of programmes that at least one company may get; criteria are gone through in the order of the file. Those "
        "that ask for the place alone are left out here; they stand under each programme."
    )
    return (
        Group(
            speech.say("What excludes most"),
            items=(Item(note),),
            tables=(Table("", columns, rows),),
            charts=bar_chart(title, series, stacks),
        ),
    )


def fact_groups(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return the answers that verdicts wait for, those first that most wait for."""
    facts = waited_for(speech)
    if not facts:
        return ()
    series = [
        Series(speech.say("wait for this answer alone"), "yes"),
        Series(speech.say("wait for others too"), "open"),
    ]
    label = speech.speech.label
    stacks = [
        Stack(label(one.fact), (one.decides, one.waiting_verdicts - one.decides), speech.count(one.waiting_verdicts))
        for one in facts[:MOST_COMPARED]
    ]
    columns = (
        Column(speech.say("Answer")),
        *speech.numbers(
            speech.say("verdicts that wait for it"),
            speech.say("of these for it alone"),
            speech.say("companies concerned"),
            speech.say("companies that give it"),
        ),
    )
    rows = tuple(
        (label(one.fact), *speech.counts(one.waiting_verdicts, one.decides, one.waiting_rows, one.given))
        for one in facts
    )
    note = speech.say("A verdict is that of one programme on one company; it may wait for several answers.")
    chart = bar_chart(speech.say("Open verdicts that wait for an answer"), series, stacks)
    return (
        Group(
            speech.say("Answers worth asking for"),
            items=(Item(note),),
            tables=(Table("", columns, rows),),
            charts=chart,
        ),
    )


def waited_for(speech: PortfolioSpeech) -> tuple[FactCounts, ...]:
    """Return the facts that any verdict waits for, those first that most wait for."""
    found = [one for one in speech.portfolio.facts if one.waiting_verdicts]
    return tuple(sorted(found, key=lambda one: (-one.waiting_verdicts, -one.decides)))


def programme_groups(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return for each programme that some row may get how many are left after each criterion, and what is missing."""
    cards = tuple(_card(one, speech) for one in speech.possible)
    return (Group(speech.say("Programme by programme"), cards),) if cards else ()


def _card(counts: ProgrammeCounts, speech: PortfolioSpeech) -> Card:
    missing = sorted(counts.missing.items(), key=lambda entry: -entry[1])[:_MOST_NAMED]
    items = tuple(Item(_missing(fact, number, counts.decides.get(fact, 0), speech)) for fact, number in missing)
    falls = [fall for fall in _falls(counts, speech) if fall.failed]
    columns = (Column(speech.say("Criterion")), *_fall_columns(speech))
    rows = tuple((fall.criterion, *speech.counts(fall.failed, fall.first, fall.alone)) for fall in falls)
    return Card(
        speech.name(counts),
        counts.programme,
        listing(speech.say("Missing for a verdict"), items),
        (_funnel(falls, speech),) if falls else (),
        (Table("", columns, rows),) if falls else (),
    )


def _missing(fact: str, number: int, alone: int, speech: PortfolioSpeech) -> str:
    label = speech.speech.label(fact)
    if not alone:
        return speech.say("{what}: {value}", what=label, value=speech.count(number))
    counts = {"number": speech.count(number), "alone": speech.count(alone)}
    return speech.say("{what}: {number}, {alone} of them for this alone", what=label, **counts)


def _funnel(falls: list[_Fall], speech: PortfolioSpeech) -> Picture:
    """Draw how many rows are left when the criteria are gone through in order."""
    all_rows = left = speech.portfolio.assessed
    whole = Fraction(1)
    bars = [Bar(speech.say("Companies"), speech.count(all_rows), Fraction(0), whole, whole, "given")]
    for fall in falls:
        if fall.first:
            before, left = left, left - fall.first
            start, end = Fraction(left, all_rows), Fraction(before, all_rows)
            bars.append(Bar(fall.criterion, f"\u2212{speech.count(fall.first)}", start, end, end, "cut"))
    rest = Fraction(left, all_rows)
    bars.append(Bar(speech.say("Not excluded"), speech.count(left), Fraction(0), rest, rest, "result"))
    return Picture(speech.say("How many are left"), tuple(bars))


def _falls(counts: ProgrammeCounts, speech: PortfolioSpeech) -> list[_Fall]:
    name, elsewhere = speech.name(counts), speech.elsewhere(counts)
    return [
        _Fall(
            name, text, one in elsewhere, counts.failed.get(one, 0), counts.funnel.get(one, 0), counts.alone.get(one, 0)
        )
        for one, text in speech.criteria(counts).items()
    ]


def _fall_columns(speech: PortfolioSpeech) -> tuple[Column, ...]:
    return speech.numbers(speech.say("not met"), speech.say("of these first"), speech.say("of these alone"))
