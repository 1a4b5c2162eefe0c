"""The typed rows of an ownership structure together with the tables that they come from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from eligibility.group.text_rows import TextRows
from eligibility.values.problem import Place

_MOST_COMPARED = 2_000
_MOST_LISTED = 10


@dataclass(frozen=True, slots=True)
class Written:
    """`firms` and `holdings` are frames as `typed` makes them, of the tables `firm_parts` and `holding_parts`."""

    firm_parts: Sequence[TextRows]
    holding_parts: Sequence[TextRows]
    firms: pl.DataFrame
    holdings: pl.DataFrame

    def firm_place(self, index: int, column: str | None = None) -> Place:
        """Return the place of a row of `firms`, or of one of its cells."""
        return _place(self.firm_parts, self.firms, index, column)

    def holding_place(self, index: int, column: str | None = None) -> Place:
        """Return the place of a row of `holdings`, or of one of its cells."""
        return _place(self.holding_parts, self.holdings, index, column)

    def place_of(self, name: str) -> Place | None:
        """Return where a name of an enterprise stands first: where it is described, else where a holding has it."""
        for column, frame, place in (
            ("id", self.firms, self.firm_place),
            ("holder", self.holdings, self.holding_place),
            ("held", self.holdings, self.holding_place),
            ("consolidated_in", self.firms, self.firm_place),
        ):
            found = frame[column].index_of(name) if frame.height else None
            if found is not None:
                return place(found, column)
        return None

    def label(self, name: str) -> str:
        """Return a name for a message, with what people call the enterprise."""
        found = self.firms["id"].index_of(name) if self.firms.height else None
        called = None if found is None else self.firms["name"][found]
        return f"`{name}`" if called is None or called == name else f"`{name}` ({called})"


def _place(parts: Sequence[TextRows], frame: pl.DataFrame, index: int, column: str | None) -> Place:
    where, row = parts[frame["part"][index]].where, int(frame["row"][index])
    place: Place = where.row(row) if column is None else where.cell(row, column)
    return place


def nearest_id(name: str, ids: pl.Series) -> str:
    """Return a hint with the id nearest to a name, or an empty text; of very many ids those that begin alike count."""
    if len(ids) > _MOST_COMPARED:
        ids = ids.filter(ids.str.starts_with(name[:2])).head(_MOST_COMPARED)
    near = get_close_matches(name, ids.to_list(), n=1)
    return f"did you mean `{near[0]}`?" if near else ""


def listed(places: Iterable[Place]) -> str:
    """Return places for a message: lines where they are in one file."""
    found = list(places)
    more = " …" if len(found) > _MOST_LISTED else ""
    shown = found[:_MOST_LISTED]
    if len({place.file for place in found}) > 1:
        return ", ".join(f"{place.file}:{place.line}" for place in shown) + more
    lines = list(dict.fromkeys(str(place.line) for place in shown))
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {', '.join(lines)}{more}" if more else f"lines {', '.join(lines[:-1])} and {lines[-1]}"
