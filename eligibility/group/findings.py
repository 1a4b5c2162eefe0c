"""What was found of a group, as findings for the facts of the firm."""

from collections.abc import Mapping

from eligibility.aid.award import History
from eligibility.engine.profile import Finding
from eligibility.group.answers import as_answer
from eligibility.group.found import GroupFound, group_found
from eligibility.group.korean_facts import korean_answers
from eligibility.group.structure import Structure, from_rows
from eligibility.rulebook.rulebook import Rulebook

FIRM = "firm"
"""The id of a firm without a structure."""
_RECEIVED = "de_minimis_received"


def group_findings(found: GroupFound) -> Mapping[str, Finding]:
    """Return what the sheets say of facts, the Korean ones and the aid among them where there are such sheets."""
    rulebook = found.assessed.rulebook
    answers = dict(found.size.answers)
    if found.korean is not None and found.owners is not None:
        answers |= korean_answers(rulebook, found.korean, found.owners)
    findings = {fact: Finding(answer, "ownership") for fact, answer in answers.items()}
    if found.aid is not None and _RECEIVED in rulebook.facts:
        received = as_answer(rulebook, _RECEIVED, found.aid.headroom.received.total)
        if received is not None:
            findings[_RECEIVED] = Finding(received, "aid")
    return findings


def found_of_firm(
    rulebook: Rulebook,
    structure: Structure | None,
    subject: int | None,
    history: History | None = None,
    member_state: str | None = None,
) -> GroupFound:
    """Return what is found of a firm; without a structure nobody knows whose aid besides its own belongs to it."""
    if structure is None or subject is None:
        structure, subject = from_rows([{"id": FIRM}], [], subject=FIRM), 0
    return group_found(rulebook, structure, subject, history, member_state)
