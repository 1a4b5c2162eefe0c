"""The engine DuckDB writes, byte for byte, what Polars writes."""

import sys
from pathlib import Path
from typing import Any

import pytest

from eligibility.batch.duck_plan import groups, quoted
from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.run import run_batch
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError

EXAMPLES = Path("examples/companies.csv")
MESSY = """\
company_id,site_country,employees,nonprofit,training_cost
1,DE,12,nein,1000.50
2,,3..600,ja,
3,KR,abc,no,5
4,KR
5,DE,499,,12.3456
6,=DE,7.5,NEIN,17000
"""


def both(rulebook: Rulebook, table: Path, folder: Path, ending: str, **options: Any) -> list[BatchSummary]:
    """Run a table with both engines and compare what they write."""
    summaries = []
    for engine in ("polars", "duckdb"):
        request = BatchRequest(table, folder / f"{engine}{ending}", **{**options, "engine": engine})
        summary = run_batch(rulebook, request)
        assert summary.rows_read == summary.rows_assessed + summary.rows_rejected
        summaries.append(summary)
    for name in (ending, ".rejects.csv"):
        first, second = ((folder / f"{engine}{name}").read_bytes() for engine in ("polars", "duckdb"))
        assert first == second
    return summaries


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_the_examples(rulebook: Rulebook, tmp_path: Path, layout: str, ending: str) -> None:
    polars, duckdb = both(rulebook, EXAMPLES, tmp_path, ending, layout=layout)
    assert polars.verdicts == duckdb.verdicts


@pytest.mark.parametrize("options", [{}, {"on_bad_value": "unknown"}, {"defaults": {"site_country": "KR"}}])
def test_bad_cells_ranges_and_defaults(rulebook: Rulebook, tmp_path: Path, options: dict[str, Any]) -> None:
    table = tmp_path / "in.csv"
    table.write_text(MESSY)
    polars, duckdb = both(rulebook, table, tmp_path, ".csv", layout="long", **options)
    assert (polars.rejects, polars.made_unknown) == (duckdb.rejects, duckdb.made_unknown)


def test_a_table_of_which_nothing_is_left(rulebook: Rulebook, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("employees\nabc\n")
    assert both(rulebook, table, tmp_path, ".csv")[1].rows_assessed == 0


def test_without_the_library(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(AnswerError) as caught:
        run_batch(rulebook, BatchRequest(EXAMPLES, tmp_path / "out.csv", engine="duckdb"))
    message = "the engine `duckdb` needs a library that is not installed: duckdb"
    assert str(caught.value) == f"{message} (pip install 'eligibility[duckdb]')"
    assert list(tmp_path.iterdir()) == []


def test_results_of_a_later_group_keep_their_number(whole_rulebook: Rulebook) -> None:
    first, second, *_ = groups(Plan(whole_rulebook, ["employees"], reasons=False), {"employees": "BIGINT"})
    assert first.results["v0"] == "v0"
    assert second.results["v0"] == "v12"
    assert {name for name in second.results.values() if name.startswith("a")} <= {
        f"a{index}.{end}" for index in range(12, 24) for end in ("min", "max")
    }


@pytest.mark.parametrize(("name", "written"), [("a", '"a"'), ('a"b', '"a""b"')])
def test_names_in_sql(name: str, written: str) -> None:
    assert quoted(name) == written
