"""Wizards on real pseudo-terminals, forked from a process that has everything loaded, so that they start at once."""

import multiprocessing
import os
import signal
import termios
import time
from collections.abc import Callable, Mapping

import pyte
from pexpect.fdpexpect import fdspawn

from tests.wizard import play
from tests.wizard.terminal import PATIENCE, Terminal, _Screen, surroundings

# How long a terminal is quiet before its screen counts as drawn, in seconds.
_QUIET = 0.05
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.wizard.play"])


class Played(Terminal):
    """The wizard, or the whole command, on a screen of so many columns and rows."""

    quiet = _QUIET

    def __init__(
        self,
        part: Callable[..., None],
        *arguments: object,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = _Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        master, inner = os.openpty()
        termios.tcsetwinsize(inner, (rows, columns))
        ready = _CONTEXT.Event()
        own = {**surroundings(), **(env or {})}
        self.process = _CONTEXT.Process(target=part, args=(os.ttyname(inner), ready, own, *arguments), daemon=True)
        self.process.start()
        assert ready.wait(PATIENCE), "the process does not start"
        # From here on the end of the process is the end of the terminal.
        os.close(inner)
        self.child = fdspawn(master, encoding="utf-8", timeout=PATIENCE)
        self.screen.answer = self.child.send

    @classmethod
    def wizard(cls, language: str, given: dict[str, object], **size: int) -> "Played":
        """Begin the wizard on Digital Jetzt."""
        return cls(play.wizard, language, given, **size)

    def finish(self) -> str:
        """Wait for the end; returns all that was written."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, "the program does not end\n" + "\n".join(self.rows())
        self.process.join(PATIENCE)
        self.child.close()
        return self.raw

    def interrupt(self) -> None:
        """Send the signal of Ctrl-C from outside."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGINT)

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join(PATIENCE)
        self.child.close()
