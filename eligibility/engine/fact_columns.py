"""Number facts as columns: one that holds values, or two that hold the ends of known ranges."""

from eligibility.engine.kleene import opposite
from eligibility.engine.spans import NumberColumn, checked, scale_of
from eligibility.engine.term import Sheet, Term, if_then_else
from eligibility.language.fact import Fact


def high_end(name: str) -> str:
    """Return the name of the column with the upper ends of a fact whose own column has the lower ones.

    A row with both ends NULL is unknown, one with the same number twice is known.
    """
    return f"{name}.."


def valued(sheet: Sheet, fact: Fact) -> NumberColumn:
    """Return a column of values; a number that nobody gave still lies above its lowest value."""
    column = sheet.column(fact.id)
    scale, low, largest = _bounds(fact)
    missing = {fact.id: column.is_null()}
    known = ~column.is_null()
    return NumberColumn(column.or_else(low), column, scale, largest, high_open=True, point=known, missing=missing)


def absent(fact: Fact) -> NumberColumn:
    """Return what is known of a fact without a column."""
    scale, low, largest = _bounds(fact)
    return NumberColumn(low, None, scale, largest, high_open=True, missing={fact.id: True})


def ranged(sheet: Sheet, fact: Fact) -> NumberColumn:
    """Return a column of known ranges, just as they were given."""
    low, high = _ends(sheet, fact)
    scale, _, largest = _bounds(fact)
    number = NumberColumn(low, high, scale, largest, low_open=True, high_open=True)
    return NumberColumn(
        low, high, scale, largest, low_open=True, high_open=True, missing={fact.id: opposite(number.is_point())}
    )


def above_lowest(sheet: Sheet, fact: Fact) -> Term:
    """Return the lower ends of ranges; where nothing is known at all, the lowest value of the fact."""
    low, high = _ends(sheet, fact)
    return if_then_else(low.is_null() & high.is_null(), sheet.number(_bounds(fact)[1]), low)


def _ends(sheet: Sheet, fact: Fact) -> tuple[Term, Term]:
    return sheet.column(fact.id), sheet.column(high_end(fact.id))


def _bounds(fact: Fact) -> tuple[int, int, int]:
    """Return scale, lowest value and greatest magnitude of a fact."""
    scale = scale_of(fact.type, fact.currency)
    assert fact.low is not None
    assert fact.high is not None
    return scale, int(fact.low * scale), checked(int(max(abs(fact.low), abs(fact.high)) * scale))
