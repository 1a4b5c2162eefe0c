"""How an award comes about as bars: the costs, what is added, what is cut, what is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from eligibility.advice.explanation import Step
from eligibility.engine.profile import Value
from eligibility.report.calculation import Calculation
from eligibility.report.page import Bar, Picture
from eligibility.report.sums import sum_text
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_CUTS = ("cap", "within")
_ZERO = Fraction(0)
_FEWEST = 2


def calculation_picture(work: Calculation, values: Mapping[str, Value]) -> tuple[Picture, ...]:
    """Return the picture; nothing where a sum has no end, or there are too few bars to compare."""
    money = [step for step in work.steps if step.unit == work.award.currency and step.kind != "minimum"]
    if any(shown is None or shown.high is None for shown in map(_shown, money)):
        return ()
    bars = [*_costs(money, work, values), *_steps(money, work)]
    scale = max((bar.reach for bar in bars), default=_ZERO)
    if len(bars) < _FEWEST or scale == 0:
        return ()
    drawn = tuple(replace(bar, start=bar.start / scale, end=bar.end / scale, reach=bar.reach / scale) for bar in bars)
    return (Picture(work.speech.say("How the amount is worked out"), drawn),)


def _shown(step: Step) -> Interval | None:
    return step.value if step.kind == "part" else step.result


def _costs(steps: Sequence[Step], work: Calculation, values: Mapping[str, Value]) -> Iterator[Bar]:
    """Yield the costs that were answered, of which the parts that take effect are worked out."""
    paid = {step.id for step in steps if step.kind == "part" and step.applies is not Truth.NO}
    read = frozenset().union(*(part.amount.facts() for part in work.award.parts if part.id in paid))
    speech = work.speech
    for name in (fact for fact in speech.rulebook.facts if fact in read):
        cost = values.get(name)
        subject = speech.rulebook.subject(name)
        if subject.currency != work.award.currency or not isinstance(cost, Interval) or not cost.high:
            continue
        low, high = _ends(cost)
        yield Bar(speech.label(name), speech.answer(name, cost), _ZERO, low, high, "given")


def _steps(steps: Sequence[Step], work: Calculation) -> Iterator[Bar]:
    stands = Interval.point(0)
    for step in steps:
        if step.result is None:
            continue
        if step.kind == "amount":
            yield _bar(step, work, (_ZERO, *_ends(step.result)), "result")
        elif step.applies is Truth.NO or (step.kind == "part" and step.value.high == 0):
            continue
        elif step.kind == "part":
            (before, _), (low, high) = _ends(stands), _ends(step.value)
            yield _bar(step, work, (before, before + low, before + high), "part")
        elif step.kind in _CUTS:
            after, (low, high) = _ends(step.result)[1], _ends(stands)
            yield _bar(step, work, (after, max(after, low), max(after, high)), "cut")
        stands = step.result


def _bar(
    step: Step, work: Calculation, span: tuple[Fraction, Fraction, Fraction], kind: Literal["part", "cut", "result"]
) -> Bar:
    shown = step.result if kind == "result" and step.result is not None else step.value
    return Bar(work.name(step), sum_text(shown, step.unit, work.speech), *span, kind)


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    low = Fraction(interval.low or 0)
    return low, low if interval.high is None else Fraction(interval.high)
