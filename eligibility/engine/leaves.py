"""The operations of the rule language on the leaves of diagrams."""

from collections.abc import Hashable, Mapping

from eligibility.engine import formula as f
from eligibility.engine.diagram import Combination
from eligibility.engine.formula import Formula
from eligibility.values.truth import Truth, all_of, any_of


def _surely(surely: Truth, maybe: Truth) -> Truth:
    if surely is Truth.YES:
        return Truth.YES
    return Truth.NO if maybe is Truth.NO else Truth.UNKNOWN


def _truth_by(condition: Truth, yes: Truth, no: Truth) -> Truth:
    if condition is Truth.UNKNOWN:
        return yes if yes is no else Truth.UNKNOWN
    return yes if condition is Truth.YES else no


def _number_by(condition: Truth, yes: Formula, no: Formula) -> Formula:
    if condition is Truth.UNKNOWN:
        return f.made(f.EITHER, (yes, no))
    return yes if condition is Truth.YES else no


def _options_by(condition: Truth, yes: frozenset[str] | None, no: frozenset[str] | None) -> frozenset[str] | None:
    if condition is Truth.UNKNOWN:
        return None if yes is None or no is None else yes | no
    return yes if condition is Truth.YES else no


def _arithmetic(operation: str) -> Combination:
    return Combination(operation, lambda left, right: f.made(operation, (left, right)))


_BY_TRUTH: Mapping[Hashable, int] = {Truth.YES: 1, Truth.NO: 2}

NOT = Combination("not", lambda truth: ~truth)
ALL = Combination("all", lambda left, right: all_of((left, right)), Truth.NO, Truth.YES)
ANY = Combination("any", lambda left, right: any_of((left, right)), Truth.YES, Truth.NO)
PAIR = Combination("pair", lambda left, right: (left, right))
SURELY = Combination("surely", _surely)
UP_TO = Combination("up to", lambda part: f.made(f.UP_TO, (part,)))
TRUTH_BY = Combination("truth by", _truth_by, choices=_BY_TRUTH)
NUMBER_BY = Combination("number by", _number_by, choices=_BY_TRUTH)
OPTIONS_BY = Combination("options by", _options_by, choices=_BY_TRUTH)
ARITHMETIC: Mapping[str, Combination] = {
    operation: _arithmetic(operation) for operation in (f.SUM, f.DIFFERENCE, f.PRODUCT, f.QUOTIENT, f.LEAST, f.GREATEST)
}
