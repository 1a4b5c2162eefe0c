"""The reference evaluator and the columns mean the same, to the smallest unit."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import polars as pl
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import RuleError
from tests.engine.profiles import (
    Answers,
    definition_answers,
    domains,
    frame,
    on_columns,
    on_reference,
    some,
    with_ranges,
)
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.small_rules import small

ROWS = 40
NUMBERS = ("number", "money", "percent")


def table_of(rulebook: Rulebook, random: Random, rows: int) -> tuple[list[str], list[Answers]]:
    """Column names and rows: most facts, some definitions; now and then a fact has no column at all."""
    facts = {name: values for name, values in domains(rulebook).items() if random.random() < 0.9}
    defined = {
        name: definition_answers(definition)
        for name, definition in rulebook.definitions.items()
        if random.random() < 0.2
    }
    density = random.choice([0.3, 0.6, 0.85, 0.97])
    filled = [{**some(random, facts, density), **some(random, defined, density / 2)} for _ in range(rows)]
    return [*facts, *defined], filled


def differences(
    rulebook: Rulebook, given_: Sequence[str], rows: Sequence[Answers], *, lazy: bool, ranged: Sequence[str] = ()
) -> list[object]:
    """Rows of which the two evaluators say different things, with both."""
    data: pl.DataFrame | pl.LazyFrame = frame(rulebook, given_, rows, ranged)
    found = on_columns(rulebook, data.lazy() if lazy else data, given_, ranged)
    expected = [on_reference(rulebook, row) for row in rows]
    return [entry for entry in zip(rows, expected, found, strict=True) if entry[1] != entry[2]]


@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32), lazy=st.booleans())
def test_random_rules(source: Source, seed: int, lazy: bool) -> None:
    rulebook = source.rulebook()
    columns, rows = table_of(rulebook, Random(seed), ROWS)
    if too_large_for_tables(rulebook, columns):
        reject()
    assert differences(rulebook, columns, rows, lazy=lazy) == []


@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
def test_random_ranges(source: Source, seed: int) -> None:
    rulebook, random = source.rulebook(), Random(seed)
    options = {name: values for name, values in domains(rulebook).items() if random.random() < 0.9}
    ranged = [name for name in options if rulebook.facts[name].type in NUMBERS and random.random() < 0.7]
    density = random.choice([0.6, 0.85, 0.97])
    rows = []
    for _ in range(ROWS):
        exact = some(random, options, density)
        wide = with_ranges(random, rulebook, options, {name: exact[name] for name in exact if name in ranged})
        rows.append({**exact, **wide})
    if too_large_for_tables(rulebook, list(options), ranged):
        reject()
    assert differences(rulebook, list(options), rows, lazy=False, ranged=ranged) == []


def too_large_for_tables(rulebook: Rulebook, columns: Sequence[str], ranged: Sequence[str] = ()) -> bool:
    """Whether some amount, exact on paper, could leave the integers of a table; then the whole table is refused."""
    try:
        Plan(rulebook, columns, ranged=ranged, reasons=True)
    except RuleError as error:
        return [problem.code for problem in error.problems] == ["amount-too-large"]
    return False


EUR = {"type": "money", "currency": "EUR"}
BANDS = {"by": "staff", "..3": "1 EUR", "..50": "2 EUR", "..1000": "3 EUR"}
CHOICE = {"type": "choice", "choices": {"a": "A", "b": "B"}}
ROWS_OF_TABLE = ("14,no,10 EUR,2015-01-01,2025-12-31", "14713,yes,20 EUR,2018-01-01,", "09,yes,30 EUR,,")
BY_PLACE = {"table": "areas", "key": "place"}


@pytest.mark.parametrize(
    "answers", [{"t0": True}, {"t0": False}, {"staff": Fraction(60)}, {"place": "14"}, {"place": "09162"}]
)
@pytest.mark.parametrize(
    ("definition", "tests"),
    [
        (
            EUR | {"bands": BANDS},
            ["1 EUR..", "1 EUR<..", "3 EUR..", "3 EUR<..", "..1 EUR", "..<1 EUR", "..3 EUR", "..<3 EUR"],
        ),
        (EUR | {"amount": {"min": ["fee", "3 EUR"]}}, ["3 EUR..", "3 EUR<..", "..3 EUR", "..<3 EUR", "0 EUR.."]),
        (EUR | {"amount": {"max": ["fee", "3 EUR"]}}, ["3 EUR..", "3 EUR<..", "..3 EUR", "..<3 EUR"]),
        (
            EUR | {"decide": [{"value": "1 EUR", "when": {"t0": "yes"}}, {"value": "2 EUR"}]},
            ["..1 EUR", "2 EUR..", "3 EUR.."],
        ),
        (EUR | {"bands": {"by": "staff", "..3": "1 EUR"}}, ["..1 EUR", "1 EUR<.."]),
        (EUR | {"lookup": BY_PLACE | {"column": "limit"}}, ["10 EUR..", "20 EUR..", "..<20 EUR"]),
        (EUR | {"lookup": BY_PLACE | {"column": "limit", "on": "born"}}, ["10 EUR..", "30 EUR.."]),
        (CHOICE | {"decide": [{"value": "a", "when": {"t0": "yes"}}]}, ["a", "b", ["a", "b"]]),
        (CHOICE | {"decide": [{"value": "asked"}]}, ["a", ["a", "b"]]),
    ],
)
def test_ends_of_intervals(definition: dict[str, object], tests: list[object], answers: Answers) -> None:
    requires = {f"c{index}": {"when": {"d": test}, "cite": "s"} for index, test in enumerate(tests)}
    rulebook = small(requires=requires, definitions={"d": definition}, rows=ROWS_OF_TABLE)
    assert differences(rulebook, list(answers), [answers, {}], lazy=False) == []


@pytest.mark.parametrize(
    "test", ["60 EUR..", {"at_least": "60 EUR"}, {"below": "60 EUR"}, "..50 EUR", {"at_most": "50 EUR"}]
)
@pytest.mark.parametrize("answer", [0, 50, 3000])
def test_an_answer_for_a_definition_stands(test: object, answer: int) -> None:
    # Below and above what could be worked out for it.
    definition = EUR | {"amount": {"min": ["500 EUR", {"sum": ["cost", "100 EUR"]}]}}
    rulebook = small({"d": test}, award={"pays": {"p": {"fixed": "d", "cite": "s"}}}, definitions={"d": definition})
    answers: Answers = {"d": Fraction(answer)}
    assert differences(rulebook, ["d"], [answers], lazy=False) == []
    award = on_reference(rulebook, answers)[0].amount
    assert award in ((None, None), (100 * answer, 100 * answer))


CONSTANTS: list[tuple[dict[str, object], object, tuple[object, object]]] = [
    ({"type": "truth", "decide": [{"value": "yes", "when": {"t0": "yes"}}, {"value": "yes"}]}, "yes", (False, True)),
    ({"type": "truth", "decide": [{"value": "no"}]}, "no", (True, False)),
    (CHOICE | {"decide": [{"value": "a", "when": {"t0": "yes"}}, {"value": "a"}]}, "a", ("b", "a")),
]


@pytest.mark.parametrize(("definition", "test", "answers"), CONSTANTS)
def test_an_answer_stands_against_what_is_always_so(
    definition: dict[str, object], test: object, answers: tuple[object, object]
) -> None:
    rulebook = small({"d": test}, definitions={"d": definition})
    rows: list[Answers] = [{"d": answer} for answer in answers]
    assert differences(rulebook, ["d"], [*rows, {}], lazy=False) == []
    assert [on_reference(rulebook, row)[0].verdict.value for row in rows] == ["not_eligible", "eligible"]


@pytest.mark.slow
@given(rulebook=bundled(3), seed=st.integers(0, 2**32), lazy=st.booleans())
def test_bundled_rules(rulebook: Rulebook, seed: int, lazy: bool) -> None:
    columns, rows = table_of(rulebook, Random(seed), ROWS // 2)
    if too_large_for_tables(rulebook, columns):
        reject()
    assert differences(rulebook, columns, rows, lazy=lazy) == []
