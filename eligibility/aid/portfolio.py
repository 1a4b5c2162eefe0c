"""Aid of many undertakings: one history of a whole portfolio, asked for each of them without reading it all again."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from eligibility.aid.attribution import events_until
from eligibility.aid.award import Event, History, Merger
from eligibility.aid.received import Asked, Received, attribute, received, total
from eligibility.aid.regulation import regime_on
from eligibility.aid.window import YearStart, check_year_start
from eligibility.values.interval import Interval


class PortfolioAid:
    """The history of a portfolio on a day, sorted by whom each award can be aid of.

    Asking takes time in proportion to the enterprises of the undertaking and to their awards. Enterprises of one
    undertaking have one answer: ask once for all of them.
    """

    def __init__(self, history: History, on: date) -> None:
        self.history = history
        self.on = on
        regime = regime_on(on)
        self._ceiling = None if regime is None else regime.ceilings[0]
        # In the order in which they took effect; those of one day as they were written.
        self._events: tuple[Event, ...] = events_until(history, on)
        self._following: dict[str, list[int]] = defaultdict(list)
        for place, event in enumerate(self._events):
            for name in event.parties if isinstance(event, Merger) else (event.firm,):
                self._following[name].append(place)
        self._awards: dict[str, list[int]] = defaultdict(list)
        self._unnamed: list[int] = []
        for place, award in enumerate(history.awards):
            recipient = history.firm if award.recipient is None else award.recipient
            if recipient is None:
                self._unnamed.append(place)
                continue
            for name in self._heirs(recipient):
                self._awards[name].append(place)

    def total(
        self,
        undertaking: Collection[str],
        member_state: str | None,
        fiscal_year_start: YearStart | None,
        *,
        possible: Collection[str] = (),
    ) -> Interval:
        """Return what counts towards the general ceiling, as the `total` of `received` on the whole history."""
        asked = Asked(member_state, None if fiscal_year_start is None else check_year_start(fiscal_year_start))
        part = self._part({*undertaking, *possible})
        return total(attribute(part, undertaking, self.on, possible), self.on, asked, self._ceiling)

    def received(
        self,
        undertaking: Collection[str],
        member_state: str | None,
        fiscal_year_start: YearStart | None,
        *,
        possible: Collection[str] = (),
    ) -> Received:
        """Return what an undertaking has received, as `received`, with lines for its own awards alone."""
        part = self._part({*undertaking, *possible})
        return received(part, undertaking, self.on, member_state, fiscal_year_start, possible=possible)

    def _part(self, names: Iterable[str]) -> History:
        """Return the part of the history that the aid of these enterprises depends on."""
        firm = self.history.firm
        places = set(self._unnamed)
        for name in {*names} if firm is None else {*names, firm}:
            places.update(self._awards.get(name, ()))
        awards = tuple(self.history.awards[place] for place in sorted(places))
        if not self._following:
            return History(awards, (), firm)
        recipients = {award.recipient if award.recipient is not None else firm for award in awards}
        passed = {name for recipient in recipients if recipient is not None for name in self._heirs(recipient)}
        events = {place for name in passed for place in self._following.get(name, ())}
        return History(awards, tuple(self._events[place] for place in sorted(events)), firm)

    def _heirs(self, recipient: str) -> set[str]:
        """Return everyone to whom aid of a recipient can have passed, whatever the order of the events."""
        heirs, waiting = {recipient}, [recipient]
        while waiting:
            for place in self._following.get(waiting.pop(), ()):
                event = self._events[place]
                new = {event.into} if isinstance(event, Merger) else {part.id for part in event.parts}
                waiting.extend(new - heirs)
                heirs |= new
        return heirs
