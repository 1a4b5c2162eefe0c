"""What was worked out, as answers: exact numbers and known ranges in the notation of an answers file."""

from fractions import Fraction

from eligibility.engine.profile import answer_bounds, answer_step
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from eligibility.values.money import round_half_up
from eligibility.values.number import shortest


def as_answer(rulebook: Rulebook, fact: str, known: Interval) -> str | None:
    """Return what is known of a number as an answer, rounded half up to what the fact can hold; `None` for nothing.

    A number beyond the largest that can be answered is at least that one.
    """
    subject = rulebook.subject(fact)
    least, most = answer_bounds(subject)
    scale = 100 if subject.type == "percent" else 1
    step = answer_step(subject)

    def written(end: Number | None) -> str:
        return "" if end is None else shortest(round_half_up(Fraction(end) / step, 0) * step)

    within = known.clamped(None if least is None else least * scale, None)
    if most is not None and within.high is not None and within.high > most * scale:
        within = Interval(within.low, None)
    if most is not None and within.low is not None:
        within = Interval(min(within.low, most * scale), within.high)
    if within.is_unknown or (within.high is None and within.low == (least or 0)):
        return None
    low, high = written(within.low), written(within.high)
    return low if low == high else f"{low}..{high}"
