"""A small driver: the wizard in a real pseudo-terminal, its screen as a person sees it."""

import os
import sys
import time
from collections.abc import Callable, Mapping

import pexpect
import pyte

PATIENCE = 20
# How long a terminal is quiet before its screen counts as drawn, in seconds.
QUIET = 0.15

UP, DOWN, ENTER, TAB = "\x1b[A", "\x1b[B", "\r", "\t"
BACK, RESULT, LEAVE, END, CLEAR = "\x02", "\x12", "\x03", "\x04", "\x15"

PROGRAM = """
import json, sys
from datetime import date
import eligibility
from eligibility.cli.wizard import WizardLeft, run_wizard
from eligibility.interview.interview import Interview
from eligibility.interview.order import by_file
from eligibility.words import Words
language, given, programmes = json.loads(sys.argv[1])
book = eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=programmes)
saved = []
try:
    start = Interview(book.linked, given, choose=by_file)
    done = run_wizard(start, words=Words(language), save=saved.append)
    print(json.dumps({"done": done.answers, "saves": len(saved)}))
except WizardLeft as left:
    print(json.dumps({"left": left.interview.answers, "saves": len(saved)}))
"""


def surroundings() -> dict[str, str]:
    """The environment of the tests without what says how a terminal looks."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


class _Screen(pyte.Screen):
    """A screen that answers when the program asks where the cursor is."""

    answer: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """A program on a screen of so many columns and rows."""

    quiet = QUIET

    def __init__(
        self,
        arguments: list[str],
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        program: str = sys.executable,
    ) -> None:
        self.screen = _Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        self.child = pexpect.spawn(
            program,
            arguments,
            dimensions=(rows, columns),
            env={**surroundings(), **(env or {})},
            encoding="utf-8",
            timeout=PATIENCE,
        )
        self.screen.answer = self.child.send

    def rows(self) -> list[str]:
        """The lines of the screen; the second half of a wide character is no character of its own."""
        lines = self.screen.buffer
        return [
            "".join(lines[y][x].data for x in range(self.screen.columns)).rstrip() for y in range(self.screen.lines)
        ]

    def text(self) -> str:
        """The screen with the line breaks of wrapping taken out, so that sentences can be looked for."""
        return " ".join(" ".join(self.rows()).split())

    def shows(self, text: str) -> bool:
        """Whether a text stands on the screen, wherever it was wrapped."""
        return "".join(text.split()) in "".join("".join(self.rows()).split())

    def read(self) -> bool:
        """Take in what the program wrote; false at its end."""
        try:
            data = self.child.read_nonblocking(65536, timeout=self.quiet)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self.stream.feed(data)
        return self.read()

    def wait(self, wanted: str | Callable[[], bool]) -> None:
        """Wait until a text stands on the screen or a condition holds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            alive = self.read()
            if self.shows(wanted) if isinstance(wanted, str) else wanted():
                return
            if not alive:
                break
        raise AssertionError(f"never seen: {wanted!r}\n" + "\n".join(self.rows()))

    def send(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.child.send(key)
            self.read()

    def turn(self, key: str) -> None:
        """Press a key and wait until the screen is another: a busy machine draws late."""
        before = self.rows()
        self.send(key)
        self.wait(lambda: self.rows() != before)

    def pick(self, label: str) -> None:
        """Go down to the option that begins like this, and choose it."""
        for _ in range(60):
            if any(row.lstrip().startswith(f"> {label}") for row in self.rows()):
                self.send(ENTER)
                return
            self.turn(DOWN)
        raise AssertionError(f"no such option: {label!r}\n" + "\n".join(self.rows()))

    def finish(self) -> str:
        """Wait for the end; returns all that was written."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, "the program does not end\n" + "\n".join(self.rows())
        self.child.close()
        return self.raw
