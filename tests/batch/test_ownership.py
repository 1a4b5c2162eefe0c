"""Rows of a table get from an ownership structure what they leave empty: as a check of the same firm does."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from eligibility.batch.request import Found
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import Assessed
from eligibility.engine.profile import read_profile
from eligibility.group.facts import size_facts
from eligibility.group.frame import is_firm, is_korean
from eligibility.group.korean_facts import korean_facts
from eligibility.group.structure import Kind, Structure, from_rows
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.batch.conftest import DAY
from tests.batch.runner import Runner
from tests.group.test_frame import structures


def figures(people: Any, amount: Any = 1_000_000) -> dict[str, Any]:
    """The same figures in both periods."""
    columns = ("employees", "turnover", "balance_sheet")
    told = dict(zip(columns, (people, amount, amount), strict=True))
    return {**told, **{f"{column}_previous": value for column, value in told.items()}}


STRUCTURE = from_rows(
    [
        {"id": "alone", **figures(20)},
        {"id": "parent", **figures(400, 60_000_000)},
        {"id": "daughter", **figures(30)},
        {"id": "partner", **figures(450)},
        {"id": "doubtful", **figures(20)},
        {"id": "grown", **figures(20), "employees": 60, "turnover": 20_000_000, "balance_sheet": 20_000_000},
        {"id": "angel", "kind": Kind.PERSON},
        {"id": "uncle", "kind": Kind.PERSON},
        {"id": "town", "kind": Kind.PUBLIC_BODY},
        {"id": "owned", **figures(20)},
    ],
    [
        {"holder": "parent", "held": "daughter", "share": 100},
        {"holder": "parent", "held": "partner", "share": 25},
        {"holder": "parent", "held": "doubtful", "share": Interval(10, 60)},
        {"holder": "angel", "held": "alone", "share": 100},
        {"holder": "uncle", "held": "grown", "share": 100},
        {"holder": "town", "held": "owned", "share": Fraction("24.995")},
    ],
)
FIRMS = ("alone", "parent", "daughter", "partner", "doubtful", "grown", "owned")
ANSWERS: Mapping[str, object] = {
    "site_country": "DE",
    "site_region": "09162",
    "legal_form": "limited_company",
    "nonprofit": False,
    "in_difficulty": False,
    "in_formation": False,
    "insolvent": False,
    "project_started": False,
    "digitalisation_plan": True,
    "it_security_project": False,
    "value_chain_project": False,
    "de_minimis_received": 0,
    "digital_investment_cost": 50_000,
    "training_cost": 0,
}


Cells = Mapping[str, Mapping[str, str]]


def table(firms: Cells) -> str:
    """Rows of firms that answer what no structure tells, with other cells as told."""
    common = {fact: str(answer).lower() if answer != "DE" else "DE" for fact, answer in ANSWERS.items()}
    facts = list(dict.fromkeys([*common, *(fact for cells in firms.values() for fact in cells)]))
    lines = [";".join([firm, *({**common, **cells}.get(fact, "") for fact in facts)]) for firm, cells in firms.items()]
    return "\n".join([";".join(("id", *facts)), *lines])


def verdicts(run: Runner) -> dict[tuple[str, str], dict[str, Any]]:
    rows = pl.read_csv(run.output, infer_schema=False).with_columns(pl.all().fill_null("")).rows(named=True)
    return {(row["id"], row["programme"]): row for row in rows}


def checked(rulebook: Rulebook, structure: Structure, firm: str, answers: Mapping[str, object]) -> Assessed:
    """What `check` says of the firm, where its own answers stand before those of the structure."""
    node = structure.node(firm)
    given = dict(size_facts(rulebook, structure, node).answers)
    if is_korean(structure)[node]:
        given |= korean_facts(rulebook, structure, node).answers
    return assess_profile(rulebook, read_profile(rulebook, {**given, **answers}))


def assert_as_checked(run: Runner, structure: Structure, firms: Cells) -> None:
    found = verdicts(run)
    for firm, cells in firms.items():
        answers = {fact: answer for fact, answer in {**ANSWERS, **cells}.items() if answer != ""}
        for result in checked(run.rulebook, structure, firm, answers).programmes:
            row = found[firm, result.programme.id]
            assert row["verdict"] == result.verdict.value
            assert row["failed"] == ";".join(result.failed)
            assert row["missing"] == ";".join(sorted(result.missing))
            amount = None if result.award is None else result.award.amount
            ends = (None, None) if amount is None else (amount.low, amount.high)
            assert [Fraction(row[f"amount_{end}"]) if row[f"amount_{end}"] else None for end in ("min", "max")] == [
                *ends
            ]


@cache
def the_rulebook() -> Rulebook:
    """Programmes that read the size class, headcounts and public shares, and Korean figures."""
    return load([bundled_rules()], DAY, ["de.by.digitalbonus", "de.digital-jetzt", "kr.world-class-plus"])


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    return Runner(the_rulebook(), tmp_path)


def test_the_structure_decides(run: Runner) -> None:
    run(table({firm: {} for firm in FIRMS}), layout="long", ownership=STRUCTURE)
    found = verdicts(run)
    jetzt = {
        firm: (found[firm, "de.digital-jetzt"]["verdict"], found[firm, "de.digital-jetzt"]["failed"]) for firm in FIRMS
    }
    assert jetzt == {
        "alone": ("eligible", ""),
        "parent": ("not_eligible", "headcount"),
        "daughter": ("not_eligible", "headcount"),
        "partner": ("not_eligible", "headcount"),
        "doubtful": ("undetermined", ""),
        "grown": ("eligible", ""),
        "owned": ("not_eligible", "public_share"),
    }


EVERY = {firm: {} for firm in FIRMS}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "firms",
    [
        pytest.param(EVERY, id="nothing of it is given"),
        pytest.param({firm: {"group_employees": "17"} for firm in FIRMS}, id="a cell wins"),
        pytest.param({**EVERY, "doubtful": {"group_employees": "15..600"}}, id="a range of a cell wins"),
        pytest.param(
            {**EVERY, "doubtful": {"kr_fiscal_year_end": "2020-01-01..2020-12-31"}},
            id="a range that no column holds beside one of the structure",
        ),
        pytest.param({**EVERY, "grown": {"eu_size_class": "large"}}, id="a definition that is given wins"),
    ],
)
def test_a_row_gets_what_a_check_of_the_firm_gets(run: Runner, engine: str, firms: Cells) -> None:
    summary = run(table(firms), layout="long", engine=engine, ownership=STRUCTURE)
    assert (summary.rows_rejected, summary.found) == (0, Found(7, 0, 7))
    assert_as_checked(run, STRUCTURE, firms)


@settings(max_examples=12)
@given(structures(), st.sampled_from(["DE", "KR"]))
def test_so_it_is_with_any_structure(structure: Structure, country: str) -> None:
    firms = {name: {"site_country": country} for name, node in structure.index.items() if is_firm(structure)[node]}
    with TemporaryDirectory() as folder:
        run = Runner(the_rulebook(), Path(folder))
        run(table(firms or {"other": {}}), layout="long", ownership=structure)
        assert_as_checked(run, structure, firms)


def test_a_default_fills_only_what_the_structure_leaves_empty(run: Runner) -> None:
    firms = {"parent": {}, "unknown": {}}
    summary = run(
        table(firms), layout="long", ownership=STRUCTURE, defaults={"group_employees": 9, "public_shareholding": 0}
    )
    assert summary.found == Found(1, 1, 7)
    found = verdicts(run)
    assert found["parent", "de.digital-jetzt"]["verdict"] == "not_eligible"
    assert found["unknown", "de.digital-jetzt"]["verdict"] == "eligible"


def test_persons_and_public_bodies_are_no_firms(run: Runner) -> None:
    summary = run(table({"angel": {}, "town": {}, " alone ": {}}), layout="long", ownership=STRUCTURE)
    assert summary.found == Found(1, 2, 7)
    assert "group_employees" in verdicts(run)["town", "de.digital-jetzt"]["missing"]


def test_a_bad_cell_that_counts_as_unknown_is_not_filled(run: Runner) -> None:
    firms = {"alone": {"group_employees": "many"}}
    summary = run(table(firms), layout="long", ownership=STRUCTURE, on_bad_value="unknown")
    assert summary.made_unknown == {"group_employees": 1}
    assert "group_employees" in verdicts(run)["alone", "de.digital-jetzt"]["missing"]


def test_rejected_rows_are_neither_found_nor_not(run: Runner) -> None:
    summary = run(table({"alone": {"group_employees": "many"}, "parent": {}, "x": {}}), ownership=STRUCTURE)
    assert (summary.rows_rejected, summary.found) == (1, Found(1, 1, 7))


def test_a_table_may_name_its_firms_and_nothing_else(run: Runner) -> None:
    summary = run("id;city\nalone;Ulm\nparent;Aalen\n", layout="long", ownership=STRUCTURE)
    assert summary.found == Found(2, 0, 7)
    assert verdicts(run)["parent", "de.digital-jetzt"]["failed"] == "headcount"


def test_ids_that_came_as_numbers(run: Runner, tmp_path: Path) -> None:
    structure = from_rows([{"id": "7", **figures(20)}, {"id": "8", **figures(600)}], [])
    path = tmp_path / "in.parquet"
    pl.DataFrame({"id": [7, 8, 9], "nonprofit": [False, False, None]}).write_parquet(path)
    summary = run(path.read_bytes(), "in.parquet", layout="long", ownership=structure)
    assert summary.found == Found(2, 1, 2)
    assert [verdicts(run)[name, "de.digital-jetzt"]["failed"] for name in "789"] == ["", "headcount", ""]


def test_the_id_may_stand_in_any_column(run: Runner) -> None:
    run("Firma;nonprofit\nparent;no\n", layout="long", id_column="Firma", ownership=STRUCTURE)
    assert verdicts(run)["parent", "de.digital-jetzt"]["failed"] == "headcount"


def test_a_table_without_an_id_is_refused(run: Runner) -> None:
    with pytest.raises(AnswerError) as refused:
        run("Firma;nonprofit\nparent;no\n", ownership=STRUCTURE)
    assert str(refused.value) == (
        "no column names each company, so that none can be found in the ownership structure (name it with --id COLUMN)"
    )
    assert run.left() == set()


def test_the_summary_sheet_of_a_workbook_counts_them(run: Runner, tmp_path: Path) -> None:
    output = tmp_path / "out.xlsx"
    run(table({"alone": {}, "x": {}}), output=output, ownership=STRUCTURE)
    (sheet,) = [sheet for sheet in load_workbook(output) if sheet.title == "summary"]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert told["rows found in the ownership structure"] == 1
    assert told["rows not found in it"] == 1
    assert told["firms of the structure"] == 7
