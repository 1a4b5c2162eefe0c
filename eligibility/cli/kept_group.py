"""What the wizard was told of a group: it is kept beside the answers, and found there again."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.output import write_whole
from eligibility.cli.ownership import GroupFiles, GroupGiven, read_group
from eligibility.interview.draft import Draft
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview
from eligibility.interview.ownership import drafted, is_complete, rows_of, written

if TYPE_CHECKING:
    from eligibility.group.found import GroupFound


def sheet_of(interview: Interview, given: GroupGiven) -> "GroupFound | None":
    """Return what was found of the group, in what the wizard was told or in files."""
    told = interview.group is not None and interview.group.basis is Basis.WORKED_OUT
    if not told or interview.draft is None:
        return given.found
    from eligibility.cli.wizard.group_sheet import found_of

    return found_of(interview, interview.draft, given.aid)


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


def with_kept(start: Interview, answers: Path, files: GroupFiles, given: GroupGiven) -> tuple[Interview, GroupGiven]:
    """Return the interview with the group that was told beside these answers; unchanged where there is none.

    A structure that is among the `files` stands over it.
    """
    file = draft_file(answers)
    if files.ownership or not file.is_file():
        return start, given
    tree = _tree(file)
    draft = drafted(tree)
    if draft is None:
        # It says itself which firm it is about.
        given = read_group(start.rulebook, replace(files, ownership=[str(file)]))
        return replace(start, findings=given.findings), given
    if not is_complete(tree):
        return start.drafted(draft), given
    if not draft.known:
        return start.with_group(Basis.ALONE), given
    from eligibility.cli.wizard.group_sheet import found_of
    from eligibility.group.findings import group_findings

    return start.with_group(Basis.WORKED_OUT, draft, group_findings(found_of(start, draft, given.aid))), given


def _tree(file: Path) -> object:
    from eligibility.rulebook.read_yaml import read_document
    from eligibility.values.problem import AnswerError, RuleError

    try:
        return read_document(str(file), file.read_bytes(), empty=True).tree
    except RuleError as error:
        raise AnswerError(*error.problems) from None
