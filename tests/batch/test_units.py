"""Units in headers and cells: never a thousand times wrong."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.cell import Cells, canonical
from eligibility.batch.decisions import Decision
from eligibility.batch.mapping import match_columns
from eligibility.batch.units import UNITS, Split, Unit, split_unit
from eligibility.engine.profile import read_value
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from tests.batch.columns import read_column
from tests.batch.runner import Runner


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Umsatz (TEUR)", ("Umsatz", "TEUR", Unit("EUR", 1_000))),
        ("Umsatz in T€", ("Umsatz", "T€", Unit("EUR", 1_000))),
        ("Bilanzsumme [Mio. EUR]", ("Bilanzsumme", "Mio. EUR", Unit("EUR", 1_000_000))),
        ("Umsatz in Tsd. Euro", ("Umsatz", "Tsd. Euro", Unit("EUR", 1_000))),
        ("Umsatz (in Mrd. €)", ("Umsatz", "in Mrd. €", Unit("EUR", 10**9))),
        ("Umsatz (1.000 EUR)", ("Umsatz", "1.000 EUR", Unit("EUR", 1_000))),
        ("Umsatz_TEUR", ("Umsatz", "TEUR", Unit("EUR", 1_000))),
        ("Umsatz Mio. EUR", ("Umsatz", "Mio. EUR", Unit("EUR", 1_000_000))),
        ("매출액(억원)", ("매출액", "억원", Unit("KRW", 10**8))),
        ("매출액 (백만원)", ("매출액", "백만원", Unit("KRW", 10**6))),
        ("매출액（단위：억원）", ("매출액", "단위:억원", Unit("KRW", 10**8))),
        ("자산총액(천원)", ("자산총액", "천원", Unit("KRW", 1_000))),
        ("Turnover (EUR m)", ("Turnover", "EUR m", Unit("EUR", 1_000_000))),
        ("turnover in kEUR", ("turnover", "kEUR", Unit("EUR", 1_000))),
        ("exports (US$)", ("exports", "US$", Unit("USD"))),
        ("Anteil (%)", ("Anteil", "%", Unit("percent"))),
        ("Mitarbeiter (VZÄ)", ("Mitarbeiter", "VZÄ", Unit("persons"))),
        ("상시근로자수(명)", ("상시근로자수", "명", Unit("persons"))),
        ("Umsatz (Mio)", ("Umsatz", "Mio", Unit("scale", 1_000_000))),
        ("Umsatz (2023)", ("Umsatz", "2023", None)),
        ("Mitarbeiter (m)", ("Mitarbeiter", "m", None)),
        ("Umsatz (CHF)", ("Umsatz", "CHF", None)),
    ],
)
def test_units_of_names(name: str, split: tuple[str, str, Unit | None]) -> None:
    assert split_unit(name) == Split(*split)


@pytest.mark.parametrize("name", ["Umsatz", "Klasse m", "Umsatz Mio", "TEUR", "(TEUR)", "", "x" * 300, "Anteil t"])
def test_names_without_a_unit(name: str) -> None:
    assert split_unit(name) is None


@pytest.mark.parametrize(
    ("name", "text", "cell"),
    [
        # (the value in the column: cents, won, millionths, hundredths of a point)
        ("training_cost", "€ 1.250.000", 125_000_000),
        ("training_cost", "1.250.000 €", 125_000_000),
        ("training_cost", "1.250 TEUR", 125_000_000),
        ("training_cost", "TEUR 1.250", 125_000_000),
        ("training_cost", "1,2 Mio", 120_000_000),
        ("training_cost", "1,2 Mio. EUR", 120_000_000),
        ("training_cost", "350 Tsd. €", 35_000_000),
        ("training_cost", "2,5 Mrd EUR", "too-large"),
        ("training_cost", "5 USD", "wrong-currency"),
        ("training_cost", "5 CHF", "unknown-currency"),
        ("training_cost", "12만", 12_000_000),
        ("training_cost", "12 %", "not-money"),
        ("kr_total_assets", "12억", 1_200_000_000),
        ("kr_total_assets", "12억 3천만", 1_230_000_000),
        ("kr_total_assets", "12억 3천만원", 1_230_000_000),
        ("kr_total_assets", "1,5억", 150_000_000),
        ("kr_total_assets", "1.200억", 120_000_000_000),
        ("kr_total_assets", "5 EUR", "wrong-currency"),
        ("public_shareholding", "45 %", 4_500),
        ("public_shareholding", "12,5%", 1_250),
        ("public_shareholding", "101 %", "too-large"),
        ("employees", "120 Mitarbeiter", 120_000_000),
        ("employees", "120명", 120_000_000),
        ("employees", "7,5 VZÄ", 7_500_000),
        ("employees", "1,2 Tsd", 1_200_000_000),
        ("employees", "25 %", "not-a-number"),
        ("employees", "5 EUR", "not-a-number"),
        ("employees", "2 billion", "ambiguous-number"),
        ("Schulungskosten (TEUR)", "1.250,5", 125_050_000),
        ("Schulungskosten (TEUR)", "350 TEUR", 35_000_000),
        ("Schulungskosten (TEUR)", "350 Tsd", 35_000_000),
        ("Schulungskosten (TEUR)", "1,2 Mio", "two-units"),
        ("Schulungskosten (TEUR)", "350 €", "two-units"),
        ("Schulungskosten (TEUR)", "350k", "two-units"),
        ("Schulungskosten (TEUR)", "12억", "two-units"),
        ("Schulungskosten (TEUR)", "abc", "not-a-number"),
        ("Schulungskosten (TEUR)", "0,00001", 1),
        ("Schulungskosten (TEUR)", "0,000001", "too-many-decimals"),
        ("Schulungskosten (TEUR)", "1..2,5", "range"),
        ("자산총액(억원)", "12", 1_200_000_000),
        ("자산총액(억원)", "1.250,5", 125_050_000_000),
        ("자산총액(억원)", "12억", 1_200_000_000),
        ("자산총액(억원)", "3조", "two-units"),
        ("öffentliche Beteiligung (%)", "12,5 %", 1_250),
        ("Mitarbeiter (VZÄ)", "7,5 VZÄ", 7_500_000),
        ("Mitarbeiter (천명)", "1,5", 1_500_000_000),
    ],
)
def test_units_of_cells(rulebook: Rulebook, name: str, text: str, cell: object) -> None:
    # The last cell shows that decimals stand behind a comma.
    assert read_column(rulebook, name, [text, "7,5"])[0] == cell


FITTING = sorted(word for word, unit in UNITS.items() if unit.currency == "EUR" and unit.factor <= 10**6)
KOREAN = sorted(word for word, unit in UNITS.items() if unit.currency == "KRW" and word >= "천")


@pytest.mark.parametrize(("fact", "words"), [("training_cost", FITTING), ("kr_total_assets", KOREAN)])
def test_every_unit_of_a_header_multiplies_by_its_factor(rulebook: Rulebook, fact: str, words: list[str]) -> None:
    for word in words:
        split = split_unit(f"Angabe ({word})")
        assert split is not None
        assert split.unit == UNITS[word]
        assert Cells(rulebook.subject(fact), None, split.unit).read("2") == Interval.point(2 * UNITS[word].factor)


@given(
    st.integers(0, 10**8),
    st.integers(0, 2),
    st.sampled_from((",", ".")),
    st.booleans(),
    st.sampled_from(("TEUR", "Mio. €", "EUR", "kEUR", "Tsd.")),
    st.sampled_from(("Mio", "Tsd.", "TEUR", "€", "k", "Mrd.", "")),
)
def test_what_is_read_is_what_was_written_or_refused(
    rulebook: Rulebook, digits: int, places: int, mark: str, grouped: bool, unit: str, own: str
) -> None:
    """Neither of two units is guessed to be the one that counts, and no mark is."""
    whole, rest = divmod(digits, 10**places)
    text = f"{whole:,}".replace(",", "." if mark == "," else ",") if grouped else str(whole)
    text = f"{text}{mark}{rest:0{places}}" if places else text
    scale = {"": 1, "€": 1, "k": 10**3, "Tsd.": 10**3, "TEUR": 10**3, "Mio": 10**6, "Mrd.": 10**9}[own]
    header = UNITS[unit.lower().replace(" ", "")].factor
    value = read_column(rulebook, f"Umsatz Gruppe ({unit})", [f"{text} {own}".strip(), f"7{mark}5"])[0]
    counted = Fraction(digits, 10**places) * (scale if header == 1 else header)
    if isinstance(value, int):
        assert value == counted * 100
        assert header == 1 or own == "" or scale == header
    else:
        assert value in ("two-units", "too-large", "too-many-decimals")
        assert value == "two-units" or counted > 10**11 or counted * 100 % 1


def test_units_of_parquet_are_exact(run: Runner) -> None:
    pl.DataFrame({"Schulungskosten (TEUR)": [1250.55555, 0.1], "x": [1, 2]}).write_parquet(run.folder / "in.parquet")
    source = (run.folder / "in.parquet").read_bytes()
    summary = run(source, name="in.parquet")
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (2, 2, 0)
    assert summary.units == {"Schulungskosten (TEUR)": Unit("EUR", 1_000)}


def test_a_run_leaves_out_what_it_cannot_count(run: Runner) -> None:
    table = "id;Umsatz Gruppe (USD);Umsatz Gruppe Vorjahr (2023);Mitarbeiter;Firma\n1;5;x;7;A\n"
    summary = run(table)
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (1, 1, 0)
    assert summary.columns == {"Mitarbeiter": "employees"}
    assert {column: (left.fact, left.text) for column, left in summary.left_out.items()} == {
        "Umsatz Gruppe (USD)": ("group_turnover", "USD"),
        "Umsatz Gruppe Vorjahr (2023)": ("group_turnover_previous", "2023"),
    }
    mapped = run(table, mapping={"Umsatz Gruppe (USD)": "group_turnover"})
    assert (mapped.columns["Umsatz Gruppe (USD)"], mapped.units) == (
        "group_turnover",
        {"Umsatz Gruppe (USD)": Unit("EUR")},
    )


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("50..249", (50, 249)),
        ("50-249", (50, 249)),
        ("50 – 249", (50, 249)),
        ("50 bis 249", (50, 249)),
        ("von 50 bis 249", (50, 249)),
        ("50 to 249", (50, 249)),
        ("between 50 and 249", (50, 249)),
        ("50~249", (50, 249)),
        ("50명 이상 249명 이하", (50, 249)),
        ("50명 이상 250명 미만", (50, Fraction("249.999999"))),
        ("50 초과 250 이하", (Fraction("50.000001"), 250)),
        ("50 bis unter 250", (50, Fraction("249.999999"))),
        ("1.000 bis 1.249", (1_000, 1_249)),
        ("10-49 Mitarbeiter", (10, 49)),
        ("250+", (250, None)),
        ("ab 250", (250, None)),
        ("250 und mehr", (250, None)),
        ("250명 이상", (250, None)),
        (">= 250", (250, None)),
        ("≥250", (250, None)),
        ("über 250", (Fraction("250.000001"), None)),
        ("> 250", (Fraction("250.000001"), None)),
        ("unter 10", (0, Fraction("9.999999"))),
        ("<10", (0, Fraction("9.999999"))),
        ("10명 미만", (0, Fraction("9.999999"))),
        ("bis 9", (0, 9)),
        ("bis zu 9", (0, 9)),
        ("<= 9", (0, 9)),
        ("9명 이하", (0, 9)),
        ("..9", (0, 9)),
        ("1-2 Tsd", "ambiguous-range"),
        ("249-50", "empty-range"),
        ("0<..9", "open-range"),
        ("unter 0", "too-small"),
        ("50-249-300", "not-a-number"),
        ("bis", "not-a-number"),
    ],
)
def test_bands(rulebook: Rulebook, text: str, ends: object) -> None:
    assert band(rulebook, "employees", "employees", text) == ends


@pytest.mark.parametrize(
    ("name", "fact", "text", "ends"),
    [
        ("training_cost", "training_cost", "unter 10.000 €", (0, Fraction("9999.99"))),
        ("training_cost", "training_cost", "1 Mio bis 2 Mio", (10**6, 2 * 10**6)),
        ("training_cost", "training_cost", "2 - 10 Mio. EUR", "ambiguous-range"),
        ("Schulungskosten (TEUR)", "training_cost", "50-250", (50_000, 250_000)),
        ("Schulungskosten (TEUR)", "training_cost", "< 10", (0, Fraction("9999.99"))),
        ("자산총액(억원)", "kr_total_assets", "10 이상 50 미만", (10**9, 5 * 10**9 - 1)),
        ("public_shareholding", "public_shareholding", "unter 25 %", (0, Fraction("0.2499"))),
        ("public_shareholding", "public_shareholding", "10-25 %", (Fraction("0.1"), Fraction("0.25"))),
    ],
)
def test_bands_of_amounts(rulebook: Rulebook, name: str, fact: str, text: str, ends: object) -> None:
    assert band(rulebook, fact, name, text) == ends


def band(rulebook: Rulebook, fact: str, name: str, text: str) -> object:
    """Return the ends of the range that a cell is, or the code of its refusal."""
    unit = match_columns(rulebook, [name], {}, None).units.get(name)
    try:
        value = Cells(rulebook.subject(fact), Decision(",", "evidence", "decimals"), unit).read(text)
    except Misread as error:
        return error.code
    assert isinstance(value, Interval)
    return (value.low, value.high)


@given(st.sampled_from(("3..499", "..10", "250..", "7..7", "1.5..2", "0<..5", "5..1", "..", "1...3", "1..2M EUR")))
def test_ranges_are_those_of_answers(rulebook: Rulebook, text: str) -> None:
    subject = rulebook.subject("training_cost")
    try:
        value = read_value(subject, text)
        cell = canonical(subject, value)
        wanted: object = "range" if cell is None else cell
    except Misread as error:
        wanted = error.code
    assert read_column(rulebook, "training_cost", [text, "7.5"])[0] == wanted
