"""Truth columns: strong Kleene logic on column terms, with constants folded away.

NULL is unknown: `&`, `|` and `~` on nullable columns are strong Kleene logic in every engine; a constant is a `Truth`.
Flags are two-valued columns (never NULL) or plain `bool`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eligibility.engine.term import Term, if_then_else
from eligibility.values.truth import Truth

Kleene = Truth | Term
Flag = bool | Term


@dataclass(frozen=True, slots=True)
class TruthColumn:
    """A truth for each row, and for each fact whether the row's truth still depends on it."""

    value: Kleene
    missing: Mapping[str, Flag] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionColumns:
    """What is known of a choice in each row: for each value whether it surely is, or surely is not, the one.

    `rest` is the same for each value that is not named in `values`.
    """

    values: Mapping[str, Kleene]
    rest: Kleene
    missing: Mapping[str, Flag] = field(default_factory=dict)

    def is_(self, value: str) -> Kleene:
        """Return where the choice is this value."""
        return self.values.get(value, self.rest)


def negated(value: Kleene) -> Kleene:
    """Return the opposite."""
    return ~value


def all_kleene(values: Iterable[Kleene]) -> Kleene:
    """Return whether all hold."""
    total: Kleene = Truth.YES
    for value in values:
        if total is Truth.NO or value is Truth.NO:
            return Truth.NO
        if total is Truth.YES:
            total = value
        elif value is not Truth.YES:
            total = _and(total, value)
    return total


def _and(left: Kleene, right: Kleene) -> Kleene:
    if isinstance(left, Term):
        return left & (left.sheet.truth(None) if isinstance(right, Truth) else right)
    return right & right.sheet.truth(None) if isinstance(right, Term) else left & right


def any_kleene(values: Iterable[Kleene]) -> Kleene:
    """Return whether one holds."""
    total: Kleene = Truth.NO
    for value in values:
        if total is Truth.YES or value is Truth.YES:
            return Truth.YES
        if total is Truth.NO:
            total = value
        elif value is not Truth.NO:
            total = _or(total, value)
    return total


def _or(left: Kleene, right: Kleene) -> Kleene:
    if isinstance(left, Term):
        return left | (left.sheet.truth(None) if isinstance(right, Truth) else right)
    return right | right.sheet.truth(None) if isinstance(right, Term) else left | right


def if_else(condition: Kleene, yes: Kleene, no: Kleene) -> Kleene:
    """Return `yes` where the condition holds, else `no`; where it is unknown, what both agree on."""
    if condition is Truth.YES:
        return yes
    if condition is Truth.NO or yes is no:
        return no
    # With a constant on one side the third part of the general form adds nothing.
    if yes is Truth.YES:
        return any_kleene((condition, no))
    if yes is Truth.NO:
        return all_kleene((negated(condition), no))
    if no is Truth.YES:
        return any_kleene((negated(condition), yes))
    if no is Truth.NO:
        return all_kleene((condition, yes))
    either_way = (all_kleene((condition, yes)), all_kleene((negated(condition), no)), all_kleene((yes, no)))
    return any_kleene(either_way)


def three_valued(yes: Kleene, no: Kleene) -> Kleene:
    """Make a truth of "surely so" and "surely not so"; NULL counts as not sure."""
    if yes is Truth.YES:
        return Truth.YES
    if no is Truth.YES:
        return Truth.NO
    if isinstance(yes, Term):
        sheet = yes.sheet
        unsure = sheet.truth(None)
        otherwise = if_then_else(no, sheet.truth(False), unsure) if isinstance(no, Term) else unsure
        return if_then_else(yes, sheet.truth(True), otherwise)
    if isinstance(no, Term):
        return if_then_else(no, no.sheet.truth(False), no.sheet.truth(None))
    return Truth.UNKNOWN


def agreed(first: Kleene, second: Kleene) -> Kleene:
    """Return what the first of two views of the same truth knows, else what the second does."""
    if isinstance(first, Truth):
        return second if first is Truth.UNKNOWN else first
    if isinstance(second, Truth):
        return first if second is Truth.UNKNOWN else first.or_else(second is Truth.YES)
    return first.or_else(second)


def is_unknown(value: Kleene) -> Flag:
    """Return where a truth is unknown."""
    return value is Truth.UNKNOWN if isinstance(value, Truth) else value.is_null()


def is_yes(value: Kleene) -> Flag:
    """Return where a truth is surely so."""
    return value is Truth.YES if isinstance(value, Truth) else value.or_else(False)


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
