"""Names of choices and codes as people write them: whole, or from their beginning in whole words."""

import pytest

from eligibility.engine.naming import Names, named, named_in_part
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
