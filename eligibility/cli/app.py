"""The commands put together."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.cli.help import Command, Group
from eligibility.cli.wording import later

if TYPE_CHECKING:
    from typer.core import TyperGroup

_ABOUT = later.say(
    "Tells a company which public funding programmes it qualifies for, why, how much, by when and with "
    "which papers.\n\n"
    "Everything happens on this machine. Results go to standard output, everything else to standard error; "
    "a file named - is standard input or output."
)
_EXIT_CODES = later.say(
    "Exit codes: 0 done, 1 rules check or test found something, 2 wrong usage, 3 the input cannot be used, "
    "4 the rules cannot be used, 5 done but rows were rejected, 6 reading or writing failed, 70 a defect, "
    "130 interrupted, 141 the reader of the output went away."
)


ROOMS = ("check", "batch", "compare", "inspect", "programmes", "facts", "group", "grant-equivalent", "rules")
"""The commands in the order of the help; each is the module of its name, a hyphen written as an underscore."""


def _version(wanted: bool) -> None:
    if wanted:
        import eligibility

        typer.echo(f"eligibility {eligibility.__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=later.say("Show the version and stop."))
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help=later.say("Show where a defect happened."))] = False,
) -> None:
    """Take the options that stand before a command; `--debug` may stand anywhere and is taken out before."""


@cache
def command(only: str | None = None) -> "TyperGroup":
    """Return the root command with all commands, or with the one that is wanted: putting them together takes time."""
    app = _group()
    app.callback(help=_ABOUT, epilog=_EXIT_CODES)(_root)
    for name in (only,) if only in ROOMS else ROOMS:
        room = import_module(f"eligibility.cli.{name.replace('-', '_')}")
        if name == "rules":
            inner = _group()
            for part, run, about, examples in room.COMMANDS:
                _add(inner, part, run, about, examples)
            app.add_typer(inner, name=name, help=room.ABOUT, cls=Group)
        else:
            _add(app, room.NAME, room.run, room.ABOUT, room.EXAMPLES)
    root = typer.main.get_command(app)
    assert isinstance(root, Group)
    return root


def _group() -> typer.Typer:
    return typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _add(app: typer.Typer, name: str, run: object, about: str, examples: tuple[str, ...]) -> None:
    app.command(name, cls=Command, help=about, epilog="\n".join(examples))(run)  # type: ignore[type-var]
