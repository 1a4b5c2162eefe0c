"""The de-minimis aid that the single undertaking of each firm has received, for the rows of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from eligibility.aid.award import History, Merger
from eligibility.aid.portfolio import PortfolioAid
from eligibility.batch.cell import scaled_ends
from eligibility.engine.profile import read_answer
from eligibility.group.answers import as_answer
from eligibility.group.certainty import Reading
from eligibility.group.links import Groups, linked_groups
from eligibility.group.structure import Ints, Structure
from eligibility.language.linking import nearest
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError, Problem

RECEIVED = "de_minimis_received"


@dataclass(frozen=True, slots=True)
class Aid:
    """The awards to the firms of a structure, and the Member State whose aid is asked for.

    Where none is named it is that of a row's site, else that of the firm.
    """

    history: History
    member_state: str | None = None


class AidReceived:
    """What counts on the day of the rulebook, by firm and Member State; the few that received anything are kept."""

    def __init__(self, rulebook: Rulebook, structure: Structure, aid: Aid) -> None:
        self._rulebook = rulebook
        self._structure = structure
        self._aid = aid
        self._history = _named(aid.history, structure)
        self._received = PortfolioAid(self._history, rulebook.as_of)
        self._undertakings = [_Undertakings(structure, reading) for reading in Reading]
        self._found: dict[tuple[int, str | None], tuple[int | None, int | None]] = {}

    def of(self, nodes: Ints, sites: pl.Series | None) -> tuple[pl.Series, pl.Series]:
        """Return both ends of the aid of some nodes, -1 being none; `sites` are the countries of their sites."""
        low = np.zeros(len(nodes), dtype=np.int64)
        rows = np.flatnonzero(self._touched[nodes]).tolist()
        ends = [self._ends(int(nodes[row]), None if sites is None else sites[row]) for row in rows]
        lows = pl.Series(low).set(pl.Series(nodes < 0), None)
        if not ends:
            return lows, lows
        sides = (pl.Series(side, dtype=pl.Int64) for side in zip(*ends, strict=True))
        one, other = (lows.clone().scatter(rows, side) for side in sides)
        return one, other

    @cached_property
    def _touched(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Mark the nodes whose undertaking may be one that was granted anything; the last stands for no node."""
        of = self._undertakings[-1].groups.of
        named = [self._structure.index[name] for name in _names(self._history) if name in self._structure.index]
        touched = np.zeros(len(of) + 1, dtype=np.bool_)
        touched[:-1] = np.isin(of, of[named])
        return touched

    def _ends(self, node: int, site: str | None) -> tuple[int | None, int | None]:
        state = self._aid.member_state or site
        key = (node, state)
        if key not in self._found:
            self._found[key] = self._worked_out(node, state)
        return self._found[key]

    def _worked_out(self, node: int, state: str | None) -> tuple[int | None, int | None]:
        start = self._structure.nodes.fiscal_year_starts.get(node)
        certain, possible = ([self._structure.nodes.ids[one] for one in of.members(node)] for of in self._undertakings)
        total = self._received.total(certain, state, start, possible=possible)
        answer = as_answer(self._rulebook, RECEIVED, total)
        if answer is None:
            return None, None
        value = read_answer(self._rulebook, RECEIVED, answer)
        assert isinstance(value, Interval)
        return scaled_ends(self._rulebook.subject(RECEIVED), value)


class _Undertakings:
    """The single undertakings of a structure in one reading."""

    def __init__(self, structure: Structure, reading: Reading) -> None:
        self.groups: Groups = linked_groups(structure, reading, through_persons=False)
        self._order = np.argsort(self.groups.of, kind="stable")
        self._sorted = self.groups.of[self._order]

    def members(self, node: int) -> Sequence[int]:
        """Return the enterprises of the undertaking of a node."""
        group = self.groups.of[node]
        start, stop = np.searchsorted(self._sorted, (group, group + 1))
        inside = self._order[start:stop]
        found: list[int] = inside[self.groups.stakes.transmits[inside]].tolist()
        return found if node in found else [*found, node]


def _names(history: History) -> Iterator[str]:
    """Yield the names that any award or event has."""
    yield from dict.fromkeys(award.recipient or "" for award in history.awards)
    for event in history.events:
        yield from (event.into, *event.parties) if isinstance(event, Merger) else (part.id for part in event.parts)


def _named(history: History, structure: Structure) -> History:
    """Return the history with a recipient for each award.

    Raises:
        AnswerError: an award of nobody, in a history that is about no firm, or one about a firm that nobody knows.
    """
    firm = history.firm
    if firm is not None and firm not in structure.index:
        message = f"the aid is that of `{firm}`, which the ownership structure does not have"
        raise AnswerError(Problem("unknown-firm", message, None, nearest(firm, list(structure.index))))
    nobodys = [award for award in history.awards if award.recipient is None and firm is None]
    if nobodys:
        message, hint = "this award has no recipient", "name the enterprise that received it"
        raise AnswerError(*(Problem("no-recipient", message, award.place, hint) for award in nobodys))
    return History(tuple(replace(award, recipient=award.recipient or firm) for award in history.awards), history.events)
