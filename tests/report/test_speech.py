from datetime import date
from fractions import Fraction

import pytest

import eligibility
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words
from tests.report.firms import rulebook


def speech(language: str = "en") -> RuleSpeech:
    return RuleSpeech(Words(language), rulebook())


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("insolvent", True, "yes"),
        ("insolvent", False, "no"),
        ("site_country", "KR", "South Korea"),
        ("region", "05366", "05366"),
        ("staff", Interval.point(Fraction(50)), "50 people"),
        ("staff", Interval(Fraction(50), Fraction(249)), "50 to 249 people"),
        ("staff", Interval(Fraction(250), None), "at least 250 people"),
        ("staff", Interval(None, Fraction(10)), "at most 10 people"),
        ("public_share", Interval.point(Fraction(1, 8)), "12.5%"),
        ("cost", Interval.point(Fraction("1.5")), "€1.50"),
        ("founded", Interval.point(date(2018, 5, 1).toordinal()), "1 May 2018"),
        (
            "founded",
            Interval(date(2018, 1, 1).toordinal(), date(2018, 12, 31).toordinal()),
            "1 January 2018 to 31 December 2018",
        ),
    ],
)
def test_answer(name: str, value: bool | str | Interval, shown: str) -> None:
    assert speech().answer(name, value) == shown


@pytest.mark.parametrize(
    ("parts", "either", "shown"),
    [
        (["a"], False, "a"),
        (["a", "b", "c"], True, "a, b or c"),
        (["a, x", "b", "c"], False, "a, x; b; and c"),
        (["a, x", "b", "c"], True, "a, x; b; or c"),
        (["a, x", "b"], False, "a, x and b"),
    ],
)
def test_join(parts: list[str], either: bool, shown: str) -> None:
    assert speech().join(parts, either=either) == shown


def test_a_list_in_a_list_stands_in_brackets() -> None:
    say = speech()
    both = say.join(["a", "b"], either=False)
    assert say.join([both, "c"], either=True) == "(a and b) or c"
    assert say.join([both], either=True) == "a and b"
    # Behind a label it is a value, no longer a list.
    assert say.join([say.say("{what}: {value}", what="x", value=both), "c"], either=True) == "x: a and b or c"


def test_labels_are_in_the_order_of_the_rulebook() -> None:
    assert speech("de").labels(frozenset({"weak_region", "cost", "staff"})) == [
        "Beschäftigte",
        "Kosten",
        "Schwache Region",
    ]


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^there is no catalogue for the language 'fr'$"):
        speech("fr")


def test_a_code_is_told_by_the_nearest_name() -> None:
    bundled = RuleSpeech(Words("de"), eligibility.load_rulebook(as_of=date(2026, 11, 21)).linked)
    assert bundled.answer("nace", "C28") == "Maschinenbau"
    assert bundled.answer("nace", "C281") == "Maschinenbau (C281)"
    assert bundled.answer("site_region", "KR-26-26170") == "Dong-gu, Busan"
    assert bundled.answer("site_region", "KR-26-26999") == "Busan (KR-26-26999)"
