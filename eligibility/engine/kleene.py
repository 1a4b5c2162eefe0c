"""Truth columns: strong Kleene logic on Narwhals expressions, with constants folded away.

NULL is unknown: `&`, `|` and `~` on nullable columns are strong Kleene logic in every engine; a constant is a `Truth`.
Flags are two-valued columns (never NULL) or plain `bool`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import narwhals as nw

from eligibility.values.truth import Truth

Kleene = Truth | nw.Expr
Flag = bool | nw.Expr

UNKNOWN_COLUMN = nw.lit(None, dtype=nw.Boolean)


@dataclass(frozen=True, slots=True)
class TruthColumn:
    """A truth for each row, and for each fact whether the row's truth still depends on it."""

    value: Kleene
    missing: Mapping[str, Flag] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionColumns:
    """What is known of a choice in each row: for each value whether it surely is, or surely is not, the one.

    Without any value nothing is known in any row.
    """

    values: Mapping[str, Kleene]
    missing: Mapping[str, Flag] = field(default_factory=dict)

    def is_(self, value: str) -> Kleene:
        """Return where the choice is this value."""
        return self.values.get(value, Truth.NO) if self.values else Truth.UNKNOWN


def column_of(value: Kleene) -> nw.Expr:
    """Return a truth as a nullable column."""
    if isinstance(value, Truth):
        return UNKNOWN_COLUMN if value is Truth.UNKNOWN else nw.lit(value is Truth.YES)
    return value


def negated(value: Kleene) -> Kleene:
    """Return the opposite."""
    return ~value


def all_kleene(values: Iterable[Kleene]) -> Kleene:
    """Return whether all hold."""
    total: Kleene = Truth.YES
    for value in values:
        if total is Truth.NO or value is Truth.NO:
            return Truth.NO
        if value is Truth.YES:
            continue
        if isinstance(total, Truth) and isinstance(value, Truth):
            total = total & value
        else:
            total = value if total is Truth.YES else column_of(total) & column_of(value)
    return total


def any_kleene(values: Iterable[Kleene]) -> Kleene:
    """Return whether one holds."""
    return negated(all_kleene(negated(value) for value in values))


def if_else(condition: Kleene, yes: Kleene, no: Kleene) -> Kleene:
    """Return `yes` where the condition holds, else `no`.

    What both agree on holds even where the condition is unknown.
    """
    return any_kleene(
        (
            all_kleene((condition, yes)),
            all_kleene((negated(condition), no)),
            all_kleene((yes, no)),
        )
    )


def agreed(first: Kleene, second: Kleene) -> Kleene:
    """Return what either of two views of the same truth knows."""
    if isinstance(first, Truth):
        return second if first is Truth.UNKNOWN else first
    if isinstance(second, Truth):
        return first if second is Truth.UNKNOWN else second
    return nw.coalesce(first, second)


def is_unknown(value: Kleene) -> Flag:
    """Return where a truth is unknown."""
    return value is Truth.UNKNOWN if isinstance(value, Truth) else value.is_null()


def is_yes(value: Kleene) -> Flag:
    """Return where a truth is surely so."""
    return value is Truth.YES if isinstance(value, Truth) else value.fill_null(False)


def is_no(value: Kleene) -> Flag:
    """Return where a truth is surely not so."""
    return is_yes(negated(value))


def both(first: Flag, second: Flag) -> Flag:
    """Return where both flags are set."""
    if isinstance(first, bool):
        return second if first else False
    if isinstance(second, bool):
        return first if second else False
    return first & second


def either(first: Flag, second: Flag) -> Flag:
    """Return where at least one flag is set."""
    return opposite(both(opposite(first), opposite(second)))


def opposite(flag: Flag) -> Flag:
    """Return where a flag is not set."""
    return not flag if isinstance(flag, bool) else ~flag


def merged(parts: Iterable[Mapping[str, Flag]], gate: Flag = True) -> dict[str, Flag]:
    """Return for each fact where one of the parts lacks it and the gate is open."""
    total: dict[str, Flag] = {}
    for part in parts:
        for fact, flag in part.items():
            total[fact] = either(total[fact], flag) if fact in total else flag
    gated = {fact: both(gate, flag) for fact, flag in total.items()}
    return {fact: flag for fact, flag in gated.items() if flag is not False}
