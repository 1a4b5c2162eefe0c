"""Tables of priors: what each type of fact is read as, and every problem with its place, in one pass."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.priors import Priors, Rows, parse_priors
from eligibility.engine.profile import Value
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.engine.random_conditions import Subject
from tests.engine.random_rules import Source, fact_file

HEADER = "fact,country,value,share,basis,source"
COUNTRIES = {"choices": {"DE": "Germany", "KR": "Korea"}}
FACTS = (
    Subject("site_country", "choice", extra=COUNTRIES),
    Subject("young", "truth"),
    Subject("staff", "number", extra={"range": "0..1000"}),
    Subject("cost", "money", extra={"currency": "EUR", "range": "0..1000000 EUR"}),
    Subject("profit", "money", extra={"currency": "EUR", "range": "-1000000 EUR..1000000 EUR"}),
    Subject("held", "percent"),
    Subject("born", "date"),
    Subject("size", "choice", extra={"choices": {"sme": "SME", "sme_by_grace": "SME by grace", "large": "Large"}}),
    Subject("sector", "code", extra={"form": "nace"}),
    Subject("place", "code", extra={"form": "region"}),
)
BOOK: Rulebook = Source({"facts/all.yaml": fact_file(FACTS)}, date(2021, 3, 1)).rulebook()


def parsed(*rows: str, strict: bool = True, rulebook: Rulebook = BOOK) -> Priors:
    return parse_priors(rulebook, "\n".join((HEADER, *rows, "")), "firms.csv", strict=strict)


def problems(text: str, strict: bool = True) -> list[str]:
    with pytest.raises(AnswerError) as caught:
        parse_priors(BOOK, text, "firms.csv", strict=strict)
    return [str(problem) for problem in caught.value.problems]


def row(fact: str, value: str, share: str = "0.1", country: str = "", basis: str = "estimate") -> str:
    return f"{fact},{country},{value},{share},{basis},a guess"


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("young", "yes", True),
        ("young", "no", False),
        ("size", "sme_by_grace", "sme_by_grace"),
        ("sector", "c26", "C26"),
        ("sector", "62.01", "J6201"),
        ("place", "09162", "09162"),
        ("place", "KR-11", "KR-11"),
        ("staff", "7", Interval(7, 7)),
        ("staff", "10..49", Interval(10, 49)),
        ("staff", "..9", Interval(0, 9)),
        ("staff", "250..", Interval(250, None)),
        ("cost", "0..0", Interval(0, 0)),
        ("cost", "0..2000.50", Interval(0, Fraction(4001, 2))),
        ("profit", "..0", Interval(-1000000, 0)),
        ("held", "25..50", Interval(Fraction(1, 4), Fraction(1, 2))),
        ("born", "2020-01-01..2020-12-31", Interval(date(2020, 1, 1).toordinal(), date(2020, 12, 31).toordinal())),
        ("born", "2020-01-01..", Interval(date(2020, 1, 1).toordinal(), None)),
        ("born", "..2020-01-01", Interval(None, date(2020, 1, 1).toordinal())),
    ],
)
def test_each_type_is_read_as_its_answers_are(fact: str, text: str, value: Value) -> None:
    assert parsed(row(fact, text, "0.125")).rows(fact, None) == ((value, Fraction(1, 8)),)


def test_rows_of_a_country_replace_the_general_ones() -> None:
    general, german = row("young", "yes", "0.5"), row("young", "no", "0.75", "DE")
    priors = parsed(general, german, row("size", "large", "1", "KR"))
    every: Rows = ((True, Fraction(1, 2)),)
    assert priors.rows("young", None) == every
    assert priors.rows("young", "KR") == every
    assert priors.rows("young", "DE") == ((False, Fraction(3, 4)),)
    assert priors.rows("size", "KR") == (("large", 1),)
    assert priors.rows("size", None) == priors.rows("size", "DE") == priors.rows("cost", None) == ()


def test_an_empty_table_says_nothing() -> None:
    assert parsed().rows("young", None) == ()


def test_byte_order_mark_line_ends_blank_lines_and_further_columns() -> None:
    text = f"\ufeff{HEADER},note\r\n\r\n" + 'young,,yes,0.5,estimate,"a guess, no more",checked\r\n'
    assert parse_priors(BOOK, text, "firms.csv").rows("young", None) == ((True, Fraction(1, 2)),)


@pytest.mark.parametrize(
    "rows",
    [
        ("size:sme", "size:sme_by_grace"),
        ("sector:C26", "sector:C27"),
        ("cost:0..0", "cost:0..100", "cost:100..100", "cost:100.."),
        ("staff:..9", "staff:10..49", "staff:50.."),
        ("born:..2020-01-01", "born:2020-01-02.."),
    ],
)
def test_neighbours_do_not_overlap(rows: Sequence[str]) -> None:
    lines = [row(*entry.split(":")) for entry in rows]
    assert len(parsed(*lines).rows(rows[0].partition(":")[0], None)) == len(rows)


BAD_ROWS = [
    (row("stafff", "7"), "firms.csv:2:1: there is no fact `stafff` (did you mean `staff`?)"),
    (
        row("young", "yes", country="XX"),
        "firms.csv:2:7: there is no country `XX` (write a code such as DE or KR, or nothing if the row holds for all)",
    ),
    (
        row("staff", "7", basis="hearsay"),
        "firms.csv:2:14: `hearsay` is not a basis (one of: statistics, estimate)",
    ),
    (row("young", "perhaps"), 'firms.csv:2:8: `young`: "perhaps" is not a truth: write yes or no'),
    (row("size", "smee"), "firms.csv:2:7: `size`: `smee` is not one of the choices (did you mean `sme`?)"),
    (
        row("sector", "26X"),
        'firms.csv:2:9: `sector`: "26X" is not a NACE code: '
        "write the section letter, digits or both, like C, C28 or 28.1",
    ),
    (row("staff", "5..3"), 'firms.csv:2:8: `staff`: "5..3" is empty: its lower end is above its upper end'),
    (row("staff", "0..2000"), "firms.csv:2:8: `staff`: 2000 is too large: at most 1000"),
    (
        row("staff", "0<..9"),
        "firms.csv:2:8: `staff`: a known range includes both its ends: write `50..249` or `250..`",
    ),
    (row("held", "50..101"), "firms.csv:2:7: `held`: 101 is too large: at most 100"),
    (
        row("born", "2020"),
        'firms.csv:2:7: `born`: "2020" is not a date: write year, month and day like 2021-06-30',
    ),
    (
        row("young", "yes", "half"),
        'firms.csv:2:12: `share`: "half" is not a number: write digits with a point for decimals, like 12.5',
    ),
    (
        row("young", "yes", "0.1234567"),
        'firms.csv:2:12: `share`: "0.1234567" has too many decimals: at most 6',
    ),
    (row("young", "yes", "1.1"), "firms.csv:2:12: `1.1` is not a share: it lies from 0 to 1"),
    (row("young", "yes", "-0.1"), "firms.csv:2:12: `-0.1` is not a share: it lies from 0 to 1"),
    (
        "young,,yes,0,5,estimate,a guess",
        "firms.csv:2:1: there are 7 cells here and 6 columns (a cell that holds a comma needs quotes)",
    ),
]


@pytest.mark.parametrize(("line", "message"), BAD_ROWS)
def test_bad_rows(line: str, message: str) -> None:
    assert problems(f"{HEADER}\n{line}\n") == [message]


def test_all_problems_in_one_pass_in_the_order_of_the_lines() -> None:
    lines = [row("stafff", "7", "2", "XX", "hearsay"), row("size", "large"), "a,b", row("young", "perhaps", "2")]
    assert [(line.partition(": ")[0]) for line in problems("\n".join((HEADER, *lines)))] == [
        "firms.csv:2:1",
        "firms.csv:2:8",
        "firms.csv:2:13",
        "firms.csv:2:15",
        "firms.csv:4:1",
        "firms.csv:5:8",
        "firms.csv:5:16",
    ]


@pytest.mark.parametrize(
    ("fact", "values", "message"),
    [
        ("young", ("yes", "no", "yes"), "4:8: `young`: `yes` overlaps with line 2"),
        ("size", ("sme", "sme"), "3:7: `size`: `sme` overlaps with line 2"),
        ("sector", ("C26", "C"), "3:9: `sector`: `C` overlaps with line 2"),
        ("place", ("09", "09162"), "3:8: `place`: `09162` overlaps with line 2"),
        ("staff", ("10..49", "..10.5"), "3:8: `staff`: `..10.5` overlaps with line 2"),
        ("staff", ("5..20", "7"), "3:8: `staff`: `7` overlaps with line 2"),
        ("cost", ("0..0", "0"), "3:7: `cost`: `0` overlaps with line 2"),
        ("born", ("2020-01-01..", "2021-01-01.."), "3:7: `born`: `2021-01-01..` overlaps with line 2"),
    ],
)
def test_overlaps(fact: str, values: Sequence[str], message: str) -> None:
    lines = [row(fact, value) for value in values]
    assert problems("\n".join((HEADER, *lines))) == [f"firms.csv:{message} (give each value one row)"]


def test_a_wide_row_overlaps_with_each_inside_it() -> None:
    lines = [row("staff", value) for value in ("0..100", "10..20", "50..60")]
    assert [line.split(" ")[0] for line in problems("\n".join((HEADER, *lines)))] == [
        "firms.csv:3:8:",
        "firms.csv:4:8:",
    ]


def test_rows_of_different_countries_do_not_overlap() -> None:
    assert parsed(row("young", "yes", "0.9"), row("young", "yes", "0.8", "DE")).rows("young", "DE") == (
        (True, Fraction(4, 5)),
    )


def test_shares_above_one() -> None:
    lines = [row("young", "yes", "0.6"), row("young", "no", "0.400001")]
    message = "`young`: the shares add up to 1.000001, which is more than 1 (lower some of them)"
    assert problems("\n".join((HEADER, *lines))) == [f"firms.csv:3:11: {message}"]
    assert parsed(row("young", "yes", "0.6"), row("young", "no", "0.4")).rows("young", None)


LACKS = "(the first line names the columns: fact,country,value,share,basis,source)"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", [f"firms.csv:1:1: the table lacks the column `{name}` {LACKS}" for name in HEADER.split(",")]),
        ("fact,country,value,basis,source\n1,2", [f"firms.csv:1:1: the table lacks the column `share` {LACKS}"]),
        (f"{HEADER},fact\n", ["firms.csv:1:1: the column `fact` stands twice (keep one of them)"]),
        (
            f'{HEADER}\nyoung,,"yes,0.5,estimate,\n',
            ["firms.csv:2:1: the table cannot be read: unexpected end of data (a quote may not be closed)"],
        ),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_no_such_table(text: str, messages: list[str], strict: bool) -> None:
    assert problems(text, strict) == messages


def test_facts_that_do_not_fit_other_rules_are_passed_over() -> None:
    fine = row("size", "sme", "0.5")
    bad = [line for line, _ in BAD_ROWS if not line.startswith("size")]
    priors = parsed(fine, row("young", "no", "0.5"), *bad, strict=False)
    assert priors.listed == {("size", ""): (("sme", Fraction(1, 2)),)}


def test_without_a_country_to_ask_for_no_row_of_a_country_fits() -> None:
    other = Source(
        {"facts/all.yaml": fact_file((Subject("young", "truth"), Subject("old", "truth")))}, date(2021, 3, 1)
    )
    priors = parsed(row("young", "yes", "0.5"), row("old", "yes", "1", "DE"), strict=False, rulebook=other.rulebook())
    assert priors.listed == {("young", ""): ((True, Fraction(1, 2)),)}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), min_size=1, max_size=6))
def test_rows_overlap_if_two_of_them_share_more_than_an_end(ends: list[list[int]]) -> None:
    clash = any(
        (low < other_high and other_low < high) or [low, high] == [other_low, other_high]
        for (low, high), (other_low, other_high) in combinations(ends, 2)
    )
    lines = [row("staff", f"{low}..{high}") for low, high in ends]
    if clash:
        assert all("overlaps with line" in line for line in problems("\n".join((HEADER, *lines))))
    else:
        assert len(parsed(*lines).rows("staff", None)) == len(ends)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=2))
def test_shares_are_exact(millionths: list[int]) -> None:
    shares = [Fraction(part, 10**6) for part in millionths]
    lines = [
        row("young", value, f"{part // 10**6}.{part % 10**6:06}")
        for value, part in zip(("yes", "no"), millionths, strict=True)
    ]
    if sum(shares) > 1:
        assert "more than 1" in problems("\n".join((HEADER, *lines)))[0]
    else:
        assert [share for _, share in parsed(*lines).rows("young", "KR")] == shares
