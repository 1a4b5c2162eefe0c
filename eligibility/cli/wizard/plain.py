"""The asker for a terminal that can only print: numbered lists and plain lines, also for screen readers."""

import re
import shutil
import sys
from collections.abc import Sequence

from eligibility.cli.entry import Answer, Suggestion
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Typed
from eligibility.cli.wizard.lines import key_lines, label_lines, pages, screen_lines
from eligibility.values.spelling import unified
from eligibility.words import Words

_COMMANDS = {"?": Command.WHY, "<": Command.BACK, ">": Command.RESULT}
_KEEP, _RANGES, _LEAVE = "=", "#", "^"
_NUMBER = re.compile(r"[0-9]{1,4}")
# Nothing scrolls away from someone who reads line by line, so no text needs to be cut.
_ANY_NUMBER_OF_ROWS = 10_000
# The hints and the line typed under a page; and the least rows of a page, whatever the terminal says of itself.
_PAGE_REST, _LEAST_ROWS = 4, 8


class PlainAsker:
    """Writes to standard error and reads lines from standard input."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        """Let one option be chosen by its number."""
        say, columns = self.words.say, self.columns
        self._show(screen)
        options = [line for line in lines if isinstance(line, Option)]
        width = len(str(len(options))) + 2
        for line in lines:
            mark = f"{options.index(line) + 1}." if isinstance(line, Option) else ""
            self._write(f"{mark:<{width}}{label_lines(line.label, columns, width)}".rstrip(" "))
        self._keys([say("Type the number of a line")], bool(screen.why), result=not screen.needed)
        while True:
            typed = self._read()
            if typed in _COMMANDS:
                return _COMMANDS[typed]
            number = int(typed) if _NUMBER.fullmatch(typed) else 0
            if 0 < number <= len(options):
                return options[number - 1].value
            self._write(say("Type a number from 1 to {n}.", n=str(len(options))))

    def enter(self, screen: Screen, text: str, suggestions: Sequence[Suggestion] = ()) -> Typed:
        """Let a line be typed; an earlier answer is kept with `=`."""
        say = self.words.say
        self._show(screen)
        keep = [say("=: keep {text}", text=text)] if text else []
        empty = say("Empty line: leave it so") if screen.refining else say("Empty line: I do not know")
        ranges = [say("#: choose a range")] if screen.ranges else []
        leave = [say("^: stop working it out")] if screen.working_out else []
        ways = [*keep, *ranges] if screen.needed or screen.filled else [empty, *keep, *ranges, *leave]
        self._keys(ways, bool(screen.why), not screen.needed)
        typed = self._read()
        if typed == _LEAVE and screen.working_out:
            return Typed(text, Command.LEAVE)
        if typed == _RANGES and screen.ranges:
            return Typed(text, Command.RANGE)
        if typed in _COMMANDS:
            return Typed(text, _COMMANDS[typed])
        return Typed(text if typed == _KEEP else typed)

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        """Print a text, and wait where it is longer than the terminal: what is gone there may be gone for good."""
        self._show(Screen(heading))
        rows = max(shutil.get_terminal_size().lines - _PAGE_REST, _LEAST_ROWS)
        chunks = pages(paragraphs, self.columns, rows)
        for number, chunk in enumerate(chunks, 1):
            for _, line in chunk:
                self._write(line)
            if number < len(chunks):
                say = self.words.say
                self._lines([say("Empty line: read on"), say("<: back to the question")])
                if _COMMANDS.get(self._read()) is Command.BACK:
                    return

    def _show(self, screen: Screen) -> None:
        self._write("")
        for _, line in screen_lines(screen, self.columns, _ANY_NUMBER_OF_ROWS):
            self._write(line)

    def _keys(self, keys: list[str], explained: bool, result: bool = True) -> None:
        say = self.words.say
        why = [say("?: why")] if explained else []
        ways = [say("<: back"), *([say(">: show the result now")] if result else []), say("Ctrl-C: leave")]
        self._lines([*keys, *why, *ways])

    def _lines(self, keys: list[str]) -> None:
        for line in key_lines(keys, self.columns):
            self._write(line)

    def _read(self) -> str:
        sys.stderr.write("> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        line = line.strip()
        # What a Korean or Japanese keyboard writes wide is the same sign.
        return unified(line) if len(line) == 1 else line

    @property
    def columns(self) -> int:
        """Return how many cells wide a page can be."""
        return shutil.get_terminal_size().columns

    def _write(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
