"""The JSON that other programs rely on."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from eligibility.advice.advice import advise
from eligibility.engine.assess import assess
from eligibility.report.advice_data import advised_dict
from eligibility.report.data import to_dict
from eligibility.report.exact import amount_text, ends, number_text, rate_text
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.values.interval import Interval
from tests.report.firms import FIRMS, assessed, rulebook

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/assessment.schema.json").read_text(encoding="utf-8"))


def closed(schema: Any) -> Any:
    """The same schema, which also refuses every key that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(part) for key, part in schema.items()}
    return inner | {"additionalProperties": False} if isinstance(inner.get("properties"), dict) else inner


def written(data: object) -> Any:
    """What a reader of the JSON text gets."""
    return json.loads(json.dumps(data, allow_nan=False))


CLOSED = Draft202012Validator(closed(SCHEMA))


@dataclass(frozen=True)
class Asked:
    fact: str
    why: tuple[str, ...]


@pytest.mark.parametrize("language", ["de", "en", "ko"])
@pytest.mark.parametrize("firm", FIRMS)
def test_schema(firm: str, language: str) -> None:
    CLOSED.validate(written(to_dict(assessed(firm), language, Asked("staff", ("de.machines",)))))


@pytest.mark.parametrize("as_of", [date(2021, 3, 1), date(2026, 11, 21)])
@pytest.mark.parametrize("answers", [{}, {"site_country": "DE", "group_employees": 50}, {"site_country": "KR"}])
def test_schema_on_bundled_rules(as_of: date, answers: dict[str, object]) -> None:
    CLOSED.validate(written(to_dict(assess(load([bundled_rules()], as_of), answers), "de")))


@pytest.mark.parametrize(("as_of", "country"), [(date(2021, 3, 1), "DE"), (date(2026, 11, 21), "KR")])
def test_schema_of_advice_on_bundled_rules(as_of: date, country: str) -> None:
    found = assess(load([bundled_rules()], as_of), {"site_country": country, "group_employees": 50})
    told = written(advised_dict(found, "ko", None, advise(found, ("group_employees",))))
    CLOSED.validate({**told, "name": "무스터"})
    closed_ones = {one["id"] for one in told["programmes"] if one["window"] == "closed"}
    assert {one["id"] for one in told["programmes"] if "explanation" not in one} == closed_ones
    assert all(("changes" in one) == ("explanation" in one) for one in told["programmes"])


@pytest.mark.parametrize(
    ("key", "value"), [("schema", "eligibility.assessment/2"), ("as_of", "1.3.2021"), ("programmes", None), ("new", 1)]
)
def test_schema_refuses(key: str, value: object) -> None:
    with pytest.raises(ValidationError):
        CLOSED.validate(written(to_dict(assessed("german"), "en")) | {key: value})


def programme(firm: str, name: str, language: str = "en") -> Any:
    return next(one for one in written(to_dict(assessed(firm), language))["programmes"] if one["id"] == name)


def test_award() -> None:
    assert programme("german", "de.machines")["award"] == {
        "currency": "EUR",
        "rate": {"min": "0.625", "max": "0.625"},
        "amount": {"min": "37500.00", "max": "37500.00"},
    }
    assert programme("korean", "kr.young")["award"] == {
        "currency": "KRW",
        "rate": None,
        "amount": {"min": "0", "max": "5000000000"},
    }
    assert programme("nothing", "de.machines")["award"] == {
        "currency": "EUR",
        "rate": {"min": "0.40", "max": "0.625"},
        "amount": {"min": "0.00", "max": "100000.00"},
    }
    assert programme("korean", "de.machines")["award"] is None
    assert programme("german", "de.advice")["award"] is None


@pytest.mark.parametrize(
    ("name", "opens", "closes"),
    [
        ("de.machines", "2021-01-01", "2021-12-31"),
        ("de.machines-two", "2022-02-01", None),
        ("de.advice", None, None),
        ("kr.young", "2020-01-01", "2020-03-31"),
    ],
)
def test_window(name: str, opens: str | None, closes: str | None) -> None:
    found = programme("german", name)
    assert (found["opens"], found["closes"]) == (opens, closes)


def test_between_two_periods_the_next_one_is_told() -> None:
    found = to_dict(assessed("korean", date(2019, 6, 1)), "en")
    young = next(one for one in written(found)["programmes"] if one["id"] == "kr.young")
    assert (young["window"], young["opens"], young["closes"]) == ("upcoming", "2020-01-01", "2020-03-31")


def test_texts_are_in_the_language() -> None:
    criteria = {one["id"]: one["text"] for one in programme("german", "de.machines", "de")["criteria"]}
    assert criteria == {
        "site": "Der Betrieb liegt in Deutschland.",
        "size": "Beschäftigte: 3 bis 249",
        "solvent": "Insolvenz: nein",
        "minimum_award": "Die Förderung erreicht den Mindestbetrag: 3.000\u00a0€",
    }


def test_citations() -> None:
    size = programme("german", "de.machines")["criteria"][1]
    assert size["cite"] == {
        "source": "guideline",
        "section": "2.2",
        "title": "Guideline on machines",
        "url": "https://example.org/guideline",
        "checked": "2026-11-21",
    }
    assert [cite["section"] for cite in size["cites"]] == ["2.2", "2.3"]
    assert "cites" not in programme("german", "de.machines")["criteria"][0]


@pytest.mark.parametrize(
    ("firm", "name", "expected"),
    [
        (
            "german",
            "weak_region",
            {"value": True, "notes": ["Only part of the district belongs to it; check the municipality."]},
        ),
        ("german", "size", {"value": None, "values": ["large", "medium"], "missing": ["public_share"]}),
        ("german", "headroom", {"value": "140000.00"}),
        ("large", "weak_region", {"value": True, "given": True}),
        ("large", "size", {"value": "large"}),
        ("large", "headroom", {"value": None, "min": "180000.00", "max": "190000.00", "missing": ["cost"]}),
        ("nothing", "weak_region", {"value": None, "missing": ["region"]}),
    ],
)
def test_derived(firm: str, name: str, expected: dict[str, object]) -> None:
    assert written(to_dict(assessed(firm), "en"))["derived"][name] == expected


def test_next_question() -> None:
    question = to_dict(assessed("korean"), "de", Asked("region", ("de.machines",)))["next_question"]
    assert question == {"fact": "region", "text": "In welchem Kreis?", "why": ["de.machines"]}
    # A definition without a question of its own is shown by its label.
    assert to_dict(assessed("korean"), "ko", Asked("size", ()))["next_question"] == {
        "fact": "size",
        "text": "규모",
        "why": [],
    }
    assert to_dict(assessed("korean"), "de")["next_question"] is None


@pytest.mark.parametrize(
    ("fact", "given", "told"),
    [
        ("staff", 50, 50),
        ("staff", "50", 50),
        ("staff", "50..249", "50..249"),
        ("staff", "50..", "50.."),
        ("cost", Decimal("60000.50"), "60000.5"),
        ("cost", "60000.00", 60000),
        ("founded", date(2018, 5, 1), "2018-05-01"),
        ("founded", "2018-05-01..2018-06-30", "2018-05-01..2018-06-30"),
        ("public_share", Fraction(25, 2), "12.5"),
        ("public_share", "25%", 25),
        ("insolvent", "no", False),
        ("insolvent", False, False),
        ("site_country", "DE", "DE"),
    ],
)
def test_answers_are_told_alike_however_written(fact: str, given: object, told: object) -> None:
    found = to_dict(assess(rulebook(), {fact: given, "region": None}), "en")["answers"]
    assert found == {fact: told}
    assert isinstance(found, dict)
    assert type(found[fact]) is type(told)
    assert to_dict(assess(rulebook(), found), "en")["answers"] == found


@pytest.mark.parametrize(
    ("ratio", "text"),
    [("1/2", "0.50"), ("1/8", "0.125"), ("0", "0.00"), ("1", "1.00"), ("0.6225", "0.6225"), ("1/3", "0.333333")],
)
def test_rate_text(ratio: str, text: str) -> None:
    assert rate_text(Fraction(ratio)) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("30000", "EUR", "30000.00"),
        ("0.005", "EUR", "0.01"),
        ("-17000", "EUR", "-17000.00"),
        ("5000000000", "KRW", "5000000000"),
        ("0.5", "KRW", "1"),
    ],
)
def test_amount_text(amount: str, currency: str, text: str) -> None:
    assert amount_text(Fraction(amount), currency) == text


def test_numbers_and_ends() -> None:
    assert [number_text(Fraction(text)) for text in ("50", "2.5", "1/3")] == ["50", "2.5", "0.333333"]
    assert ends(Interval(None, Fraction(3)), "number") == {"min": None, "max": "3"}
    assert ends(Interval.point(date(2021, 3, 1).toordinal()), "date") == {"min": "2021-03-01", "max": "2021-03-01"}


def test_a_restricted_rulebook_still_names_successors() -> None:
    full = assessed("german")
    only = {name: one for name, one in full.rulebook.programmes.items() if name == "de.machines"}
    rules = replace(full.rulebook, programmes=only, reads={name: full.rulebook.reads[name] for name in only})
    found: Any = to_dict(assess(rules, FIRMS["german"]), "en")
    assert [(one["id"], one["followed_by"]) for one in found["programmes"]] == [("de.machines", ["de.machines-two"])]
