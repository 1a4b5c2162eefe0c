"""Wrong usage as a value of the house: what Typer finds and what the commands find, with one face."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import typer

from eligibility.cli.wording import say
from eligibility.values.problem import EligibilityError, Problem


class Misuse(EligibilityError):
    """The command line cannot be used as written, or a prompt would be needed and there is no terminal."""


def misuse(code: str, message: str, hint: str = "") -> Misuse:
    """Make the error of one problem."""
    return Misuse(Problem(code, message, None, hint))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known name, or an empty text."""
    from eligibility.values.spelling import nearest_name

    near = nearest_name(name, known)
    return "" if near is None else say("did you mean `{name}`?", name=near)


def one_of(*choices: str) -> Callable[[typer.CallbackParam, str | None], str | None]:
    """Make the check of an option that takes one of a few words."""

    def check(param: typer.CallbackParam, value: str | None) -> str | None:
        if value is not None and value not in choices:
            hint = did_you_mean(value, choices) or say("one of: {choices}", choices=", ".join(choices))
            message = say("{option}: `{value}` is not one of the choices", option=max(param.opts, key=len), value=value)
            raise misuse("unknown-value", message, hint)
        return value

    return check


def of_typer(error: typer.TyperException) -> Misuse:
    """Turn an error of Typer into one of the house; its own sentence stands where the kind is not known."""
    kind = type(error).__name__
    given: Any = error
    if kind == "NoSuchOption":
        # Typer's own list of near names is in the order of the alphabet: `--laout` would be `--lang`.
        hint = did_you_mean(given.option_name, given.possibilities or ())
        return misuse("unknown-option", say("there is no option `{name}`", name=given.option_name), hint)
    if kind == "BadOptionUsage":
        if "requires" in given.message:
            return misuse("no-value", say("the option `{name}` needs a value", name=given.option_name))
        return misuse("value", say("the option `{name}` takes no value", name=given.option_name))
    if kind == "MissingParameter":
        name = given.param.metavar or given.param.name.upper()
        return misuse("missing-argument", say("`{name}` is missing", name=name))
    if kind == "BadParameter" and error.__cause__ is not None:
        return _no_such_number(error)
    return misuse("usage", error.format_message())


def _no_such_number(error: Any) -> Misuse:
    """Say what a whole number has to be: no other option is converted by Typer, which refuses it in English alone."""
    name = max(error.param.opts, key=len)
    least = error.__cause__.errors()[0].get("ctx", {}).get("ge")
    if least is None:
        return misuse("not-a-number", say("the option `{name}` needs a whole number", name=name))
    message = say("the option `{name}` needs a whole number of at least {least}", name=name, least=str(least))
    return misuse("out-of-range", message)


def too_many(arguments: Sequence[str]) -> Misuse:
    """Make the error of arguments that no command takes."""
    return misuse("too-many-arguments", say("nothing can be done with `{text}`", text=" ".join(arguments)))
