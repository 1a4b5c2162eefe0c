"""The options that only `batch` has."""

from typing import Annotated

import typer

from eligibility.cli.usage import one_of
from eligibility.cli.wording import later

ENGINES = ("polars", "duckdb", "spark")

Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=later.say("Where to write: .csv, .xlsx, .parquet or .jsonl; standard output if left out."),
    ),
]
Layout = Annotated[
    str,
    typer.Option(
        "--layout",
        metavar="wide|long",
        callback=one_of("wide", "long"),
        help=later.say("One row for each company (wide), or for each company and programme (long)."),
    ),
]
Rejects = Annotated[
    str | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help=later.say("Where rejected rows go; beside the output as NAME.rejects.csv if left out."),
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="|".join(ENGINES),
        callback=one_of(*ENGINES),
        help=later.say("What computes; the result is the same."),
    ),
]
OnBadValue = Annotated[
    str,
    typer.Option(
        "--on-bad-value",
        metavar="reject|unknown",
        callback=one_of("reject", "unknown"),
        help=later.say("What a cell does that cannot be read: set its row aside, or count as unknown."),
    ),
]
MostRejects = Annotated[
    int | None,
    typer.Option(
        "--max-rejects",
        metavar="N",
        min=0,
        help=later.say("Stop and write nothing after more rejected rows than this."),
    ),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="FILE.html",
        help=later.say("Also write what all rows say together: verdicts, money, what excludes, what to ask for."),
    ),
]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel",
        help=later.say("CSV that a double click opens in Excel, with the decimal sign of the language."),
    ),
]
RawCells = Annotated[
    bool,
    typer.Option("--raw-cells", help=later.say("Leave cells as they are that a spreadsheet would run as formulas.")),
]
Quiet = Annotated[bool, typer.Option("--quiet", help=later.say("No progress and no summary."))]
