"""`eligibility group`: how large a firm is together with its group, on a sheet that shows why."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.cli.inputs import file_of, files_of
from eligibility.cli.options import AsOf, Language, NoBundledRules, RuleDirectories, day_of, open_rulebook
from eligibility.cli.output import STANDARD, emit, json_text, text_width
from eligibility.cli.usage import did_you_mean, misuse, one_of
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from datetime import date

    from eligibility.aid.award import History
    from eligibility.group.structure import Structure
    from eligibility.report.group_found import GroupFound

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
_MOST_NAMED = 8

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
Aid = Annotated[
    str | None,
    typer.Option(
        "--aid",
        metavar="FILE",
        help=later.say("The de-minimis aid that the group has received: YAML, JSON, or a table."),
    ),
]
MemberState = Annotated[
    str | None,
    typer.Option(
        "--member-state",
        metavar="XX",
        help=later.say("The Member State that is to grant the next aid; ceilings hold for each on its own."),
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
    form: Form = "text",
    output: Output = None,
    lang: Language = None,
) -> int:
    """Write the sheet of one firm; returns the exit code."""
    state = _state(member_state, aid)
    sources = [*inputs, *([] if aid is None else [aid])]
    if STANDARD in sources:
        raise misuse("standard-input", say("ownership and aid cannot be read from standard input"), say("name files"))
    _check_target(output, sources)
    day = day_of(as_of)
    structure = _read(inputs, day)
    firm = _firm(structure, subject)
    history = None if aid is None else _history(aid, structure)
    rulebook = open_rulebook(day.isoformat(), rules, no_bundled_rules).linked
    from eligibility.report.group_found import group_found

    found = group_found(rulebook, structure, firm, history, state)
    emit(_written(found, form, output), output, styled=form == "text")
    return 0


def _state(member_state: str | None, aid: str | None) -> str | None:
    if member_state is None:
        return None
    if aid is None:
        message = say("--member-state is for the aid of --aid FILE")
        raise misuse("member-state", message, say("leave it out, or add --aid FILE"))
    from eligibility.aid.entries import read_state
    from eligibility.values.misread import Misread

    try:
        return read_state(member_state)
    except Misread as error:
        raise misuse(error.code, f"--member-state: {error.message}", error.hint) from None


def _check_target(output: str | None, sources: Sequence[str]) -> None:
    """Refuse a sheet that would replace what it is made from."""
    if output in (None, STANDARD):
        return
    real = os.path.realpath(str(output))
    if os.path.isfile(real) and real in {os.path.realpath(name) for name in sources}:
        message = say("the sheet would replace {file}, from which it is made", file=str(output))
        raise misuse("same-file", message, say("choose another name for -o"))


def _read(inputs: Sequence[str], day: "date") -> "Structure":
    from eligibility.batch.structure_table import read_structure

    return read_structure(files_of(inputs), day)


def _firm(structure: "Structure", wanted: str | None) -> int:
    """Return the firm that the sheet is about: never guessed, even where only one has figures."""
    from eligibility.group.structure import Kind

    nodes = structure.nodes
    none = (Kind.PERSON, Kind.PUBLIC_BODY, Kind.LOCAL_AUTHORITY)
    firms = [name for name, kind in zip(nodes.ids, nodes.kinds.tolist(), strict=True) if kind not in none]
    if wanted is not None:
        if wanted not in structure.index:
            message = say("there is no enterprise `{name}` in the files", name=wanted)
            raise misuse("unknown-subject", message, did_you_mean(wanted, firms) or _named(firms))
        if wanted not in firms:
            message = say("`{name}` is no enterprise, so that there is no size to tell", name=wanted)
            raise misuse("not-an-enterprise", message, _named(firms))
        return structure.node(wanted)
    if structure.subject is None:
        message = say("it is not said which firm the sheet is about")
        raise misuse("no-subject", message, _named(firms))
    return structure.subject


def _named(firms: Sequence[str]) -> str:
    names = ", ".join(firms[:_MOST_NAMED]) + (" …" if len(firms) > _MOST_NAMED else "")
    return say("name it with --subject; the files have: {names}", names=names)


def _history(name: str, structure: "Structure") -> "History":
    from eligibility.batch.aid_table import read_aid

    return read_aid(file_of(name), structure.index, language())


def _written(found: "GroupFound", form: str, output: str | None) -> str:
    from eligibility.report import group_page

    if form == "json":
        return json_text(group_page.group_dict(found, language()))
    if form == "markdown":
        return group_page.group_markdown(found, language())
    if form == "html":
        return group_page.group_html(found, language())
    return group_page.group_text(found, language(), text_width(output))
