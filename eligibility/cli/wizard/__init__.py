"""The interactive wizard: one company is asked, in a terminal. Only this room knows questionary."""

import os
from collections.abc import Callable

from eligibility.cli.wizard.group_aid import GroupAid
from eligibility.cli.wizard.loop import WizardLeft, run_loop
from eligibility.interview.interview import Interview
from eligibility.words import Words

__all__ = ["WizardLeft", "run_wizard"]


def run_wizard(
    interview: Interview,
    *,
    words: Words,
    save: Callable[[Interview], object] | None = None,
    plain: bool = False,
    notice: str = "",
    aid: GroupAid | None = None,
) -> Interview:
    """Ask on the terminal until the result is wanted; returns the interview with all its answers.

    Prompts go to standard error. `save` is called after each answer, `notice` is told on the first screen, `aid`
    counts with the group that is told. If `plain`, and always under `TERM=dumb`, lists are numbered and lines are read
    as they are, without control of the terminal.

    Raises:
        WizardLeft: the user left with Ctrl-C or Ctrl-D; it holds the answers so far.
    """
    if plain or os.environ.get("TERM") in ("dumb", "unknown"):
        from eligibility.cli.wizard.plain import PlainAsker

        return run_loop(interview, PlainAsker(words), words, save, notice, aid)
    from eligibility.cli.wizard.ask import TerminalAsker

    return run_loop(interview, TerminalAsker(words), words, save, notice, aid)
