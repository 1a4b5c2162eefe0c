"""Rows of a table whose firms an ownership structure knows: its facts stand where the table leaves them empty."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import polars as pl

from eligibility.batch.aid_received import RECEIVED, Aid, AidReceived
from eligibility.batch.filling import Filled
from eligibility.engine.fact_columns import high_end
from eligibility.group.frame import fact_frame, is_firm
from eligibility.group.structure import Structure
from eligibility.rulebook.rulebook import Rulebook


class Ownership:
    """The facts that a structure gives, by the id of each row."""

    def __init__(self, rulebook: Rulebook, structure: Structure, id_column: str, aid: Aid | None = None) -> None:
        self._structure = structure
        self._id_column = id_column
        self._frame = fact_frame(rulebook, structure)
        self._aid = AidReceived(rulebook, structure, aid) if aid is not None and RECEIVED in rulebook.facts else None

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that the structure gives of any firm."""
        uppers = {high_end(name) for name in self._frame.columns}
        told = tuple(name for name in self._frame.columns if name not in uppers)
        return told if self._aid is None else (*told, RECEIVED)

    @cached_property
    def firms(self) -> int:
        """How many firms the structure has."""
        return int(is_firm(self._structure).sum())

    def of(self, cells: pl.DataFrame, facts: Mapping[str, pl.Series]) -> Filled:
        """Return the facts of each row; NULL where its id is no firm of the structure."""
        ids = cells[self._id_column].cast(pl.String).str.strip_chars().to_list()
        nodes = np.fromiter((self._nodes.get(name, -1) for name in ids), dtype=np.int64, count=len(ids))
        found = pl.Series(nodes >= 0)
        places = pl.Series(nodes).set(~found, None)
        columns = {column.name: column.gather(places) for column in self._frame}
        if self._aid is not None:
            columns[RECEIVED], columns[high_end(RECEIVED)] = self._aid.of(nodes, facts.get("site_country"))
        return Filled(columns, found)

    @cached_property
    def _nodes(self) -> Mapping[str, int]:
        firm = is_firm(self._structure)
        if firm.all():
            return self._structure.index
        return {name: node for name, node in self._structure.index.items() if firm[node]}
