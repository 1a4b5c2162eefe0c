"""Check your answers: every answer given, by topic, before the result."""

from collections.abc import Iterator, Mapping

from eligibility.cli.wizard.asker import Command, Heading, Option, Screen
from eligibility.cli.wizard.screens import Texts
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview


def review_screen(texts: Texts, interview: Interview, notice: str) -> Screen:
    """Return the texts of the page."""
    say = texts.words.say
    finished = say("There are no more questions. Choose an answer to change it.")
    asked_all = finished if interview.question is None else ""
    return Screen(say("Check your answers"), texts.count(interview), notice, help=asked_all)


def review_lines(texts: Texts, interview: Interview, backwards: bool) -> list[Option | Heading]:
    """Return what can be chosen: the result first, then each answer under the title of its topic."""
    say = texts.words.say
    ways = [Option(Command.RESULT, say("Show the result"))]
    if interview.question is not None:
        ways.insert(0, Option(Command.CONTINUE, say("Go on with the questions")))
    if backwards:
        ways.append(Option(Command.BACK, say("< Back")))
    return [*ways, *_answers(texts, interview), *_group(texts, interview)]


def _answers(texts: Texts, interview: Interview) -> Iterator[Option | Heading]:
    rulebook, language = interview.rulebook, texts.words.language
    aside = interview.aside
    answered = {**dict.fromkeys(interview.skipped), **interview.answers}
    known = {fact: answer for fact, answer in answered.items() if fact not in aside}
    for topic, title in rulebook.topics.items():
        rows = [fact.id for fact in rulebook.facts.values() if fact.topic == topic and fact.id in known]
        yield from _section(texts, interview, title.in_(language), rows, known)
    rows = [name for name in rulebook.definitions if name in known]
    yield from _section(texts, interview, texts.words.say("Further answers"), rows, known)
    unneeded = texts.words.say("Not needed (kept, but without effect)")
    ordered = [name for name in (*rulebook.facts, *rulebook.definitions) if name in aside]
    yield from _section(texts, interview, unneeded, ordered, aside, faint=True)


def _section(
    texts: Texts,
    interview: Interview,
    title: str,
    rows: list[str],
    known: Mapping[str, object],
    *,
    faint: bool = False,
) -> Iterator[Option | Heading]:
    if not rows:
        return
    yield Heading("")
    yield Heading(title)
    for fact in rows:
        subject = interview.rulebook.subject(fact)
        label = subject.wording.label.in_(texts.words.language)
        value = texts.answer(interview, fact, known[fact])
        row = texts.words.say("{what}: {value}", what=label, value=value)
        # A definition without a question can be given in an answers file, but not be asked.
        yield Option(fact, row, faint) if subject.askable else Heading(row)


def _group(texts: Texts, interview: Interview) -> Iterator[Option | Heading]:
    """Yield what was said of the group, and what follows from it."""
    say, group = texts.words.say, interview.group
    yield from _section(texts, interview, say("Worked out"), list(interview.found), interview.told)
    if group is None:
        return
    if group.basis is Basis.WORKED_OUT:
        others = 0 if interview.draft is None else len(interview.draft.others)
        label = texts.words.plural("The group: one more member", "The group: {n} more members", others)
    else:
        alone = group.basis is Basis.ALONE
        label = say("The company stands alone") if alone else say("The sums of the group are asked for")
    yield Heading("")
    yield Option(Command.GROUP, label)
