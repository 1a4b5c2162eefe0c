"""Comparing real rules over tables: what is found, and how it is read and written."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from eligibility.advice.comparison import Shift
from eligibility.advice.portfolio import Money
from eligibility.batch import compare_workbook
from eligibility.batch.compare import run_comparison
from eligibility.batch.compare_pairs import differing
from eligibility.batch.request import BatchRequest
from eligibility.engine.assessment import Verdict
from eligibility.report.comparison import comparison_page
from eligibility.report.text import page_text
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker, load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules
from eligibility.values.problem import AnswerError
from tests.batch.comparing import COLUMNS, assessed, changes, compared, joined
from tests.engine.small_rules import small

EXAMPLES = Path("examples/companies.csv")
DIGITAL_JETZT = "de.digital-jetzt"


@pytest.fixture(scope="module")
def digital_jetzt(rules: Rules) -> Mapping[str, Rulebook]:
    days = ("2020-09-06", "2020-09-07", "2021-06-30", "2021-07-01", "2023-12-31", "2024-01-01")
    return {day: Linker(rules).fix(date.fromisoformat(day), [DIGITAL_JETZT]) for day in days}


def test_the_cut_of_the_rate(digital_jetzt: Mapping[str, Rulebook], tmp_path: Path) -> None:
    table = Path(shutil.copy(EXAMPLES, tmp_path))
    found, lines = compared(digital_jetzt["2021-06-30"], digital_jetzt["2021-07-01"], table)
    (one,) = found.comparison.programmes
    first = "1 DE-001 de.digital-jetzt eligible eligible open open - - - - 24000.00 24000.00 19200.00 19200.00 EUR"
    wanted = [*first.replace("-", "").split(" "), "0.50", "0.50", "0.40", "0.40"]
    assert [text.replace("-", "") for text in lines[0].values()] == wanted
    assert one.flips == {(Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE): 2}
    assert one.newly_failed == (Shift("minimum_award", 3, 2),)
    assert one.difference == Money("EUR", Fraction(-4340001, 100), Fraction(-4340001, 100), 0)
    assert (one.windows, one.changed, found.comparison.changed) == (("open", "open"), 16, 16)


@pytest.mark.parametrize(
    ("days", "windows"),
    [
        (("2020-09-06", "2020-09-07"), ("upcoming", "open")),
        (("2023-12-31", "2024-01-01"), ("open", "closed")),
        (("2024-01-01", "2023-12-31"), ("closed", "open")),
    ],
)
def test_a_window_that_opens_or_closes(
    digital_jetzt: Mapping[str, Rulebook], tmp_path: Path, days: tuple[str, str], windows: tuple[str, str]
) -> None:
    found, lines = compared(digital_jetzt[days[0]], digital_jetzt[days[1]], Path(shutil.copy(EXAMPLES, tmp_path)))
    (one,) = found.comparison.programmes
    assert (one.windows, dict(one.flips)) == (windows, {})
    assert {(line["window_a"], line["window_b"]) for line in lines} == {windows}
    out_of_reach = one.transitions[Verdict.NOT_ELIGIBLE, Verdict.NOT_ELIGIBLE]
    assert len(lines) == one.changed == found.comparison.compared - out_of_reach
    assert one.difference == Money("EUR", Fraction(0), Fraction(0), 0)


def test_who_would_gain_if_499_became_749(digital_jetzt: Mapping[str, Rulebook], tmp_path: Path) -> None:
    text = (bundled_rules() / "programmes" / "de" / "digital-jetzt.yaml").read_text("utf-8")
    base = shutil.copytree(bundled_rules(), tmp_path / "base", ignore=_other_programmes)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "changed.yaml").write_text(
        text.replace("3..499", "3..749").replace("..499:", "..749:"), "utf-8"
    )
    after = load([base], date(2021, 6, 30), [DIGITAL_JETZT], replacing=[tmp_path / "new"])
    found, lines = compared(digital_jetzt["2021-06-30"], after, Path(shutil.copy(EXAMPLES, tmp_path)))
    (one,) = found.comparison.programmes
    assert [(line["id"], line["failed_a"], line["amount_max_b"]) for line in lines] == [
        ("DE-008", "headcount", "50000.00"),
        ("DE-015", "headcount", "30000.00"),
    ]
    assert one.flips == {(Verdict.NOT_ELIGIBLE, Verdict.ELIGIBLE): 2}
    assert one.no_longer_failed == (Shift("headcount", 2, 2),)
    assert one.difference == Money("EUR", Fraction(80000), Fraction(80000), 0)


def _other_programmes(folder: str, names: list[str]) -> set[str]:
    kept = {"digital-jetzt.yaml", "mittelstand-digital.yaml"}
    return set(names) - kept if Path(folder).parent.name == "programmes" else set()


def test_programmes_that_come_or_go(rules: Rules, tmp_path: Path) -> None:
    linker, day = Linker(rules), date(2021, 3, 1)
    before, after = (linker.fix(day, [name]) for name in (DIGITAL_JETZT, "de.go-digital"))
    table = Path(shutil.copy(EXAMPLES, tmp_path))
    found, lines = compared(before, after, table)
    gone, come = found.comparison.programmes
    assert (gone.programme, gone.windows[1], come.programme, come.windows[0]) == (
        DIGITAL_JETZT,
        None,
        "de.go-digital",
        None,
    )
    assert all(two is None for _, two in gone.transitions)
    assert all(one is None for one, _ in come.transitions)
    assert lines == changes(joined(assessed(before, table), assessed(after, table)))
    assert gone.difference is not None
    assert gone.money[0] is not None
    assert gone.difference.sure == -gone.money[0].sure


def test_no_programme_at_all(rules: Rules, tmp_path: Path) -> None:
    before = Linker(rules).fix(date(2021, 3, 1), [])
    found, lines = compared(before, before, Path(shutil.copy(EXAMPLES, tmp_path)))
    assert (found.comparison.compared, found.comparison.programmes, lines) == (48, (), [])


def test_only_what_may_differ_is_worked_out(digital_jetzt: Mapping[str, Rulebook], rules: Rules) -> None:
    given = ("site_country", "group_employees")
    names = [DIGITAL_JETZT, "de.go-digital"]
    two = [Linker(rules).fix(date.fromisoformat(day), names) for day in ("2021-06-30", "2021-07-01")]
    assert differing(two[0], two[1], given) == ((DIGITAL_JETZT,), ("de.go-digital",))
    later, last = digital_jetzt["2021-07-01"], digital_jetzt["2023-12-31"]
    assert differing(digital_jetzt["2020-09-07"], digital_jetzt["2021-06-30"], given) == ((), (DIGITAL_JETZT,))
    # The map of weak regions was drawn anew in between; that no column here tells the region is not looked at.
    assert differing(later, last, given) == ((DIGITAL_JETZT,), ())


# Reading and writing.


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_engines_agree(tmp_path: Path, engine: str) -> None:
    award = {"rate": "50 %", "pays": {"p": {"share_of": "fee", "cite": "s 1"}}}
    before, after = (small({"staff": limit, "t0": "yes"}, award=award) for limit in ("..10", "..20"))
    gone = replace(after, programmes={})
    table = tmp_path / "in.csv"
    table.write_text("id,staff,fee,t0\na,15,100.01,\nb,5,,yes\nc,5..15,7,yes\nd,30,1,no\n", "utf-8")
    for other in (after, gone):
        _, lines = compared(before, other, table, engine=engine)
        expected = joined(assessed(before, table), assessed(after, table))
        if other is gone:
            expected = {key: (line, None) for key, (line, _) in expected.items()}
        assert lines == changes(expected)
        assert lines


def test_known_ranges(tmp_path: Path) -> None:
    """A range of days is held by no column; the row is assessed by itself, on both sides."""
    young = {"born": {"age": "..<3 years"}, "staff": "..10"}
    before, after = small(young, on=date(2021, 3, 1)), small(young, on=date(2022, 3, 1))
    table = tmp_path / "in.csv"
    days = ("2018-04-01..2019-02-01", "2018-04-01..2019-04-01", "2019-04-01..2020-01-01", "2010-01-01..2011-01-01")
    table.write_text("id,born,staff\n" + "".join(f"{day},{day},1..10\n" for day in days), "utf-8")
    _, lines = compared(before, after, table)
    assert [(line["id"], line["verdict_a"], line["verdict_b"]) for line in lines] == [
        (days[0], "eligible", "not_eligible"),
        (days[1], "eligible", "undetermined"),
    ]
    assert lines == changes(joined(assessed(before, table), assessed(after, table)))


def test_formats_agree(digital_jetzt: Mapping[str, Rulebook], tmp_path: Path) -> None:
    both = digital_jetzt["2021-06-30"], digital_jetzt["2021-07-01"]
    _, lines = compared(*both, Path(shutil.copy(EXAMPLES, tmp_path)))
    for ending in ("parquet", "jsonl", "xlsx"):
        run_comparison(*both, BatchRequest(EXAMPLES, tmp_path / f"out.{ending}"))
    exact = pl.read_parquet(tmp_path / "out.parquet")
    assert exact.columns == list(COLUMNS)
    assert exact.schema["amount_min_a"] == pl.Decimal(38, 2)
    assert exact.schema["rate_max_b"] == pl.Decimal(38, 4)
    numbers = [name for name in COLUMNS if name.startswith(("amount", "rate"))]
    for line, row in zip(lines, exact.iter_rows(named=True), strict=True):
        assert {name: Decimal(line[name]) if line[name] else None for name in numbers} == {n: row[n] for n in numbers}
        assert [line[name] for name in COLUMNS if name not in numbers] == [
            "" if row[name] is None else str(row[name]) for name in COLUMNS if name not in numbers
        ]
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [{name: "" if text is None else str(text) for name, text in line.items()} for line in told] == lines
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["changes"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == COLUMNS
    assert [row[:5] for row in rows] == [(int(line["row"]), *(line[name] for name in COLUMNS[1:5])) for line in lines]


def test_a_sheet_that_is_too_long(
    digital_jetzt: Mapping[str, Rulebook], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_workbook, "MOST_ROWS", 15)
    with pytest.raises(AnswerError) as refused:
        run_comparison(
            digital_jetzt["2021-06-30"], digital_jetzt["2021-07-01"], BatchRequest(EXAMPLES, tmp_path / "out.xlsx")
        )
    assert str(refused.value) == (
        "a sheet of Excel ends after 15 rows; there are more changes "
        "(write .csv or .parquet, or choose programmes with --programme)"
    )
    assert list(tmp_path.iterdir()) == []


def test_rows_that_one_side_refuses(tmp_path: Path) -> None:
    """A fact that means something narrower on one side: rejected rows of either are told once."""
    before, after = small({"staff": "..10"}), small({"staff": "..20"})
    after = replace(after, facts={**after.facts, "staff": replace(after.facts["staff"], high=Fraction(100))})
    table = tmp_path / "in.csv"
    table.write_text("id,staff\na,15\nb,500\nc,x\nd,5\n", "utf-8")
    found, lines = compared(before, after, table)
    told = found.comparison
    assert (told.read, told.compared, told.rejected, dict(told.rejects)) == (
        4,
        2,
        2,
        {"too-large": 1, "not-a-number": 1},
    )
    assert [(line["row"], line["id"], line["verdict_a"], line["verdict_b"]) for line in lines] == [
        ("1", "a", "not_eligible", "eligible")
    ]
    rejects = (tmp_path / "changes.rejects.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[:4] for line in rejects[1:]] == [
        ["2", "3", "staff", "too-large"],
        ["3", "4", "staff", "not-a-number"],
    ]
    kept, _ = compared(before, after, table, on_bad_value="unknown")
    assert (kept.comparison.compared, kept.comparison.made_unknown) == (4, {"staff": 2})


def test_facts_that_only_one_side_knows(tmp_path: Path) -> None:
    before, after = small({"staff": "..10"}), small({"hours": "..20"})
    before = replace(before, facts={name: fact for name, fact in before.facts.items() if name != "hours"})
    table = tmp_path / "in.csv"
    table.write_text("id,people,time\na,5,30\nb,20,10\nc,,\n", "utf-8")
    found, lines = compared(
        before, after, table, mapping={"people": "staff", "time": "hours"}, defaults={"hours": "40", "staff": "1"}
    )
    assert [(line["id"], line["verdict_a"], line["verdict_b"]) for line in lines] == [
        ("a", "eligible", "not_eligible"),
        ("b", "not_eligible", "eligible"),
        ("c", "eligible", "not_eligible"),
    ]
    assert found.summary.columns == {"people": "staff", "time": "hours"}
    assert found.summary.carried == ("id",)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mapping": {"staff": "stuff"}}, "there is no fact `stuff` (did you mean `staff`?)"),
        ({"defaults": {"stuff": "1"}}, "`stuff`: there is no such fact (did you mean `staff`?)"),
        ({"id_column": "nr"}, "there is no column `nr`"),
        ({"output": "out.txt"}, "out.txt: the ending `.txt` is not known (known: .csv, .parquet, .jsonl, .xlsx)"),
        ({"output": "in.csv"}, "in.csv: the output is the same file as the input (choose another name)"),
        ({"output": None}, "rejected rows have no place to go (name a rejects file)"),
        (
            {"max_rejects": 0},
            'in.csv:3:1: more than 0 rows cannot be used; the last of them: "x" is not a number: '
            "write digits with a point for decimals, like 12.5 (see `inspect`, or allow more)",
        ),
    ],
)
def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("id,staff\na,5\nb,x\n", "utf-8")
    output = options.pop("output", "out.csv")
    request = BatchRequest(Path("in.csv"), None if output is None else Path(output), **options)
    with pytest.raises(AnswerError) as refused:
        run_comparison(small({"staff": "..10"}), small({"staff": "..20"}), request)
    assert str(refused.value) == message
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    assert Path("in.csv").read_text("utf-8") == "id,staff\na,5\nb,x\n"


def test_several_inputs(tmp_path: Path) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("id,staff\na,15\nb,x\n", "utf-8")
    second.write_text("staff,id\n5,c\n12,d\n", "utf-8")
    found, lines = compared(small({"staff": "..10"}), small({"staff": "..20"}), first, further=(second,))
    assert [(line["row"], line["id"]) for line in lines] == [("1", "a"), ("4", "d")]
    assert (found.comparison.read, found.comparison.rejected) == (4, 1)
    assert "one.csv: " in (tmp_path / "changes.rejects.csv").read_text("utf-8")


def test_an_amount_without_an_upper_end_counts_with_its_least(tmp_path: Path) -> None:
    """Else the sum of the greatest amounts would lie below that of the least."""
    award = {"rate": "50 %", "pays": {"p": {"share_of": "fee", "cite": "s 1"}}}
    before, after = (small({"staff": limit}, award=award) for limit in ("..10", "..20"))
    table = tmp_path / "in.csv"
    table.write_text("id,staff,fee\na,15,1000..\nb,15,400..600\n", "utf-8")
    found, _ = compared(before, after, table)
    (one,) = found.comparison.programmes
    assert one.money[1] == Money("EUR", Fraction(700), Fraction(800), 1)
    assert one.difference == Money("EUR", Fraction(700), Fraction(800), 1)
    page = " ".join(page_text(comparison_page(found.comparison, "en")).split())
    assert "Money for those who qualify: €0 → €700 to €800, and without an upper end for 1 company" in page


def test_sums_of_large_amounts_are_exact(tmp_path: Path) -> None:
    """Together more than any integer of 64 bits holds, and not a cent is lost."""
    award = {"rate": "100 %", "pays": {"p": {"share_of": "fee", "cite": "s 1"}}}
    before, after = (_with_large_fees(small({"staff": limit}, award=award)) for limit in ("..10", "..20"))
    table, rows = tmp_path / "in.csv", 3000
    table.write_text("id,staff,fee\n" + "".join(f"{row},15,90000000000000.01\n" for row in range(rows)), "utf-8")
    found, _ = compared(before, after, table)
    (one,) = found.comparison.programmes
    total = rows * Fraction("90000000000000.01")
    assert one.difference == Money("EUR", total, total, 0)
    assert total * 100 > 2**63


def _with_large_fees(rulebook: Rulebook) -> Rulebook:
    return replace(rulebook, facts={**rulebook.facts, "fee": replace(rulebook.facts["fee"], high=Fraction(10**14))})
