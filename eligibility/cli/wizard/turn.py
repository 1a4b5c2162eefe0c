"""Where the wizard stands between two screens."""

from dataclasses import dataclass

from eligibility.interview.interview import Interview


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the wizard stands: `notice` is told once, `reviewing` returns to the answers, `answered` is saved.

    `grouping`: the group is being worked out, `viewing` is the enterprise of it that is looked at.
    """

    interview: Interview
    notice: str = ""
    reviewing: bool = False
    answered: bool = False
    done: bool = False
    grouping: bool = False
    viewing: int | None = None
