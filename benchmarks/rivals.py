"""What a user would pick instead: Digital Jetzt alone, with reasons and amount, in companies a second.

python -m benchmarks.rivals [ROWS] [--row-engine-rows 20000] [--rounds 3] [--clock wall]

The companies stand in memory before the clock starts, in the shape that each engine takes. Ours is measured twice:
`assess_frame`, a frame in and the long frame with joined reasons out, and its columns alone, which is what vectors are
compared with: verdict, amounts, bit masks of what failed and of what is missing. OpenFisca is handed companies of which
all is known, since it has no unknown.

Before anything is measured every engine must say the same of some hundred companies as our reference evaluator does.
"""

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import polars as pl

from benchmarks.digital_jetzt import Answer, Row, companies, reference, rulebook
from benchmarks.rounds import chosen, options, quickest, seconds
from eligibility.batch.cell import NUMBERS, written_factor
from eligibility.batch.frames import assess_frame
from eligibility.engine.columns import Plan
from eligibility.engine.series import SeriesProgram
from eligibility.rulebook.rulebook import Rulebook

UNKNOWN = 0.12
CHECKED = 300
# OpenFisca counts in single precision, which tells 50,000.00 from 50,000.01 only just.
CENT = 0.011
ROW_ENGINES = {
    "ZEN, decision graph": ("zen_graph", "by_graph"),
    "ZEN, compiled expression": ("zen_graph", "by_expression"),
    "rule-engine": ("rule_rows", "by_rules"),
}
FRAME, COLUMNS, VECTORS = "assess_frame", "columns", "OpenFisca-core"


def our_frame(rules: Rulebook, table: pl.DataFrame) -> Callable[[], pl.DataFrame]:
    """Return the work of a frame in, the long frame out."""
    return partial(assess_frame, rules, table, "long")


def our_columns(rules: Rulebook, table: pl.DataFrame) -> Callable[[], pl.DataFrame]:
    """Return the work of typed columns in, columns out."""
    plan = Plan(rules, tuple(table.columns), reasons=True)
    subjects = [rules.subject(fact) for fact in table.columns]
    scaled = table.with_columns(
        (pl.col(subject.id) * written_factor(subject)).round(0).cast(pl.Int64)
        for subject in subjects
        if subject.type in NUMBERS
    )
    return partial(SeriesProgram(plan.outcomes).run, scaled)


def measure(rows: int, few: int, rounds: int) -> None:
    """Print companies a second and ratios."""
    rules = rulebook()
    known, unsure = companies(rows, 0.0), companies(rows, UNKNOWN)
    checked = known.head(CHECKED)
    expected = [(row, reference(rules, row)) for row in checked.to_dicts()]
    _check(FRAME, _answers(our_frame(rules, checked)()), expected)
    works: dict[str, tuple[int, Callable[[], object]]] = {
        FRAME: (rows, our_frame(rules, unsure)),
        COLUMNS: (rows, our_columns(rules, unsure)),
    }
    for name, (module, function) in ROW_ENGINES.items():
        make = _found(module, function)
        if make is not None:
            _check(name, make(checked.to_dicts())(), expected)
            works[name] = (few, make(unsure.head(few).to_dicts()))
    make = _found("openfisca_vectors", "by_vectors")
    if make is not None:
        answers = _found("openfisca_vectors", "answers")
        _check(VECTORS, answers(make(checked)()), expected)
        works[VECTORS] = (rows, make(known))
    times = quickest({name: partial(seconds, work) for name, (_, work) in works.items()}, rounds)
    _tell({name: works[name][0] / taken for name, taken in times.items()})


def _found(module: str, function: str) -> Any:
    """Return a function of a rival's module, `None` where the rival is not installed."""
    try:
        return getattr(importlib.import_module(f"benchmarks.rival.{module}"), function)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("benchmarks"):
            raise
        print(f"skipped: {error.name} is not installed (pip install -e '.[bench]')")
        return None


def _answers(said: pl.DataFrame) -> list[Answer]:
    lists = said.select("verdict", *(pl.col(name).replace("", None).str.split(";") for name in ("failed", "missing")))
    reasons = ((verdict, tuple(failed or ()), tuple(missing or ())) for verdict, failed, missing in lists.iter_rows())
    amounts = said["amount_min"].to_list()
    return [Answer(*told, None if paid is None else float(paid)) for told, paid in zip(reasons, amounts, strict=True)]


def _check(name: str, answers: Sequence[Answer], expected: Sequence[tuple[Row, Answer]]) -> None:
    """Refuse a rival that computes something else: that would be no comparison."""
    for said, (row, right) in zip(answers, expected, strict=True):
        same = said.verdict == right.verdict and (name == VECTORS or said.failed == right.failed)
        if not same or abs((said.amount or 0) - (right.amount or 0)) > CENT:
            raise AssertionError(f"{name} says {said} of {row}, the reference evaluator {right}")


def _tell(speeds: dict[str, float]) -> None:
    for name, speed in speeds.items():
        print(f"{name}: {speed:,.0f} companies a second")
    for name, speed in speeds.items():
        if name in (FRAME, COLUMNS):
            continue
        print(f"{FRAME} / {name} = {speeds[FRAME] / speed:.2f}, {COLUMNS} / {name} = {speeds[COLUMNS] / speed:.2f}")


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("Digital Jetzt alone against other engines.")
    told.add_argument("rows", nargs="?", type=int, default=1_000_000)
    told.add_argument("--row-engine-rows", type=int, default=20_000, help="engines that take row by row need fewer")
    choice = chosen(told, arguments)
    measure(choice.rows, min(choice.rows, choice.row_engine_rows), choice.rounds)


if __name__ == "__main__":
    main()
