"""Changes of one fact with which a programme that says yes gives more."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from eligibility.advice import grid
from eligibility.advice.alternatives import Alternatives, Changes
from eligibility.advice.codes_instead import MOST_CODES
from eligibility.advice.reached import YES, Reached, as_coarse
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import AwardResult, ProgrammeResult
from eligibility.engine.profile import Value, answer_bounds
from eligibility.values.interval import Interval, Number

Ends = tuple[Fraction, Fraction | None]


class LargerAward:
    """Looks for larger awards of one profile, programme by programme."""

    def __init__(self, alternatives: Alternatives) -> None:
        self.alternatives = alternatives
        self.choosable = alternatives.choosable
        self.rulebook = alternatives.rulebook

    def of(self, result: ProgrammeResult) -> list[Reached]:
        """Return each better choice, and the numbers and codes that tell up to where more is given."""
        award = result.programme.award
        if result.award is None or award is None:
            return []
        facts = self.choosable.among(award.facts())
        return [found for fact in self.choosable.in_order(facts) for found in self._by(result, fact)]

    def _by(self, result: ProgrammeResult, fact: str) -> list[Reached]:
        kind = self.rulebook.subject(fact).type
        if kind in ("truth", "choice"):
            return list(self._larger(result, fact, self.alternatives.choices(result.programme, fact)))
        if kind == "code":
            codes = self.alternatives.codes(result.programme, fact, award=True)
            return as_coarse(_greatest(list(self._larger(result, fact, codes))))[:MOST_CODES]
        return self._by_number(result, fact)

    def _larger(self, before: ProgrammeResult, fact: str, values: Iterable[Value]) -> Iterator[Reached]:
        for value in values:
            changes: Changes = ((fact, value),)
            after = assess_programme(self.rulebook, self.alternatives.changed(changes), before.programme)
            if after.verdict in YES and is_larger(before.award, after.award):
                yield Reached(changes, after)

    def _by_number(self, result: ProgrammeResult, fact: str) -> list[Reached]:
        before = self.choosable.profile.given(fact)
        assert isinstance(before, Interval)
        cells = self.alternatives.numbers(result.programme, fact, award=True)
        numbers = [Interval.point(number) for number in grid.ends(cells, before)]
        larger = list(self._larger(result, fact, numbers))
        greatest = _greatest(larger)[:1]
        # Where every further euro brings more there is no number up to which it does.
        told = [one for one in greatest if not self._is_endless(fact, _number(one))]
        rate = next((one for one in larger if _is_better(_rate(result.award), _rate(one.result.award))), None)
        if rate is not None and _number(rate) not in [_number(one) for one in told]:
            told.insert(0, rate)
        return told

    def _is_endless(self, fact: str, number: Number) -> bool:
        subject = self.rulebook.subject(fact)
        return subject.type in ("number", "money") and number == answer_bounds(subject)[1]


def is_larger(before: AwardResult | None, after: AwardResult | None) -> bool:
    """Tell whether an award rises at one end and falls at neither; without a sum, its rate."""
    if before is None or after is None:
        return False
    if before.amount is None and after.amount is None:
        return _is_better(before.rate, after.rate)
    return _is_better(before.amount, after.amount)


def _is_better(before: Interval | None, after: Interval | None) -> bool:
    if before is None or after is None:
        return False
    (low, high), (new_low, new_high) = _ends(before), _ends(after)
    if new_low < low or (new_high is not None and (high is None or new_high < high)):
        return False
    return (new_low, new_high) != (low, high)


def _ends(interval: Interval) -> Ends:
    return Fraction(interval.low or 0), None if interval.high is None else Fraction(interval.high)


def _rate(award: AwardResult | None) -> Interval | None:
    return None if award is None else award.rate


def _number(one: Reached) -> Number:
    value = one.changes[0][1]
    assert isinstance(value, Interval)
    return value.low or 0


def _greatest(found: list[Reached]) -> list[Reached]:
    """Return those with the greatest award. Cents that are rounded away count, so that a cap is reached at its foot."""
    ranked = [(_rank(one), one) for one in found]
    most = max((rank for rank, _ in ranked), default=None)
    return [one for rank, one in ranked if rank == most]


def _rank(one: Reached) -> tuple[Fraction, bool, Fraction]:
    award = one.result.award
    assert award is not None
    exact = award.reading.rate if award.amount is None else award.reading.amount
    low, high = _ends(Interval() if exact is None else exact.interval)
    return low, high is None, high or Fraction(0)
