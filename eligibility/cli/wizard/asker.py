"""What the loop asks for, and what an asker gives back: the seam between the interview and a terminal."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eligibility.cli.entry import Answer, Suggestion


class Command(enum.Enum):
    """What can be done instead of answering."""

    UNKNOWN = "unknown"
    BACK = "back"
    WHY = "why"
    RANGE = "range"
    EXACT = "exact"
    CONTINUE = "continue"
    BEFORE = "before"
    RESULT = "result"
    WORK_OUT = "work_out"
    LEAVE = "leave"
    ADD = "add"
    REMOVE = "remove"
    SHEET = "sheet"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Screen:
    """The texts of one screen, from top to bottom; an empty one is left out. `error` stands next to the answer.

    `ranges`: there are ranges to choose from instead of typing; `refining`: a known range stays where nothing is typed.
    `needed`: nothing comes of it without an answer, so that neither "I do not know" nor a result is on offer.
    `filled`: an empty line is no answer, but the result can be had. `working_out`: it is asked to work another fact
    out, which can be left.
    """

    heading: str
    count: str = ""
    notice: str = ""
    help: str = ""
    form: str = ""
    why: str = ""
    error: str = ""
    ranges: bool = False
    refining: bool = False
    needed: bool = False
    filled: bool = False
    working_out: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A line that can be chosen: a truth, the id of a choice or fact, a number or range, or a command.

    `faint`: without effect any more.
    """

    value: Answer | Command
    label: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between options that cannot be chosen."""

    label: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed line; with a command it is what stood there when the command was given."""

    text: str
    command: Command | None = None


class Asker(Protocol):
    """Shows screens and takes answers. Raises KeyboardInterrupt or EOFError where the user leaves."""

    @property
    def columns(self) -> int:
        """Return how many cells wide a page can be."""

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        """Let one option be chosen, beginning at the one with the value `start`; returns its value or a command."""

    def enter(self, screen: Screen, text: str, suggestions: Sequence[Suggestion] = ()) -> Typed:
        """Let a line be typed that begins as `text`."""

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        """Show a text until the user has read it."""
