"""`eligibility batch --ownership --aid`: what the rows of a table leave empty, from files about groups of firms."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.inputs import file_of, files_of
from eligibility.cli.output import STANDARD
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from datetime import date

Ownership = Annotated[
    list[str] | None,
    typer.Option(
        "--ownership",
        metavar="FILE",
        help=later.say(
            "Who holds what of whom: what a row leaves empty is worked out from its group; can be given several times."
        ),
    ),
]
Aid = Annotated[
    str | None,
    typer.Option(
        "--aid",
        metavar="FILE",
        help=later.say("The de-minimis aid that the firms have received, for the whole undertaking of each."),
    ),
]
MemberState = Annotated[
    str | None,
    typer.Option(
        "--member-state",
        metavar="XX",
        help=later.say("The Member State whose aid counts; that of a row's site or of the firm if left out."),
    ),
]


def check_group_options(
    ownership: Sequence[str] | None, aid: str | None, member_state: str | None, engine: str
) -> None:
    """Refuse options that do not go together.

    Raises:
        Misuse: Spark, standard input, aid without a structure, a Member State without aid.
    """
    if aid is not None and not ownership:
        message = say("--aid needs --ownership: the aid of a whole undertaking counts")
        raise misuse("aid", message, say("add --ownership FILE; firms that stand alone need a table of their ids"))
    if member_state is not None and aid is None:
        message = say("--member-state is for the aid of --aid FILE")
        raise misuse("member-state", message, say("leave it out, or add --aid FILE"))
    if ownership and engine == "spark":
        message = say("Spark takes no ownership structures")
        raise misuse("spark-ownership", message, say("use another engine: a million firms fit on one machine"))
    if STANDARD in (*(ownership or ()), aid):
        raise misuse("standard-input", say("ownership and aid cannot be read from standard input"), say("name files"))


def group_options(
    ownership: Sequence[str] | None, aid: str | None, member_state: str | None, day: "date"
) -> dict[str, Any]:
    """Return the part of a request that says what is known of groups of firms.

    Raises:
        AnswerError: files that cannot be used.
        Misuse: no such Member State.
    """
    if not ownership:
        return {}
    from eligibility.batch.structure_table import read_structure

    state = None if member_state is None else _state(member_state)
    structure = read_structure(files_of(ownership), day)
    if aid is None:
        return {"ownership": structure}
    from eligibility.batch.aid_received import Aid
    from eligibility.batch.aid_table import read_aid

    history = read_aid(file_of(aid), structure.index, language())
    return {"ownership": structure, "aid": Aid(history, state)}


def _state(member_state: str) -> str:
    from eligibility.aid.entries import read_state
    from eligibility.values.misread import Misread

    try:
        return read_state(member_state)
    except Misread as error:
        raise misuse(error.code, f"--member-state: {error.message}", error.hint) from None
