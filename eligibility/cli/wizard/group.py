"""The part of the wizard that works out a group: enterprise by enterprise, until the figures are used."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from eligibility.cli.entry import Answer, editable, known_range, read_entry
from eligibility.cli.wizard.asker import Asker, Command, Heading, Option, Screen
from eligibility.cli.wizard.group_aid import GroupAid
from eligibility.cli.wizard.group_texts import GroupTexts, unit_of
from eligibility.cli.wizard.mistakes import mistake_text
from eligibility.cli.wizard.readings import readings
from eligibility.cli.wizard.screens import Texts
from eligibility.cli.wizard.turn import Turn
from eligibility.engine.profile import read_value
from eligibility.interview.draft import FIRM, Ask, Draft, share_of
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview, Question
from eligibility.language.fact import LARGEST, Fact, FactShape, Type
from eligibility.language.shape import Text
from eligibility.report.clean import clean_for_terminal
from eligibility.report.speech import RuleSpeech
from eligibility.values.misread import Misread
from eligibility.values.number import too_many_decimals

_OWN = {"employees": "employees", "own_turnover": "turnover", "own_balance_sheet": "balance_sheet"}
# Inhabitants are people, counted in whole numbers; staff are counted in annual work units.
_COUNTED = "inhabitants"
_LONGEST_NAME = 100
_NO_TEXT = Text(de="", en="", ko="")


def begun(answers: Mapping[str, object]) -> Draft:
    """Return an empty draft; the company's own figures that were answered already are not asked for again."""
    return Draft({Ask(figure): answers[fact] for fact, figure in _OWN.items() if fact in answers})


@dataclass(frozen=True, slots=True)
class GroupPart:
    """Asks whether the company stands alone and, where that is wanted, for its group; `aid` is what that received."""

    asker: Asker
    texts: Texts
    aid: GroupAid | None = None

    def stand_alone(self, turn: Turn, question: Question | None, backwards: bool) -> Turn | Command:
        """Ask whether the company stands alone; returns a command that is one of the question behind it."""
        own = self._own(turn.interview)
        screen = own.standing(turn.interview, question, turn.notice)
        start = Basis.WORKED_OUT.value if turn.interview.draft is not None else None
        reply = self.asker.choose(screen, own.standing_options(turn.interview, backwards), start)
        if reply is Command.WHY:
            self.asker.page(screen.heading, [screen.help, "", screen.why])
            return replace(turn, answered=False)
        if isinstance(reply, Command) and reply is not Command.UNKNOWN:
            return reply
        if reply == Basis.WORKED_OUT.value:
            return Turn(turn.interview, reviewing=turn.reviewing, grouping=True)
        # Who does not know is asked for the sums as well: a range of them may be known.
        basis = Basis.ALONE if reply == Basis.ALONE.value else Basis.SUMS
        return Turn(turn.interview.with_group(basis), reviewing=turn.reviewing, answered=True)

    def take(self, turn: Turn) -> Turn:
        """Show the next screen of the group and do what is wanted there."""
        interview = turn.interview
        draft = begun(interview.answers) if interview.draft is None else interview.draft
        ask = draft.question
        if ask is None and turn.viewing is not None:
            return self._view(turn, draft, turn.viewing)
        return self._overview(turn, draft) if ask is None else self._ask(turn, draft, ask)

    # Screens.

    def _ask(self, turn: Turn, draft: Draft, ask: Ask) -> Turn:
        own = self._own(turn.interview)
        screen, options = own.screen(draft, ask, turn.notice), own.options(draft, ask)
        reply = self._type(turn, draft, ask, screen) if options is None else self._choose(draft, ask, screen, options)
        if reply is Command.WHY:
            self.asker.page(screen.heading, [screen.help or screen.heading])
            return replace(turn, answered=False)
        if reply is Command.BACK:
            return self._kept(turn, draft, draft.back())
        if reply is Command.RESULT:
            return replace(self._kept(turn, draft, draft), done=True, grouping=False)
        try:
            return self._kept(turn, draft, draft.answer(None if reply is Command.UNKNOWN else reply))
        except Misread as misread:
            return replace(turn, notice=self._refusal(misread), answered=False)

    def _choose(self, draft: Draft, ask: Ask, screen: Screen, options: list[Option | Heading]) -> Answer | Command:
        before = draft.before(ask)
        return self.asker.choose(screen, options, Command.UNKNOWN if ask in draft.known and before is None else before)

    def _type(self, turn: Turn, draft: Draft, ask: Ask, screen: Screen) -> Answer | Command | None:
        if ask.part == "name":
            return self._name(draft, ask, screen)
        subject, language = _subject(ask.part), self.texts.words.language
        text, error = editable(subject, draft.before(ask), language), ""
        while True:
            typed = self.asker.enter(replace(screen, error=error), text)
            text = typed.text
            if typed.command is not None:
                return typed.command
            if not text.strip():
                return Command.UNKNOWN
            try:
                answer = read_entry(subject, text, language)
                read_value(subject, answer)
                return answer if ask.part != _COUNTED else _in_whole(subject, answer)
            except Misread as misread:
                meant = readings(subject, misread.code, text, language)
                if ask.part == _COUNTED and (whole := [one for one in meant if "." not in str(one).replace("..", "")]):
                    return whole[0]
                if meant and not isinstance(chosen := self._meant(turn.interview, screen, text, ask, meant), Command):
                    return chosen
                speech = RuleSpeech(self.texts.words, turn.interview.rulebook)
                error = mistake_text(speech, subject, misread.code, misread.message, text)

    def _name(self, draft: Draft, ask: Ask, screen: Screen) -> Answer | Command:
        text, error = str(draft.before(ask) or ""), ""
        while True:
            typed = self.asker.enter(replace(screen, error=error), text)
            text = " ".join(clean_for_terminal(typed.text).split())[:_LONGEST_NAME]
            if typed.command is not None:
                return typed.command
            if text:
                return text
            error = self.texts.words.say("A name is needed to tell them apart.")

    def _meant(
        self, interview: Interview, screen: Screen, text: str, ask: Ask, meant: tuple[Answer, ...]
    ) -> Answer | Command:
        say, own = self.texts.words.say, self._own(interview)
        lines = [Option(one, own.quantity(ask.part, one)) for one in meant]
        again = Option(Command.BACK, say("Type it again"))
        asked = Screen(screen.heading, error=say("{text}: what is meant?", text=text.strip()))
        return self.asker.choose(asked, [*lines, Heading(""), again])

    def _overview(self, turn: Turn, draft: Draft) -> Turn:
        own = self._own(turn.interview)
        # After one has been told in full, the next one comes most often.
        start = Command.ADD if not draft.others or turn.answered else Command.CONTINUE
        unplaced = () if self.aid is None else self.aid.unplaced(own.names(draft))
        reply = self.asker.choose(own.overview(draft, turn.notice, unplaced), own.overview_lines(draft), start)
        if isinstance(reply, str):
            return replace(turn, notice="", viewing=int(reply), answered=False)
        if reply is Command.ADD:
            return self._kept(turn, draft, draft.add())
        if reply is Command.CONTINUE:
            return self._used(turn, draft)
        if reply is Command.BACK:
            # Whoever came from all answers returns to them.
            return self._kept(turn, draft, None if turn.reviewing else draft.back())
        if reply is Command.RESULT:
            return replace(self._kept(turn, draft, draft), done=True, grouping=False)
        if reply is Command.SHEET:
            self._show_sheet(turn.interview, draft)
        else:
            screen = own.overview(draft, "")
            self.asker.page(screen.heading, [own.help()])
        return replace(turn, notice="", answered=False)

    def _view(self, turn: Turn, draft: Draft, number: int) -> Turn:
        own = self._own(turn.interview)
        screen = Screen(own.label(draft, number), notice=turn.notice)
        reply = self.asker.choose(screen, own.parts(draft, number))
        if isinstance(reply, str):
            return self._kept(turn, draft, draft.change(draft.of(number)[int(reply)]))
        if reply is Command.ADD and number != FIRM:
            return self._kept(turn, draft, draft.add_holding(number))
        if reply is Command.REMOVE and number != FIRM:
            return self._kept(turn, draft, draft.remove(number))
        if reply is Command.RESULT:
            return replace(self._kept(turn, draft, draft), done=True, grouping=False)
        return replace(turn, notice="", viewing=None, answered=False)

    # What follows.

    def _kept(self, turn: Turn, before: Draft, draft: Draft | None) -> Turn:
        """Return the turn with what is told now; `None`: back to whether there is a group at all."""
        interview = turn.interview
        if draft is None:
            kept = interview if interview.draft == before else interview.drafted(before)
            return Turn(kept, reviewing=turn.reviewing, answered=True)
        if interview.draft != draft:
            interview = interview.drafted(draft)
        viewing = turn.viewing if turn.viewing in draft.numbers and draft.asking is not None else None
        return Turn(interview, reviewing=turn.reviewing, answered=True, grouping=True, viewing=viewing)

    def _used(self, turn: Turn, draft: Draft) -> Turn:
        from eligibility.cli.wizard.group_sheet import found_of
        from eligibility.group.findings import group_findings

        findings = group_findings(found_of(turn.interview, draft, self.aid))
        interview = turn.interview.with_group(Basis.WORKED_OUT, draft, findings)
        return Turn(interview, reviewing=turn.reviewing, answered=True)

    def _show_sheet(self, interview: Interview, draft: Draft) -> None:
        from eligibility.cli.wizard.group_sheet import found_of, sheet_lines

        found = found_of(interview, draft, self.aid)
        heading, lines = sheet_lines(found, interview, self.texts.words.language, self.asker.columns)
        self.asker.page(heading, lines)

    def _refusal(self, misread: Misread) -> str:
        say = self.texts.words.say
        texts = {
            "named-already": say("This name stands in the list already: choose it there to change it."),
            "held-already": say("This holding has been told already: choose it in the list to change it."),
            "over-100": say("Together that would be more than 100 % of one enterprise."),
        }
        return texts[misread.code]

    def _own(self, interview: Interview) -> GroupTexts:
        return GroupTexts(self.texts, interview.rulebook)


def _in_whole(subject: Fact, answer: Answer) -> Answer:
    """Return the whole numbers of a range: up to 4,999 for `under 5000`.

    Raises:
        Misread: "too-many-decimals" where there are none.
    """
    known = share_of(answer)
    low = None if known.low is None else Fraction(ceil(known.low))
    high = None if known.high is None else Fraction(floor(known.high))
    if low is not None and high is not None and low > high:
        raise too_many_decimals(str(answer), 0)
    return known_range(subject, low, high)


def _subject(part: str) -> Fact:
    """Return what a typed line is read as."""
    unit = unit_of(part)
    kind: Type = "money" if unit == "EUR" else "percent" if unit == "percent" else "number"
    currency = unit if kind == "money" else None
    high = LARGEST[kind] / (100 if currency else 1)
    shape = FactShape.model_construct(type=kind, label=_NO_TEXT, question=_NO_TEXT, currency=currency)
    return Fact(
        id=part,
        topic="",
        type=kind,
        currency=currency,
        choices=(),
        form=None,
        low=Fraction(0),
        high=high,
        wording=shape,
        names={},
        spellings={},
    )
