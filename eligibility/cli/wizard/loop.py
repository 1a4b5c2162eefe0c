"""The wizard: goes through an interview with whoever asks, until the result is wanted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Asker, Command
from eligibility.cli.wizard.entering import Entered, Entering
from eligibility.cli.wizard.group import GroupPart
from eligibility.cli.wizard.group_aid import GroupAid
from eligibility.cli.wizard.review import review_lines, review_screen
from eligibility.cli.wizard.screens import Texts, is_listed
from eligibility.cli.wizard.turn import Turn
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview, Question
from eligibility.words import Words

Save = Callable[[Interview], object]


class WizardLeft(Exception):
    """The user left before the result; `interview` holds the answers so far."""

    def __init__(self, interview: Interview) -> None:
        super().__init__("the wizard was left before the result")
        self.interview = interview


def run_loop(
    interview: Interview,
    asker: Asker,
    words: Words,
    save: Save | None,
    notice: str = "",
    aid: GroupAid | None = None,
) -> Interview:
    """Ask until nothing is left or the result is wanted; `save` is called after each answer.

    `notice` is told on the first screen, besides that nothing has to be answered; `aid` counts with the group told.

    Raises:
        WizardLeft: the user pressed Ctrl-C or Ctrl-D.
    """
    texts = Texts(words)
    wizard = _Wizard(asker, texts, GroupPart(asker, texts, aid))
    free = words.say("Every question may be left open. Nothing leaves this computer.")
    turn = Turn(interview, f"{free} {notice}".strip())
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
    group: GroupPart

    def take(self, turn: Turn) -> Turn:
        """Show the next screen and do what is wanted there; what that works out is told on the screen after it."""
        after = self._taken(turn)
        told = self.texts.worked_out(turn.interview, after.interview)
        return replace(after, notice=f"{after.notice} {told}".strip()) if told else after

    def _taken(self, turn: Turn) -> Turn:
        if turn.grouping:
            return self.group.take(turn)
        question = turn.interview.question
        if question is None or (turn.reviewing and turn.interview.asking is None):
            return self._review(turn)
        if turn.interview.asks_for_group:
            reply = self.group.stand_alone(turn, question, _can_go_back(turn.interview))
            return self._obey(turn, question, reply) if isinstance(reply, Command) else reply
        if question.halves is not None:
            return self._halve(turn, question, question.halves)
        return self._pick(turn, question) if is_listed(question.subject) else self._type(turn, question)

    def _pick(self, turn: Turn, question: Question) -> Turn:
        screen = self.texts.question(turn.interview, question, turn.notice, "")
        lines = self.texts.options(turn.interview, question, _can_go_back(turn.interview))
        start = Command.UNKNOWN if question.fact in _left_open(turn.interview) else question.before
        return self._picked(turn, question, self.asker.choose(screen, lines, start))

    def _halve(self, turn: Turn, question: Question, halves: tuple[str, str]) -> Turn:
        screen = self.texts.halves(turn.interview, question, turn.notice)
        lines = self.texts.range_options(turn.interview, question, halves, _can_go_back(turn.interview))
        reply = self.asker.choose(screen, lines)
        if reply is not Command.EXACT:
            return self._picked(turn, question, reply)
        return self._type(replace(turn, notice=""), question, within=True)

    def _picked(self, turn: Turn, question: Question, reply: Answer | Command) -> Turn:
        if isinstance(reply, Command):
            return self._obey(turn, question, reply)
        return Turn(turn.interview.answer(reply), reviewing=turn.reviewing, answered=True)

    def _type(self, turn: Turn, question: Question, *, within: bool = False) -> Turn:
        """Take a typed answer; `within`: from the screen of two ranges, to which going back returns."""
        entered = self._entering(turn, question).run(turn.notice)
        if isinstance(entered, Entered):
            return Turn(entered.interview, entered.notice, turn.reviewing, answered=True)
        if within and entered is Command.BACK:
            return replace(turn, answered=False)
        return self._obey(turn, question, entered)

    def _entering(self, turn: Turn, question: Question) -> Entering:
        return Entering(self.asker, self.texts, turn.interview, question, _can_go_back(turn.interview))

    def _obey(self, turn: Turn, question: Question, command: Command) -> Turn:
        if command is Command.UNKNOWN:
            return Turn(turn.interview.skip(), reviewing=turn.reviewing, answered=True)
        if command is Command.WHY:
            self._entering(turn, question).explain()
            return replace(turn, answered=False)
        if command is Command.BACK:
            return self._back(turn)
        if command is Command.WORK_OUT:
            # What it needs is asked at once, also from among the answers that are looked at.
            return Turn(turn.interview.work_out(), answered=True)
        if command is Command.LEAVE:
            return Turn(turn.interview.leave())
        return replace(turn, done=True, answered=False)

    def _back(self, turn: Turn) -> Turn:
        interview = turn.interview
        known = interview.steps or interview.group is not None or interview.is_working_out
        if known or _is_changing(interview):
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
        if reply is Command.GROUP:
            return self._regroup(turn)
        if reply is Command.CONTINUE:
            return Turn(interview)
        if reply is Command.BACK and interview.steps:
            return Turn(interview.back())
        return Turn(interview, reviewing=turn.reviewing, done=reply is Command.RESULT)

    def _regroup(self, turn: Turn) -> Turn:
        """Ask anew what group there is, or go on with the one that was worked out."""
        interview = turn.interview
        if interview.group is not None and interview.group.basis is Basis.WORKED_OUT:
            return Turn(interview, reviewing=True, grouping=True)
        reply = self.group.stand_alone(replace(turn, reviewing=True), interview.question, backwards=True)
        if isinstance(reply, Command):
            return Turn(interview, reviewing=turn.reviewing, done=reply is Command.RESULT)
        return reply


def _is_changing(interview: Interview) -> bool:
    return interview.asking is not None and interview.asking not in interview.left


def _can_go_back(interview: Interview) -> bool:
    told = bool(interview.steps or interview.answers) or interview.group is not None
    return told or interview.asking is not None or interview.is_working_out


def _left_open(interview: Interview) -> set[str]:
    taken_back = {fact for fact, answer in interview.left.items() if answer is None}
    return taken_back | (interview.skipped - set(interview.left))
