"""`eligibility batch --ownership --aid`: what the rows of a table leave empty, from files about groups of firms."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.group_files import read_awards, read_files, state_of
from eligibility.cli.output import STANDARD
from eligibility.cli.usage import misuse
from eligibility.cli.wording import later, say

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
        help=later.say("The Member State whose aid counts; that of a row's site if left out."),
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
    state_of(member_state, aid)
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
    structure = read_files(ownership, day)
    if aid is None:
        return {"ownership": structure}
    from eligibility.batch.aid_received import Aid

    return {"ownership": structure, "aid": Aid(read_awards(aid, structure), state_of(member_state, aid))}
