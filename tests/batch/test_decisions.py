"""What holds for a whole column is found in its cells; what is not shown there is refused, never guessed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.decisions import Decision, Witness
from eligibility.rulebook.rulebook import Rulebook
from tests.batch.columns import block, read_blocks, read_column
from tests.batch.runner import Runner

A = "ambiguous-number"
N = "not-a-number"
M = "mixed-column"


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        # (written, in cents)
        (["1.234,50", "1.200"], [123_450, 120_000]),
        (["1,234.50", "1,200"], [123_450, 120_000]),
        (["1.200", "12,5"], [120_000, 1_250]),
        (["1.200", "12.5"], [120, 1_250]),
        (["1,200", "1.234.567"], [120, 123_456_700]),
        (["1,200", "1,234,567"], [120_000, 123_456_700]),
        (["0.125", "1.200"], ["too-many-decimals", 120]),
        (["1200,50", "1.200"], [120_050, 120_000]),
        (["1 234,5", "1.200"], [123_450, 120_000]),
        (["1'234.50", "1,200"], [123_450, 120_000]),
        (["1\u202f234,5"], [123_450]),
        (["1.250,-", "1.250,-- €", "2.000"], [125_000, 125_000, 200_000]),
        (["12,5", "12.5"], [M, M]),
        (["12,5", "12.5", "1.200", "7"], [M, M, M, 700]),
        (["1.200"], [A]),
        (["1,200", "5"], [A, 500]),
        (["1.200 EUR", "-1.200"], [A, A]),
        (["1,200..1,500"], [A]),
        (["1,200..1,500", "2,5"], ["range", 250]),
        (["1.23,4"], [N]),
        (["1.2.3", "1..", "1,2,3"], [N, "range", N]),
        (["31.12.2020", "1.200"], [N, A]),
        (["v1.5", "1.200"], [N, A]),
        (["12.5", "1,23,456"], [1_250, N]),
        (["12.5", "1.234.567"], [M, M]),
        (["12.5", "0,125"], [M, M]),
        (["5", "7", None, ""], [500, 700, None, None]),
    ],
)
def test_decimal_marks(rulebook: Rulebook, cells: Sequence[str | None], values: list[object]) -> None:
    assert read_column(rulebook, "training_cost", cells) == values


@pytest.mark.parametrize(
    ("mark", "cells", "values"),
    [
        (",", ["1.200", "12.5", "12,5"], [120_000, N, 1_250]),
        (".", ["1.200", "12.5", "12,5", "1,200"], [120, 1_250, N, 120_000]),
    ],
)
def test_a_forced_mark(rulebook: Rulebook, mark: str, cells: Sequence[str], values: list[object]) -> None:
    assert read_column(rulebook, "training_cost", cells, mark) == values


def test_other_columns_decide_what_a_column_leaves_open(rulebook: Rulebook) -> None:
    found, decisions = read_blocks(rulebook, [block({"Mitarbeiter": ["1.200"], "training_cost": ["12,5"]})])
    assert found == {"Mitarbeiter": [1_200_000_000], "training_cost": [1_250]}
    assert decisions["Mitarbeiter"] == Decision(",", "others", "decimals")
    assert decisions["training_cost"] == Decision(",", "evidence", "decimals", (Witness("12,5", 1, 2),))


@pytest.mark.parametrize("other", [["12,5", "12.5"], ["7"]])
def test_columns_that_do_not_agree_decide_nothing(rulebook: Rulebook, other: list[str]) -> None:
    cells = {"employees": ["1.200"] * len(other), "training_cost": other}
    found, decisions = read_blocks(rulebook, [block(cells)])
    assert found["employees"] == [A] * len(other)
    assert decisions["employees"] == Decision(None, "none", "decimals")


def test_two_columns_of_different_marks(rulebook: Rulebook) -> None:
    cells = {"employees": ["1.200"], "training_cost": ["12,5"], "group_turnover": ["12.5"]}
    assert read_blocks(rulebook, [block(cells)])[0] == {
        "employees": [A],
        "training_cost": [1_250],
        "group_turnover": [1_250],
    }


LATE = [{"training_cost": ["1.200", "5"]}, {"training_cost": ["7", None]}, {"training_cost": ["12,5", "1.300"]}]


def test_a_table_is_looked_through_where_its_beginning_leaves_it_open(rulebook: Rulebook) -> None:
    blocks = [block(cells, 1 + 2 * index) for index, cells in enumerate(LATE)]
    found, decisions = read_blocks(rulebook, blocks)
    assert found["training_cost"] == [120_000, 500, 700, None, 1_250, 130_000]
    assert decisions["training_cost"].witnesses == (Witness("12,5", 5, 6),)


def test_a_stream_decides_when_it_can(rulebook: Rulebook) -> None:
    blocks = [block(cells, 1 + 2 * index) for index, cells in enumerate(LATE)]
    found, _ = read_blocks(rulebook, blocks, seekable=False)
    assert found["training_cost"] == [A, 500, 700, None, 1_250, 130_000]


def test_cells_that_contradict_what_was_decided_are_refused(rulebook: Rulebook) -> None:
    found, _ = read_blocks(rulebook, [block({"training_cost": ["12,5"]}), block({"training_cost": ["12.5", "7"]}, 2)])
    assert found["training_cost"] == [1_250, N, 700]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["2020-12-31"], ["2020-12-31"]),
        (["31.12.2020", "1.2.2020"], ["2020-12-31", "2020-02-01"]),
        (["2020.12.31", "2020. 12. 31.", "2020/12/31", "2020-1-2"], ["2020-12-31"] * 3 + ["2020-01-02"]),
        (["20201231", "2020년 12월 31일"], ["2020-12-31"] * 2),
        (["2020-12-31 00:00:00", "2020-12-31T00:00", "31.12.2020 00:00"], ["2020-12-31"] * 3),
        (["2020-12-31 12:30"], ["not-a-date"]),
        (["01/02/2020"], ["ambiguous-date"]),
        (["01/02/2020", "02/02/2020"], ["ambiguous-date", "2020-02-02"]),
        (["01/02/2020", "13/02/2020"], ["2020-02-01", "2020-02-13"]),
        (["01/02/2020", "02/13/2020"], ["2020-01-02", "2020-02-13"]),
        (["01-02-2020", "13-02-2020"], ["2020-02-01", "2020-02-13"]),
        (["01/02/2020", "13/02/2020", "02/13/2020"], [M, M, M]),
        (["31.12.20", "01/02/20", "31-12-20"], ["two-digit-year"] * 3),
        (["2001", "2001-01-01..2010-12-31", "2001-01-01.."], ["range"] * 3),
        (["44196", "31.02.2020", "1899-12-31"], ["not-a-date", "no-such-date", "date-out-of-range"]),
    ],
)
def test_dates(rulebook: Rulebook, cells: Sequence[str], values: list[object]) -> None:
    assert [str(value) for value in read_column(rulebook, "founded", cells)] == values


@pytest.mark.parametrize(
    ("name", "cells", "values"),
    [
        ("gemeinnützig", ["x", None, "X"], [True, None, True]),
        ("gemeinnützig", ["ja", "Nein", "Y", "n", "예", "아니오"], [True, False, True, False, True, False]),
        ("gemeinnützig", ["x", "o"], [False, True]),
        ("비영리", ["O", "X", "○"], [True, False, True]),
        ("비영리", ["X", "예"], ["ambiguous-truth", True]),
        ("비영리", ["O"], [True]),
    ],
)
def test_truths(rulebook: Rulebook, name: str, cells: Sequence[str | None], values: list[object]) -> None:
    assert read_column(rulebook, name, cells) == values


def written(cents: int, mark: str, grouped: bool) -> str:
    """Write cents as an office with this decimal mark does."""
    whole, rest = divmod(cents, 100)
    other = "." if mark == "," else ","
    text = f"{whole:,}".replace(",", other) if grouped else str(whole)
    return f"{text}{mark}{rest:02}" if rest else text


@given(
    st.lists(st.tuples(st.integers(0, 10**11), st.booleans()), min_size=1, max_size=6),
    st.sampled_from((",", ".")),
    st.sampled_from(("", " €", " EUR")),
)
def test_what_is_read_is_what_was_written_or_refused(
    rulebook: Rulebook, amounts: list[tuple[int, bool]], mark: str, behind: str
) -> None:
    cells = [written(cents, mark, grouped) + behind for cents, grouped in amounts]
    for value, (cents, _) in zip(read_column(rulebook, "training_cost", cells), amounts, strict=True):
        assert value in (cents, A)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.sampled_from((",", ".")))
def test_one_clear_cell_makes_all_of_them_clear(rulebook: Rulebook, amounts: list[int], mark: str) -> None:
    cells = [written(cents, mark, True) for cents in amounts]
    assert read_column(rulebook, "training_cost", [*cells, f"7{mark}5"]) == [*amounts, 750]


def test_a_run_names_both_witnesses(run: Runner) -> None:
    summary = run('id,training_cost\n1,"12,5"\n2,7\n3,12.5\n4,"1,200"\n')
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (4, 1, 3)
    assert run.rejects.read_text().splitlines()[1] == (
        '1,2,training_cost,mixed-column,"""12,5"" cannot be read: the column is written in two ways '
        '(""12,5"" in line 2, ""12.5"" in line 4) (write all in one way, or tell --decimal)","12,5"'
    )


def test_bad_cells_are_counted_by_column(run: Runner) -> None:
    summary = run("employees;training_cost\n1.200;1.300\nx;5\n7;5\n", on_bad_value="unknown")
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (3, 3, 0)
    assert summary.made_unknown == {"employees": 2, "training_cost": 1}
    assert summary.decisions["employees"].why == "none"


def test_numbers_of_json_need_no_mark(run: Runner) -> None:
    lines = '{"employees": 1.234, "training_cost": "1.300"}\n{"employees": "1.234", "training_cost": "12,5"}\n'
    summary = run(lines, name="in.jsonl", on_bad_value="unknown")
    assert summary.rows_read == summary.rows_assessed + summary.rows_rejected == 2
    # The text is read as the other column is written, the number as JSON writes it.
    assert summary.made_unknown == {}
    assert summary.decisions["employees"].choice == ","
