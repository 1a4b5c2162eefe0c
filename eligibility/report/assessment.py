"""An assessment as a page: what to apply for now comes first, what is ruled out last."""

from collections.abc import Mapping

from eligibility.engine.assessment import Assessed, Derived, ProgrammeResult, Verdict
from eligibility.report.cards import Cards
from eligibility.report.page import Card, Group, Item, Page
from eligibility.report.speech import RuleSpeech
from eligibility.words import Words

_OPEN = ("open", "continuous")
_TITLES = {
    "now": "Apply now",
    "likely": "Likely: a clause is left to the authority",
    "not_open": "You would qualify, but applications are not open",
    "answers": "More answers are needed",
    "refused": "Not eligible",
}
_DIGITS = 12


def assessment_page(assessed: Assessed, language: str) -> Page:
    """Return the report on one profile in `de`, `en` or `ko`."""
    words = Words(language)
    speech = RuleSpeech(words, assessed.rulebook)
    cards = Cards(assessed, speech)
    groups: dict[str, list[ProgrammeResult]] = {name: [] for name in _TITLES}
    for result in assessed.programmes:
        groups[group_of(result)].append(result)
    # Among programmes that need answers, those that one can still apply for come first.
    groups["answers"].sort(key=lambda result: result.window not in _OPEN)
    shown = [Group(words.say(_TITLES[name]), _cards(name, found, cards)) for name, found in groups.items() if found]
    derived = _derived(assessed.derived, speech)
    if derived:
        shown.append(Group(words.say("Worked out from your answers"), (), derived))
    return Page(language, words.say("Funding programmes"), _lead(assessed, words), tuple(shown), _foot(words))


def group_of(result: ProgrammeResult) -> str:
    """Return the group in which a programme is told."""
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return "refused"
    if result.verdict is Verdict.UNDETERMINED:
        return "answers"
    if result.window not in _OPEN:
        return "not_open"
    return "now" if result.verdict is Verdict.ELIGIBLE else "likely"


def _cards(name: str, results: list[ProgrammeResult], cards: Cards) -> tuple[Card, ...]:
    make = {"answers": cards.open, "refused": cards.refused}.get(name, cards.offer)
    return tuple(make(result) for result in results)


def _lead(assessed: Assessed, words: Words) -> tuple[str, ...]:
    rulebook = assessed.rulebook
    digest = rulebook.digest.removeprefix("sha256:")[:_DIGITS]
    return (
        words.say("As of {day}", day=words.day(rulebook.as_of)),
        words.say("Rules: version {version}, {digest}", version=rulebook.version, digest=digest),
        words.plural("{n} programme examined", "{n} programmes examined", len(assessed.programmes)),
    )


def _foot(words: Words) -> tuple[str, ...]:
    return (
        words.say("All criteria of a programme with their sources: {command}", command="eligibility programmes ID"),
        words.say("This is a first orientation, no legal advice; the authority decides."),
    )


def _derived(derived: Mapping[str, Derived], speech: RuleSpeech) -> tuple[Item, ...]:
    items = []
    for name, found in derived.items():
        shown = speech.derived(name, found)
        if not shown or not (found.used or found.given):
            continue
        notes = (speech.say("given by you, not worked out"),) if found.given else ()
        items.append(Item(speech.statement(name, shown), (*notes, *(speech.text(note) for note in found.notes))))
    return tuple(items)
