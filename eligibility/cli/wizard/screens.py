"""The texts of each screen: a question, the ways to answer it, and what for it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen
from eligibility.cli.wizard.ranges import halves_text, ranges_of
from eligibility.engine.profile import Subject, read_answer
from eligibility.interview.interview import Interview, Question
from eligibility.report.speech import RuleSpeech
from eligibility.words import Words

_FORMS = {
    "number": "A number; a range such as 50-249 is fine.",
    "percent": "A percentage such as 12.5; a range such as 10-25 is fine.",
    "date": "A day such as 2021-06-30; the year alone, or a range, is fine.",
    "choice": "Part of a name in any language, or the code.",
}
_NAMED_AT_ONCE = 2
_LISTED_AT_MOST = 12
_SCALE = 250


@dataclass(frozen=True, slots=True)
class Texts:
    """Puts an interview into words."""

    words: Words

    def question(self, interview: Interview, question: Question, notice: str, error: str) -> Screen:
        """Return the screen of a question."""
        language, wording = self.words.language, question.wording
        return Screen(
            heading=question.text(language),
            count=self.count(interview),
            notice=notice,
            help="" if wording.help is None else wording.help.in_(language),
            form=self._form(question.subject),
            why=self._why(interview, question),
            error=error,
            ranges=bool(ranges_of(interview.rulebook, question)),
            working_out=interview.is_working_out,
        )

    def refining(self, interview: Interview, question: Question, notice: str, error: str) -> Screen:
        """Return the screen of a question on an answer that is known as a range."""
        first = self.question(interview, question, notice, error)
        known = self.answer(interview, question.fact, interview.told[question.fact])
        so_far = self.words.say("Known so far: {value}. Do you know it more exactly?", value=known)
        return replace(first, help=so_far, ranges=False, refining=True)

    def halves(self, interview: Interview, question: Question, notice: str) -> Screen:
        """Return the screen on which of two narrower ranges is meant."""
        assert question.halves is not None
        speech = RuleSpeech(self.words, interview.rulebook)
        lower, upper = (read_answer(interview.rulebook, question.fact, half) for half in question.halves)
        return replace(
            self.refining(interview, question, notice, ""),
            heading=halves_text(speech, question.fact, lower, upper),
            help=question.text(self.words.language),
            form="",
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

    def options(self, interview: Interview, question: Question, backwards: bool) -> list[Option | Heading]:
        """Return what can be chosen for a truth or a short list of choices, and the way to work it out instead."""
        say, subject = self.words.say, question.subject
        answers = (
            [Option(True, say("yes")), Option(False, say("no"))]
            if subject.type == "truth"
            else [Option(choice, subject.names[choice].in_(self.words.language)) for choice in subject.choices]
        )
        if question.worked_out_by is not None:
            definition = interview.rulebook.definitions[question.worked_out_by].wording.label.in_(self.words.language)
            answers.append(Option(Command.WORK_OUT, say("Work it out: {definition}", definition=definition)))
        unknown = Option(Command.UNKNOWN, say("I do not know"))
        return [*answers, unknown, Heading(""), *self.ways_on(interview, backwards)]

    def range_options(
        self, interview: Interview, question: Question, ranges: Sequence[Answer], backwards: bool
    ) -> list[Option | Heading]:
        """Return ranges as what can be chosen, with the way to an exact answer; a range that is known can be kept."""
        say = self.words.say
        options = [Option(one, self.answer(interview, question.fact, one)) for one in ranges]
        unknown = say("I do not know more exactly") if question.halves is not None else say("I do not know")
        exact = Option(Command.EXACT, say("Enter it exactly"))
        return [*options, exact, Option(Command.UNKNOWN, unknown), Heading(""), *self.ways_on(interview, backwards)]

    def reading_options(self, interview: Interview, fact: str, readings: Sequence[Answer]) -> list[Option | Heading]:
        """Return what a line can mean as what can be chosen, and the way back to the line."""
        options = [Option(one, self.answer(interview, fact, one)) for one in readings]
        return [*options, Heading(""), Option(Command.BACK, self.words.say("Type it again"))]

    def ways_on(self, interview: Interview, backwards: bool) -> list[Option]:
        """Return what can be done instead of answering."""
        leave = [Option(Command.LEAVE, self.words.say("Stop working it out"))] if interview.is_working_out else []
        back = [Option(Command.BACK, self.words.say("< Back"))] if backwards else []
        return [*leave, *back, Option(Command.RESULT, self.words.say("Show the result now"))]

    def read_as(self, interview: Interview, fact: str, answer: object) -> str:
        """Say how a typed answer was understood."""
        label = interview.rulebook.subject(fact).wording.label.in_(self.words.language)
        return self.words.say("{label}: read as {value}", label=label, value=self.answer(interview, fact, answer))

    def worked_out(self, before: Interview, after: Interview) -> str:
        """Say what an answer has worked out; an empty text where that was not wanted, or nothing was."""
        if not before.is_working_out:
            return ""
        speech, known = RuleSpeech(self.words, after.rulebook), after.known.values
        found = [fact for fact in known if fact not in after.answers and fact not in before.known.values]
        told = [(speech.label(fact), speech.answer(fact, known[fact])) for fact in found]
        return " ".join(self.words.say("Worked out – {what}: {value}", what=what, value=value) for what, value in told)

    def answer(self, interview: Interview, fact: str, answer: object) -> str:
        """Return an answer as people read it; "not known" for none."""
        if answer is None:
            return self.words.say("not known")
        speech = RuleSpeech(self.words, interview.rulebook)
        return speech.answer(fact, read_answer(interview.rulebook, fact, answer))

    def _why(self, interview: Interview, question: Question) -> str:
        if question.meant_for is not None:
            meant = interview.rulebook.subject(question.meant_for).wording.label.in_(self.words.language)
            return self.words.say("To work out: {what}", what=meant)
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
            return self.words.say(
                "An amount in {currency}, such as 1.2 million; a range is fine.", currency=subject.currency
            )
        if subject.type == "number" and subject.low is not None and subject.high is not None and subject.high < _SCALE:
            # On a short scale, such as a readiness level from 1 to 9, an example of a range would lie outside.
            low, high = self.words.number(subject.low), self.words.number(subject.high)
            return self.words.say("A number from {low} to {high}; a range is fine.", low=low, high=high)
        return self.words.say(_FORMS[subject.type]) if subject.type in _FORMS else ""


def is_listed(subject: Subject) -> bool:
    """Tell whether the answers are few enough to be shown as a list; otherwise a line is typed."""
    return subject.type == "truth" or (subject.type == "choice" and len(subject.choices) <= _LISTED_AT_MOST)
