"""What a programme would say if one more fact were known and everything else stayed as it is."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from eligibility.advice.explanation import Outlook
from eligibility.advice.pieces import Piece, joined, pieces_of
from eligibility.engine import formula as f
from eligibility.engine.assess import OUTCOMES, rounded, verdict_of
from eligibility.engine.assessment import CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.engine.cells import Function
from eligibility.engine.one_fact import Blurred, OneFact
from eligibility.engine.partition import PREFIXES, Keys, reduced
from eligibility.engine.reference import Reference
from eligibility.language.award import Award, AwardReading
from eligibility.values.interval import Interval


class _Said(NamedTuple):
    """What a programme says in one piece."""

    verdict: Verdict
    failed: tuple[str, ...]
    rate: Interval | None
    amount: Interval | None


class _Read(NamedTuple):
    """What of a programme depends on the fact, as functions of it, `None` what does not; the rest only cuts it."""

    criteria: tuple[Function | None, ...]
    rate: Function | None
    amount: Function | None
    capped: tuple[Function, ...]

    def functions(self) -> list[Function]:
        """Return all functions."""
        return [one for one in (*self.criteria, self.rate, self.amount, *self.capped) if one is not None]


class Outlooks:
    """Tells for one fact what programmes would say by its answer."""

    def __init__(self, reference: Reference, fact: str) -> None:
        self.subject = reference.rulebook.subject(fact)
        self.known = reference.profile.given(fact)
        self.cells = OneFact(reference, fact)

    def of(self, result: ProgrammeResult) -> tuple[Outlook, ...]:
        """Return the outlooks of a programme that is not ruled out, in the order of the values.

        Numbers and days stand on the grid of answers; choices and codes with the same outlook stand together. Nothing
        where the fact cannot be divided so: the end of a business year decides by day and month.
        """
        try:
            read = self._read(result)
        except Blurred:
            return ()
        keys, rows = self.cells.diagrams.split(self.cells.place, read.functions())
        pieces = pieces_of(self.subject, keys, self.known)
        said: dict[int, _Said] = {}
        alike: dict[Hashable, _Said] = {}
        for piece in pieces:
            # Only an interval says something of its own where the functions are the same; hundreds of codes do not.
            key = (rows[piece.part], *(value for value in piece.values if isinstance(value, Interval)))
            if key not in alike:
                alike[key] = self._said(result, read, rows[piece.part], piece)
            said[piece.part] = alike[key]
        # Parts that say the same become one; numbers stand for what they say.
        different = list(dict.fromkeys(said.values()))
        parts = {part: different.index(one) for part, one in said.items()}
        told = [piece._replace(part=parts[piece.part]) for piece in self._pieces(pieces, keys, parts)]
        return tuple(_outlook(piece, different[piece.part]) for piece in joined(self.subject, told))

    def _pieces(self, pieces: Sequence[Piece], keys: Keys, parts: Mapping[int, int]) -> Sequence[Piece]:
        """Return the pieces without the codes that say the same as the one they lie under."""
        if self.subject.type != "code":
            return pieces
        kept, _ = reduced(PREFIXES, keys, [parts[part] for part in range(len(keys) + 1)])
        return [piece for piece in pieces if piece.part == 0 or keys[piece.part - 1] in kept]

    def _read(self, result: ProgrammeResult) -> _Read:
        award = result.programme.award
        # What works a missing fact out can settle it, although that fact alone is named as missing.
        reading = award.interpret(self.cells) if award is not None and self._depends(award.facts()) else None
        criteria = tuple(self._criterion(criterion, reading) for criterion in result.criteria)
        if award is None or reading is None or result.award is None:
            return _Read(criteria, None, None, ())
        amount = None if result.award.amount is None else reading.amount
        caps = () if amount is None or not self._counts(amount) else self._caps(award, reading)
        return _Read(criteria, reading.rate, amount, caps)

    def _counts(self, amount: Function) -> bool:
        """Tell whether the fact is a part of the amount itself, not only of its conditions."""
        diagrams = self.cells.diagrams
        formulas: Iterable[Any] = (diagrams.values.get(number, f.ZERO) for number in diagrams.below(amount))
        return any(any(f.names_in(formula)) for formula in formulas)

    def _depends(self, names: Iterable[str]) -> bool:
        return any(self.cells.depends(name) for name in names)

    def _criterion(self, criterion: CriterionResult, reading: AwardReading[Any, Any] | None) -> Function | None:
        if criterion.outcome is not Outcome.UNKNOWN or not self._depends(criterion.facts):
            return None
        if criterion.condition is not None:
            return criterion.condition.interpret(self.cells)
        return None if reading is None else reading.enough

    def _caps(self, award: Award, reading: AwardReading[Any, Any]) -> tuple[Function, ...]:
        """Return where caps cut: on each side of that an amount is told in its own way."""
        cells, total, capped = self.cells, reading.total, reading.capped
        assert total is not None
        assert capped is not None
        caps = [cells.at_most(limit.amount.interpret(cells), total) for limit in award.at_most]
        if award.within is not None:
            caps.append(cells.at_most(award.within.amount.interpret(cells), capped))
        return tuple(caps)

    def _said(self, result: ProgrammeResult, read: _Read, leaves: Sequence[Function], piece: Piece) -> _Said:
        values: dict[Function, Any] = {
            function: self.cells.diagrams.values[leaf] for function, leaf in zip(read.functions(), leaves, strict=True)
        }
        outcomes = [
            criterion.outcome if function is None else OUTCOMES[values[function]]
            for criterion, function in zip(result.criteria, read.criteria, strict=True)
        ]
        verdict = verdict_of(outcomes)
        pairs = zip(result.criteria, outcomes, strict=True)
        failed = tuple(criterion.id for criterion, outcome in pairs if outcome is Outcome.NOT_MET)
        award = result.award
        if award is None or verdict is Verdict.NOT_ELIGIBLE:
            return _Said(verdict, failed, None, None)
        rate = award.rate if read.rate is None else _within(values[read.rate], piece)
        amount = award.amount
        if read.amount is not None and award.currency is not None:
            amount = rounded(_within(values[read.amount], piece), award.currency)
        return _Said(verdict, failed, rate, amount)


def _within(formula: Any, piece: Piece) -> Interval:
    """Return what a formula of the fact is on a piece."""
    made: f.Formula = formula if isinstance(formula, Fraction) else tuple(formula)
    value = piece.values[0] if piece.values else None
    return f.interval_of(made, lambda _: value if isinstance(value, Interval) else Interval())


def _outlook(piece: Piece, said: _Said) -> Outlook:
    return Outlook(piece.values, said.verdict, said.failed, said.rate, said.amount, piece.low_open, piece.high_open)
