"""What a process of the stage does: it runs the command or the wizard alone on the terminal that it is given.

It is imported once, by the server that all these processes are forked from, so that each starts within a moment.
"""

import fcntl
import io
import json
import os
import sys
import termios
from datetime import date
from multiprocessing.synchronize import Event

import eligibility
import eligibility.cli.wizard.ask
import eligibility.cli.wizard.plain
import eligibility.report.text
from eligibility.cli.main import main
from eligibility.cli.wizard import WizardLeft, run_wizard
from eligibility.interview.interview import Interview
from eligibility.interview.order import by_file
from eligibility.words import Words

BOOK = eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"])


def wizard(device: str, ready: Event, env: dict[str, str], language: str, given: dict[str, object]) -> None:
    """Run the wizard on Digital Jetzt; its last line tells the answers and how often they were saved."""
    _enter(device, ready, env)
    saved: list[object] = []
    try:
        done = run_wizard(Interview(BOOK.linked, given, choose=by_file), words=Words(language), save=saved.append)
        print(json.dumps({"done": done.answers, "saves": len(saved)}))
    except WizardLeft as left:
        print(json.dumps({"left": left.interview.answers, "saves": len(saved)}))
    sys.stdout.flush()


def command(device: str, ready: Event, env: dict[str, str], *arguments: str) -> None:
    """Run the command line."""
    _enter(device, ready, env)
    code = main(list(arguments))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    sys.exit(code)


def one_question(device: str, ready: Event, env: dict[str, str], language: str, fact: str) -> None:
    """Ask one question of the whole catalogue."""
    _enter(device, ready, env)
    book = eligibility.load_rulebook(as_of=date(2026, 11, 22))
    try:
        run_wizard(Interview(book.linked, {"site_country": "DE"}).change(fact), words=Words(language))
    except WizardLeft:
        sys.exit(130)


def _enter(device: str, ready: Event, env: dict[str, str]) -> None:
    """Make a terminal the controlling one, with the three streams on it."""
    os.environ.clear()
    os.environ.update(env)
    os.setsid()
    terminal = os.open(device, os.O_RDWR)
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(terminal, number)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), encoding="utf-8", write_through=True)
        for number in (1, 2)
    )
    ready.set()
