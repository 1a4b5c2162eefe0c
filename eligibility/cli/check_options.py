"""The options that only `check` has."""

from typing import Annotated

import typer

from eligibility.cli.usage import one_of
from eligibility.cli.wording import later

REPORT_FORMATS = ("text", "json", "markdown", "html")
FORMATS = (*REPORT_FORMATS, "csv")


Answers = Annotated[
    str | None,
    typer.Option("--answers", metavar="FILE", help=later.say("Answers as YAML or JSON: a map from fact to value.")),
]
Plain = Annotated[
    bool,
    typer.Option("--plain", help=later.say("Ask in plain numbered lines, for screen readers and simple terminals.")),
]
Priors = Annotated[
    str | None,
    typer.Option(
        "--priors",
        metavar="FILE",
        help=later.say("A table (CSV) of how likely answers are, which decides the order of the questions."),
    ),
]
NoInput = Annotated[bool, typer.Option("--no-input", help=later.say("Ask nothing; assess what is given."))]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        callback=one_of(*FORMATS),
        help=later.say("How to write the result."),
    ),
]
ReportForm = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(REPORT_FORMATS),
        callback=one_of(*REPORT_FORMATS),
        help=later.say("How to write the result."),
    ),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=later.say("Write the result to this file."))
]
Save = Annotated[
    str | None,
    typer.Option("--save", metavar="FILE", help=later.say("Keep the answers in this file, after each answer.")),
]
Resume = Annotated[
    str | None,
    typer.Option(
        "--resume",
        metavar="[FILE]",
        help=later.say("Go on with the answers of this file, or with those of the wizard left last."),
    ),
]
Ownership = Annotated[
    list[str] | None,
    typer.Option(
        "--ownership",
        metavar="FILE",
        help=later.say("Who holds what of whom: YAML, JSON, or tables as for batch; can be given several times."),
    ),
]
Subject = Annotated[
    str | None,
    typer.Option(
        "--subject", metavar="ID", help=later.say("The company in those files; else the `subject` of the file.")
    ),
]
Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help=later.say("Whom the report is for; stands at its head."))
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="FACT",
        help=later.say(
            "Also look at what a change of this fact would bring, such as group_employees; can be given several times."
        ),
    ),
]
Chances = Annotated[
    list[str] | None,
    typer.Option(
        "--chance",
        metavar="ID=PERCENT",
        help=later.say(
            "How likely a programme is to be granted, for the funding plan: 100 if left out. Can be given several "
            "times."
        ),
    ),
]
