"""A scripted person in place of a terminal, who remembers what was shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import eligibility
from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Suggestion, Typed
from eligibility.interview.interview import Interview
from eligibility.interview.order import by_file

YES, NO = True, False
BACK, WHY, RESULT, UNKNOWN, GO_ON = (
    Command.BACK,
    Command.WHY,
    Command.RESULT,
    Command.UNKNOWN,
    Command.CONTINUE,
)
# What Digital Jetzt asks a firm for, in this order, with answers that keep it possible.
FIRM: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "in_formation": False,
    "nonprofit": False,
    "insolvent": False,
    "in_difficulty": False,
}
RANGE, EXACT = Command.RANGE, Command.EXACT
SIZED: dict[str, object] = {**FIRM, "public_shareholding": 0}
Reply = Answer | Command | Typed | type[BaseException]


@dataclass
class Person:
    """Answers in turn; remembers what was shown."""

    replies: list[Reply]
    screens: list[Screen] = field(default_factory=list)
    lines: list[Sequence[Option | Heading]] = field(default_factory=list)
    starts: list[object] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pages: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    columns: int = 80

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        self.screens.append(screen)
        self.lines.append(lines)
        self.starts.append(start)
        reply = self._next()
        assert not isinstance(reply, Typed)
        assert reply in (WHY, BACK, RESULT) or reply in [line.value for line in lines if isinstance(line, Option)]
        return reply

    def enter(self, screen: Screen, text: str, suggestions: Sequence[Suggestion] = ()) -> Typed:
        self.screens.append(screen)
        self.texts.append(text)
        reply = self._next()
        if isinstance(reply, Command):
            return Typed(text, reply)
        assert isinstance(reply, str | Typed)
        return Typed(reply) if isinstance(reply, str) else reply

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        self.pages.append((heading, paragraphs))

    def _next(self) -> Answer | Command | Typed:
        reply = self.replies.pop(0)
        if isinstance(reply, type):
            raise reply
        return reply

    @property
    def headings(self) -> list[str]:
        return [screen.heading for screen in self.screens]


Run = Callable[..., tuple[Interview, Person]]


def in_file_order(book: eligibility.Rulebook, given: dict[str, object] | None = None) -> Interview:
    """An interview whose order does not depend on what companies are like."""
    return Interview(book.linked, given or {}, choose=by_file)


def labels(lines: Sequence[Option | Heading]) -> list[str]:
    return [line.label for line in lines]
