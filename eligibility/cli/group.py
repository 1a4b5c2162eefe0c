"""`eligibility group`: how large a firm is together with its group, on a sheet that shows why."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.cli.group_files import firm_of, read_awards, read_files, state_of
from eligibility.cli.options import (
    Aid,
    AsOf,
    Language,
    MemberState,
    NoBundledRules,
    RuleDirectories,
    day_of,
    open_rulebook,
)
from eligibility.cli.output import STANDARD, emit, json_text, text_width
from eligibility.cli.table import Decimal, Encoding
from eligibility.cli.usage import misuse, one_of
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from eligibility.group.found import GroupFound

NAME = "group"
ABOUT = later.say(
    "Tell how large a firm is together with its group, on a sheet that shows where each figure comes from.\n\n"
    "Who holds what of whom is read from files. The sheet tells partner and linked enterprises with their paths, what "
    "each adds, the size class and its limits; for Korean firms the affiliates; with --aid the single undertaking and "
    "its de-minimis headroom."
)
EXAMPLES = (
    later.say("The firm that a file is about, with its group:"),
    "$ eligibility group examples/group.yaml",
    later.say("A firm of two tables, as a page to print:"),
    "$ eligibility group examples/portfolio/enterprises.csv examples/portfolio/holdings.csv --subject K-1001 "
    "--format html -o sheet.html",
    later.say("With the aid that the group has received:"),
    "$ eligibility group examples/group.yaml --aid examples/aid.yaml --member-state DE",
)
_FORMATS = ("text", "json", "markdown", "html")

Input = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help=later.say("Files with enterprises and holdings: YAML, JSON, or tables as for batch."),
    ),
]
Subject = Annotated[
    str | None,
    typer.Option(
        "--subject", metavar="ID", help=later.say("The firm that the sheet is about; else the `subject` of the file.")
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format", metavar="|".join(_FORMATS), callback=one_of(*_FORMATS), help=later.say("How to write the sheet.")
    ),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=later.say("Write the sheet to this file."))
]


def run(
    inputs: Input,
    subject: Subject = None,
    aid: Aid = None,
    member_state: MemberState = None,
    as_of: AsOf = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    encoding: Encoding = None,
    decimal: Decimal = None,
    form: Form = "text",
    output: Output = None,
    lang: Language = None,
) -> int:
    """Write the sheet of one firm; returns the exit code."""
    state = state_of(member_state, aid)
    sources = [*inputs, *([] if aid is None else [aid])]
    if STANDARD in sources:
        raise misuse("standard-input", say("ownership and aid cannot be read from standard input"), say("name files"))
    _check_target(output, sources)
    day = day_of(as_of)
    structure = read_files(inputs, day, encoding, decimal)
    firm = firm_of(structure, subject)
    history = None if aid is None else read_awards(aid, structure)
    rulebook = open_rulebook(day.isoformat(), rules, no_bundled_rules).linked
    from eligibility.group.found import group_found

    found = group_found(rulebook, structure, firm, history, state)
    emit(_written(found, form, output), output, styled=form == "text")
    return 0


def _check_target(output: str | None, sources: Sequence[str]) -> None:
    """Refuse a sheet that would replace what it is made from."""
    if output in (None, STANDARD):
        return
    real = os.path.realpath(str(output))
    if os.path.isfile(real) and real in {os.path.realpath(name) for name in sources}:
        message = say("the sheet would replace {file}, from which it is made", file=str(output))
        raise misuse("same-file", message, say("choose another name for -o"))


def _written(found: "GroupFound", form: str, output: str | None) -> str:
    from eligibility.report import group_page

    if form == "json":
        return json_text(group_page.group_dict(found, language()))
    if form == "markdown":
        return group_page.group_markdown(found, language())
    if form == "html":
        return group_page.group_html(found, language())
    return group_page.group_text(found, language(), text_width(output))
