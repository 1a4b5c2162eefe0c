"""An award step by step: what each rate, bonus, part and limit brings in, and what stands after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eligibility.advice.explanation import Step, StepKind
from eligibility.engine.assess import rounded
from eligibility.engine.assessment import AwardResult, ProgrammeResult
from eligibility.engine.known import Judgement, Quantity
from eligibility.engine.reference import Reference
from eligibility.language.award import Award, Limit, Part
from eligibility.language.cite import Cite
from eligibility.language.decide import Decide
from eligibility.language.rate import Rate
from eligibility.language.shape import Text
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_SURE = Judgement(Truth.YES)


def steps_of(result: ProgrammeResult, reference: Reference) -> tuple[Step, ...]:
    """Return the steps of an award; none where there is no award, or it gives no money.

    First the rate (base, bonuses, ceiling, rate), then the amount (parts, total, minimum, caps, budget, rounding,
    amount). The last step of each half says what the award says. `reference` is that of the profile assessed.
    """
    award, found = result.programme.award, result.award
    if award is None or found is None:
        return ()
    work = _Work(award, found, reference)
    return (*work.rate(), *work.amount())


@dataclass(frozen=True, slots=True)
class _Work:
    award: Award
    found: AwardResult
    reference: Reference

    def rate(self) -> Iterator[Step]:
        """Yield the steps to the rate."""
        reading, award = self.found.reading, self.award
        if award.rate is None or reading.base is None or reading.rate is None:
            return
        base = reading.base
        yield _step("base", "percent", base, base.interval, cites=self._cites(award.rate))
        stands = base.interval
        for bonus, holds in zip(award.bonuses, reading.bonuses, strict=True):
            points = bonus.points.interpret(self.reference)
            stands = stands + _granted(points.interval, holds.truth)
            yield _step("bonus", "percent", points, stands, holds, name=bonus.id, text=bonus.text, cites=bonus.cites)
        if award.ceiling is not None:
            highest = _number(award.ceiling, self.reference)
            missing = base.missing.union(*(holds.missing for holds in reading.bonuses))
            cuts = self.reference.below(highest, Quantity(stands, missing))
            stands = reading.rate.interval
            yield _step("ceiling", "percent", highest, stands, cuts, cites=award.ceiling.cites)
        yield _step("rate", "percent", reading.rate, reading.rate.interval)

    def amount(self) -> Iterator[Step]:
        """Yield the steps to the amount."""
        reading, currency = self.found.reading, self.found.currency
        if reading.total is None or reading.amount is None or reading.capped is None or currency is None:
            return
        yield from self._parts(currency)
        yield _step("total", currency, reading.total, reading.total.interval)
        yield from self._minimum(currency, reading.total)
        yield from self._caps(currency, reading.total, reading.capped)
        within = self.award.within
        if within is not None:
            left: Quantity = within.amount.interpret(self.reference)
            cuts = self.reference.below(left, reading.capped)
            yield _step("within", currency, left, reading.amount.interval, cuts, text=within.text, cites=within.cites)
        whole = rounded(reading.amount.interval, currency)
        if whole != reading.amount.interval:
            yield _step("rounding", currency, reading.amount, whole)
        yield _step("amount", currency, Quantity(whole, reading.amount.missing), whole)

    def _parts(self, currency: str) -> Iterator[Step]:
        stands = Interval.point(0)
        for part, paid in zip(self.award.parts, self.found.reading.parts, strict=True):
            stands = stands + paid.interval
            holds = self._holds(part)
            cites = part.cites if part.rate is None else (*self._cites(part.rate), *part.cites)
            yield _step("part", currency, paid, stands, holds, name=part.id, text=part.text, cites=cites)

    def _minimum(self, currency: str, total: Quantity) -> Iterator[Step]:
        reading = self.found.reading
        reached = list(self._reached(self.award.at_least))
        if reading.required is None or reading.enough is None or not reached:
            return
        cites = tuple(dict.fromkeys(cite for limit, _ in reached for cite in limit.cites))
        text = reached[0][0].text if len(reached) == 1 else None
        yield _step("minimum", currency, reading.required, total.interval, reading.enough, text=text, cites=cites)

    def _caps(self, currency: str, total: Quantity, capped: Quantity) -> Iterator[Step]:
        reached = list(self._reached(self.award.at_most))
        lines: list[tuple[Judgement, Quantity]] = []
        for place, (limit, holds) in enumerate(reached, 1):
            most: Quantity = limit.amount.interpret(self.reference)
            cuts = self.reference.all(
                [*(self.reference.negation(earlier) for earlier, _ in lines), holds, self.reference.below(most, total)]
            )
            lines.append((holds, self.reference.least([total, most])))
            stands = capped if place == len(reached) else self.reference.decide_number(lines, total)
            yield _step("cap", currency, most, stands.interval, cuts, text=limit.text, cites=limit.cites)

    def _reached(self, limits: Sequence[Limit]) -> Iterator[tuple[Limit, Judgement]]:
        """Yield the lines that may be the first to hold, with whether they hold."""
        for limit in limits:
            holds = self._holds(limit)
            if holds.truth is not Truth.NO:
                yield limit, holds
            if holds.truth is Truth.YES:
                return

    def _holds(self, conditioned: Limit | Part) -> Judgement:
        return _SURE if conditioned.when is None else conditioned.when.interpret(self.reference)

    def _cites(self, rate: Rate) -> tuple[Cite, ...]:
        """Return where a rate is written: the line that holds, where there are several and one surely does."""
        if isinstance(rate.value, Decide):
            for line in rate.value.lines:
                holds = _SURE if line.when is None else line.when.interpret(self.reference)
                if holds.truth is not Truth.NO:
                    return line.cites or rate.cites if holds.truth is Truth.YES else rate.cites
        return rate.cites


def _number(rate: Rate, reference: Reference) -> Quantity:
    return rate.value.interpret(reference)  # type: ignore[return-value]  # a rate is a number


def _granted(points: Interval, holds: Truth) -> Interval:
    if holds is Truth.YES:
        return points
    return Interval.point(0) if holds is Truth.NO else points.hull(Interval.point(0))


def _step(
    kind: StepKind,
    unit: str,
    value: Quantity,
    result: Interval,
    applies: Judgement = _SURE,
    *,
    name: str = "",
    text: Text | None = None,
    cites: tuple[Cite, ...] = (),
) -> Step:
    narrowed = value.missing | applies.missing
    return Step(kind, name, unit, value.interval, result, applies.truth, text, cites, narrowed)
