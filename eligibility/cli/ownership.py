"""The group of one company, from files of ownership and aid, or from what the wizard was told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.group_files import firm_of, read_awards, read_files, state_of
from eligibility.cli.output import STANDARD, write_whole
from eligibility.cli.usage import misuse
from eligibility.cli.wording import say
from eligibility.engine.profile import Finding
from eligibility.interview.draft import Draft
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview
from eligibility.interview.ownership import drafted, is_complete, rows_of, written
from eligibility.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from eligibility.group.found import GroupFound


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """What is told of the group on the command line."""

    ownership: Sequence[str] = ()
    aid: str | None = None
    subject: str | None = None
    member_state: str | None = None

    @property
    def names(self) -> list[str]:
        """Return the names of all files."""
        return [*self.ownership, *([] if self.aid is None else [self.aid])]


@dataclass(frozen=True, slots=True)
class GroupGiven:
    """What files say of a group: findings for facts and, where there are files, the sheets behind them."""

    findings: Mapping[str, Finding] = field(default_factory=dict)
    found: "GroupFound | None" = None


def read_group(rulebook: Rulebook, files: GroupFiles) -> GroupGiven:
    """Read the files and work out what they say.

    Raises:
        AnswerError: whatever is wrong with the files.
        Misuse: it is not said which firm is meant, or standard input is named.
    """
    if STANDARD in files.names:
        raise misuse("standard-input", say("ownership and aid cannot be read from standard input"), say("name files"))
    if files.subject is not None and not files.ownership:
        raise misuse("subject", say("--subject is for the files of --ownership"), say("leave it out"))
    state = state_of(files.member_state, files.aid)
    if not files.names:
        return GroupGiven()
    from eligibility.group.findings import found_of_firm, group_findings

    structure = read_files(files.ownership, rulebook.as_of) if files.ownership else None
    firm = None if structure is None else firm_of(structure, files.subject)
    history = None if files.aid is None else read_awards(files.aid, structure)
    found = found_of_firm(rulebook, structure, firm, history, state)
    return GroupGiven(group_findings(found), found)


def sheet_of(interview: Interview, given: GroupGiven) -> "GroupFound | None":
    """Return what was found of the group, in files or in what the wizard was told."""
    if given.found is not None or interview.draft is None or interview.group is None:
        return given.found
    if interview.group.basis is not Basis.WORKED_OUT:
        return None
    from eligibility.cli.wizard.group_sheet import found_of

    return found_of(interview, interview.draft)


# What the wizard was told stands beside the answers.


def draft_file(answers: Path) -> Path:
    """Return where the group is kept of which these are the answers."""
    return answers.with_name(f"{answers.stem}.ownership.yaml")


def keep_draft(answers: Path, interview: Interview) -> None:
    """Keep what was told of the group, for its owner alone; nothing where nothing was told."""
    group = interview.group
    if group is not None and group.basis is Basis.ALONE:
        data = written(rows_of(Draft()))
    elif interview.draft is not None:
        data = written(rows_of(interview.draft, complete=group is not None and group.basis is Basis.WORKED_OUT))
    else:
        return
    write_whole(draft_file(answers), data, private=True)


def put_draft_aside(answers: Path, aside: Path) -> None:
    """Rename the group of earlier answers, so that it is not taken for one of the answers to come."""
    if draft_file(answers).is_file():
        draft_file(answers).replace(draft_file(aside))


def kept_group(answers: Path) -> str | None:
    """Return the file of a group that has been told in full beside these answers; `None` where there is none."""
    file = draft_file(answers)
    if not file.is_file():
        return None
    tree = _tree(file)
    told = drafted(tree)
    # A company that stands alone has no sheet.
    return str(file) if told is None or (is_complete(tree) and told.known) else None


def with_kept(start: Interview, answers: Path) -> Interview:
    """Return the interview with the group that was told beside these answers; unchanged where there is none."""
    file = draft_file(answers)
    if start.findings or not file.is_file():
        return start
    tree = _tree(file)
    draft = drafted(tree)
    if draft is None:
        given = read_group(start.rulebook, GroupFiles([str(file)]))
        return replace(start, findings=given.findings)
    if not is_complete(tree):
        return start.drafted(draft)
    if not draft.known:
        return start.with_group(Basis.ALONE)
    from eligibility.cli.wizard.group_sheet import found_of
    from eligibility.group.findings import group_findings

    return start.with_group(Basis.WORKED_OUT, draft, group_findings(found_of(start, draft)))


def _tree(file: Path) -> object:
    from eligibility.rulebook.read_yaml import read_document
    from eligibility.values.problem import AnswerError, RuleError

    try:
        return read_document(str(file), file.read_bytes(), empty=True).tree
    except RuleError as error:
        raise AnswerError(*error.problems) from None
