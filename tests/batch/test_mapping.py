import pytest

from eligibility.batch.mapping import match_columns
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError


@pytest.mark.parametrize(
    ("header", "mapping", "facts", "identifier"),
    [
        (["employees"], {}, {"employees": "employees"}, None),
        (["Mitarbeiter", "Name"], {}, {"Mitarbeiter": "employees"}, None),
        (["MITARBEITER-Zahl"], {}, {"MITARBEITER-Zahl": "employees"}, None),
        (["종업원수", "id"], {}, {"종업원수": "employees"}, "id"),
        (["Bescha\u0308ftigte"], {}, {"Bescha\u0308ftigte": "employees"}, None),
        (["x", "company_id", "id"], {"x": "employees"}, {"x": "employees"}, "company_id"),
        (["x", "employees"], {"x": "employees"}, {"x": "employees"}, None),
        (["employees", "nace"], {"employees": ""}, {"nace": "nace"}, None),
        (["eu_size_class"], {}, {"eu_size_class": "eu_size_class"}, None),
        (["Rechts Form"], {"rechtsform": "nace"}, {"Rechts Form": "nace"}, None),
        (["employees"], {"gone": ""}, {"employees": "employees"}, None),
        (["Umsatz", "Bilanzsumme"], {}, {"Umsatz": "own_turnover", "Bilanzsumme": "own_balance_sheet"}, None),
        (
            ["매출액(억원)", "자산총액"],
            {},
            {"매출액(억원)": "kr_turnover_last_year", "자산총액": "kr_total_assets"},
            None,
        ),
        (["Umsatz (Mio. KRW)"], {}, {"Umsatz (Mio. KRW)": "kr_turnover_last_year"}, None),
        (["자본금(백만원)"], {}, {"자본금(백만원)": "kr_capital_stock"}, None),
        (
            ["영리 여부(Y/N)", "설립일(YYYY-MM-DD)"],
            {},
            {"영리 여부(Y/N)": "kr_for_profit", "설립일(YYYY-MM-DD)": "founded"},
            None,
        ),
        (["Land", "PLZ", "Branche", "소재지", "WZ-Code"], {}, {"WZ-Code": "nace"}, None),
        (
            ["Umsatz (USD)", "nace"],
            {"Umsatz (USD)": "own_turnover"},
            {"Umsatz (USD)": "own_turnover", "nace": "nace"},
            None,
        ),
    ],
)
def test_match(
    rulebook: Rulebook, header: list[str], mapping: dict[str, str], facts: dict[str, str], identifier: str | None
) -> None:
    found = match_columns(rulebook, header, mapping, None)
    assert found.facts == facts
    assert found.id_column == identifier
    assert found.carried == tuple(name for name in header if name not in facts)


@pytest.mark.parametrize(
    ("header", "mapping", "identifier", "message"),
    [
        (
            ["a", "b"],
            {},
            None,
            "no column is named like a fact: `a`, `b` "
            "(is the first line the header? name columns like the facts, or use --map COLUMN=FACT)",
        ),
        (
            ["employees", "Mitarbeiter"],
            {},
            None,
            "the columns `employees` and `Mitarbeiter` both hold `employees` "
            "(choose one: --map 'Mitarbeiter=employees')",
        ),
        (["employees"], {"x": "nace"}, None, "there is no column `x`"),
        (["employees"], {"employees": "employes"}, None, "there is no fact `employes` (did you mean `employees`?)"),
        (
            ["a", "b"],
            {"a": "nace", "b": "nace"},
            None,
            "the columns `a` and `b` are both mapped to `nace` (map one of them)",
        ),
        (["employees", "Kunde"], {}, "Kunden", "there is no column `Kunden` (did you mean `Kunde`?)"),
        (
            ["Umsatz (USD)"],
            {},
            None,
            "the column `Umsatz (USD)` would hold `own_turnover`, but `USD` is no unit of it "
            "(if it does: --map 'Umsatz (USD)=own_turnover')",
        ),
        (
            ["Umsatz", "Umsatz (TEUR)"],
            {},
            None,
            "the columns `Umsatz` and `Umsatz (TEUR)` both hold `own_turnover` "
            "(choose one: --map 'Umsatz (TEUR)=own_turnover')",
        ),
    ],
)
def test_refused(
    rulebook: Rulebook, header: list[str], mapping: dict[str, str], identifier: str | None, message: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        match_columns(rulebook, header, mapping, identifier)
    assert str(caught.value.problems[0]) == message
