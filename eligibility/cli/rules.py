"""`eligibility rules`: for people who write rules."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.exit_codes import FOUND
from eligibility.cli.options import AsOf, Language, ListFormat, NoBundledRules, day_of, own_directories
from eligibility.cli.output import emit, emit_json, tell
from eligibility.cli.usage import did_you_mean, misuse
from eligibility.cli.wording import later, number, plural, say
from eligibility.values.problem import Problem

Stale = Annotated[
    int | None,
    typer.Option(
        "--stale",
        metavar="DAYS",
        min=1,
        help=later.say("Name the sources last checked so many days ago or longer; --as-of says from which day."),
    ),
]
ABOUT = later.say("Find problems in rule files, run their cases, or print their JSON Schema.")
_CHECK = later.say(
    "Find every problem of rule files, at every day on which something in them changes.\n\n"
    "Without a directory the bundled rules are checked; a directory is added to them. A file of these directories "
    "stands for its own problems alone. Exit code 1: something was found."
)
_TEST = later.say(
    "Run the cases that rule files carry, on one profile and on columns.\n\n"
    "Without a directory those of the bundled rules run; a directory is added to them. A file of these directories "
    "stands for its own cases alone. Exit code 1: a case deviates."
)
_SCHEMA = later.say(
    "Print the JSON Schema of one kind of rule file, for editors: programmes (if nothing is named), definitions, "
    "facts, tables or papers.\n\nA path stands for the kind of the folder it names."
)

Directories = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help=later.say("Directories with rule files, or files of such.")),
]


def check(
    paths: Directories = None,
    stale: Stale = None,
    as_of: AsOf = None,
    form: ListFormat = "text",
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
) -> int:
    """Find problems; returns the exit code."""
    from eligibility.rulebook.check import check_rules
    from eligibility.rulebook.rules import read_rules
    from eligibility.rulebook.stale import stale_sources

    directories, files = _named(paths, no_bundled_rules)
    rules = read_rules(directories)
    problems = check_rules(rules)
    if stale is not None:
        problems += stale_sources(rules, day_of(as_of), stale)
    if files:
        problems = [problem for problem in problems if problem.place is not None and problem.place.file in files]
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

    directories, files = _named(paths, no_bundled_rules)
    rules = read_rules(directories)
    if rules.problems:
        raise RuleError(*rules.problems)
    ran = run_cases(rules, files)
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


def _named(paths: Sequence[str] | None, no_bundled: bool) -> tuple[list[Path], frozenset[str]]:
    """Return the directories to read, and the names of the files that alone are asked about."""
    from eligibility.rulebook.files import bundled_rules

    files = [path for path in paths or () if Path(path).is_file()]
    own = own_directories([path for path in paths or () if path not in files], no_bundled)
    directories = [*([] if no_bundled else [bundled_rules()]), *own]
    if not directories:
        raise misuse("no-rules", say("there are no rules: name a directory, or keep the bundled ones"))
    return directories, frozenset(_name_of(file, directories) for file in files)


def _name_of(file: str, directories: Sequence[Path]) -> str:
    from eligibility.rulebook.files import shown_name

    for directory in directories:
        with suppress(ValueError):
            return shown_name(Path(file), directory)
    hint = say("name its directory, too")
    raise misuse("not-in-rules", say("`{file}` lies in none of the directories of rules", file=file), hint)


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
            later.say("The sources that nobody has checked for half a year:"),
            "$ eligibility rules check --stale 180",
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
            later.say("The cases of one file:"),
            "$ eligibility rules test rules rules/programmes/de/digital-jetzt.yaml --no-bundled-rules",
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
