"""What was said of the group of a company: it stands alone, its sums are known, or they were worked out."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from eligibility.engine.profile import Finding
from eligibility.rulebook.rulebook import Rulebook

GROUP_FACTS = frozenset(
    f"group_{figure}{period}" for figure in ("employees", "turnover", "balance_sheet") for period in ("", "_previous")
)
"""The facts for which it matters whether the company has a group."""
OWN_FIGURES = {
    "group_employees": "employees",
    "group_turnover": "own_turnover",
    "group_balance_sheet": "own_balance_sheet",
}
"""The figures of the group and the own ones that they are where there is no group."""


class Basis(enum.StrEnum):
    """What the figures of the group rest on: there is no group, or they are asked for as sums, or worked out."""

    ALONE = "alone"
    SUMS = "sums"
    WORKED_OUT = "worked_out"


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was said of the group, `after` which question (empty: before the first), and what follows from it."""

    basis: Basis
    after: str = ""
    findings: Mapping[str, Finding] = field(default_factory=dict)


def alone(rulebook: Rulebook, answers: Mapping[str, object]) -> Mapping[str, Finding]:
    """Return what the answers of a company without a group say: its own figures and those of the group are the same.

    Nothing is said of `public_shareholding`: below the 25 % that would end the standing alone it can be anything.
    """
    found = {}
    for group, own in OWN_FIGURES.items():
        for known, other in ((own, group), (group, own)):
            if known in answers and other not in answers and other in rulebook.facts:
                found[other] = Finding(answers[known], "alone")
    return found
