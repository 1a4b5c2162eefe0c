"""Definitions that a table gives itself: the answer stands, and what was worked out fills its gaps."""

from collections.abc import Iterable, Mapping

from eligibility.engine.kleene import Flag, Kleene, OptionColumns, TruthColumn, agreed, any_kleene, merged, three_valued
from eligibility.engine.spans import NumberColumn, aligned, as_term, checked, scale_of
from eligibility.engine.term import Sheet, Term
from eligibility.language.definition import Definition

Known = TruthColumn | NumberColumn | OptionColumns
_LARGEST_PERCENT = 10**4
_LARGEST_CELL = 10**15


def overridden(definition: Definition, worked_out: Known, given: Term) -> Known:
    """Return what is known of a definition whose column is `given`."""
    missing = _missing(worked_out.missing, given)
    if isinstance(worked_out, TruthColumn):
        return TruthColumn(agreed(given, worked_out.value), missing)
    if isinstance(worked_out, OptionColumns):
        values: dict[str, Kleene] = {
            choice: agreed(given.equals(choice), worked_out.is_(choice)) for choice in definition.choices
        }
        return OptionColumns(values, worked_out.rest, missing)
    largest = _LARGEST_PERCENT if definition.type == "percent" else _LARGEST_CELL
    stated = NumberColumn(
        given, given, scale_of(definition.type, definition.currency), checked(largest), low_open=True, high_open=True
    )
    return _number(worked_out, stated, given.sheet, missing)


def settled_options(options: OptionColumns, choices: Iterable[str]) -> dict[str, Kleene]:
    """Return for each choice whether it is the one; known only where a single choice is left."""
    left = {choice: options.is_(choice) for choice in choices}
    return {
        choice: three_valued(truth, any_kleene([left[other] for other in left if other != choice]))
        for choice, truth in left.items()
    }


def _missing(missing: Mapping[str, Flag], given: Term) -> dict[str, Flag]:
    return merged([missing], given.is_null())


def _number(number: NumberColumn, stated: NumberColumn, sheet: Sheet, missing: Mapping[str, Flag]) -> NumberColumn:
    worked_out, stated = aligned((number, stated))
    low = as_term(stated.low, sheet).or_else(as_term(worked_out.low, sheet))
    high = as_term(stated.high, sheet).or_else(as_term(worked_out.high, sheet))
    largest = max(worked_out.largest, stated.largest)
    return NumberColumn(
        low, high, worked_out.scale, largest, worked_out.low_open, worked_out.high_open, missing=missing
    )
