"""What is known of a definition, put as criteria: so its cases run on columns like those of programmes."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.language.condition import Condition
from eligibility.language.criterion import Criterion
from eligibility.language.definition import Definition
from eligibility.language.in_range import InRange
from eligibility.language.is_true import IsTrue
from eligibility.language.one_of import OneOf
from eligibility.language.programme import Programme, ProgrammeShape
from eligibility.language.window import Window
from eligibility.values.interval import Interval
from eligibility.values.ranges import Range

_ALWAYS = Window(())


def as_programme(name: str, definition: Definition, known: Judgement | Options | Quantity) -> Programme:
    """Return a programme whose failed criteria and missing facts say exactly what is known of the definition."""
    criteria = tuple(Criterion(test, condition, None, ()) for test, condition in _tests(definition, known))
    return Programme(name, _shape(), _ALWAYS, (), criteria, None, (), (), ())


@cache
def _shape() -> ProgrammeShape:
    """Return a shape that says nothing: the evaluators read the linked criteria alone."""
    source = {"title": "none", "url": "none", "checked": "2000-01-01"}
    return ProgrammeShape.model_validate(
        {
            **dict.fromkeys(("id", "name", "summary", "authority"), "definition"),
            "kind": "service",
            "selection": "open_offer",
            "window": "continuous",
            "sources": {"none": source},
            "requires": {},
            "cases": [{"name": "none", "expect": {}}],
        }
    )


def _tests(definition: Definition, known: Judgement | Options | Quantity) -> Iterator[tuple[str, Condition]]:
    if isinstance(known, Judgement):
        yield "yes", IsTrue(definition.id, True)
    elif isinstance(known, Options):
        for choice in definition.choices:
            yield choice, OneOf(definition.id, (choice,))
    else:
        unit = definition.currency or definition.type
        for test, wanted in _around(known.interval):
            yield test, InRange(definition.id, (wanted,), unit)


def _around(interval: Interval) -> Iterator[tuple[str, Range[Fraction]]]:
    """Yield at each end the test that holds for sure and the one that just does not: a wider or narrower span shows."""
    if interval.low is not None:
        low = Fraction(interval.low)
        yield "at_least", Range(low, None)
        yield "above", Range(low, None, low_open=True)
    if interval.high is not None:
        high = Fraction(interval.high)
        yield "at_most", Range(None, high)
        yield "below", Range(None, high, high_open=True)
