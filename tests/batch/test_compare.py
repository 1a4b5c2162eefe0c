"""Comparing says what two batch runs say when their results are laid side by side."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from eligibility.advice import comparison
from eligibility.advice.comparison import ProgrammeComparison, Shift, compare_assessments
from eligibility.advice.portfolio import Money
from eligibility.batch import compare_workbook
from eligibility.batch.compare import run_comparison
from eligibility.batch.compare_pairs import differing
from eligibility.batch.request import BatchRequest
from eligibility.engine import columns
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Verdict
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker, load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules
from eligibility.values.problem import AnswerError
from tests.batch.comparing import (
    COLUMNS,
    Key,
    Line,
    assessed,
    by_key,
    changes,
    compared,
    differs,
    joined,
    mirrored,
    table_text,
)
from tests.engine.profiles import Answers
from tests.engine.random_rules import DAYS, Source, sources
from tests.engine.small_rules import small
from tests.engine.test_equal import table_of, too_large_for_tables

ROWS = 25
EXAMPLES = Path("examples/companies.csv")
DIGITAL_JETZT = "de.digital-jetzt"
Both = Mapping[Key, tuple[Line | None, Line | None]]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Source, Source]:
    """Two sets of rules: the same on another day, with one thing changed, or others altogether."""
    any_rules = sources() | sources(worked_out=True)
    before = draw(any_rules)
    how = draw(st.sampled_from(("day", "fact", "programme", "others")))
    if how == "others":
        return before, draw(any_rules)
    after = before._replace(as_of=draw(st.sampled_from(DAYS)))
    files: dict[str, Any] = json.loads(json.dumps(dict(before.files)))
    if how == "fact":
        # Some cells that were fine are refused now.
        files["facts/all.yaml"]["facts"]["hours"]["range"] = draw(st.sampled_from(("2..9", "0..500")))
        after = after._replace(files=files)
    if how == "programme":
        files["programmes/de.a.yaml"] = {**files["programmes/de.a.yaml"], "id": "de.c"}
        after = after._replace(files=files)
    return before, after


# Finding a smaller example takes minutes with rules of this size, and says no more than the first one.
@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rules=pairs(), seed=st.integers(0, 2**32))
def test_random_rules(rules: tuple[Source, Source], seed: int) -> None:
    _check(rules, seed)


@pytest.mark.slow
@settings(max_examples=150, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rules=pairs(), seed=st.integers(0, 2**32))
def test_many_random_rules(rules: tuple[Source, Source], seed: int) -> None:
    _check(rules, seed)


def _check(rules: tuple[Source, Source], seed: int) -> None:
    before, after = (source.rulebook() for source in rules)
    random = Random(seed)
    tables = [table_of(rulebook, random, ROWS) for rulebook in (before, after)]
    names = [
        name
        for name in dict.fromkeys(name for given_, _ in tables for name in given_)
        if _is_one_thing(name, before, after)
    ]
    merged = [{**first, **second} for first, second in zip(tables[0][1], tables[1][1], strict=True)]
    rows = [{name: row[name] for name in names if name in row} for row in merged]
    if any(too_large_for_tables(rulebook, _known(rulebook, names)) for rulebook in (before, after)):
        reject()
    with TemporaryDirectory() as folder:
        table = Path(folder, "in.csv")
        table.write_text(table_text(names, rows), "utf-8")
        both = joined(assessed(before, table), assessed(after, table))
        found, lines = compared(before, after, table)
        assert lines == changes(both)
        if both:
            _check_counts(found.comparison.programmes, both)
        _check_companies((before, after), rows, both, lines)
        turned, turned_lines = compared(after, before, table)
        assert by_key(turned_lines) == mirrored(lines)
        assert _mirrored_counts(turned.comparison.programmes) == _by_id(found.comparison.programmes)
        nothing, no_lines = compared(before, before, table)
    assert (nothing.comparison.programmes, nothing.comparison.changed, no_lines) == ((), 0, [])
    told = found.comparison
    assert told.read == ROWS == told.compared + told.rejected
    assert told.compared == len({row for row, _ in both})
    assert told.changed == len({line["row"] for line in lines})


def _is_one_thing(name: str, *rulebooks: Rulebook) -> bool:
    """Whether a column cannot be meant in two ways: definitions of both may share no more than their names."""
    meant = [rulebook.subject(name) for rulebook in rulebooks if _known(rulebook, [name])]
    return len({(one.type, one.currency) for one in meant}) == 1


def _known(rulebook: Rulebook, names: list[str]) -> list[str]:
    return [name for name in names if name in rulebook.facts or name in rulebook.definitions]


def _check_companies(rulebooks: tuple[Rulebook, Rulebook], rows: list[Answers], both: Both, lines: list[Line]) -> None:
    """One company after the other says the same as the table."""
    found = []
    for row in sorted({row for row, _ in both}):
        answers = rows[row - 1]
        results = [assess(one, {name: answers[name] for name in _known(one, list(answers))}) for one in rulebooks]
        for change in compare_assessments(results[0], results[1]):
            verdicts = ["" if one is None else one.verdict.value for one in (change.before, change.after)]
            found.append((str(row), change.programme, *verdicts))
    names = ("row", "programme", "verdict_a", "verdict_b")
    assert found == [tuple(line[name] for name in names) for line in lines]


def _check_counts(told: tuple[ProgrammeComparison, ...], both: Both) -> None:
    by_programme: dict[str, list[tuple[Line | None, Line | None]]] = {}
    for (_, name), pair in both.items():
        by_programme.setdefault(name, []).append(pair)
    expected = {name: _counted(name, found) for name, found in by_programme.items()}
    assert {one.programme: one for one in told} == {name: one for name, one in expected.items() if one.differs}


def _counted(name: str, found: list[tuple[Line | None, Line | None]]) -> ProgrammeComparison:
    changed = [pair for pair in found if differs(*pair)]
    verdicts = Counter(tuple(None if one is None else Verdict(one["verdict"]) for one in pair) for pair in found)
    # The windows are those of the day, the same for every company.
    windows = [None if one is None else one["window"] for one in found[0]]
    alike = [pair for pair in changed if None not in pair]
    return ProgrammeComparison(
        name,
        (windows[0], windows[1]),
        len(changed),
        sum(pair[0]["verdict"] == pair[1]["verdict"] and _award(pair[0]) != _award(pair[1]) for pair in alike),  # type: ignore[index,arg-type]
        dict(verdicts),  # type: ignore[arg-type]
        _shifts(alike, "failed", 1),
        _shifts(alike, "failed", 0),
        _shifts(alike, "missing", 1),
        _shifts(alike, "missing", 0),
        _Same(_sums(found, ("eligible", "likely"))),  # type: ignore[arg-type]
        _Same(_sums(found, ("undetermined",))),  # type: ignore[arg-type]
    )


class _Same:
    """Sums that are equal where money is told at all: lines do not say whether a programme pays that nobody gets."""

    def __init__(self, sums: list[Money | None]) -> None:
        self.sums = sums

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, tuple)
        return all(
            one == told or (one is None and _is_nothing(told)) for one, told in zip(self.sums, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]


def _is_nothing(money: Money | None) -> bool:
    return money is None or (money.sure, money.possible) == (0, 0)


def _award(line: Line) -> list[str]:
    amounts = [line["amount_min"], line["amount_max"]]
    return [line["rate_min"], line["rate_max"], *amounts, *([line["currency"]] if any(amounts) else [])]


def _shifts(pairs: list[Any], column: str, now: int) -> tuple[Shift, ...]:
    rows: Counter[str] = Counter()
    flips: Counter[str] = Counter()
    for pair in pairs:
        names = set(pair[now][column].split(";")) - set(pair[1 - now][column].split(";")) - {""}
        rows.update(names)
        if pair[0]["verdict"] != pair[1]["verdict"]:
            flips.update(names)
    return _Unordered(Shift(name, count, flips[name]) for name, count in rows.items())


class _Unordered(tuple[Shift, ...]):
    """Shifts in any order."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and sorted(self, key=lambda one: one.id) == sorted(
            other, key=lambda one: one.id
        )

    __hash__ = None  # type: ignore[assignment]


def _sums(found: list[tuple[Line | None, Line | None]], verdicts: tuple[str, ...]) -> list[Money | None]:
    sums: list[Money | None] = []
    for side in (0, 1):
        lines = [pair[side] for pair in found if pair[side] is not None]
        counted = [line for line in lines if line is not None and line["verdict"] in verdicts and line["currency"]]
        ends = [
            [Fraction(Decimal(line[f"amount_{end}"])) for line in counted if line[f"amount_{end}"]]
            for end in ("min", "max")
        ]
        if not any(ends):
            sums.append(None)
            continue
        open_ends = sum(not line["amount_max"] for line in counted)
        sums.append(Money(counted[0]["currency"], sum(ends[0], Fraction()), sum(ends[1], Fraction()), open_ends))
    return sums


def _by_id(told: tuple[ProgrammeComparison, ...]) -> dict[str, tuple[object, ...]]:
    return {
        one.programme: (
            one.windows,
            one.changed,
            one.awards,
            dict(one.transitions),
            *(set(shifts) for shifts in (one.newly_failed, one.no_longer_failed)),
            *(set(shifts) for shifts in (one.newly_missing, one.no_longer_missing)),
            one.money,
            one.open_money,
        )
        for one in told
    }


def _mirrored_counts(told: tuple[ProgrammeComparison, ...]) -> dict[str, tuple[object, ...]]:
    turned = {}
    for name, (windows, changed, awards, transitions, *shifts, money, open_money) in _by_id(told).items():
        assert isinstance(transitions, dict)
        both = {(after, before): rows for (before, after), rows in transitions.items()}
        pairs = (shifts[1], shifts[0], shifts[3], shifts[2])
        turned[name] = (windows[::-1], changed, awards, both, *pairs, money[::-1], open_money[::-1])  # type: ignore[index]
    return turned


def test_rates_are_rounded_alike() -> None:
    assert comparison.RATE_DECIMALS == columns.RATE_DECIMALS


# Real rules.


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
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "changed.yaml").write_text(
        text.replace("3..499", "3..749").replace("..499:", "..749:"), "utf-8"
    )
    after = load([bundled_rules()], date(2021, 6, 30), [DIGITAL_JETZT], replacing=[tmp_path / "new"])
    found, lines = compared(digital_jetzt["2021-06-30"], after, Path(shutil.copy(EXAMPLES, tmp_path)))
    (one,) = found.comparison.programmes
    assert [(line["id"], line["failed_a"], line["amount_max_b"]) for line in lines] == [
        ("DE-008", "headcount", "50000.00"),
        ("DE-015", "headcount", "30000.00"),
    ]
    assert one.flips == {(Verdict.NOT_ELIGIBLE, Verdict.ELIGIBLE): 2}
    assert one.no_longer_failed == (Shift("headcount", 2, 2),)
    assert one.difference == Money("EUR", Fraction(80000), Fraction(80000), 0)


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
    assert differing(digital_jetzt["2021-07-01"], digital_jetzt["2023-12-31"], given) == ((), (DIGITAL_JETZT,))


# Reading and writing.


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_engines_agree(rules: Rules, tmp_path: Path, engine: str) -> None:
    linker = Linker(rules)
    names = [DIGITAL_JETZT, "kr.cloud-voucher", "de.go-digital"]
    before, after = linker.fix(date(2021, 6, 30), names), linker.fix(date(2021, 9, 1), names[:2])
    table = Path(shutil.copy(EXAMPLES, tmp_path))
    _, lines = compared(before, after, table, engine=engine)
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
