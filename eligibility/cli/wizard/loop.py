"""The wizard: goes through an interview with whoever asks, until the result is wanted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from eligibility.cli.entry import Answer, editable, read_entry, suggestions
from eligibility.cli.wizard.asker import Asker, Command
from eligibility.cli.wizard.mistakes import mistake_text
from eligibility.cli.wizard.review import review_lines, review_screen
from eligibility.cli.wizard.screens import Texts, is_listed
from eligibility.interview.interview import Interview, Question
from eligibility.report.speech import RuleSpeech
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError
from eligibility.values.spelling import unified
from eligibility.words import Words

Save = Callable[[Interview], object]


class WizardLeft(Exception):
    """The user left before the result; `interview` holds the answers so far."""

    def __init__(self, interview: Interview) -> None:
        super().__init__("the wizard was left before the result")
        self.interview = interview


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the wizard stands: `notice` is told once, `reviewing` returns to the answers, `answered` is saved."""

    interview: Interview
    notice: str = ""
    reviewing: bool = False
    answered: bool = False
    done: bool = False


def run_loop(interview: Interview, asker: Asker, words: Words, save: Save | None) -> Interview:
    """Ask until nothing is left or the result is wanted; `save` is called after each answer.

    Raises:
        WizardLeft: the user pressed Ctrl-C or Ctrl-D.
    """
    wizard = _Wizard(asker, Texts(words))
    turn = Turn(interview, words.say("Every question may be left open. Nothing leaves this computer."))
    try:
        while not turn.done:
            turn = wizard.take(turn)
            if turn.answered and save is not None:
                save(turn.interview)
    except (KeyboardInterrupt, EOFError):
        raise WizardLeft(turn.interview) from None
    return turn.interview


@dataclass(frozen=True, slots=True)
class _Wizard:
    asker: Asker
    texts: Texts

    def take(self, turn: Turn) -> Turn:
        """Show the next screen and do what is wanted there."""
        question = turn.interview.question
        if question is None or (turn.reviewing and turn.interview.asking is None):
            return self._review(turn)
        return self._pick(turn, question) if is_listed(question.subject) else self._type(turn, question)

    def _pick(self, turn: Turn, question: Question) -> Turn:
        screen = self.texts.question(turn.interview, question, turn.notice, "")
        lines = self.texts.options(question, _can_go_back(turn.interview))
        start = Command.UNKNOWN if question.fact in _left_open(turn.interview) else question.before
        reply = self.asker.choose(screen, lines, start)
        if isinstance(reply, Command):
            return self._obey(turn, question, reply)
        return Turn(turn.interview.answer(reply), reviewing=turn.reviewing, answered=True)

    def _type(self, turn: Turn, question: Question) -> Turn:
        language, error = self.texts.words.language, ""
        text = editable(question.subject, question.before, language)
        names = suggestions(question.subject, language)
        while True:
            screen = self.texts.question(turn.interview, question, turn.notice, error)
            typed = self.asker.enter(screen, text, names)
            text = typed.text
            if typed.command is Command.WHY:
                self._explain(turn, question)
            elif typed.command is not None:
                return self._obey(turn, question, typed.command)
            elif not text.strip():
                return self._obey(turn, question, Command.UNKNOWN)
            else:
                try:
                    answer = read_entry(question.subject, text, language)
                    return self._typed(turn, question, text, answer)
                except Misread as misread:
                    error = self._mistake(turn, question, misread.code, misread.message, text)
                except AnswerError as refused:
                    problem = refused.problems[0]
                    error = self._mistake(turn, question, problem.code, problem.message, text)

    def _typed(self, turn: Turn, question: Question, text: str, answer: Answer) -> Turn:
        interview = turn.interview.answer(answer)
        plain = {str(answer), editable(question.subject, answer, self.texts.words.language)}
        told = "" if unified(text) in plain else self.texts.read_as(interview, question.fact, answer)
        return Turn(interview, told, turn.reviewing, answered=True)

    def _mistake(self, turn: Turn, question: Question, code: str, message: str, text: str) -> str:
        speech = RuleSpeech(self.texts.words, turn.interview.rulebook)
        return mistake_text(speech, question.subject, code, message, text)

    def _obey(self, turn: Turn, question: Question, command: Command) -> Turn:
        if command is Command.UNKNOWN:
            return Turn(turn.interview.skip(), reviewing=turn.reviewing, answered=True)
        if command is Command.WHY:
            self._explain(turn, question)
            return replace(turn, answered=False)
        if command is Command.BACK:
            return self._back(turn)
        return replace(turn, done=True, answered=False)

    def _explain(self, turn: Turn, question: Question) -> None:
        heading = question.text(self.texts.words.language)
        self.asker.page(heading, self.texts.reasons(turn.interview, question))

    def _back(self, turn: Turn) -> Turn:
        interview = turn.interview
        if interview.steps or _is_changing(interview):
            return Turn(interview.back(), reviewing=turn.reviewing)
        # Nothing was asked before, but what was known from the start can be looked at and changed.
        notice = "" if interview.answers else self.texts.words.say("This is the first question.")
        return Turn(interview.back(), notice, reviewing=bool(interview.answers))

    def _review(self, turn: Turn) -> Turn:
        interview = turn.interview
        screen = review_screen(self.texts, interview, turn.notice)
        reply = self.asker.choose(screen, review_lines(self.texts, interview, bool(interview.steps)))
        if isinstance(reply, str):
            return Turn(interview.change(reply), reviewing=turn.reviewing)
        if reply is Command.CONTINUE:
            return Turn(interview)
        if reply is Command.BACK and interview.steps:
            return Turn(interview.back())
        return Turn(interview, reviewing=turn.reviewing, done=reply is Command.RESULT)


def _is_changing(interview: Interview) -> bool:
    return interview.asking is not None and interview.asking not in interview.left


def _can_go_back(interview: Interview) -> bool:
    return bool(interview.steps or interview.answers) or interview.asking is not None


def _left_open(interview: Interview) -> set[str]:
    taken_back = {fact for fact, answer in interview.left.items() if answer is None}
    return taken_back | (interview.skipped - set(interview.left))
