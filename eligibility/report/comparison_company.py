"""What changes for one company, as a page: what comes within reach, what goes out of it, what is paid otherwise."""

from collections.abc import Sequence

from eligibility.advice.comparison import CompanyChange
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.report.comparison import QUALIFIES
from eligibility.report.comparison_words import ComparisonSpeech
from eligibility.report.criteria import sources_of
from eligibility.report.page import Card, Group, Item, Page, listing, value
from eligibility.values.interval import Interval

_TITLES = {"gained": "Newly within reach", "lost": "No longer within reach", "other": "Other changes"}


def company_page(before: Assessed, after: Assessed, changes: Sequence[CompanyChange], language: str) -> Page:
    """Return the changes in `de`, `en` or `ko`."""
    speech = ComparisonSpeech.of(before.rulebook, after.rulebook, language)
    words = speech.words
    changed = words.plural("Something changes for {n} programme", "Something changes for {n} programmes", len(changes))
    if not changes:
        changed = words.say("Nothing changes for this company")
    groups: dict[str, list[CompanyChange]] = {name: [] for name in _TITLES}
    for change in changes:
        groups[_kind(change)].append(change)
    alone = words.say("Changes") if not groups["gained"] and not groups["lost"] else ""
    shown = tuple(
        Group(alone or words.say(_TITLES[name]), tuple(_card(change, speech) for change in found))
        for name, found in groups.items()
        if found
    )
    foot = (words.say("This is a first orientation, no legal advice; the authority decides."),)
    return Page(language, words.say("What changes for this company"), (*speech.lead(), changed), shown, foot)


def _kind(change: CompanyChange) -> str:
    was, now = (result is not None and result.verdict in QUALIFIES for result in (change.before, change.after))
    if was == now:
        return "other"
    return "gained" if now else "lost"


def _card(change: CompanyChange, speech: ComparisonSpeech) -> Card:
    say = speech.words.say
    both = (change.before, change.after)
    verdicts = [speech.verdict(None if result is None else result.verdict) for result in both]
    windows = [None if result is None else result.window for result in both]
    rates = [_rate(result, which, speech) for which, result in enumerate(both)]
    amounts = [_amount(result, which, speech) for which, result in enumerate(both)]
    return Card(
        speech.title(change.programme),
        change.programme,
        (
            *value(say("Verdict"), verdicts[0] if verdicts[0] == verdicts[1] else speech.step(*verdicts)),
            *value(say("Applications"), speech.window(change.programme) if windows[0] != windows[1] else ""),
            *value(say("Amount"), _between(amounts, speech)),
            *value(say("Rate"), _between(rates, speech)),
            *listing(say("Not met any more"), _criteria(change, change.newly_failed, 1, speech)),
            *listing(say("No longer in the way"), _criteria(change, change.no_longer_failed, 0, speech)),
            *listing(say("Now missing"), _facts(change.newly_missing, 1, speech)),
            *listing(say("No longer missing"), _facts(_settled(change), 0, speech)),
        ),
    )


def _settled(change: CompanyChange) -> tuple[str, ...]:
    """Return what need not be answered any more; of a programme that is out of reach now that says nothing."""
    out_of_reach = change.after is None or change.after.failed
    return () if out_of_reach else change.no_longer_missing


def _between(texts: Sequence[str], speech: ComparisonSpeech) -> str:
    if texts[0] == texts[1]:
        return ""
    return speech.step(*(text or speech.words.say("none") for text in texts))


def _rate(result: ProgrammeResult | None, which: int, speech: ComparisonSpeech) -> str:
    rate = None if result is None or result.award is None else result.award.rate
    return "" if rate is None else _interval(rate, "percent", which, speech)


def _amount(result: ProgrammeResult | None, which: int, speech: ComparisonSpeech) -> str:
    award = None if result is None else result.award
    if award is None or award.amount is None or award.currency is None:
        return ""
    return _interval(award.amount, award.currency, which, speech)


def _interval(interval: Interval, unit: str, which: int, speech: ComparisonSpeech) -> str:
    if interval.high is None and interval.low in (None, 0):
        return speech.words.say("not known yet")
    return speech.sides[which].interval(interval, unit)


def _criteria(change: CompanyChange, names: Sequence[str], which: int, speech: ComparisonSpeech) -> tuple[Item, ...]:
    items = []
    for name in names:
        text, cites = speech.criterion(change.programme, name, which)
        items.append(Item(text, (), sources_of(cites, speech.sides[which])))
    return tuple(items)


def _facts(names: Sequence[str], which: int, speech: ComparisonSpeech) -> tuple[Item, ...]:
    return tuple(Item(speech.label(name, which)) for name in names)
