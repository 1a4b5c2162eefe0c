"""The group of a company as it is asked for, enterprise by enterprise: each step returns a new draft.

Nothing here knows the rules or adds anything up; `ownership` makes rows of a structure of what was told.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.number import parse_number
from eligibility.values.ranges import parse_range

FIRM = 0
"""The number of the company that the group is worked out for."""
FIGURES = tuple(
    f"{figure}{period}" for period in ("", "_previous") for figure in ("employees", "turnover", "balance_sheet")
)
INVESTORS = (
    "public_investor",
    "venture_capital",
    "business_angel",
    "research",
    "institutional",
    "local_authority",
)
PERSON, PUBLIC_BODY, ENTERPRISE, INVESTOR = "person", "public_body", "enterprise", "investor"
KINDS = (ENTERPRISE, PERSON, PUBLIC_BODY, INVESTOR)
NOBODY = "none"
"""Control by no other means; a person who acts with nobody."""
CONTROLS = (NOBODY, "appoints", "dominant", "agreement")
OURS, OTHERS = "ours", "others"
"""The market of the company, or a market of its own."""


class Relation(enum.StrEnum):
    """Who holds the shares of whom; `OTHER` is one that was named already."""

    HOLDS_US = "holds_us"
    HELD_BY_US = "held_by_us"
    HOLDS_OTHER = "holds_other"
    HELD_BY_OTHER = "held_by_other"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be told: a part of an enterprise (by its number), or of one of its holdings."""

    part: str
    of: int = FIRM
    tie: int = 0


@dataclass(frozen=True)
class Draft:
    """What has been told of a group.

    `known` holds each thing that was told, `None` where it was left open: figures and shares in the notation of
    answers, all else as words. `numbers` are the enterprises, `ties` their holdings as (enterprise, number). `asked` is
    the way so far, for going back; `left` what was taken back; `asking` is asked again.
    """

    known: Mapping[Ask, object] = field(default_factory=dict)
    numbers: tuple[int, ...] = (FIRM,)
    ties: tuple[tuple[int, int], ...] = ()
    asked: tuple[Ask, ...] = ()
    left: Mapping[Ask, object] = field(default_factory=dict)
    asking: Ask | None = None

    @property
    def question(self) -> Ask | None:
        """Return what to ask next; `None` when all is told of those that have been named."""
        if self.asking is not None:
            return self.asking
        return next((ask for ask in self.wanted() if ask not in self.known), None)

    @property
    def others(self) -> tuple[int, ...]:
        """Return the enterprises, persons and bodies besides the company."""
        return self.numbers[1:]

    @property
    def is_changing(self) -> bool:
        """Whether something is asked again that was told before."""
        return self.asking is not None and self.asking in self.known

    def told(self, part: str, of: int = FIRM, tie: int = 0) -> Any:
        """Return what was told; `None` where nothing was."""
        return self.known.get(Ask(part, of, tie))

    def before(self, ask: Ask) -> object:
        """Return the answer to begin with: what was told or taken back; the share of capital for that of votes."""
        if ask in self.known or ask in self.left:
            return self.known.get(ask, self.left.get(ask))
        return self.told("capital", ask.of, ask.tie) if ask.part == "votes" else None

    def kind(self, number: int) -> str | None:
        """Return what an enterprise is, as a structure names it."""
        if number == FIRM:
            return ENTERPRISE
        told = self.told("kind", number)
        found = self.told("investor", number) if told == INVESTOR else told
        return None if found is None else str(found)

    def holds(self, number: int, tie: int) -> tuple[int, int] | None:
        """Return holder and held of a holding, as far as that is told."""
        relation, other = self.told("relation", number, tie), self.told("with", number, tie)
        if relation == Relation.HOLDS_US:
            return number, FIRM
        if relation == Relation.HELD_BY_US:
            return FIRM, number
        if other is None:
            return None
        return (number, int(other)) if relation == Relation.HOLDS_OTHER else (int(other), number)

    # Steps.

    def answer(self, value: object) -> "Draft":
        """Tell what is asked for; `None` leaves it open.

        Raises:
            Misread: it does not go with what was told before.
        """
        ask = self.question
        assert ask is not None
        if value is not None:
            self._check(ask, value)
        known = self._fitting({**self.known, ask: value}, ask)
        # What was removed, and named anew, is asked anew: its old place on the way does not count.
        asked = self.asked if ask in self.known else (*(other for other in self.asked if other != ask), ask)
        left = {other: answer for other, answer in self.left.items() if other != ask}
        return replace(self, known=known, asked=asked, left=left, asking=None)

    def add(self) -> "Draft":
        """Name one more."""
        number = max(self.numbers) + 1
        return replace(self, numbers=(*self.numbers, number), ties=(*self.ties, (number, 0)), asking=None)

    def add_holding(self, number: int) -> "Draft":
        """Tell of one more holding."""
        tie = max((tie for of, tie in self.ties if of == number), default=-1) + 1
        return replace(self, ties=(*self.ties, (number, tie)), asking=None)

    def change(self, ask: Ask) -> "Draft":
        """Ask this again."""
        return replace(self, asking=ask)

    def remove(self, number: int) -> "Draft":
        """Take an enterprise away, with all holdings of it and in it."""
        gone = {(of, tie) for of, tie in self.ties if of == number or number in (self.holds(of, tie) or ())}
        known = {ask: value for ask, value in self.known.items() if ask.of != number and not _of_tie(ask, gone)}
        # Whoever has no holding left is asked for one.
        kept = [one for one in self.ties if one not in gone]
        numbers = tuple(one for one in self.numbers if one != number)
        bare = [(one, 0) for one in numbers[1:] if all(of != one for of, _ in kept)]
        return replace(self, known=known, numbers=numbers, ties=(*kept, *bare), asking=None)

    def back(self) -> "Draft | None":
        """Return to what was asked before; `None` at the beginning."""
        if self.is_changing:
            return replace(self, asking=None)
        question = self.question
        if question is not None and question.of != FIRM and self._just_begun(question):
            return self._without(question)
        wanted = set(self.wanted())
        # What has lost its place since, as the part of one that was removed, is not returned to.
        asked = tuple(ask for ask in self.asked if ask in wanted and ask in self.known)
        if not asked:
            return None
        last = asked[-1]
        left = {**self.left, last: self.known[last]}
        known = {ask: value for ask, value in self.known.items() if ask != last}
        return replace(self, known=known, asked=asked[:-1], left=left, asking=last)

    # What is wanted.

    def wanted(self) -> Iterator[Ask]:
        """Yield all that is to be told, in order; what depends on what is not told yet is left out."""
        yield Ask("name")
        yield from (Ask(figure) for figure in FIGURES)
        for number in self.others:
            yield from self._of(number)
        yield from self._markets()

    def of(self, number: int) -> tuple[Ask, ...]:
        """Return all that is to be told of one enterprise."""
        return tuple(ask for ask in self.wanted() if ask.of == number)

    def is_counted(self, number: int) -> bool:
        """Tell whether figures of it can count: not those of persons and of the public hand."""
        return self.kind(number) not in (PERSON, PUBLIC_BODY, "local_authority", None)

    def can_be_held(self, number: int) -> bool:
        """Tell whether anybody can hold shares in it."""
        return self.kind(number) not in (PERSON, PUBLIC_BODY, "local_authority")

    def persons(self) -> tuple[int, ...]:
        """Return the natural persons."""
        return tuple(number for number in self.others if self.kind(number) == PERSON)

    def _of(self, number: int) -> Iterator[Ask]:
        yield Ask("name", number)
        yield Ask("kind", number)
        if self.told("kind", number) == INVESTOR:
            yield Ask("investor", number)
        for tie in (tie for of, tie in self.ties if of == number):
            yield from self._tie(number, tie)
        kind = self.kind(number)
        if kind == "local_authority":
            yield Ask("budget", number)
            yield Ask("inhabitants", number)
        if kind == PERSON and self.persons()[0] != number:
            yield Ask("acts_with", number)
        if self.is_counted(number):
            for figure in FIGURES:
                yield Ask(figure, number)

    def _tie(self, number: int, tie: int) -> Iterator[Ask]:
        yield Ask("relation", number, tie)
        if self.told("relation", number, tie) in (Relation.HOLDS_OTHER, Relation.HELD_BY_OTHER):
            yield Ask("with", number, tie)
        yield Ask("capital", number, tie)
        yield Ask("votes", number, tie)
        if (share_of(self.told("votes", number, tie)).low or 0) <= 50:
            yield Ask("control", number, tie)
        ends = self.holds(number, tie)
        holder = None if ends is None else self.kind(ends[0])
        if holder in INVESTORS and self.told("control", number, tie) == "dominant":
            yield Ask("involved", number, tie)
        if holder == "business_angel":
            yield Ask("invested", number, tie)

    def _markets(self) -> Iterator[Ask]:
        """Yield the markets of the other enterprises, which matter where a person holds shares in several firms."""
        held = {ends[1] for tie in self.ties if (ends := self.holds(*tie)) and self.kind(ends[0]) == PERSON}
        if len(held) > 1:
            yield from (Ask("market", number) for number in self.others if self.kind(number) == ENTERPRISE)

    # Inside.

    def _fitting(self, known: Mapping[Ask, object], changed: Ask) -> Mapping[Ask, object]:
        """Drop relations that the kind of an enterprise does not allow any more, so that they are asked again."""
        if changed.part not in ("kind", "investor"):
            return known
        then = replace(self, known=known)
        if then.can_be_held(changed.of):
            return known
        wrong = {tie for tie in self.ties if (ends := then.holds(*tie)) is not None and ends[1] == changed.of}
        return {ask: value for ask, value in known.items() if ask.part != "relation" or (ask.of, ask.tie) not in wrong}

    def _check(self, ask: Ask, value: object) -> None:
        if ask.part == "name":
            self._check_name(ask, str(value))
        elif ask.part in ("relation", "with"):
            self._check_pair(ask, value)
        elif ask.part in ("capital", "votes"):
            self._check_sum(ask, value)

    def _check_name(self, ask: Ask, name: str) -> None:
        if any(spelled(str(self.told("name", other))) == spelled(name) for other in self.numbers if other != ask.of):
            raise Misread("named-already", f"`{name}` is named already")

    def _check_pair(self, ask: Ask, value: object) -> None:
        ends = replace(self, known={**self.known, ask: value}).holds(ask.of, ask.tie)
        others = [self.holds(*tie) for tie in self.ties if tie != (ask.of, ask.tie)]
        if ends is not None and ends in others:
            raise Misread("held-already", "this holding is told already")

    def _check_sum(self, ask: Ask, value: object) -> None:
        ends = self.holds(ask.of, ask.tie)
        if ends is None:
            return
        total = Fraction(share_of(value).low or 0)
        for of, tie in self.ties:
            other = self.holds(of, tie)
            if (of, tie) != (ask.of, ask.tie) and other is not None and other[1] == ends[1]:
                total += Fraction(share_of(self.told(ask.part, of, tie)).low or 0)
        if total > 100:
            raise Misread("over-100", f"that makes {total} % of one enterprise")

    def _just_begun(self, question: Ask) -> bool:
        """Tell whether nothing is told yet of the enterprise, or of the further holding, that is asked for."""
        if question.part == "name":
            return True
        return question.part == "relation" and question.tie > 0

    def _without(self, question: Ask) -> "Draft":
        if question.part == "name":
            return replace(self, asking=None).remove(question.of)
        ties = tuple(tie for tie in self.ties if tie != (question.of, question.tie))
        return replace(self, ties=ties, asking=None)


_OF_TIE = ("capital", "votes", "control", "involved", "invested")


def _of_tie(ask: Ask, ties: set[tuple[int, int]]) -> bool:
    return ask.part in ("relation", "with", *_OF_TIE) and (ask.of, ask.tie) in ties


def share_of(answer: object) -> Interval:
    """Return a number or a known range in the notation of answers as an interval; nothing is the unknown one."""
    if answer is None:
        return Interval()
    wanted = parse_range(str(answer), parse_number) if ".." in str(answer) else None
    return Interval.point(parse_number(str(answer))) if wanted is None else Interval(wanted.low, wanted.high)


def spelled(name: str) -> str:
    """Return a name as it is compared: without signs, spaces and the difference of small and capital letters."""
    folded = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(letter for letter in folded if letter.isalnum())
