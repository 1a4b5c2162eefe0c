"""How an award comes about as bars: the costs, what is added, what is cut, what is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from eligibility.advice.explanation import Step
from eligibility.engine.profile import Value
from eligibility.language.award import Award
from eligibility.report.calculation import step_name
from eligibility.report.page import Bar, Picture
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import sum_text
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_CUTS = ("cap", "within")
_ZERO = Fraction(0)
_FEWEST = 2


def calculation_picture(
    steps: Sequence[Step], award: Award, values: Mapping[str, Value], speech: RuleSpeech
) -> tuple[Picture, ...]:
    """Return the picture; nothing where a sum has no end, or there are too few bars to compare."""
    money = [step for step in steps if step.unit == award.currency]
    if any(_span(step) is None for step in money if step.kind != "minimum"):
        return ()
    bars = [*_costs(money, award, values, speech), *_steps(money, award, speech)]
    scale = max((bar.reach for bar in bars), default=_ZERO)
    if len(bars) < _FEWEST or scale == 0:
        return ()
    drawn = tuple(replace(bar, start=bar.start / scale, end=bar.end / scale, reach=bar.reach / scale) for bar in bars)
    return (Picture(speech.say("How the amount is worked out"), drawn),)


def _costs(steps: Sequence[Step], award: Award, values: Mapping[str, Value], speech: RuleSpeech) -> Iterator[Bar]:
    """Yield the costs that were answered, of which the parts that take effect are worked out."""
    paid = {step.id for step in steps if step.kind == "part" and step.applies is not Truth.NO}
    read = frozenset().union(*(part.amount.facts() for part in award.parts if part.id in paid))
    for name in (fact for fact in speech.rulebook.facts if fact in read):
        cost = values.get(name)
        subject = speech.rulebook.subject(name)
        if subject.currency != award.currency or not isinstance(cost, Interval) or cost.high is None:
            continue
        low, high = Fraction(cost.low or 0), Fraction(cost.high)
        yield Bar(speech.label(name), speech.answer(name, cost), _ZERO, low, high, "given")


def _steps(steps: Sequence[Step], award: Award, speech: RuleSpeech) -> Iterator[Bar]:
    sum_so_far = _ZERO
    before = Interval.point(0)
    for step in steps:
        if step.kind == "part" and step.applies is not Truth.NO:
            low, high = _ends(step.value)
            yield _bar(step, award, speech, (sum_so_far, sum_so_far + low, sum_so_far + high))
            sum_so_far += low
        elif step.kind in _CUTS and step.result is not None and step.applies is not Truth.NO:
            after, (low, high) = _ends(step.result)[1], _ends(before)
            yield _bar(step, award, speech, (after, max(after, low), max(after, high)))
        elif step.kind == "amount" and step.result is not None:
            low, high = _ends(step.result)
            text = sum_text(step.result, step.unit, speech)
            yield Bar(step_name(step, award, speech), text, _ZERO, low, high, "result")
        before = step.result if step.result is not None and step.kind in ("total", *_CUTS) else before


def _bar(step: Step, award: Award, speech: RuleSpeech, span: tuple[Fraction, Fraction, Fraction]) -> Bar:
    value = sum_text(step.value, step.unit, speech)
    return Bar(step_name(step, award, speech), value, *span, "cut" if step.kind in _CUTS else "part")


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    low = Fraction(interval.low or 0)
    return low, low if interval.high is None else Fraction(interval.high)


def _span(step: Step) -> tuple[Fraction, Fraction] | None:
    """Return what a bar would show; `None` where it has no end."""
    shown = step.value if step.kind == "part" else step.result
    return None if shown is None or shown.high is None else _ends(shown)
