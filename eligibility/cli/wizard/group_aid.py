"""The list of aid beside a group that is told in the wizard: who of the list is who of the group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from eligibility.interview.draft import spelled

if TYPE_CHECKING:
    from eligibility.aid.award import Award, Event, History


@dataclass(frozen=True, slots=True)
class GroupAid:
    """The aid of a group as it was read, before anybody knew who belongs to the group; who is to grant the next."""

    history: "History"
    member_state: str | None = None

    def among(self, names: Sequence[str]) -> "History":
        """Return the aid with its enterprises called as in the group, where only the spelling differs."""
        known = {spelled(name): name for name in names}

        def called(name: str) -> str:
            return name if name in names else known.get(spelled(name), name)

        history = self.history
        awards = tuple(_award(one, called) for one in history.awards)
        events = tuple(_event(one, called) for one in history.events)
        firm = None if history.firm is None else called(history.firm)
        return replace(history, awards=awards, events=events, firm=firm)

    def unplaced(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the recipients of whom the group does not tell who they are."""
        from eligibility.aid.checks import unplaced

        return unplaced(self.among(names), names)


def _award(award: "Award", called: Callable[[str], str]) -> "Award":
    recipient, heir = (None if name is None else called(name) for name in (award.recipient, award.carried_by))
    return replace(award, recipient=recipient, carried_by=heir)


def _event(event: "Event", called: Callable[[str], str]) -> "Event":
    from eligibility.aid.award import Merger

    if isinstance(event, Merger):
        return replace(event, parties=tuple(called(one) for one in event.parties), into=called(event.into))
    return replace(event, firm=called(event.firm), parts=tuple(replace(one, id=called(one.id)) for one in event.parts))
