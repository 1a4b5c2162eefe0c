"""The file that keeps which column of a table holds which fact."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from eligibility.cli.output import STANDARD, write_whole
from eligibility.cli.usage import misuse
from eligibility.cli.wording import say
from eligibility.values.problem import AnswerError, Place, Problem


def check_new(name: str | None, mapped: Sequence[str] | None) -> None:
    """Refuse to write over a file, unless it is a map that this run was given: that one is renewed.

    Raises:
        Misuse: standard output, which is for the data.
        AnswerError: the file is there already.
    """
    if name is None:
        return
    if name == STANDARD:
        raise misuse("save-map", say("a map cannot go to standard output"), say("name a file"))
    if os.path.lexists(name) and not any(os.path.isfile(one) and os.path.samefile(one, name) for one in mapped or ()):
        hint = say("choose another name, or give it as --map too to renew it")
        raise AnswerError(Problem("map-exists", say("this file is there already"), Place(name), hint))


def write_map(name: str | None, columns: Mapping[str, str]) -> None:
    """Write a map of columns to facts (an empty one: only carried along), so that `--map` reads the same.

    Raises:
        OSError: writing failed.
    """
    if name is None:
        return
    head = say('Which column holds which fact; "" is only carried along. To be given back with --map.')
    lines = [
        f"{json.dumps(column, ensure_ascii=False)}: {fact or json.dumps(fact)}\n" for column, fact in columns.items()
    ]
    write_whole(Path(name), "".join([f"# {head}\n", *lines]).encode())
