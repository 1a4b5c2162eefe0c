"""A rulebook as a plan of column expressions: typed fact columns in, verdict, award and reason columns out."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from eligibility.engine.assessment import Verdict
from eligibility.engine.kleene import Flag, Kleene, TruthColumn, all_kleene, is_no, merged, opposite
from eligibility.engine.lowering import Columns
from eligibility.engine.spans import NumberColumn, as_term, rounded
from eligibility.engine.term import Program, Sheet, Term, if_then_else, when
from eligibility.language.award import AwardReading
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import Problem, RuleError
from eligibility.values.truth import Truth

CODES = {verdict: code for code, verdict in enumerate(Verdict)}
RATE_DECIMALS = 4
MOST_BITS = 62

Frame = Any
"""An eager or lazy frame of Narwhals."""


class Plan:
    """What a rulebook says of every row of a table that has the columns `given`.

    `results` takes columns named by fact or definition: truths as Boolean, numbers in millionths, money in the
    smallest unit of its currency, percentages in hundredths of a percentage point (all Int64), dates as Date,
    choices and codes as String; unknown is NULL. Number facts in `ranged` have their upper ends in a column of
    their own (`fact_columns.high_end`). `outcomes` are the same results as terms; those of plans on one `sheet` are the
    same object where they always say the same. With reasons `missing_ids` are by programme the facts of its mask, and
    `deciding_ids` those of them on which more than the award can depend.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        given: Collection[str],
        *,
        ranged: Collection[str] = (),
        reasons: bool,
        sheet: Sheet | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.given = tuple(given)
        self.ranged = frozenset(ranged)
        self.reasons = reasons
        self._columns = Columns(rulebook, given, ranged=ranged, reasons=reasons, sheet=sheet)
        self.outcomes: dict[str, Term] = {}
        self.missing_ids: list[tuple[str, ...]] = []
        self.deciding_ids: list[frozenset[str]] = []
        self.currencies: list[str | None] = []
        self.has_rate: list[bool] = []
        for index, programme in enumerate(rulebook.programmes.values()):
            self._lower(index, programme)

    def results(self, frame: Frame, keep: Sequence[str] = ()) -> Frame:
        """Return the result columns, for each programme by its number i.

        `v{i}`: verdict code; `a{i}.min`, `a{i}.max`: amount in the smallest unit; `r{i}.min`, `r{i}.max`: rate in
        hundredths of a percentage point; with reasons bit masks: `f{i}` (failed criteria), `m{i}` (missing facts).
        `keep` are columns of the table to return beside them.
        """
        program = self._program
        for stage in program.stages:
            frame = frame.with_columns(**stage)
        # Selecting constants alone would give one row, so they are added to the table first.
        return frame.with_columns(**program.results).select(*keep, *program.results)

    @cached_property
    def _program(self) -> Program:
        return self._columns.sheet.program(self.outcomes)

    def _lower(self, index: int, programme: Programme) -> None:
        truths, manual = self._criterion_truths(programme)
        reading: AwardReading[TruthColumn, NumberColumn] | None = None
        if programme.award is not None:
            reading = programme.award.interpret(self._columns)
            if reading.enough is not None:
                truths.append(reading.enough)
        kept = [truth for truth in truths if truth is not None]
        whole = all_kleene([truth.value for truth in kept])
        passed = CODES[Verdict.LIKELY if manual else Verdict.ELIGIBLE]
        self.outcomes[f"v{index}"] = _verdict(whole, passed, self._columns.sheet)
        currency = None if programme.award is None else programme.award.currency
        self.currencies.append(currency)
        rate = None if reading is None else reading.rate
        amount = None if reading is None else reading.amount
        self.has_rate.append(rate is not None)
        possible = opposite(is_no(whole))
        if rate is not None:
            self._end(f"r{index}", rate, RATE_DECIMALS, possible)
        if amount is not None and currency is not None:
            self._end(f"a{index}", amount, MINOR_UNITS[currency], possible)
        if self.reasons:
            self._reasons(
                index,
                programme,
                truths,
                kept,
                [part for part in (rate, amount) if part is not None],
                possible,
            )

    def _criterion_truths(self, programme: Programme) -> tuple[list[TruthColumn | None], bool]:
        truths: list[TruthColumn | None] = [
            None if criterion.condition is None else criterion.condition.interpret(self._columns)
            for criterion in programme.criteria
        ]
        return truths, None in truths

    def _end(self, name: str, number: NumberColumn, decimals: int, possible: Flag) -> None:
        sheet = self._columns.sheet
        for label, end in zip(("min", "max"), rounded(number, decimals), strict=True):
            value = as_term(None if possible is False else end, sheet)
            self.outcomes[f"{name}.{label}"] = value if isinstance(possible, bool) else when(possible, value)

    def _reasons(
        self,
        index: int,
        programme: Programme,
        truths: Sequence[TruthColumn | None],
        kept: Sequence[TruthColumn],
        numbers: Sequence[NumberColumn],
        possible: Flag,
    ) -> None:
        lacking = merged([*(truth.missing for truth in kept), *(number.missing for number in numbers)], possible)
        ids = tuple(sorted(lacking))
        _check_bits(programme, len(truths), "criteria")
        _check_bits(programme, len(ids), "facts")
        self.missing_ids.append(ids)
        self.deciding_ids.append(frozenset().union(*(truth.missing for truth in kept)))
        remaining = iter(kept)
        failed = [False if truth is None else is_no(next(remaining).value) for truth in truths]
        self.outcomes[f"f{index}"] = _mask(failed, self._columns.sheet)
        self.outcomes[f"m{index}"] = _mask([lacking[fact] for fact in ids], self._columns.sheet)


def _verdict(whole: Kleene, passed: int, sheet: Sheet) -> Term:
    yes, no, unknown = (sheet.code(code) for code in (passed, CODES[Verdict.NOT_ELIGIBLE], CODES[Verdict.UNDETERMINED]))
    if isinstance(whole, Truth):
        return {Truth.YES: yes, Truth.NO: no, Truth.UNKNOWN: unknown}[whole]
    return if_then_else(whole, yes, if_then_else(whole.is_null(), unknown, no))


def _mask(flags: Sequence[Flag], sheet: Sheet) -> Term:
    fixed = sum(2**bit for bit, flag in enumerate(flags) if flag is True)
    varying = {bit: flag for bit, flag in enumerate(flags) if isinstance(flag, Term)}
    if not varying:
        return sheet.number(fixed)
    mask = sheet.mask(varying)
    return mask + fixed if fixed else mask


def _check_bits(programme: Programme, count: int, what: str) -> None:
    if count > MOST_BITS:
        message = f"`{programme.id}` has {count} {what}; tables take at most {MOST_BITS} for one programme"
        raise RuleError(Problem("too-many", message))
