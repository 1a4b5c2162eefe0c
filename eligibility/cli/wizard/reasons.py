"""Why a question is asked: what its answers decide, what is in play, and the rules that need it with their sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.cli.entry import Answer
from eligibility.cli.wizard.needed import cites_of_award, waiting_for
from eligibility.cli.wizard.ranges import ranges_of
from eligibility.cli.wizard.screens import Texts, is_listed
from eligibility.engine.assess import assess
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.interview.interview import Interview, Question
from eligibility.language.cite import Cite
from eligibility.report.criteria import criterion_text
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind

_NAMED_AT_ONCE = 4
_MOST_SOURCES = 3
_POSSIBLE = (Verdict.ELIGIBLE, Verdict.LIKELY)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What an answer would do at once: the programmes that it rules out, and those it makes possible."""

    ruled_out: tuple[str, ...]
    possible: tuple[str, ...]


def reasons(texts: Texts, interview: Interview, question: Question) -> list[str]:
    """Return the page on a question as paragraphs."""
    wording = question.subject.wording
    paragraphs = [] if wording.help is None else [wording.help.in_(texts.words.language), ""]
    decided = list(_decided(texts, interview, question))
    if decided:
        paragraphs += [texts.words.say("What the answer decides at once:"), *decided, ""]
    if question.at_stake:
        paragraphs += [_stake(texts, question), ""]
    if not question.why:
        return [*paragraphs, texts.words.say("At present no programme depends on it.")]
    paragraphs.append(texts.words.say("This is asked for:"))
    speech = RuleSpeech(texts.words, interview.rulebook)
    for result in interview.assessed.programmes:
        if result.id in question.why:
            paragraphs.extend(_reason(speech, result, question.fact))
    return paragraphs


def _stake(texts: Texts, question: Question) -> str:
    sums = texts.words.join([texts.words.money(amount, currency) for currency, amount in question.at_stake])
    return texts.words.plural(
        "In play: up to {sums}, the largest award of this programme.",
        "In play: up to {sums}, the largest awards of these {n} programmes together.",
        len(question.why),
        sums=sums,
    )


def _decided(texts: Texts, interview: Interview, question: Question) -> Iterator[str]:
    """Yield a line for the answers with the same effect; those without any are told together at the end."""
    candidates = _candidates(interview, question)
    answers: dict[_Effect, list[Answer]] = {}
    for candidate in candidates:
        answers.setdefault(_effect(interview, question, candidate), []).append(candidate)
    idle = answers.pop(_Effect((), ()), [])
    for effect, alike in answers.items():
        told = texts.words.join([texts.answer(interview, question.fact, one) for one in alike], either=True)
        yield f"- {texts.words.say('{what}: {value}', what=told, value=_told(texts, interview, effect))}"
    if idle and answers and len(idle) <= _NAMED_AT_ONCE:
        told = texts.words.join([texts.answer(interview, question.fact, one) for one in idle], either=True)
        yield f"- {texts.words.say('{what}: nothing yet', what=told)}"
    elif idle and answers:
        yield f"- {texts.words.say('Any other answer decides nothing alone.')}"
    elif idle:
        yield f"- {texts.words.say('No answer decides anything alone; it counts together with others.')}"


def _candidates(interview: Interview, question: Question) -> Sequence[Answer]:
    if question.halves is not None:
        return question.halves
    if question.subject.type == "truth":
        return (True, False)
    return question.subject.choices if is_listed(question.subject) else ranges_of(interview.rulebook, question)


def _effect(interview: Interview, question: Question, answer: Answer) -> _Effect:
    before = {result.id: result.verdict for result in interview.assessed.programmes}
    after = assess(interview.rulebook, {**interview.answers, question.fact: answer})
    changed = [
        result for result in after.programmes if result.id in question.why and result.verdict is not before[result.id]
    ]
    ruled_out = tuple(result.id for result in changed if result.verdict is Verdict.NOT_ELIGIBLE)
    possible = tuple(result.id for result in changed if result.verdict in _POSSIBLE)
    return _Effect(ruled_out, possible)


def _told(texts: Texts, interview: Interview, effect: _Effect) -> str:
    say = texts.words.say
    parts = []
    if effect.possible:
        parts.append(say("makes possible: {programmes}", programmes=_named(texts, interview, effect.possible)))
    if effect.ruled_out:
        parts.append(say("rules out: {programmes}", programmes=_named(texts, interview, effect.ruled_out)))
    return "; ".join(parts)


def _named(texts: Texts, interview: Interview, programmes: Sequence[str]) -> str:
    names = [
        interview.rulebook.programmes[programme].shape.name.in_(texts.words.language)
        for programme in programmes[:_NAMED_AT_ONCE]
    ]
    more = len(programmes) - len(names)
    if not more:
        return texts.words.join(names)
    return texts.words.plural("{names} and one more", "{names} and {n} more", more, names=", ".join(names))


def _reason(speech: RuleSpeech, result: ProgrammeResult, fact: str) -> Iterator[str]:
    yield ""
    yield f"{speech.text(result.programme.shape.name)} ({kind(result.programme, speech.words)})"
    waiting = waiting_for(speech.rulebook, result, fact)
    award = result.programme.award
    for criterion in waiting:
        yield f"  {criterion_text(criterion, award, speech)}"
    if not waiting:
        yield f"  {speech.say('The award depends on it.')}"
    cites = [cite for one in waiting for cite in one.cites]
    if not waiting and award is not None:
        cites += cites_of_award(speech.rulebook, award, fact)
    yield from _sources(speech, cites, result.id)


def _sources(speech: RuleSpeech, cites: Iterable[Cite], programme: str) -> Iterator[str]:
    """Yield each document once, with all places in it; of many the first ones, with the way to the others."""
    documents: dict[tuple[str, str, date], list[str]] = {}
    for cite in dict.fromkeys(cites):
        documents.setdefault((cite.title, cite.url, cite.checked), []).append(cite.section)
    for (title, url, checked), sections in list(documents.items())[:_MOST_SOURCES]:
        named = ", ".join([title, *filter(None, dict.fromkeys(sections))])
        yield f"  - {named} ({speech.say('checked on {day}', day=speech.day(checked))})"
        yield f"    {url}"
    if len(documents) > _MOST_SOURCES:
        yield f"  - {speech.say('All sources: {command}', command=f'eligibility programmes {programme}')}"
