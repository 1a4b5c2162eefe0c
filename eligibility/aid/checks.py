"""What can only be checked once awards and events are known together."""

from collections.abc import Collection, Iterator

from eligibility.aid.award import Award, Event, History, Merger
from eligibility.aid.entries import near
from eligibility.values.problem import Place, Problem


def unknown_names(history: History, ids: Collection[str] | None) -> list[Problem]:
    """Return a problem for each enterprise that is named and not known, and each heir that no event names.

    `ids` are the enterprises that may be named; with `None` any may. Those that an event makes may be named too.
    """
    made = {name for event in history.events for name in _made(event)}
    problems = [problem for award in history.awards for problem in _of_award(award, ids, made)]
    if ids is not None:
        for event in history.events:
            for name in _before(event):
                if name not in ids and name not in made:
                    problems.append(_unknown(name, {*ids, *made}, event.place))
    return problems


def unplaced(history: History, ids: Collection[str]) -> tuple[str, ...]:
    """Return the recipients that are no enterprise of a group, nor its firm, and that no event tells more of."""
    told = {name for event in history.events for name in (*_made(event), *_before(event))}
    recipients = dict.fromkeys(award.recipient for award in history.awards if award.recipient is not None)
    return tuple(name for name in recipients if name != history.firm and name not in ids and name not in told)


def _of_award(award: Award, ids: Collection[str] | None, made: Collection[str]) -> Iterator[Problem]:
    if ids is not None and award.recipient is not None and award.recipient not in {*ids, *made}:
        yield _unknown(award.recipient, {*ids, *made}, award.place)
    if award.carried_by is not None and award.carried_by not in made:
        message = f"`carried_by`: no merger or split leads to `{award.carried_by}`"
        hint = near(award.carried_by, made) or "write the split under `events`, with its parts"
        yield Problem("unknown-heir", message, award.place, hint)


def _unknown(name: str, known: Collection[str], place: Place | None) -> Problem:
    hint = near(name, sorted(known)) or "name it as in the group"
    return Problem("unknown-enterprise", f"there is no enterprise `{name}`", place, hint)


def _made(event: Event) -> tuple[str, ...]:
    return (event.into,) if isinstance(event, Merger) else tuple(part.id for part in event.parts)


def _before(event: Event) -> tuple[str, ...]:
    return event.parties if isinstance(event, Merger) else (event.firm,)
