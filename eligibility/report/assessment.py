"""An assessment as a page: what to apply for now comes first, what is ruled out last."""

from collections.abc import Mapping

from eligibility.advice.advice import FEW, Advice
from eligibility.engine.assessment import Assessed, Outcome, ProgrammeResult, Reason, Verdict
from eligibility.engine.profile import Profile, read_answer
from eligibility.report.cards import Cards
from eligibility.report.criteria import reason_text, sources_of
from eligibility.report.page import Card, Group, Item, Page
from eligibility.report.plan_page import plan_groups
from eligibility.report.questions import missing_facts, questions_group
from eligibility.report.rules_told import rules_told
from eligibility.report.speech import RuleSpeech
from eligibility.report.summary import summary_group
from eligibility.words import Words

_OPEN = ("open", "continuous")
_TITLES = {
    "now": "Apply now",
    "likely": "Likely: a clause is left to the authority",
    "not_open": "You would qualify, but applications are not open",
    "answers": "More answers are needed",
    "refused": "Not eligible",
    "elsewhere": "Only for other places",
    "closed": "Closed to applications, not looked into further",
}
# Told in one line each: with a full catalogue these are most of the programmes. A few programmes are all told in full.
_SOURCES = {
    "ownership": "worked out from the ownership structure",
    "aid": "worked out from the awards",
    "alone": "the company stands alone: its own figures are those of the group",
}
_BRIEF = ("elsewhere", "closed")
# With so little known that more programmes than these are open, their details would fill a book.
_CROWD = 25
_PLACE = frozenset({"site_country", "site_region"})


def assessment_page(
    assessed: Assessed,
    language: str,
    sheet: tuple[Group, ...] = (),
    advice: Advice | None = None,
    *,
    name: str = "",
    brief: bool = False,
) -> Page:
    """Return the report on one profile in `de`, `en` or `ko`.

    Args:
        assessed: the assessment.
        language: that of the reader.
        sheet: the sections on its group, if any.
        advice: what follows from the assessment; without it the report tells only what was found.
        name: whom the report is for, if that is to be told; any text.
        brief: for a screen: fewer lines, no tables within programmes, no pictures.
    """
    words = Words(language)
    speech = RuleSpeech(words, assessed.rulebook)
    groups: dict[str, list[ProgrammeResult]] = {name: [] for name in _TITLES}
    in_full = len(assessed.programmes) <= FEW
    for result in assessed.programmes:
        groups[_in_full(result) if in_full else _in_brief(result)].append(result)
    for title in ("not_open", "answers", "refused"):
        # What one can apply for now or later comes before what is closed.
        groups[title].sort(key=lambda result: result.window == "closed")
    cards = Cards(assessed, speech, advice, brief=brief, crowded=len(groups["answers"]) > _CROWD)
    ahead, behind = _advised(groups, assessed, advice, speech, brief=brief)
    shown = [*ahead, *(_group(title, found, cards) for title, found in groups.items() if found), *behind]
    told = [result.id for name, found in groups.items() if name not in _BRIEF for result in found]
    read = frozenset().union(*(assessed.rulebook.reads[name] for name in told))
    derived = (*_found(assessed.profile, read, speech), *_derived(assessed, read, speech))
    if derived:
        shown.append(Group(words.say("Worked out from your answers"), (), derived))
    return Page(language, words.say("Funding programmes"), _lead(assessed, words, name), (*shown, *sheet), _foot(words))


def _advised(
    groups: Mapping[str, list[ProgrammeResult]],
    assessed: Assessed,
    advice: Advice | None,
    speech: RuleSpeech,
    *,
    brief: bool,
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return what the advice says ahead of the programmes and behind them."""
    if advice is None:
        return (), ()
    # What is closed asks for nothing any more, however few programmes are told.
    alive = {name: [one for one in found if one.window != "closed"] for name, found in groups.items()}
    told = [result for name, found in alive.items() if name not in _BRIEF for result in found]
    missing = missing_facts(told, advice, speech)
    summary = summary_group(alive, advice.plans, missing, speech)
    plans = plan_groups(advice.plans, assessed, speech)
    return (summary, *plans), questions_group(missing, speech, brief=brief)


def _in_full(result: ProgrammeResult) -> str:
    """Return the group in which a programme is told, were it the only one."""
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return "refused"
    if result.verdict is Verdict.UNDETERMINED:
        return "answers"
    if result.window not in _OPEN:
        return "not_open"
    return "now" if result.verdict is Verdict.ELIGIBLE else "likely"


def _in_brief(result: ProgrammeResult) -> str:
    """Return the group in which a programme is told among many."""
    group = _in_full(result)
    if group == "refused" and _elsewhere(result):
        return "elsewhere"
    return "closed" if group in ("refused", "answers") and result.window == "closed" else group


def _elsewhere(result: ProgrammeResult) -> bool:
    """Tell whether the place alone rules a programme out."""
    failed = (one for one in result.criteria if one.outcome is Outcome.NOT_MET)
    return any(one.facts and _PLACE.issuperset(one.facts) for one in failed)


def _group(name: str, results: list[ProgrammeResult], cards: Cards) -> Group:
    title = cards.words.say(_TITLES[name])
    if name in _BRIEF:
        return Group(title, (), tuple(cards.line(result, told=name == "closed") for result in results))
    return Group(title, tuple(_card(name, result, cards) for result in results))


def _card(name: str, result: ProgrammeResult, cards: Cards) -> Card:
    if name == "not_open" and result.window == "closed":
        return cards.closed(result)
    make = {"answers": cards.open, "refused": cards.refused}.get(name, cards.offer)
    return make(result)


def _lead(assessed: Assessed, words: Words, name: str) -> tuple[str, ...]:
    named = (words.say("{what}: {value}", what=words.say("Company"), value=name),) if name else ()
    return (
        *named,
        *rules_told(assessed.rulebook, words),
        words.plural("{n} programme examined", "{n} programmes examined", len(assessed.programmes)),
    )


def _foot(words: Words) -> tuple[str, ...]:
    return (
        words.say("All criteria of a programme with their sources: {command}", command="eligibility programmes ID"),
        words.say("This is a first orientation, no legal advice; the authority decides."),
    )


def _found(profile: Profile, read: frozenset[str], speech: RuleSpeech) -> tuple[Item, ...]:
    """Return what was worked out otherwise than from answers, and what that says of facts where an answer stands."""
    items = []
    for name, finding in profile.findings.items():
        stands = profile.found(name) is not None
        if not (name in read or not stands):
            continue
        shown = speech.answer(name, read_answer(speech.rulebook, name, finding.answer))
        if stands:
            items.append(Item(speech.statement(name, shown), (speech.say(_SOURCES[finding.source]),)))
        elif speech.answer(name, profile.values[name]) != shown:
            given = speech.answer(name, profile.values[name])
            note = speech.say("your answer stands; worked out it would be {value}", value=shown)
            items.append(Item(speech.statement(name, given), (note,)))
    return tuple(items)


def _derived(assessed: Assessed, read: frozenset[str], speech: RuleSpeech) -> tuple[Item, ...]:
    """Return what was worked out: the definitions and facts that the programmes told in full read, and those given."""
    items = []
    for name, found in assessed.derived.items():
        shown = speech.derived(name, found)
        if not shown or not (name in read or found.given) or name in assessed.profile.findings:
            continue
        statement = speech.statement(name, shown)
        if found.reason is not None:
            items.append(_with_reason(statement, found.reason, assessed, speech))
            continue
        notes = (speech.say("given by you, not worked out"),) if found.given else ()
        items.append(Item(statement, (*notes, *(speech.text(note) for note in found.notes))))
    return tuple(items)


def _with_reason(statement: str, reason: Reason, assessed: Assessed, speech: RuleSpeech) -> Item:
    known = speech.known(reason.facts, assessed.profile, assessed.derived)
    text = speech.say("{what}: {value}", what=speech.say("Reason"), value=reason_text(reason, speech))
    return Item(statement, (text, *known), sources_of(reason.cites, speech))
