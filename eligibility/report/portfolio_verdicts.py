"""Which programmes the companies of a table qualify for, as a chart and a table."""

from collections.abc import Sequence

from eligibility.advice.portfolio import ProgrammeCounts
from eligibility.report.chart import Series, Stack, bar_chart
from eligibility.report.page import Chart, Column, Group, Item, Table
from eligibility.report.portfolio_words import MOST_DRAWN, PortfolioSpeech, qualifying
from eligibility.report.terms import apply_by, window_text

_COLOURS = {"eligible": "yes", "likely": "maybe", "undetermined": "open", "not_eligible": "no"}
_VERDICTS = {
    "eligible": "eligible",
    "likely": "likely",
    "undetermined": "undetermined",
    "not_eligible": "not eligible",
}


def verdict_groups(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return the verdicts by programme."""
    if not speech.portfolio.programmes or not speech.portfolio.assessed:
        return ()
    title = speech.say("Verdicts by programme")
    items = _out_of_reach(speech)
    if not speech.possible:
        return (Group(title, items=items), *_not_open(speech))
    return (Group(title, items=items, tables=(_table(speech),), charts=_charts(speech)), *_not_open(speech))


def _not_open(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return the programmes that take no applications now; nothing else in the report counts them."""
    if not speech.not_open:
        return ()
    columns = (
        Column(speech.say("Programme")),
        Column(speech.say("Applications")),
        *speech.numbers(speech.say("would qualify"), speech.say("undetermined")),
    )
    on, words = speech.speech.rulebook.as_of, speech.speech.words
    rows = tuple(
        (
            speech.name(one),
            window_text(speech.programme(one), on, words),
            *speech.counts(qualifying(one), one.verdicts["undetermined"]),
        )
        for one in speech.not_open
    )
    note = speech.say("These take no applications on the day of this report; no sum and no chart counts them.")
    return (Group(speech.say("Not open to applications"), items=(Item(note),), tables=(Table("", columns, rows),)),)


def _charts(speech: PortfolioSpeech) -> tuple[Chart, ...]:
    drawn = speech.possible[:MOST_DRAWN]
    series = [Series(speech.say(_VERDICTS[verdict]), colour) for verdict, colour in _COLOURS.items()]
    stacks = [
        Stack(speech.name(one), tuple(one.verdicts[verdict] for verdict in _COLOURS), _qualify(one, speech))
        for one in drawn
    ]
    return bar_chart(_title(speech, drawn), series, stacks)


def _title(speech: PortfolioSpeech, drawn: Sequence[ProgrammeCounts]) -> str:
    if len(drawn) == len(speech.possible):
        return speech.say("Companies by verdict")
    return speech.speech.words.plural(
        "Companies by verdict, the first {n} programme", "Companies by verdict, the first {n} programmes", len(drawn)
    )


def _qualify(counts: ProgrammeCounts, speech: PortfolioSpeech) -> str:
    return speech.speech.words.plural("{n} qualifies", "{n} qualify", qualifying(counts))


def _table(speech: PortfolioSpeech) -> Table:
    columns = (
        Column(speech.say("Programme")),
        Column(speech.say("Apply by")),
        *speech.numbers(*(speech.say(_VERDICTS[verdict]) for verdict in _COLOURS)),
        *speech.numbers(speech.say("of these by one criterion alone, other than the place")),
    )
    on, words = speech.speech.rulebook.as_of, speech.speech.words
    rows = [
        (
            speech.name(one),
            apply_by(speech.programme(one), on, words),
            *speech.counts(*(one.verdicts[verdict] for verdict in _COLOURS), _nearly(one, speech)),
        )
        for one in speech.possible
    ]
    return Table("", columns, tuple(rows))


def _nearly(counts: ProgrammeCounts, speech: PortfolioSpeech) -> int:
    """Return how many rows fail by one criterion alone that does not only ask where they are."""
    return counts.nearly - sum(counts.alone.get(criterion, 0) for criterion in speech.elsewhere(counts))


def _out_of_reach(speech: PortfolioSpeech) -> tuple[Item, ...]:
    if not speech.impossible:
        return ()
    text = speech.speech.words.plural(
        "Out of reach for every company: {n} programme",
        "Out of reach for every company: {n} programmes",
        len(speech.impossible),
    )
    return (Item(text, (", ".join(one.programme for one in speech.impossible),)),)
