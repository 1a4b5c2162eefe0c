"""The texts of each screen: a question, why it is asked, and the answers so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eligibility.cli.wizard.asker import Command, Heading, Option, Screen
from eligibility.engine.assessment import CriterionResult, ProgrammeResult
from eligibility.engine.profile import Subject, read_answer
from eligibility.interview.interview import Interview, Question
from eligibility.language.award import Limit, Part
from eligibility.language.cite import Cite
from eligibility.language.rate import Rate
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind
from eligibility.words import Words

_FORMS = {
    "number": "A number; a range such as 50-249 is fine.",
    "percent": "A percentage such as 12.5; a range such as 10-25 is fine.",
    "date": "A day such as 2021-06-30; the year alone, or a range, is fine.",
    "choice": "Type part of a name in any language, or the code, and pick.",
}
_NAMED_AT_ONCE = 2
_LISTED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Texts:
    """Puts an interview into words."""

    words: Words

    def question(self, interview: Interview, question: Question, notice: str, error: str) -> Screen:
        """Return the screen of a question."""
        language, wording = self.words.language, question.subject.wording
        return Screen(
            heading=question.text(language),
            count=self.count(interview),
            notice=notice,
            help="" if wording.help is None else wording.help.in_(language),
            form=self._form(question.subject),
            why=self._why(interview, question),
            error=error,
        )

    def count(self, interview: Interview) -> str:
        """Return the live line."""
        count = interview.count
        return self.words.say(
            "Programmes: {possible} possible, {ruled_out} ruled out, {open} open",
            possible=str(count.possible),
            ruled_out=str(count.ruled_out),
            open=str(count.open),
        )

    def options(self, question: Question, backwards: bool) -> list[Option | Heading]:
        """Return what can be chosen for a truth or a short list of choices."""
        say, subject = self.words.say, question.subject
        answers = (
            [Option(True, say("yes")), Option(False, say("no"))]
            if subject.type == "truth"
            else [Option(choice, subject.names[choice].in_(self.words.language)) for choice in subject.choices]
        )
        return [*answers, Option(Command.UNKNOWN, say("I do not know")), Heading(""), *self.ways_on(backwards)]

    def ways_on(self, backwards: bool) -> list[Option]:
        """Return what can be done instead of answering."""
        back = [Option(Command.BACK, self.words.say("< Back"))] if backwards else []
        return [*back, Option(Command.RESULT, self.words.say("Show the result now"))]

    def read_as(self, interview: Interview, fact: str, answer: object) -> str:
        """Say how a typed answer was understood."""
        label = interview.rulebook.subject(fact).wording.label.in_(self.words.language)
        return self.words.say("{label}: read as {value}", label=label, value=self.answer(interview, fact, answer))

    def answer(self, interview: Interview, fact: str, answer: object) -> str:
        """Return an answer as people read it; "not known" for none."""
        if answer is None:
            return self.words.say("not known")
        return RuleSpeech(self.words, interview.rulebook).answer(fact, read_answer(interview.rulebook, fact, answer))

    def reasons(self, interview: Interview, question: Question) -> list[str]:
        """Return the page on a question: its help, then each programme that it matters to with the sources."""
        wording = question.subject.wording
        paragraphs = [] if wording.help is None else [wording.help.in_(self.words.language), ""]
        paragraphs.append(self.words.say("This is asked for:"))
        for result in interview.assessed.programmes:
            if result.id in question.why:
                paragraphs.extend(self._reason(result, question.fact))
        return paragraphs

    def _reason(self, result: ProgrammeResult, fact: str) -> Iterator[str]:
        shape, language = result.programme.shape, self.words.language
        yield ""
        yield f"{shape.name.in_(language)} ({kind(result.programme, self.words)})"
        for cite in _cites(result, fact):
            title = f"{cite.title}, {cite.section}" if cite.section else cite.title
            checked = self.words.say("checked on {day}", day=self.words.day(cite.checked))
            yield f"- {title} ({checked})"
            yield f"  {cite.url}"

    def _why(self, interview: Interview, question: Question) -> str:
        programmes = interview.rulebook.programmes
        names = [programmes[programme].shape.name.in_(self.words.language) for programme in question.why]
        if not names:
            return ""
        first, more = names[:_NAMED_AT_ONCE], len(names) - _NAMED_AT_ONCE
        if more <= 0:
            return self.words.say("For: {programmes}", programmes=self.words.join(first))
        return self.words.plural(
            "For: {programmes} and one more", "For: {programmes} and {n} more", more, programmes=", ".join(first)
        )

    def _form(self, subject: Subject) -> str:
        if is_listed(subject):
            return ""
        if subject.names:
            return self.words.say(_FORMS["choice"])
        if subject.currency is not None:
            return self.words.say("An amount in {currency}; a range is fine.", currency=subject.currency)
        return self.words.say(_FORMS[subject.type]) if subject.type in _FORMS else ""


def is_listed(subject: Subject) -> bool:
    """Tell whether the answers are few enough to be shown as a list; otherwise a line is typed."""
    return subject.type == "truth" or (subject.type == "choice" and len(subject.choices) <= _LISTED_AT_MOST)


def _cites(result: ProgrammeResult, fact: str) -> tuple[Cite, ...]:
    """Return where the criteria that wait for a fact are written down; of the award where no criterion waits."""
    waiting = [criterion for criterion in result.criteria if fact in criterion.missing or fact in criterion.facts]
    award = result.programme.award
    parts = [] if award is None else [award.rate, *award.parts, *award.at_most]
    cited: Sequence[CriterionResult | Rate | Part | Limit | None] = waiting or parts
    return tuple(dict.fromkeys(cite for part in cited if part is not None for cite in part.cites))
