"""Definitions as columns of their own, in stages.

Each after those it reads, so that whatever shares them works them out once.
"""

from collections.abc import Mapping
from dataclasses import replace

import narwhals as nw

from eligibility.engine.kleene import Flag, Kleene, OptionColumns, TruthColumn, agreed, merged
from eligibility.engine.spans import NumberColumn, aligned, as_column, checked, scale_of
from eligibility.language.definition import Definition
from eligibility.values.truth import Truth

Known = TruthColumn | NumberColumn | OptionColumns
LARGEST_GIVEN = 10**15


class Stages:
    """The columns of definitions by stage, and what is known of each definition in terms of them."""

    def __init__(self) -> None:
        self.columns: list[dict[str, nw.Expr]] = []
        self._known: dict[str, Known] = {}
        self._levels: dict[str, int] = {}

    def find(self, name: str) -> Known | None:
        """Return what is known of a definition that was kept before."""
        return self._known.get(name)

    def keep(self, definition: Definition, worked_out: Known, given: nw.Expr | None) -> Known:
        """Keep a definition as columns; where `given` is not NULL it stands instead."""
        name = definition.id
        self._levels[name] = 1 + max((self._levels.get(other, -1) for other in definition.facts()), default=-1)
        if isinstance(worked_out, TruthColumn):
            value = worked_out.value if given is None else agreed(given, worked_out.value)
            kept: Known = TruthColumn(self._truth(name, "is", value), self._missing(name, worked_out.missing, given))
        elif isinstance(worked_out, OptionColumns):
            kept = self._options(definition, worked_out, given)
        else:
            kept = self._number(definition, worked_out, given)
        self._known[name] = kept
        return kept

    def _column(self, name: str, label: str, expression: nw.Expr) -> nw.Expr:
        level = self._levels[name]
        while len(self.columns) <= level:
            self.columns.append({})
        column = f"{name}|{label}"
        self.columns[level][column] = expression
        return nw.col(column)

    def _truth(self, name: str, label: str, value: Kleene) -> Kleene:
        return value if isinstance(value, Truth) else self._column(name, label, value)

    def _missing(self, name: str, missing: Mapping[str, Flag], given: nw.Expr | None) -> dict[str, Flag]:
        gate: Flag = True if given is None else given.is_null()
        return {
            fact: flag if isinstance(flag, bool) else self._column(name, f"lacks {fact}", flag)
            for fact, flag in merged([missing], gate).items()
        }

    def _options(self, definition: Definition, options: OptionColumns, given: nw.Expr | None) -> OptionColumns:
        name = definition.id
        values: dict[str, Kleene] = {}
        for choice in definition.choices:
            value = options.is_(choice) if given is None else agreed(given == choice, options.is_(choice))
            values[choice] = self._truth(name, f"is {choice}", value)
        return OptionColumns(values, self._missing(name, options.missing, given))

    def _number(self, definition: Definition, number: NumberColumn, given: nw.Expr | None) -> NumberColumn:
        name, point = definition.id, number.point
        missing = self._missing(name, number.missing, given)
        if given is not None:
            number, point = _overridden(number, given, scale_of(definition.type, definition.currency)), None
        low = self._column(name, "low", number.low) if isinstance(number.low, nw.Expr) else number.low
        high = self._column(name, "high", number.high) if isinstance(number.high, nw.Expr) else number.high
        return replace(number, low=low, high=high, missing=missing, point=point)


def _overridden(number: NumberColumn, given: nw.Expr, scale: int) -> NumberColumn:
    """Return the number given for a definition where there is one, else the one worked out."""
    stated = NumberColumn(given, given, scale, checked(LARGEST_GIVEN), low_open=True, high_open=True)
    worked_out, stated = aligned((number, stated))
    low = nw.coalesce(as_column(stated.low), as_column(worked_out.low))
    high = nw.coalesce(as_column(stated.high), as_column(worked_out.high))
    largest = max(worked_out.largest, stated.largest)
    return NumberColumn(low, high, worked_out.scale, largest, worked_out.low_open, worked_out.high_open)
