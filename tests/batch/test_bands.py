"""Cells that hold a known range are assessed exactly as `check` assesses such an answer."""

import csv
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from eligibility.batch import delimited
from eligibility.batch import input as input_module
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.engine.assess import assess
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.number import shortest
from tests.batch.runner import Runner
from tests.batch.test_examples import told
from tests.engine.profiles import Answers, domains, some, with_ranges

ROWS = 30


def cell(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return shortest(answer) if isinstance(answer, Fraction) else "" if answer is None else str(answer)


def write(path: Path, names: list[str], rows: list[Answers]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(row.get(name)) for name in names] for row in rows)


def test_bands_as_in_check(whole_rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some columns of numbers and days hold bands, in some rows, and from some block on."""
    random = Random(1)
    options = domains(whole_rulebook)
    banded = {name for name in options if random.random() < 0.5}
    rows: list[Answers] = []
    for index in range(ROWS):
        exact = some(random, options, 0.85)
        chosen = {name: exact[name] for name in exact if name in banded and index > ROWS / 3}
        rows.append({**exact, **with_ranges(random, whole_rulebook, options, chosen)})
    table, output = tmp_path / "in.csv", tmp_path / "out.csv"
    write(table, list(options), rows)
    monkeypatch.setattr(input_module, "FIRST_BYTES", 8_000)
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 8)
    monkeypatch.setattr(delimited, "_LEAST_BYTES", 8_000)
    summary = run_batch(whole_rulebook, BatchRequest(table, output, layout="long"))
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (ROWS, ROWS, 0)
    with output.open(encoding="utf-8", newline="") as stream:
        found = [tuple(row.values())[2:] for row in csv.DictReader(stream)]
    answers = [{name: cell(row[name]) for name in options if cell(row.get(name))} for row in rows]
    assert found == [told(result) for given in answers for result in assess(whole_rulebook, given).programmes]


def test_only_columns_with_bands_pay(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more plan for the whole run, with two columns for the facts that have bands and one for the others."""
    made: list[frozenset[str]] = []
    original = Plan.__init__

    def noted(self: Plan, *given: object, **options: object) -> None:
        made.append(frozenset(options.get("ranged", ())))  # type: ignore[arg-type]
        original(self, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Plan, "__init__", noted)
    bands = "".join(f"{count}..{count + 5},{count}\n" for count in range(50))
    assert run("group_employees,employees\n" + bands).rows_assessed == 50
    assert made == [frozenset(), frozenset({"group_employees"})]
    made.clear()
    assert run("group_employees,employees\n5,6\n").rows_assessed == 1
    assert made == [frozenset()]


def test_a_default_fills_both_ends(run: Runner) -> None:
    run("id,group_employees\n1,3..499\n2,\n3,600..\n", defaults={"group_employees": 2}, layout="long")
    with run.output.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["programme"] == "de.digital-jetzt"]
    assert [("headcount" in row["failed"], "group_employees" in row["missing"]) for row in rows] == [
        (False, True),
        (True, False),
        (True, False),
    ]


def test_ends_beyond_exact_tables_are_refused(run: Runner) -> None:
    summary = run("id,group_turnover\n1,5..9999999999999999\n2,5..6\n")
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (2, 1, 1)
