"""Options that several commands share, and what they mean."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.cli.usage import Misuse, did_you_mean, misuse, one_of
from eligibility.cli.wording import LANGUAGES, later, say

if TYPE_CHECKING:
    from eligibility.api import Rulebook

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help=later.say("The day of the assessment; today if left out.")),
]
Programmes = Annotated[
    list[str] | None,
    typer.Option("--programme", metavar="ID", help=later.say("Only this programme; can be given several times.")),
]
RuleDirectories = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help=later.say("A directory of your own rules, added to the bundled ones; can be given several times."),
    ),
]
NoBundledRules = Annotated[
    bool, typer.Option("--no-bundled-rules", help=later.say("Leave the rules out that ship with the program."))
]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="de|en|ko",
        callback=one_of(*LANGUAGES),
        help=later.say("The language; else that of ELIGIBILITY_LANG or of the system."),
    ),
]
ListFormat = Annotated[
    str,
    typer.Option(
        "--format", metavar="text|json", callback=one_of("text", "json"), help=later.say("How to write the output.")
    ),
]
Aid = Annotated[
    str | None,
    typer.Option(
        "--aid",
        metavar="FILE",
        help=later.say("The de-minimis aid that the group has received: YAML, JSON, or a table."),
    ),
]
MemberState = Annotated[
    str | None,
    typer.Option(
        "--member-state",
        metavar="XX",
        help=later.say("The Member State that is to grant the next aid; ceilings hold for each on its own."),
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FACT=VALUE", help=later.say("One answer; wins over the file. Can be given several times.")
    ),
]
Fillings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help=later.say("One answer for the rows that leave the fact empty. Can be given several times."),
    ),
]


def day_of(as_of: str | None) -> date:
    """Return the day of the assessment. This is the only place that reads the clock."""
    if as_of is None:
        return date.today()
    from eligibility.values.dates import parse_date
    from eligibility.values.misread import Misread

    try:
        return parse_date(as_of)
    except Misread as error:
        raise misuse(error.code, f"--as-of: {error.message}", error.hint) from None


def no_rules() -> Misuse:
    """Build the error for options that leave no rules."""
    return misuse("no-rules", say("there are no rules: give a directory with --rules, or keep the bundled ones"))


def open_rulebook(
    as_of: str | None,
    directories: Sequence[str] | None,
    no_bundled: bool,
    programmes: Sequence[str] | None = None,
) -> "Rulebook":
    """Load the rules that the options name.

    Raises:
        RuleError: the rules cannot be used.
        Misuse: there is no such programme, or no rules are left.
    """
    from eligibility.api import load_rulebook
    from eligibility.values.problem import RuleError

    day = day_of(as_of)
    if no_bundled and not directories:
        raise no_rules()
    try:
        own = own_directories(directories, no_bundled)
        return load_rulebook(day, paths=own, bundled=not no_bundled, programmes=programmes or (), keep_in=kept_rules())
    except RuleError as error:
        if all(problem.code == "unknown-programme" and problem.place is None for problem in error.problems):
            raise Misuse(*error.problems) from None
        raise


def kept_rules() -> Path:
    """Return the directory in which what was read of the rules is kept for the next start."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("eligibility", appauthor=False))


def own_directories(directories: Sequence[str] | None, no_bundled: bool) -> list[Path]:
    """Return the directories without those that are part of the bundled rules anyway."""
    from eligibility.rulebook.files import bundled_rules

    bundled = bundled_rules().resolve()
    paths = [Path(directory) for directory in directories or ()]
    return paths if no_bundled else [path for path in paths if not path.resolve().is_relative_to(bundled)]


def refuse_unknown(name: str, known: Sequence[str], message: str) -> None:
    """Refuse a name that is not known, with the nearest one.

    Raises:
        Misuse: with this message.
    """
    if name not in known:
        raise misuse("unknown-name", message, did_you_mean(name, known))
