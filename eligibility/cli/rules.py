"""`eligibility rules`: for people who write rules."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.exit_codes import FOUND
from eligibility.cli.options import Language, ListFormat, NoBundledRules, own_directories
from eligibility.cli.output import emit, emit_json, tell
from eligibility.cli.usage import did_you_mean, misuse
from eligibility.cli.wording import later, number, plural, say
from eligibility.values.problem import Problem

ABOUT = later.say("Find problems in rule files, run their cases, or print their JSON Schema.")
_CHECK = later.say(
    "Find every problem of rule files, at every day on which something in them changes.\n\n"
    "Without a directory the bundled rules are checked; a directory is added to them. Exit code 1: something was found."
)
_TEST = later.say(
    "Run the cases that rule files carry, on one profile and on columns.\n\n"
    "Without a directory those of the bundled rules run. Exit code 1: a case deviates."
)
_SCHEMA = later.say(
    "Print the JSON Schema of one kind of rule file, for editors: programmes (if nothing is named), definitions, "
    "facts, tables or papers.\n\nA path stands for the kind of the folder it names."
)

Directories = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help=later.say("Directories with rule files.")),
]


def check(
    paths: Directories = None,
    form: ListFormat = "text",
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
) -> int:
    """Find problems; returns the exit code."""
    from eligibility.rulebook.check import check_directories

    problems = check_directories(_directories(paths, no_bundled_rules))
    return _told(problems, form, say("no problem found"))


def run_cases_of(
    paths: Directories = None,
    form: ListFormat = "text",
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
) -> int:
    """Run cases; returns the exit code."""
    from eligibility.engine.cases import run_cases
    from eligibility.rulebook.rules import read_rules
    from eligibility.values.problem import RuleError

    rules = read_rules(_directories(paths, no_bundled_rules))
    if rules.problems:
        raise RuleError(*rules.problems)
    ran = run_cases(rules)
    count = plural("{n} case ran", "{n} cases ran", ran.cases)
    message = say("{cases}, {columns} of them on columns too", cases=count, columns=number(ran.on_columns))
    return _told(ran.problems, form, message, always=True)


def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="PATH", help=later.say("A kind of rule file, or a path."))
    ] = None,
    lang: Language = None,
) -> int:
    """Print a JSON Schema; returns the exit code."""
    from eligibility.rulebook.schema import KINDS, json_schema

    named = [part for part in Path(kind or "programmes").parts if part in KINDS]
    if not named:
        hint = did_you_mean(str(kind), KINDS) or say("one of: {choices}", choices=", ".join(KINDS))
        raise misuse("unknown-kind", say("`{name}` is no kind of rule file", name=str(kind)), hint)
    emit_json(json_schema(named[-1]))
    return 0


def _directories(paths: Sequence[str] | None, no_bundled: bool) -> list[Path]:
    from eligibility.rulebook.files import bundled_rules

    if no_bundled and not paths:
        raise misuse("no-rules", say("there are no rules: name a directory, or keep the bundled ones"))
    return [*([] if no_bundled else [bundled_rules()]), *own_directories(paths, no_bundled)]


def _told(problems: Sequence[Problem], form: str, message: str, *, always: bool = False) -> int:
    from eligibility.cli.problems import problems_json, problems_text

    if form == "json":
        emit(problems_json(problems))
    elif problems:
        emit(problems_text(problems, counted=True))
    if always or not problems:
        tell(message)
    return FOUND if problems else 0


COMMANDS: tuple[tuple[str, Callable[..., int], str, tuple[str, ...]], ...] = (
    (
        "check",
        check,
        _CHECK,
        (
            later.say("The bundled rules:"),
            "$ eligibility rules check",
            later.say("Rules of your own alone, as data:"),
            "$ eligibility rules check rules --no-bundled-rules --format json",
        ),
    ),
    (
        "test",
        run_cases_of,
        _TEST,
        (
            later.say("The cases of the bundled rules:"),
            "$ eligibility rules test",
            later.say("The cases of your own rules alone:"),
            "$ eligibility rules test rules --no-bundled-rules",
        ),
    ),
    (
        "schema",
        schema,
        _SCHEMA,
        (
            later.say("For programme files:"),
            "$ eligibility rules schema > programme.schema.json",
            later.say("For files of facts:"),
            "$ eligibility rules schema rules/facts",
        ),
    ),
)
