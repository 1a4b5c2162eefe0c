"""The two sides of a comparison as they are named: a day, or a directory of rules that replaces what it repeats."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.options import day_of, kept_rules, no_rules, own_directories
from eligibility.cli.usage import did_you_mean, misuse
from eligibility.cli.wording import say
from eligibility.values.problem import Place, Problem, RuleError

if TYPE_CHECKING:
    from eligibility.rulebook.link import Linker
    from eligibility.rulebook.rulebook import Rulebook

_DAY = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}\.?")


@dataclass(frozen=True, slots=True)
class Side:
    """The rules of one side: those that both share, as of a day, or with a directory that replaces some of them."""

    name: str
    day: date | None
    directory: Path | None


def sides_of(names: Sequence[str], as_of: str | None) -> tuple[list[Side], date]:
    """Return both sides, and the day for directories: that of --as-of, else that of the other side, else today.

    Raises:
        Misuse: a day that is none, or both sides are the same.
        RuleError: there is no such directory.
    """
    sides = [_side(name) for name in names]
    days = [side.day for side in sides if side.day is not None]
    if as_of is not None and len(days) == len(sides):
        message = say("--as-of is for directories of rules, and both sides are days")
        raise misuse("as-of", message, say("leave --as-of out"))
    # Beside a day a directory is of that day too: else two things would change at once, and none could be told apart.
    day = days[0] if as_of is None and days else day_of(as_of)
    if _same(*sides):
        message = say("both sides are the same: {name}", name=names[0])
        raise misuse("same-sides", message, say("name two days, two directories, or a day and a directory"))
    return sides, day


def open_sides(
    sides: Sequence[Side],
    day: date,
    directories: Sequence[str] | None,
    no_bundled: bool,
    wanted: Sequence[str] | None = None,
) -> "tuple[Rulebook, Rulebook]":
    """Load the rules of both sides; of the `wanted` programmes one of them may have none.

    Raises:
        RuleError: the rules cannot be used.
        Misuse: no rules are left, or neither side has such a programme.
    """
    if no_bundled and not directories and any(side.directory is None for side in sides):
        raise no_rules()
    linkers = _linkers(sides, directories, no_bundled)
    known = [name for linker in linkers for name in linker.rules.programmes]
    for name in wanted or ():
        if name not in known:
            message = say("there is no programme `{name}`", name=name)
            raise misuse("unknown-programme", message, did_you_mean(name, known))
    before, after = (
        linker.fix(side.day or day, [name for name in wanted if name in linker.rules.programmes] if wanted else None)
        for side, linker in zip(sides, linkers, strict=True)
    )
    return before, after


def _linkers(sides: Sequence[Side], directories: Sequence[str] | None, no_bundled: bool) -> "list[Linker]":
    """Return what links the rules of each side on any day; files that both share are read once."""
    from eligibility.rulebook.files import bundled_rules
    from eligibility.rulebook.link import Linker
    from eligibility.rulebook.rules import read_rules

    shared = [*([] if no_bundled else [bundled_rules()]), *own_directories(directories, no_bundled)]
    found: dict[tuple[Path, ...], Linker] = {}
    linkers = []
    for side in sides:
        changes = () if side.directory is None else tuple(own_directories([str(side.directory)], no_bundled))
        if changes not in found:
            found[changes] = Linker(read_rules(shared, kept_rules(), changes))
        linkers.append(found[changes])
    return linkers


def _side(name: str) -> Side:
    if os.path.isdir(name):
        return Side(name, None, Path(name))
    if _DAY.fullmatch(name):
        return Side(name, _day(name), None)
    message = say("this is neither a directory nor a day")
    hint = say("name a directory of rules, or a day as YYYY-MM-DD")
    raise RuleError(Problem("no-such-directory", message, Place(name), hint))


def _day(name: str) -> date:
    from eligibility.values.dates import parse_date
    from eligibility.values.misread import Misread

    try:
        return parse_date(name)
    except Misread as error:
        raise misuse(error.code, error.message, error.hint) from None


def _same(before: Side, after: Side) -> bool:
    if before.directory is None or after.directory is None:
        return before.directory is after.directory and before.day == after.day
    return before.directory.samefile(after.directory)
