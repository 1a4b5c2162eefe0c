"""A typed column says of every text what the strict reader of answers says."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.cell import Cells, canonical
from eligibility.batch.decisions import Decision
from eligibility.batch.typed import ColumnReader, plain_values
from eligibility.engine.profile import read_value
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread
from eligibility.values.truth import parse_truth_typed

FACTS = (
    "nonprofit",
    "employees",
    "group_turnover",
    "kr_total_assets",
    "public_shareholding",
    "founded",
    "legal_form",
    "nace",
    "site_region",
)
TEXTS = [
    "yes",
    "No",
    "TRUE",
    "ja",
    "Nein",
    "예",
    "아니오",
    "1",
    "0",
    "x",
    "maybe",
    "-0",
    "+5",
    "5.",
    ".5",
    "-.5",
    "1e3",
    "007",
    "1_0",
    "１",
    "12.5",
    "12.50",
    "0.1",
    "1.2345678",
    "99999999999999999999",
    "10000001",
    "1000000000000000",
    "10000000000000",
    "-5",
    "17000 EUR",
    "2.5M EUR",
    "5000억 KRW",
    "25 %",
    "100",
    "100.01",
    "0.001",
    "2021-03-01",
    "2021-3-1",
    "2021-03- 1",
    "2021-02-30",
    "1899-12-31",
    "2200-12-31",
    "+021-03-01",
    "01.03.2021",
    "limited_company",
    "Limited_company",
    "C28",
    "c28",
    "62.01",
    "J62",
    "C99",
    "09162",
    "9162",
    "KR-26",
    "kr-26",
    "50..249",
    "..10",
    "5..1",
    "2020-01-01..",
    "a" * 300,
    "1" * 250,
]


POINT = Decision(".", "evidence", "decimals")


def decided(mark: str | None) -> Decision:
    return Decision(mark, "evidence" if mark else "none", "decimals")


def answered(rulebook: Rulebook, fact: str, text: str) -> object:
    """What an answer of this text would be: a cell or `range`, `None` for a refusal."""
    subject = rulebook.subject(fact)
    try:
        value = parse_truth_typed(text) if subject.type == "truth" else read_value(subject, text.strip(" "))
        cell = canonical(subject, value)
    except Misread:
        return None
    return "range" if cell is None else cell


def expected(rulebook: Rulebook, fact: str, text: str) -> object:
    """What the reader of one cell says: a cell, `range` or the code of the refusal."""
    subject = rulebook.subject(fact)
    inner = text.strip(" ")
    if not inner:
        return None
    try:
        cell = canonical(subject, Cells(subject, POINT).read(inner))
    except Misread as error:
        return error.code
    return "range" if cell is None else cell


def typed_as(reader: ColumnReader, texts: list[str | None]) -> list[object]:
    cells = pl.DataFrame({"c": texts}, schema={"c": pl.String})
    typed = reader.finish(cells["c"], plain_values(cells, {"c": reader})["c"])
    bad = typed.bad if typed.bad is not None else pl.Series([False] * len(texts))
    ranged = typed.ranged if typed.ranged is not None else pl.Series([False] * len(texts))
    return [
        typed.problems[text].code if bad[index] and text else "range" if ranged[index] else typed.values[index]
        for index, text in enumerate(texts)
    ]


@pytest.mark.parametrize("fact", FACTS)
def test_known_spellings(rulebook: Rulebook, fact: str) -> None:
    texts = [*TEXTS, *(f" {text} " for text in TEXTS[:30]), "", "   "]
    wanted = [expected(rulebook, fact, text) for text in texts]
    reader = ColumnReader(rulebook.subject(fact), POINT)
    assert typed_as(reader, [*texts, None]) == [*wanted, None]
    # What was learnt from the first block must not change the second.
    assert typed_as(reader, [*texts, None]) == [*wanted, None]
    assert [typed_as(ColumnReader(rulebook.subject(fact), POINT), [text])[0] for text in TEXTS] == wanted[: len(TEXTS)]


written = st.one_of(
    st.from_regex(r"\A ?[-+]?[0-9]{0,17}([.,][0-9]{0,8})?( ?%| EUR)?\Z"),
    st.from_regex(r"\A[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}\Z"),
    st.text("0123456789.-+e ,:한yesno", max_size=12),
)


@given(st.sampled_from(FACTS), st.lists(written, min_size=1, max_size=8))
def test_any_text(rulebook: Rulebook, fact: str, texts: list[str]) -> None:
    reader = ColumnReader(rulebook.subject(fact), POINT)
    assert typed_as(reader, list(texts)) == [expected(rulebook, fact, text) for text in texts]


@given(st.sampled_from(FACTS), st.one_of(written, st.sampled_from(TEXTS)))
def test_a_table_takes_what_answers_take(rulebook: Rulebook, fact: str, text: str) -> None:
    wanted = answered(rulebook, fact, text)
    if wanted is not None:
        assert typed_as(ColumnReader(rulebook.subject(fact), POINT), [text]) == [wanted]


@pytest.mark.parametrize(
    ("fact", "decimal", "text", "cell"),
    [
        ("group_turnover", ",", "1234,56", 123_456),
        ("group_turnover", ",", "1.234.567,5", 123_456_750),
        ("group_turnover", ",", "1.234", 123_400),
        ("group_turnover", ",", "1.234,50 EUR", 123_450),
        ("group_turnover", ",", "12.5", "not-a-number"),
        ("group_turnover", ",", "1.23,4", "not-a-number"),
        ("group_turnover", ".", "1,234,567.5", 123_456_750),
        ("group_turnover", ".", "12,5", "not-a-number"),
        ("employees", ",", "7,5", 7_500_000),
        ("employees", ",", "1.000", 1_000_000_000),
        ("public_shareholding", ",", "12,5 %", 1_250),
        ("employees", ",", "10..249", "range"),
        ("legal_form", None, "GENOSSENSCHAFT", "cooperative"),
        ("legal_form", None, "협동조합", "cooperative"),
        ("nace", None, "Maschinenbau", "C28"),
        ("nace", None, "maschinenbau ", "C28"),
        ("nace", None, "28", "C28"),
        ("nace", None, "Energieversorgung", "D35"),
        ("nace", None, "Handel", "ambiguous-name"),
        ("nace", None, "Raumfahrt", "not-a-code"),
        ("kr_industry", None, "기계", "C29"),
        ("site_region", None, "Magdeburg", "15003"),
        ("site_region", None, "Leipzig", "ambiguous-name"),
        ("site_region", None, "부산", "KR-26"),
        ("site_region", None, "부산광역시 동구", "KR-26-26170"),
        ("site_region", None, "동구", "ambiguous-name"),
        ("site_country", None, "Congo", "ambiguous-name"),
    ],
)
def test_spellings_of_tables(rulebook: Rulebook, fact: str, decimal: str | None, text: str, cell: object) -> None:
    for _ in range(2):
        assert typed_as(ColumnReader(rulebook.subject(fact), decided(decimal)), [text]) == [cell]
