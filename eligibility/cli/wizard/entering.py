"""A typed answer: line by line until it is read, chosen from readings or ranges, or left for something else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eligibility.cli.entry import Answer, editable, read_entry, suggestions
from eligibility.cli.wizard.asker import Asker, Command, Heading, Option, Screen
from eligibility.cli.wizard.mistakes import mistake_text
from eligibility.cli.wizard.ranges import ranges_of
from eligibility.cli.wizard.readings import readings
from eligibility.cli.wizard.screens import Texts
from eligibility.engine.profile import read_answer
from eligibility.interview.interview import Interview, Question
from eligibility.interview.question import lies_in
from eligibility.report.speech import RuleSpeech
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError
from eligibility.values.spelling import unified


@dataclass(frozen=True, slots=True)
class Entered:
    """The interview with the answer; `notice` says how the line was read where that is not what was typed."""

    interview: Interview
    notice: str


@dataclass(frozen=True, slots=True)
class Entering:
    """One question for which a line is typed; `backwards`: there is something to go back to."""

    asker: Asker
    texts: Texts
    interview: Interview
    question: Question
    backwards: bool

    def run(self, notice: str) -> Entered | Command:
        """Ask until there is an answer, or something else is wanted."""
        first = text = self._before()
        names = suggestions(self.question.subject, self._language)
        error = ""
        while True:
            typed = self.asker.enter(self._screen(notice, error), text, names)
            text, error = typed.text, ""
            if typed.command is Command.WHY:
                self.explain()
            elif typed.command is Command.RANGE:
                chosen = self._choose_range()
                if chosen is not Command.EXACT:
                    return chosen if isinstance(chosen, Command) else Entered(self._answered(chosen), "")
            elif typed.command is not None:
                return typed.command
            elif not text.strip() or (self.question.narrows and text == first):
                return Command.UNKNOWN
            else:
                entered = self._read(text)
                if not isinstance(entered, str):
                    return entered
                error = entered

    def explain(self) -> None:
        """Show why it is asked."""
        from eligibility.cli.wizard.reasons import reasons

        self.asker.page(self.question.text(self._language), reasons(self.texts, self.interview, self.question))

    @property
    def _language(self) -> str:
        return self.texts.words.language

    def _before(self) -> str:
        # Of two halves an exact number is wanted: the range would only have to be deleted.
        if self.question.halves is not None:
            return ""
        return editable(self.question.subject, self.question.before, self._language)

    def _screen(self, notice: str, error: str) -> Screen:
        make = self.texts.refining if self.question.narrows else self.texts.question
        return make(self.interview, self.question, notice, error)

    def _read(self, text: str) -> Entered | Command | str:
        """Return the interview with what a line says, a command given meanwhile, or why the line was not taken."""
        subject = self.question.subject
        try:
            answer = read_entry(subject, text, self._language)
            plain = {str(answer), editable(subject, answer, self._language)}
            return Entered(self._answered(answer), "" if unified(text) in plain else self._read_as(answer))
        except Misread as misread:
            code, message = misread.code, misread.message
        except AnswerError as refused:
            code, message = refused.problems[0].code, refused.problems[0].message
        meant = readings(subject, code, text, self._language)
        chosen = self._choose_reading(text, meant) if meant else Command.BACK
        if not isinstance(chosen, Command):
            return Entered(self._answered(chosen), self._read_as(chosen))
        if chosen is Command.RESULT:
            return chosen
        return mistake_text(RuleSpeech(self.texts.words, self.interview.rulebook), subject, code, message, text)

    def _answered(self, answer: Answer) -> Interview:
        fact = self.question.fact
        if self.question.narrows and not self._narrows(answer):
            # Outside the range given before: so that range was wrong.
            return self.interview.change(fact).answer(answer)
        return self.interview.answer(answer)

    def _narrows(self, answer: Answer) -> bool:
        rulebook, fact = self.interview.rulebook, self.question.fact
        known = read_answer(rulebook, fact, self.interview.told[fact])
        return lies_in(read_answer(rulebook, fact, answer), known)

    def _read_as(self, answer: Answer) -> str:
        return self.texts.read_as(self.interview, self.question.fact, answer)

    def _choose_range(self) -> Answer | Command:
        ranges = ranges_of(self.interview.rulebook, self.question)
        if not ranges:
            return Command.EXACT
        lines = self.texts.range_options(self.interview, self.question, ranges, self.backwards)
        # Without the help, which stands behind `?`, so that on a small screen the list has room.
        screen = replace(self.texts.question(self.interview, self.question, "", ""), help="", form="", ranges=False)
        return self._choose(screen, lines)

    def _choose_reading(self, text: str, meant: Sequence[Answer]) -> Answer | Command:
        screen = Screen(
            heading=self.question.text(self._language),
            count=self.texts.count(self.interview),
            error=self.texts.words.say("{text}: what is meant?", text=text.strip()),
        )
        return self._choose(screen, self.texts.reading_options(self.interview, self.question.fact, meant))

    def _choose(self, screen: Screen, lines: Sequence[Option | Heading]) -> Answer | Command:
        while (reply := self.asker.choose(screen, lines)) is Command.WHY:
            self.explain()
        return reply
