"""The counts for a report are those that one gets by going through the long layout row by row."""

import csv
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from benchmarks.companies import cells
from eligibility.advice.portfolio import Money, Portfolio
from eligibility.batch.request import BatchRequest, Engine, ReportTo
from eligibility.batch.run import run_batch
from eligibility.engine.columns import Plan
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules
from eligibility.values.problem import AnswerError, RuleError
from tests.batch.conftest import DAY
from tests.batch.recount import recount
from tests.batch.runner import Runner
from tests.engine.random_rules import Source, bundled, sources
from tests.engine.small_rules import small

ROWS = 30
SOME = ("de.by.digitalbonus", "de.digital-jetzt", "kr.data-voucher", "kr.world-class-plus")
RANGES = {"number": "3..", "money": "..2000", "percent": "10..20", "date": "2010-01-01..2020-12-31"}


def report_to(path: Path) -> ReportTo:
    return ReportTo(path, lambda summary: f"{summary.rows_read} rows\n")


def counted(run: Runner, table: str, **options: object) -> Portfolio:
    """The counts of a table, for whose report there is a place."""
    found = run(table, report=report_to(run.folder / "r.html"), **options).portfolio
    assert found is not None
    return found


def write_tables(rulebook: Rulebook, folder: Path, random: Random, bad: float) -> tuple[list[Path], dict[str, int]]:
    """Two tables, so that blocks add up, and how many rows with usable cells give a fact."""
    facts = [fact for fact in rulebook.facts.values() if random.random() < 0.7]
    pools = {fact.id: [*cells(fact, ROWS), *[RANGES.get(fact.type)] * 3] for fact in facts}
    paths, known = [folder / "a.csv", folder / "b.csv"], Counter[str]()
    for path in paths:
        rows = [{name: random.choice(pool) for name, pool in pools.items()} for _ in range(random.randrange(ROWS))]
        for row in rows:
            if facts and random.random() < bad:
                row[random.choice(facts).id] = "§"
            else:
                known.update(name for name, cell in row.items() if cell is not None)
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, ["company_id", *pools])
            writer.writeheader()
            writer.writerows({"company_id": str(number), **row} for number, row in enumerate(rows))
    return paths, dict(known)


def both_counts(
    rulebook: Rulebook, folder: Path, tables: Sequence[Path], given_rows: dict[str, int], engine: Engine = "polars"
) -> tuple[Portfolio, Portfolio]:
    """The counts of the run, and those of its long output."""
    first, *further = tables
    request = BatchRequest(
        first,
        folder / "out.parquet",
        layout="long",
        further=further,
        engine=engine,
        report=report_to(folder / "r.html"),
    )
    summary = run_batch(rulebook, request)
    assert summary.portfolio is not None
    plan = Plan(rulebook, summary.columns.values(), reasons=True)
    slow = recount(plan, request.output, folder / "out.rejects.csv", summary.rows_read, given_rows)  # type: ignore[arg-type]
    assert (folder / "r.html").read_text() == f"{summary.rows_read} rows\n"
    return summary.portfolio, slow


def check(rulebook: Rulebook, seed: int, engine: Engine = "polars") -> None:
    random = Random(seed)
    with TemporaryDirectory() as name:
        tables, known = write_tables(rulebook, Path(name), random, random.choice([0, 0.1, 1]))
        try:
            found, expected = both_counts(rulebook, Path(name), tables, known, engine)
        except (AnswerError, RuleError):
            # A table without a single column that is a fact, or rules whose numbers are too large for tables.
            reject()
    assert found == expected


@settings(max_examples=8)
@given(source=sources() | sources(worked_out=True), seed=st.integers(0, 2**32))
def test_random_rules(source: Source, seed: int) -> None:
    check(source.rulebook(), seed)


@pytest.mark.slow
@settings(max_examples=60)
@given(rulebook=bundled(6), seed=st.integers(0, 2**32))
def test_bundled_rules(rulebook: Rulebook, seed: int) -> None:
    check(rulebook, seed)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_engines(rules: Rules, tmp_path: Path, engine: Engine) -> None:
    rulebook = Linker(rules).fix(DAY, SOME)
    tables, known = write_tables(rulebook, tmp_path, Random(10), 0.1)
    found, expected = both_counts(rulebook, tmp_path, tables, known, engine)
    assert found == expected
    assert found.rejected
    assert any(one.funnel for one in found.programmes)
    assert any(one.waiting_rows for one in found.facts)


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_output_counts_alike(run: Runner, layout: str, ending: str) -> None:
    table = "id,site_country,employees\n1,DE,5\n2,KR,\n3,,900\n4,DE,x\n"
    output = run.folder / f"o.{ending}"
    found = counted(run, table, layout=layout, output=output)
    assert found == counted(run, table, layout="long")
    assert (found.read, found.assessed, found.rejected) == (4, 3, 1)
    assert found.refused == {("not-a-number", "employees"): 1}


def test_no_rows(run: Runner) -> None:
    found = counted(run, "id,site_country\n")
    assert (found.read, found.assessed, found.rejected, found.refused) == (0, 0, 0, {})
    assert all(set(one.verdicts.values()) == {0} and not one.failed and not one.missing for one in found.programmes)
    assert {(one.given, one.waiting_rows, one.waiting_verdicts, one.decides) for one in found.facts} == {(0, 0, 0, 0)}


def test_all_rejected(run: Runner) -> None:
    found = counted(run, "id,site_country\n1,XX\n2\n3,YY\n")
    assert (found.read, found.assessed, found.rejected) == (3, 0, 3)
    assert found.refused == {("unknown-choice", "site_country"): 2, ("wrong-width", ""): 1}
    assert list(found.refused) == [("unknown-choice", "site_country"), ("wrong-width", "")]


def test_cells_taken_as_unknown_are_not_given(run: Runner) -> None:
    found = counted(run, "id,employees\n1,5\n2,x\n3,..9\n", on_bad_value="unknown", defaults={"site_country": "DE"})
    given_rows = {one.fact: one.given for one in found.facts if one.given}
    assert given_rows == {"site_country": 3, "employees": 2}
    assert found.made_unknown == {"employees": 1}


def test_what_only_the_award_depends_on_is_not_asked_first(tmp_path: Path) -> None:
    award = {"rate": "50 %", "pays": {"p": {"share_of": "cost", "cite": "s"}}}
    run = Runner(small({"t0": "yes"}, award=award), tmp_path)
    found = counted(run, "id,t0,cost\n1,yes,\n2,,5\n3,,\n4,,\n5,no,\n")
    (programme,) = found.programmes
    assert (programme.missing, programme.decides) == ({"t0": 3}, {"t0": 3})
    assert {one.fact: (one.given, one.waiting_rows, one.waiting_verdicts) for one in found.facts} == {
        "t0": (2, 3, 3),
        "cost": (1, 0, 0),
    }


def test_money_that_is_not_bounded_counts_with_what_is_sure(tmp_path: Path) -> None:
    award = {"rate": "50 %", "pays": {"p": {"share_of": "cost", "cite": "s"}, "f": {"fixed": "100 EUR", "cite": "s"}}}
    run = Runner(small({"t0": "yes"}, award=award), tmp_path)
    (found,) = counted(run, "id,t0,cost\n1,yes,0.02\n2,yes,20..30\n3,yes,\n4,,10..\n5,no,7\n6,,0\n").programmes
    assert found.money == Money("EUR", Fraction("310.01"), Fraction("315.01"), 1)
    assert found.open_money == Money("EUR", Fraction(205), Fraction(205), 1)


def test_a_sum_may_be_larger_than_64_bits(tmp_path: Path) -> None:
    amount, rows = 9 * 10**14, 120
    award = {"pays": {"f": {"fixed": f"{amount} EUR", "cite": "s"}}}
    run = Runner(small({"t0": "yes"}, award=award), tmp_path)
    (found,) = counted(run, "id,t0\n" + "1,yes\n2,\n" * rows).programmes
    assert 100 * amount * rows > 2**63
    assert found.money == found.open_money == Money("EUR", Fraction(amount * rows), Fraction(amount * rows), 0)


def test_a_report_that_fails_leaves_nothing(run: Runner) -> None:
    def fail(_: object) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left on device"):
        run("id,employees\n1,5\n2,x\n", report=ReportTo(run.folder / "r.html", fail))
    assert run.left() == set()


def test_a_run_that_fails_leaves_no_report(run: Runner) -> None:
    (run.folder / "r.html").write_text("from an earlier run")
    with pytest.raises(AnswerError, match="more than 0 rows cannot be used"):
        run("id,employees\n1,x\n", report=report_to(run.folder / "r.html"), max_rejects=0)
    assert run.left() == {"r.html"}
    assert (run.folder / "r.html").read_text() == "from an earlier run"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("in.csv", "the report is the same file as the input"),
        ("out.csv", "the report is the same file as the output"),
        ("out.rejects.csv", "the report is the same file as the rejects file"),
    ],
)
def test_a_report_has_a_file_of_its_own(run: Runner, name: str, message: str) -> None:
    table = "id,employees\n1,5\n"
    with pytest.raises(AnswerError, match=message):
        run(table, report=report_to(run.folder / name))
    assert run.left() == set()
    assert (run.folder / "in.csv").read_text() == table
