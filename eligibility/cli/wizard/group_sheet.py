"""What a drafted group comes to, and its derivation sheet as text. What adds it up is loaded with this file."""

from dataclasses import replace

from eligibility.engine.assess import assess_profile
from eligibility.engine.profile import read_profile
from eligibility.group.findings import group_findings
from eligibility.group.found import GroupFound, group_found
from eligibility.interview.draft import Draft
from eligibility.interview.interview import Interview
from eligibility.interview.ownership import rows_of, structure_of
from eligibility.report.group_page import group_page
from eligibility.report.text import page_text


def found_of(interview: Interview, draft: Draft) -> GroupFound:
    """Return what is found of a drafted group."""
    structure = structure_of(rows_of(draft))
    assert structure.subject is not None
    return group_found(interview.rulebook, structure, structure.subject)


def sheet_lines(interview: Interview, draft: Draft, language: str, columns: int) -> tuple[str, list[str]]:
    """Return heading and lines of the sheet, made for pages of so many columns."""
    found = found_of(interview, draft)
    # Of the class it says what it will say once these figures are used.
    profile = read_profile(interview.rulebook, interview.answers, group_findings(found))
    page = group_page(replace(found, assessed=assess_profile(interview.rulebook, profile)), language)
    lines = page_text(replace(page, title=""), columns).split("\n")
    return page.title, lines
