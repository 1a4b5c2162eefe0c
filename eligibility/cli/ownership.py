"""The group of one company from files of ownership and aid. Nothing heavy is loaded before there are such files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eligibility.cli.group_files import firm_of, read_awards, read_files, state_of
from eligibility.cli.output import STANDARD
from eligibility.cli.usage import misuse
from eligibility.cli.wording import say

if TYPE_CHECKING:
    from eligibility.cli.wizard.group_aid import GroupAid
    from eligibility.engine.profile import Finding
    from eligibility.group.found import GroupFound
    from eligibility.group.structure import Structure
    from eligibility.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """What is told of the group on the command line; `kept`: the wizard has written the ownership.

    `site` is the country of the site, whose aid counts where no Member State is named.
    """

    ownership: Sequence[str] = ()
    aid: str | None = None
    subject: str | None = None
    member_state: str | None = None
    kept: bool = False
    site: str | None = None

    @property
    def names(self) -> list[str]:
        """Return the names of all files."""
        return [*self.ownership, *([] if self.aid is None else [self.aid])]


@dataclass(frozen=True, slots=True)
class GroupGiven:
    """What files say of a group: findings for facts and, where there are files, the sheets behind them.

    `aid` is the list of aid, for which a group that is told later counts too.
    """

    findings: Mapping[str, "Finding"] = field(default_factory=dict)
    found: "GroupFound | None" = None
    aid: "GroupAid | None" = None


def read_group(rulebook: "Rulebook", files: GroupFiles) -> GroupGiven:
    """Read the files and work out what they say.

    Raises:
        AnswerError: whatever is wrong with the files.
        Misuse: it is not said which firm is meant, or standard input is named.
    """
    if STANDARD in files.names:
        raise misuse("standard-input", say("ownership and aid cannot be read from standard input"), say("name files"))
    if files.subject is not None and not files.ownership:
        raise misuse("subject", say("--subject is for the files of --ownership"), say("leave it out"))
    state = state_of(files.member_state, files.aid) or files.site
    if not files.names:
        return GroupGiven()
    from eligibility.group.findings import found_of_firm, group_findings

    structure = read_files(files.ownership, rulebook.as_of) if files.ownership else None
    firm = None if structure is None else firm_of(structure, files.subject)
    aid = None if files.aid is None else _aid(files.aid, structure, state, files.kept)
    history = None if aid is None else aid.history
    found = found_of_firm(rulebook, structure, firm, history, state)
    return GroupGiven(group_findings(found), found, aid)


def _aid(file: str, structure: "Structure | None", state: str | None, kept: bool) -> "GroupAid":
    """Read the list of aid; a structure from a file has to have its names, one that was told may spell them anew."""
    from eligibility.cli.wizard.group_aid import GroupAid

    if structure is None or not kept:
        return GroupAid(read_awards(file, structure), state)
    return GroupAid(GroupAid(read_awards(file, None)).among(structure.nodes.ids), state)
