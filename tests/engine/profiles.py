"""Random profiles on the thresholds of a rulebook, and tables of them with what the engine makes of each row."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import narwhals as nw
import polars as pl
from polars.testing import assert_frame_equal

from eligibility.engine.assess import assess
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.columns import RATE_DECIMALS, Plan
from eligibility.engine.fact_columns import high_end
from eligibility.engine.profile import Subject, read_value
from eligibility.engine.series import SeriesProgram
from eligibility.engine.spans import scale_of
from eligibility.language.definition import Definition
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.money import MINOR_UNITS, round_half_up
from eligibility.values.number import shortest
from tests.engine.thresholds import Thresholds

Answers = dict[str, object]
Ends = tuple[int | None, int | None]
DTYPES = {"truth": pl.Boolean, "choice": pl.String, "code": pl.String, "date": pl.Date}
VERDICTS = tuple(Verdict)
MEASURED = ("number", "money", "percent", "date")


class Outcome(NamedTuple):
    """What is held equal: money in the smallest unit, the rate in hundredths of a percentage point."""

    verdict: Verdict
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    rate: Ends
    amount: Ends


def domains(rulebook: Rulebook, *, fine: bool = False) -> dict[str, list[object]]:
    """The answers worth trying for each fact."""
    thresholds = Thresholds(rulebook)
    return {name: thresholds.answers(fact, fine=fine) for name, fact in rulebook.facts.items()}


def behind(rulebook: Rulebook, name: str) -> set[str]:
    """Everything from which a fact is worked out."""
    fact = rulebook.facts.get(name)
    left = set() if fact is None or fact.worked_out_by is None else {fact.worked_out_by}
    found: set[str] = set()
    while left:
        one = left.pop()
        found.add(one)
        definition = rulebook.definitions.get(one)
        by = rulebook.facts[one].worked_out_by if definition is None else None
        left |= (definition.facts() if definition is not None else {by} if by else set()) - found
    return found


def definition_answers(definition: Definition) -> list[object]:
    """Answers that stand instead of what a definition would work out."""
    if definition.type in ("truth", "choice"):
        return [*definition.choices] or [False, True]
    numbers = (0, 10, 50) if definition.type == "percent" else (0, 1, 3000)
    return [Fraction(number) for number in numbers]


def some(random: Random, options: Mapping[str, Sequence[object]], density: float) -> Answers:
    """Answers to about this share of the facts."""
    return {name: random.choice(values) for name, values in options.items() if random.random() < density}


def with_ranges(random: Random, rulebook: Rulebook, options: Mapping[str, Sequence[Any]], answers: Answers) -> Answers:
    """The answers, some of them widened to a known range between two values of the domain that holds the answer."""
    result = dict(answers)
    for name, answer in answers.items():
        if rulebook.facts[name].type in MEASURED and random.random() < 0.4:
            lows: list[Any] = [x for x in options[name] if x <= answer]
            highs: list[Any] = [x for x in options[name] if x >= answer]
            low, high = random.choice([None, *lows]), random.choice([None, *highs])
            if low is not None or high is not None:
                result[name] = written_range(low, high)
    return result


def written_range(low: Any, high: Any) -> str:
    """A range of numbers or dates as in an answers file."""
    return f"{_text(low)}..{_text(high)}"


def _text(end: Any) -> str:
    if isinstance(end, Fraction):
        return shortest(end)
    return "" if end is None else str(end)


def frame(
    rulebook: Rulebook, given: Sequence[str], rows: Sequence[Answers], ranged: Sequence[str] = ()
) -> pl.DataFrame:
    """The rows as the typed columns that a plan takes; those of `ranged` may hold known ranges of numbers."""
    columns = []
    for name in given:
        subject = rulebook.subject(name)
        dtype = DTYPES.get(subject.type, pl.Int64)
        if name not in ranged:
            columns.append(pl.Series(name, [_cell(subject, row.get(name)) for row in rows], dtype=dtype))
            continue
        ends = [_ends_of(subject, row.get(name)) for row in rows]
        columns.append(pl.Series(name, [low for low, _ in ends], dtype=dtype))
        columns.append(pl.Series(high_end(name), [high for _, high in ends], dtype=dtype))
    return pl.DataFrame(columns)


def _ends_of(subject: Subject, answer: object) -> Ends:
    if answer is None:
        return None, None
    interval = read_value(subject, answer)
    assert isinstance(interval, Interval)
    scale = scale_of(subject.type, subject.currency)
    low, high = (None if end is None else int(end * scale) for end in (interval.low, interval.high))
    return low, high


def _cell(subject: Subject, answer: object) -> object:
    if not isinstance(answer, Fraction | int) or isinstance(answer, bool):
        return answer
    number = Fraction(answer) / (100 if subject.type == "percent" else 1) * scale_of(subject.type, subject.currency)
    assert number.denominator == 1
    return number.numerator


def on_reference(rulebook: Rulebook, answers: Answers) -> list[Outcome]:
    """What the reference evaluator says of each programme."""
    return [outcome(result) for result in assess(rulebook, answers).programmes]


def outcome(result: ProgrammeResult) -> Outcome:
    """A result of the reference evaluator in the form that is compared."""
    rate = amount = None
    decimals = 0
    if result.award is not None:
        rate, amount = result.award.rate, result.award.amount
        decimals = MINOR_UNITS[result.award.currency] if result.award.currency else 0
    missing = tuple(sorted(result.missing))
    return Outcome(result.verdict, result.failed, missing, _ends(rate, RATE_DECIMALS), _ends(amount, decimals))


def _ends(interval: Interval | None, decimals: int) -> Ends:
    if interval is None:
        return None, None
    low, high = (
        None if end is None else int(round_half_up(Fraction(end), decimals) * 10**decimals)
        for end in (interval.low, interval.high)
    )
    return low, high


def on_columns(
    rulebook: Rulebook, data: pl.DataFrame | pl.LazyFrame, given: Sequence[str], ranged: Sequence[str] = ()
) -> list[list[Outcome]]:
    """What a plan says of each row, programme by programme."""
    plan = Plan(rulebook, given, ranged=ranged, reasons=True)
    native = plan.results(nw.from_native(data)).to_native()
    found = native.collect() if isinstance(native, pl.LazyFrame) else native
    at_once = SeriesProgram(plan.outcomes).run(data.collect() if isinstance(data, pl.LazyFrame) else data)
    assert_frame_equal(at_once, found.select(at_once.columns))
    programmes = list(rulebook.programmes.values())
    return [
        [_read(plan, index, programme.criterion_ids, row) for index, programme in enumerate(programmes)]
        for row in found.rows(named=True)
    ]


def _read(plan: Plan, index: int, criteria: Sequence[str], row: Mapping[str, Any]) -> Outcome:
    def named(mask: int, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for bit, name in enumerate(names) if mask >> bit & 1)

    return Outcome(
        VERDICTS[row[f"v{index}"]],
        named(row[f"f{index}"], criteria),
        named(row[f"m{index}"], plan.missing_ids[index]),
        (row.get(f"r{index}.min"), row.get(f"r{index}.max")),
        (row.get(f"a{index}.min"), row.get(f"a{index}.max")),
    )
