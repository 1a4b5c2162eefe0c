"""What `batch` and `inspect` share: the input and how it is to be read."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.inputs import family
from eligibility.cli.output import read_input
from eligibility.cli.usage import misuse, one_of
from eligibility.cli.wording import later, say
from eligibility.values.problem import AnswerError, Problem

if TYPE_CHECKING:
    from eligibility.rulebook.rulebook import Rulebook

Input = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help=later.say("The table, or several with the same columns; - is standard input, read as CSV."),
    ),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=FACT",
        help=later.say("Which column holds which fact, or a file with such a map; can be given several times."),
    ),
]
SaveMap = Annotated[
    str | None,
    typer.Option(
        "--save-map",
        metavar="FILE",
        help=later.say("Write down which column holds which fact, to be given back with --map."),
    ),
]
Identifier = Annotated[
    str | None, typer.Option("--id", metavar="COLUMN", help=later.say("The column that names each company."))
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help=later.say("The encoding of the text, such as utf-8 or cp949; found from the text if left out."),
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        help=later.say("What stands between two cells; found from the header if left out."),
    ),
]
Quote = Annotated[
    str | None,
    typer.Option(
        "--quote",
        metavar="SIGN",
        help=later.say("What stands around cells with a delimiter inside; found from the text if left out."),
    ),
]
HeaderLine = Annotated[
    int | None,
    typer.Option(
        "--header",
        metavar="LINE",
        min=1,
        help=later.say("The line of column names, counted from 1; found from the names if left out."),
    ),
]
Decimal = Annotated[
    str | None,
    typer.Option(
        "--decimal",
        metavar=",|.",
        callback=one_of(",", "."),
        help=later.say("The decimal sign of numbers; found for each column if left out."),
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=later.say("The sheet of a workbook, by name or number; the one with known columns if left out."),
    ),
]


def reading_options(
    rulebook: "Rulebook",
    mapped: Sequence[str] | None,
    identifier: str | None,
    settings: Sequence[str] | None,
    **options: object,
) -> dict[str, Any]:
    """Return the part of a request that says how a table is read; `options` are handed on."""
    from eligibility.cli.answers import typed_settings

    return {
        "mapping": mapping_of(mapped),
        "id_column": identifier,
        "defaults": typed_settings(rulebook, list(settings or [])),
        "family": family(os.environ),
        **options,
    }


def mapping_of(mapped: Sequence[str] | None) -> dict[str, str]:
    """Return column -> fact from `COLUMN=FACT` and from files; what is the name of a file is that file.

    Raises:
        Misuse: neither a pair nor a file.
        AnswerError: a file that is no map.
    """
    mapping: dict[str, str] = {}
    for entry in mapped or ():
        column, sign, fact = entry.rpartition("=")
        # Not by pathlib: the name of a column may be longer than any file's, which it raises for.
        if os.path.isfile(entry):
            mapping.update(_from_file(entry))
        elif sign:
            mapping[column.strip()] = fact.strip()
        else:
            message = say("`--map {text}` is neither COLUMN=FACT nor a file", text=entry)
            raise misuse("not-a-map", message, say('such as --map "Number of staff=group_employees"'))
    return mapping


def _from_file(name: str) -> dict[str, str]:
    from eligibility.rulebook.answers_file import read_located

    found = read_located(name, read_input(name))
    for column, fact in found.values.items():
        if not isinstance(fact, str):
            message = say("the column `{name}` has no fact", name=column)
            raise AnswerError(Problem("not-a-map", message, found.places.get(column)))
    return {column: str(fact) for column, fact in found.values.items()}
