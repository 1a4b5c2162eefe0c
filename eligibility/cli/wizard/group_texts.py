"""The texts of the screens on which a group is worked out, enterprise by enterprise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.cli.wizard.asker import Command, Heading, Option, Screen
from eligibility.cli.wizard.screens import Texts
from eligibility.interview.draft import (
    CONTROLS,
    FIGURES,
    FIRM,
    INVESTORS,
    KINDS,
    NOBODY,
    OTHERS,
    OURS,
    Ask,
    Draft,
    Relation,
    share_of,
)
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview, Question
from eligibility.report.clean import clean_for_terminal
from eligibility.report.speech import RuleSpeech
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words

_FIGURES = {
    "employees": "{name}: employees as full-time equivalents, last financial year",
    "turnover": "{name}: turnover of the last closed financial year",
    "balance_sheet": "{name}: balance sheet total at the end of that year",
    "employees_previous": "{name}: employees as full-time equivalents, one year earlier",
    "turnover_previous": "{name}: turnover one year earlier",
    "balance_sheet_previous": "{name}: balance sheet total one year earlier",
    "budget": "{name}: annual budget",
    "inhabitants": "{name}: inhabitants",
}
_ITS_OWN = "Its own accounts alone, without other enterprises; employees with working owners, without apprentices."
_OWN_NAME = "It stands on the sheet, and tells the company from the others."
_LABELS = {
    "name": "Name",
    "kind": "Kind",
    "investor": "Kind of investor",
    "relation": "Holding",
    "with": "Holding with",
    "capital": "Share of the capital",
    "votes": "Share of the votes",
    "control": "Control by other means",
    "involved": "Part in the management",
    "invested": "Invested amount",
    "acts_with": "Acts jointly",
    "market": "Market",
    "employees": "Employees",
    "turnover": "Turnover",
    "balance_sheet": "Balance sheet total",
    "employees_previous": "Employees, one year earlier",
    "turnover_previous": "Turnover, one year earlier",
    "balance_sheet_previous": "Balance sheet total, one year earlier",
    "budget": "Annual budget",
    "inhabitants": "Inhabitants",
}
_WORDS = {
    "enterprise": "an enterprise",
    "person": "a natural person",
    "public_body": "a public body",
    "investor": "an investor of a special kind, such as a fund or a university",
    "public_investor": "a public investment corporation",
    "venture_capital": "a venture capital company",
    "business_angel": "a business angel",
    "research": "a university or a non-profit research centre",
    "institutional": "an institutional investor or a regional development fund",
    "local_authority": "a local authority with a budget below EUR 10 million and fewer than 5,000 inhabitants",
    "appoints": "yes: may appoint or remove most of the board",
    "dominant": "yes: dominant influence by contract or articles",
    "agreement": "yes: majority of the votes by agreement with others",
}
_ASKED = {
    "kind": "What is {name}?",
    "investor": "Which of these is {name}?",
    "relation": "How does {name} belong to the group?",
    "acts_with": "Does {name} act jointly with another person?",
    "market": "On which market is {name} active?",
}
_ASKED_OF_TIE = {
    "capital": "What share of the capital of {held} does {holder} hold?",
    "votes": "What share of the votes in {held} does {holder} have?",
    "control": "Does {holder} control {held} in another way than by its own votes?",
    "involved": "Does {holder} take part in the management of {held}?",
    "invested": "How much has {holder} invested in {held}?",
}
_HELP = {
    "name": (
        "One enterprise, person or public body after the other: who holds 25 % or more of the company or controls it, "
        "in what it holds 25 % or more itself, and whoever controls those or is controlled by them. Also other firms "
        "of the persons who control the company."
    ),
    "votes": "Often the same share as of the capital.",
    "control": "Such rights make the two linked enterprises even without a majority, so that everything counts.",
    "acts_with": "Such as spouses, families or partners who decide together in several firms.",
    "market": (
        "Firms under the same persons are linked only if they are active on the same market or on adjacent ones, "
        "directly before or behind each other."
    ),
    "involved": "An investor who stays out of the management is presumed to have no dominant influence.",
}
_STANDING_HELP = (
    "It does if no other enterprise or public body holds 25 % or more of its capital or votes or controls it, and it "
    "neither holds 25 % or more of another enterprise nor controls one. Other firms of the persons who control it "
    "count too, if they are active on the same market or an adjacent one."
)


_SHARES = ("capital", "votes")
_MOST_NAMED = 3


def unit_of(part: str) -> str:
    """Return the unit of what is typed: a currency, `percent` or `number`."""
    if part in _SHARES:
        return "percent"
    return "number" if part.startswith("employees") or part == "inhabitants" else "EUR"


def _listed(names: Sequence[str]) -> str:
    shown = [clean_for_terminal(name) for name in names[:_MOST_NAMED]]
    return ", ".join([*shown, *(["…"] if len(names) > _MOST_NAMED else [])])


@dataclass(frozen=True, slots=True)
class GroupTexts:
    """Puts what is asked about a group into words."""

    texts: Texts
    rulebook: Rulebook

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return self.texts.words

    def standing(self, interview: Interview, question: Question | None, notice: str) -> Screen:
        """Return the screen on which it is asked whether the company stands alone; `question` is the one behind it."""
        say = self.words.say
        heading = say("Does the company stand alone, without partner or linked enterprises?")
        why = "" if question is None else self.texts.question(interview, question, "", "").why
        return Screen(heading, self.texts.count(interview), notice, say(_STANDING_HELP), why=why)

    def standing_options(self, interview: Interview, backwards: bool) -> list[Option | Heading]:
        """Return the ways to tell the group."""
        say = self.words.say
        return [
            Option(Basis.ALONE.value, say("Yes, it stands alone")),
            Option(Basis.SUMS.value, say("No, and I know the sums of the group")),
            Option(Basis.WORKED_OUT.value, say("No, work the sums out with me")),
            Option(Command.UNKNOWN, say("I do not know")),
            Heading(""),
            *self.texts.ways_on(interview, backwards),
        ]

    def label(self, draft: Draft, number: int) -> str:
        """Return what an enterprise is called."""
        name = draft.told("name", number)
        return self.words.say("Enterprise {n}", n=str(number + 1)) if name is None else str(name)

    def screen(self, draft: Draft, ask: Ask, notice: str) -> Screen:
        """Return the screen of one thing to be told."""
        form = "" if self.options(draft, ask) is not None else self.form(ask.part)
        return Screen(
            self.heading(draft, ask), notice=notice, help=self._help(ask), form=form, filled=ask.part == "name"
        )

    def _help(self, ask: Ask) -> str:
        say = self.words.say
        if ask == Ask("name"):
            return say(_OWN_NAME)
        if ask.part in FIGURES:
            return say(_ITS_OWN)
        return say(_HELP[ask.part]) if ask.part in _HELP else ""

    def form(self, part: str) -> str:
        """Return what can be typed."""
        say, unit = self.words.say, unit_of(part)
        if part == "name":
            return ""
        if unit == "EUR":
            return say("An amount in {currency}, such as 1.2 million; a range is fine.", currency=unit)
        if unit == "percent":
            return say("A percentage such as 12.5; a range such as 10-25 is fine.")
        return say("A number; a range such as 50-249 is fine.")

    def options(self, draft: Draft, ask: Ask) -> list[Option | Heading] | None:
        """Return what can be chosen; `None` where a line is typed."""
        answers = self._answers(draft, ask)
        if answers is None:
            return None
        say = self.words.say
        ways: list[Option | Heading] = [Heading(""), Option(Command.BACK, say("< Back"))]
        if ask.part in ("relation", "with"):
            # Nothing can be worked out of a holding of which nobody knows between whom it is.
            return [*answers, *ways]
        return [*answers, Option(Command.UNKNOWN, say("I do not know")), *ways]

    def help(self) -> str:
        """Return who is to be named."""
        return self.words.say(_HELP["name"])

    def names(self, draft: Draft) -> list[str]:
        """Return what the enterprises are called, as far as that has been told."""
        return [str(name) for number in draft.numbers if (name := draft.told("name", number)) is not None]

    def overview(self, draft: Draft, notice: str, unplaced: Sequence[str] = ()) -> Screen:
        """Return the screen that shows who has been named; `unplaced` are recipients of aid who have not been."""
        say = self.words.say
        text = self.help() if not draft.others else say("Choose one to change it. The sheet shows what counts.")
        if unplaced:
            listed = _listed(unplaced)
            more = say(
                "The list of aid also names {names}. Who belongs to the group must be called so here.", names=listed
            )
            text = f"{text} {more}"
        return Screen(say("The group of the company"), notice=notice, help=text)

    def overview_lines(self, draft: Draft) -> list[Option | Heading]:
        """Return what can be done with the group."""
        say = self.words.say
        add = Option(Command.ADD, say("Name another one") if draft.others else say("Name the first one"))
        on = Option(Command.CONTINUE, say("Everybody is named: use these figures"))
        sheet = Option(Command.SHEET, say("Show the derivation sheet"))
        rows = [Option(str(number), self.summary(draft, number)) for number in draft.numbers]
        return [add, on, sheet, Option(Command.BACK, say("< Back")), Heading(""), *rows]

    def summary(self, draft: Draft, number: int) -> str:
        """Return an enterprise with its holdings on one line."""
        name = self.label(draft, number)
        ties = [self._tie(draft, number, tie) for of, tie in draft.ties if of == number]
        return " | ".join([name, *(text for text in ties if text)])

    def parts(self, draft: Draft, number: int) -> list[Option | Heading]:
        """Return all that was told of one enterprise as what can be changed."""
        say = self.words.say
        rows: list[Option | Heading] = [
            Option(str(place), self._row(draft, ask)) for place, ask in enumerate(draft.of(number))
        ]
        if number == FIRM:
            return [*rows, Heading(""), Option(Command.BACK, say("< Back"))]
        more = [Option(Command.ADD, say("Add another holding")), Option(Command.REMOVE, say("Remove it"))]
        return [*rows, Heading(""), *more, Option(Command.BACK, say("< Back"))]

    def _row(self, draft: Draft, ask: Ask) -> str:
        label = self.words.say(_LABELS[ask.part])
        return self.words.say("{what}: {value}", what=label, value=self.value(draft, ask))

    def value(self, draft: Draft, ask: Ask) -> str:
        """Return what was told as people read it."""
        value = draft.known.get(ask)
        if value is None:
            return self.words.say("not known")
        answers = self._answers(draft, ask) or []
        named = [line.label for line in answers if isinstance(line, Option) and line.value == value]
        if named or ask.part == "name":
            return named[0] if named else str(value)
        return self.quantity(ask.part, value)

    def quantity(self, part: str, value: object) -> str:
        """Return a number or a known range as people read it."""
        unit = unit_of(part)
        known = share_of(value)
        if unit == "percent":
            known = known.divided_by(Fraction(100))
        return RuleSpeech(self.words, self.rulebook).interval(known, unit)

    def heading(self, draft: Draft, ask: Ask) -> str:
        """Return the question."""
        say, name = self.words.say, self.label(draft, ask.of)
        if ask.part == "name":
            if ask.of == FIRM:
                return say("What is the company called?")
            return say("Who belongs to the group? Name one.")
        if ask.part in _FIGURES:
            return say(_FIGURES[ask.part], name=name)
        if ask.part in _ASKED:
            return say(_ASKED[ask.part], name=name)
        if ask.part == "with":
            holds = draft.told("relation", ask.of, ask.tie) == Relation.HOLDS_OTHER
            return say("In which one does {name} hold shares?" if holds else "Who holds shares in {name}?", name=name)
        holder, held = draft.holds(ask.of, ask.tie) or (ask.of, FIRM)
        return say(_ASKED_OF_TIE[ask.part], holder=self.label(draft, holder), held=self.label(draft, held))

    def _answers(self, draft: Draft, ask: Ask) -> list[Option | Heading] | None:
        say = self.words.say
        choices = {"kind": KINDS, "investor": INVESTORS}.get(ask.part)
        if choices is not None:
            return [Option(choice, say(_WORDS[choice])) for choice in choices]
        if ask.part == "control":
            yes = [Option(choice, say(_WORDS[choice])) for choice in CONTROLS if choice != NOBODY]
            return [Option(NOBODY, say("no")), *yes]
        if ask.part == "involved":
            return [Option(True, say("yes")), Option(False, say("no"))]
        make = {"relation": self._relations, "with": self._with, "acts_with": self._jointly, "market": self._markets}
        return list(make[ask.part](draft, ask)) if ask.part in make else None

    def _relations(self, draft: Draft, ask: Ask) -> Iterator[Option]:
        say, name = self.words.say, self.label(draft, ask.of)
        held, others = draft.can_be_held(ask.of), len(draft.others) > 1
        yield Option(Relation.HOLDS_US.value, say("{name} holds shares in your company", name=name))
        if held:
            yield Option(Relation.HELD_BY_US.value, say("Your company holds shares in {name}", name=name))
        if others and any(draft.can_be_held(other) for other in draft.others if other != ask.of):
            yield Option(Relation.HOLDS_OTHER.value, say("{name} holds shares in another one named here", name=name))
        if others and held:
            yield Option(Relation.HELD_BY_OTHER.value, say("Another one named here holds shares in {name}", name=name))

    def _with(self, draft: Draft, ask: Ask) -> Iterator[Option]:
        holds = draft.told("relation", ask.of, ask.tie) == Relation.HOLDS_OTHER
        for other in draft.others:
            if other != ask.of and (draft.can_be_held(other) or not holds):
                yield Option(str(other), self.label(draft, other))

    def _jointly(self, draft: Draft, ask: Ask) -> Iterator[Option]:
        yield Option(NOBODY, self.words.say("no"))
        for other in draft.persons():
            if other < ask.of:
                yield Option(str(other), self.words.say("with {name}", name=self.label(draft, other)))

    def _markets(self, draft: Draft, ask: Ask) -> Iterator[Option]:
        say = self.words.say
        yield Option(OURS, say("The same as your company, or an adjacent one"))
        for other in draft.others:
            if other < ask.of and draft.told("market", other) == OTHERS:
                label = self.label(draft, other)
                yield Option(str(other), say("The same as {name}, or an adjacent one", name=label))
        yield Option(OTHERS, say("Another one"))

    def _tie(self, draft: Draft, number: int, tie: int) -> str:
        ends = draft.holds(number, tie)
        if ends is None:
            return ""
        share = self.value(draft, Ask("votes", number, tie))
        return f"{self.label(draft, ends[0])} > {self.label(draft, ends[1])}: {share}"
