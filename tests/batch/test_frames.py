"""The Python interface says of a frame what a batch run says of the same table."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from eligibility.batch.cell import POINTED, Cells, canonical, factor_of
from eligibility.batch.frames import assess_frame
from eligibility.batch.mapping import match_columns
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.batch.spark import MARKS

EXAMPLES = Path("examples/companies.csv")


@pytest.fixture(scope="module")
def companies(rulebook: Rulebook) -> pl.DataFrame:
    """The examples without the company that gives a range, with native types."""
    table = pl.read_csv(EXAMPLES, infer_schema=False).filter(
        ~pl.col("Mitarbeiter Gruppe").fill_null("").str.contains("..", literal=True)
    )
    for column, fact in match_columns(rulebook, table.columns, {}, None).facts.items():
        subject = rulebook.subject(fact)
        reader = Cells(subject, POINTED)
        cells: list[Any] = [None if text is None else canonical(subject, reader.read(text)) for text in table[column]]
        if subject.type in ("number", "money", "percent"):
            shift = factor_of(subject) // (100 if subject.type == "percent" else 1)
            cells = [None if cell is None else Decimal(cell) / shift for cell in cells]
        table = table.with_columns(pl.Series(column, cells))
    return table


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize("lazy", [False, True])
def test_as_a_batch_run(rulebook: Rulebook, companies: pl.DataFrame, tmp_path: Path, layout: Any, lazy: bool) -> None:
    companies.write_parquet(tmp_path / "in.parquet")
    run_batch(rulebook, BatchRequest(tmp_path / "in.parquet", tmp_path / "out.parquet", layout=layout))
    written = pl.read_parquet(tmp_path / "out.parquet")
    given = companies.lazy() if lazy else companies
    found = assess_frame(rulebook, given, layout)
    assert isinstance(found, type(given))
    found = found.lazy().collect()
    assert found.columns == written.columns
    assert found.with_columns(pl.col(pl.String)).equals(written.cast({pl.Enum: pl.String}))


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_as_in_polars(rulebook: Rulebook, companies: pl.DataFrame, layout: str, library: str) -> None:
    read = [column for column in companies.columns if companies[column].null_count() < companies.height]
    companies = companies.select(read)
    given = companies.to_pandas() if library == "pandas" else companies.to_arrow()
    found = assess_frame(rulebook, given, layout)
    assert type(found) is type(given)
    wanted = assess_frame(rulebook, companies, layout)
    back = pl.from_pandas(found) if library == "pandas" else pl.DataFrame(pl.from_arrow(found))
    assert back.columns == wanted.columns
    for column in set(wanted.columns) - set(read):
        assert back[column].to_list() == wanted[column].to_list()


@pytest.mark.parametrize("library", ["duckdb", pytest.param("spark", marks=MARKS)])
def test_lazy_frames_of_other_libraries(
    rulebook: Rulebook, companies: pl.DataFrame, library: str, request: pytest.FixtureRequest
) -> None:
    # Spark looks at each column of texts in a job of its own: enough of them to have every type.
    companies = companies.rename({"company_id": "of.company"})
    companies = companies.select(companies.columns[:1] + companies.columns[5:20])
    table = companies.to_arrow(compat_level=pl.CompatLevel.oldest())
    made: Any = None
    if library == "duckdb":
        made = duckdb.connect().from_arrow(table)
    else:
        made = request.getfixturevalue("session").createDataFrame(table)
    found = assess_frame(rulebook, made)
    assert type(found) is type(made)
    back = pl.DataFrame(pl.from_arrow(found.to_arrow_table() if library == "duckdb" else found.toArrow()))
    wanted = assess_frame(rulebook, companies)
    assert back.columns == wanted.columns
    for column in wanted.columns:
        assert back[column].to_list() == wanted[column].to_list()
    with pytest.raises(AnswerError, match="the rows of this lazy frame have no order"):
        assess_frame(rulebook, made, "long")


@pytest.mark.parametrize("library", ["polars", "lazy", "duckdb", pytest.param("spark", marks=MARKS)])
def test_codes_in_other_spellings_in_each_library(
    rulebook: Rulebook, library: str, request: pytest.FixtureRequest
) -> None:
    cells = {
        "site_country": ["DE", "DE", None],
        "nace": ["C 28.1", "C281", ""],
        "employees": [Decimal("12.5"), None, None],
    }
    plain = pl.DataFrame({**cells, "nace": ["C281", "C281", None]}, schema_overrides={"employees": pl.Decimal(10, 1)})
    frame = pl.DataFrame(cells, schema_overrides={"employees": pl.Decimal(10, 1)})
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    made: Any = {"polars": frame, "lazy": frame.lazy()}.get(library)
    if library == "duckdb":
        made = duckdb.connect().from_arrow(table)
    elif library == "spark":
        made = request.getfixturevalue("session").createDataFrame(table)
    found = nw.from_native(assess_frame(rulebook, made)).lazy().collect("polars").to_native()
    wanted = assess_frame(rulebook, plain)
    assert found["nace"].to_list() == cells["nace"]
    assert found.drop("nace").to_dict(as_series=False) == wanted.drop("nace").to_dict(as_series=False)


def test_what_pandas_carries_stays_as_it_was(rulebook: Rulebook) -> None:
    frame = pd.DataFrame({"name": [{"a": 1}, "B"], "site_country": ["DE", "KR"]}, index=["x", "x"])
    found = assess_frame(rulebook, frame)
    assert list(found.index) == ["x", "x"]
    pd.testing.assert_frame_equal(found[["name", "site_country"]], frame)


def test_what_pandas_may_hold_and_no_column_can(rulebook: Rulebook) -> None:
    frame = pd.DataFrame({"site_country": ["DE", date(2020, 1, 1)]})
    with pytest.raises(AnswerError, match=r"^this pandas frame cannot be converted: .*give each column one type"):
        assess_frame(rulebook, frame)


def test_a_column_that_pandas_has_already(rulebook: Rulebook) -> None:
    frame = pd.DataFrame({"site_country": ["DE"], "eligible": ["yes"]})
    with pytest.raises(AnswerError, match="the input has a column `eligible`, which the output adds"):
        assess_frame(rulebook, frame)


def test_floats_are_rounded_to_the_fact(rulebook: Rulebook) -> None:
    frame = pl.DataFrame({"employees": [0.1 + 0.2, float("nan"), None], "training_cost": [0.29, 1.005, 2.0]})
    assert assess_frame(rulebook, frame).height == 3


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("employees", ["12"], "the column `employees` holds String; `employees` needs numbers"),
        ("nonprofit", [1], "the column `nonprofit` holds Int64; `nonprofit` needs truths"),
        ("founded", ["2001-01-01"], "the column `founded` holds String; `founded` needs dates"),
        ("nace", [28], "the column `nace` holds Int64; `nace` needs texts"),
        ("employees", [-1], "the column `employees` has -1: at least 0"),
        ("public_shareholding", [100.5], "the column `public_shareholding` has 100.5: at most 100"),
        (
            "training_cost",
            [Decimal("1.001")],
            "the column `training_cost` has more decimals than `training_cost` takes",
        ),
        ("site_country", ["de"], "the column `site_country`: `de` is not one of the choices"),
        ("x", [1], "no column is named like a fact: `x`"),
    ],
)
def test_refused(rulebook: Rulebook, column: str, values: list[object], message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        assess_frame(rulebook, pl.DataFrame({column: values}))
    assert str(caught.value).startswith(message)


def test_codes_in_other_spellings(rulebook: Rulebook) -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "nace": ["62.01", ""], "founded": [date(2001, 1, 1), None]})
    assert assess_frame(rulebook, frame)["nace"].to_list() == ["62.01", ""]


@pytest.mark.parametrize("amount", [100, 100.0, Decimal("100.000")])
def test_units_of_columns_count_in_frames_too(rulebook: Rulebook, amount: object) -> None:
    known = {"site_country": ["DE"], "group_employees": [10], "digitalisation_plan": [True]}
    plain = assess_frame(rulebook, pl.DataFrame({**known, "digital_investment_cost": [100_000]}))
    thousands = assess_frame(rulebook, pl.DataFrame({**known, "Digitalinvestition (TEUR)": [amount]}))
    most = "de.digital-jetzt amount_max"
    assert thousands[most].to_list() == plain[most].to_list() == [Decimal("100000.00")]
    with pytest.raises(AnswerError, match=r"^the column `Digitalinvestition \(TEUR\)` has 2000000: at most"):
        assess_frame(rulebook, pl.DataFrame({**known, "Digitalinvestition (TEUR)": [2_000_000]}))
