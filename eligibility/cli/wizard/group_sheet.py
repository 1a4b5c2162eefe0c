"""What a drafted group comes to, and its derivation sheet as text. What adds it up is loaded with this file."""

from dataclasses import replace

from eligibility.cli.wizard.group_aid import GroupAid
from eligibility.engine.assess import assess_profile
from eligibility.engine.profile import read_profile
from eligibility.group.findings import group_findings
from eligibility.group.found import GroupFound, group_found
from eligibility.interview.draft import Draft
from eligibility.interview.interview import Interview
from eligibility.interview.ownership import rows_of, structure_of
from eligibility.report.group_page import group_page
from eligibility.report.text import page_text


def found_of(interview: Interview, draft: Draft, aid: GroupAid | None) -> GroupFound:
    """Return what is found of a drafted group, and of its aid where a list of that was given."""
    structure = structure_of(rows_of(draft))
    assert structure.subject is not None
    history = None if aid is None else aid.among(structure.nodes.ids)
    state = None if aid is None else aid.member_state
    return group_found(interview.rulebook, structure, structure.subject, history, state)


def sheet_lines(found: GroupFound, interview: Interview, language: str, columns: int) -> tuple[str, list[str]]:
    """Return heading and lines of the sheet, made for pages of so many columns."""
    # Of the class it says what it will say once these figures are used.
    profile = read_profile(interview.rulebook, interview.answers, group_findings(found))
    page = group_page(replace(found, assessed=assess_profile(interview.rulebook, profile)), language)
    lines = page_text(replace(page, title=""), columns).split("\n")
    return page.title, lines
