"""What `batch` and `inspect` share: the input and how it is to be read."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from eligibility.cli.output import STANDARD, no_such_file, not_a_file, read_input, standard_bytes
from eligibility.cli.usage import misuse, one_of
from eligibility.cli.wording import later, say
from eligibility.values.problem import AnswerError, Problem

Input = Annotated[str, typer.Argument(metavar="INPUT", help=later.say("The table; - is standard input, read as CSV."))]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=FACT",
        help=later.say("Which column holds which fact, or a file with such a map; can be given several times."),
    ),
]
Identifier = Annotated[
    str | None, typer.Option("--id", metavar="COLUMN", help=later.say("The column that names each company."))
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help=later.say("The encoding of the text, such as utf-8."))
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        help=later.say("What stands between two cells; found from the header if left out."),
    ),
]
Decimal = Annotated[
    str | None,
    typer.Option("--decimal", metavar=",|.", callback=one_of(",", "."), help=later.say("The decimal sign of numbers.")),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=later.say("The sheet of a workbook, by name or number; the one with known columns if left out."),
    ),
]


@contextlib.contextmanager
def opened(name: str) -> Iterator[Path | BinaryIO]:
    """Give the input as a path, or standard input as a stream of bytes.

    Raises:
        AnswerError: there is no such file, or it is a directory.
        OSError: standard input is closed.
    """
    if name == STANDARD:
        yield standard_bytes(writing=False)
        return
    path = Path(name)
    if path.is_dir():
        raise not_a_file(name)
    if not path.exists():
        raise no_such_file(name)
    yield path


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
