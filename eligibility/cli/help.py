"""Help pages: plain text in the language of the run, with the widths of Hangul right, and the examples raw."""

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Never

import typer
from typer.core import TyperCommand, TyperGroup

from eligibility.cli.usage import did_you_mean, misuse, too_many
from eligibility.cli.wording import later, say

WIDEST = 80
_LEFT = 26
# What must be given stands without the braces that Typer puts around it.
_NO_BRACES = str.maketrans("", "", "{}")

HELP = later.say("Show this help and stop.")


class Page:
    """Collects the lines of one help page."""

    def __init__(self) -> None:
        self.width = max(40, min(shutil.get_terminal_size().columns, WIDEST))
        self.lines: list[str] = []

    def text(self, message: str, indent: int = 0) -> None:
        """Add a translated message, each of its paragraphs filled."""
        for paragraph in _told(message).split("\n\n"):
            self.lines.extend(" " * indent + line for line in filled(paragraph, self.width - indent))
            self.lines.append("")

    def section(self, heading: str, rows: Sequence[tuple[str, str]]) -> None:
        """Add a heading with its rows: a name on the left, its explanation on the right."""
        if rows:
            self.lines.append(heading)
            for name, explanation in rows:
                self.lines.extend(self._row(name, explanation))
            self.lines.append("")

    def _row(self, name: str, explanation: str) -> Iterator[str]:
        left = min(_LEFT, self.width // 3)
        lines = filled(explanation, self.width - left - 2)
        if cells(name) > left - 2:
            yield f"  {name}"
        else:
            first = lines.pop(0) if lines else ""
            yield f"  {name}{' ' * (left - cells(name))}{first}".rstrip()
        yield from (" " * (left + 2) + line for line in lines)

    def done(self) -> str:
        """Return the page."""
        return "\n".join(self.lines).rstrip("\n")


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def filled(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of at most so many columns."""
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _written(command: Any, context: Any, page: Page) -> None:
    rest = " ".join(command.collect_usage_pieces(context)[1:]).translate(_NO_BRACES)
    page.lines.extend([say("Usage: {command}", command=f"{context.command_path} [OPTIONS] {rest}").rstrip(), ""])
    page.text(command.help or "", 2)
    parameters = command.get_params(context)
    arguments = [one for one in parameters if one.param_type_name == "argument" and one.help]
    page.section(say("Arguments:"), [(_metavar(one), _told(one.help)) for one in arguments])
    options = [_option(one) for one in parameters if one.param_type_name == "option" and not one.hidden]
    page.section(say("Options:"), options)


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    value = "" if option.is_flag else f" {_metavar(option)}"
    if "--help" in option.opts:
        return "-h, --help", _told(HELP)
    return names + value, _told(option.help or "")


def _told(message: str) -> str:
    # Translating nothing would give the head of the catalogue.
    return say(message) if message else ""


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


class Command(TyperCommand):
    """A command; its epilog holds examples, a line of comment and a line of command in turn."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        page = Page()
        _written(self, ctx, page)
        if self.epilog:
            page.lines.append(say("Examples:"))
            for line in self.epilog.splitlines():
                page.lines.append(f"  $ {line[2:]}" if line.startswith("$ ") else f"  {_told(line)}")
        formatter.write(page.done())

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; one too many is refused in the words of the house."""
        ctx.allow_extra_args = True
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise too_many(rest)
        return rest


class Group(TyperGroup):
    """A group of commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        page = Page()
        _written(self, ctx, page)
        rows = [(name, _first_sentence(self.commands[name].help)) for name in self.list_commands(ctx)]
        page.section(say("Commands:"), rows)
        if self.epilog:
            page.text(self.epilog)
        formatter.write(page.done())

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is refused with the nearest name."""
        if args and args[0] not in self.commands and not ctx.resilient_parsing:
            self._refuse(args[0])
        return super().resolve_command(ctx, args)

    def _refuse(self, name: str) -> Never:
        if name.startswith("-"):
            raise misuse("unknown-option", say("there is no option `{name}`", name=name))
        hint = did_you_mean(name, self.commands) or say("one of: {choices}", choices=", ".join(self.commands))
        raise misuse("unknown-command", say("there is no command `{name}`", name=name), hint)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; without a command the help is shown as what is wrong."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(2)
        return super().parse_args(ctx, args)


def _first_sentence(help_text: str | None) -> str:
    return _told(help_text or "").split("\n\n")[0]
