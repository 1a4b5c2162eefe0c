"""The files of a group that several commands read: who holds what of whom, and the aid received."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eligibility.cli.inputs import file_of, files_of
from eligibility.cli.usage import did_you_mean, misuse
from eligibility.cli.wording import language, say

if TYPE_CHECKING:
    from datetime import date

    from eligibility.aid.award import History
    from eligibility.group.structure import Structure

_MOST_NAMED = 8


def state_of(member_state: str | None, aid: str | None) -> str | None:
    """Return the code of the Member State that is to grant the next aid; raises Misuse."""
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


def read_files(
    inputs: Sequence[str], day: "date", encoding: str | None = None, decimal: str | None = None
) -> "Structure":
    """Read an ownership structure as of a day; raises AnswerError."""
    from eligibility.batch.structure_table import read_structure

    return read_structure(files_of(inputs), day, encoding=encoding, decimal=decimal)


def firm_of(structure: "Structure", wanted: str | None) -> int:
    """Return the firm that is meant: never guessed, even where only one has figures. Raises Misuse."""
    from eligibility.group.structure import NO_FIRMS

    nodes = structure.nodes
    firms = [name for name, kind in zip(nodes.ids, nodes.kinds.tolist(), strict=True) if kind not in NO_FIRMS]
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
    if not firms:
        return say("the files have no enterprise in force on this day")
    names = ", ".join(firms[:_MOST_NAMED]) + (" …" if len(firms) > _MOST_NAMED else "")
    return say("name it with --subject; the files have: {names}", names=names)


def read_awards(name: str, structure: "Structure | None") -> "History":
    """Read the aid that a firm and the others of a structure received; raises AnswerError."""
    from eligibility.batch.aid_table import read_aid

    return read_aid(file_of(name), None if structure is None else structure.index, language())
