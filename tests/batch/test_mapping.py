import pytest

from eligibility.batch.likeness import similar
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
    ],
)
def test_refused(
    rulebook: Rulebook, header: list[str], mapping: dict[str, str], identifier: str | None, message: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        match_columns(rulebook, header, mapping, identifier)
    assert str(caught.value.problems[0]) == message


def test_similar(rulebook: Rulebook) -> None:
    assert similar(rulebook, ["Mitarbeitr", "zzzz", "nonprofits"]) == {
        "Mitarbeitr": "employees",
        "nonprofits": "nonprofit",
    }
