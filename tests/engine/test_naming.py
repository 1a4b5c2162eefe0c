"""Names of choices and codes as people write them: whole, or from their beginning in whole words."""

from types import SimpleNamespace

import pytest

from eligibility.engine.naming import Names, finest, named, named_in_part, names_of
from eligibility.language.shape import Text
from eligibility.values.spelling import spellings

NAMES: Names = {
    "UA": spellings("Ukraine"),
    "NE": spellings("Niger"),
    "NG": spellings("Nigeria"),
    "KR": spellings("대한민국(한국)"),
    "15003": spellings("Magdeburg (city)"),
    "limited": spellings("GmbH oder UG (haftungsbeschränkt)"),
    "CG": spellings("Congo - Brazzaville"),
    "CD": spellings("Congo - Kinshasa"),
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ukraine", ["UA"]),
        ("ukraine", ["UA"]),
        ("UK", []),
        ("Niger", ["NE"]),
        ("한국", ["KR"]),
        ("대한민국", ["KR"]),
        ("대한민국(한국)", ["KR"]),
        ("Magdeburg", ["15003"]),
        ("city", []),
        ("GmbH", ["limited"]),
        ("Congo", ["CG", "CD"]),
        ("", []),
        ("x" * 300, []),
    ],
)
def test_named(text: str, found: list[str]) -> None:
    assert named(NAMES, text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("UK", ["UA"]), ("nige", ["NE", "NG"]), ("shasa", ["CD"]), ("city", ["15003"]), ("qq", [])]
)
def test_named_in_part(text: str, found: list[str]) -> None:
    assert named_in_part(NAMES, text) == found


def text(name: str) -> Text:
    return Text(de=name, en=name, ko=name)


INDUSTRIES = SimpleNamespace(
    type="code",
    names={
        "D": text("Energy"),
        "D35": text("Energy"),
        "E": text("Water"),
        "E36": text("Supply"),
        "E37": text("Sewers"),
    },
    spellings={"E37": ("Sewerage", "Drains(Pipes)")},
)


def test_names_and_other_spellings_are_found() -> None:
    assert names_of(INDUSTRIES)["E37"] == ("sewers", "sewerage", "drains(pipes)", "drains", "pipes")
    assert names_of(INDUSTRIES)["E"] == ("water",)


@pytest.mark.parametrize(
    ("found", "finer"),
    [(["D", "D35"], ["D35"]), (["D"], ["D35"]), (["E"], ["E"]), (["E", "E36"], ["E", "E36"]), ([], [])],
)
def test_a_code_with_one_below_it_is_that_one(found: list[str], finer: list[str]) -> None:
    assert finest(INDUSTRIES, found) == finer
    assert finest(SimpleNamespace(type="choice", names=INDUSTRIES.names, spellings={}), found) == found
